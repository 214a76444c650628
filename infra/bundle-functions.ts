// Each handler as one file: what Lambda gets is built here, without network or Docker, and the same at every run.
import { copyFileSync, cpSync, mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { buildSync, type Metafile } from "esbuild";
import { compileModels } from "../shared/matching/compile-models.ts";

const ROOT = resolve(import.meta.dirname, "..");

/** One per file of functions/aws that exports a handler. */
export const FUNCTION_NAMES = [
  "plan-polls",
  "poll-domain",
  "plan-digests",
  "send-digest",
  "serve-archive",
  "mail-events",
  "sweep",
  "reclassify",
] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];

/** Libraries written as CommonJS ask for what ES modules do not have. */
const BANNER =
  'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);';

function build(entry: string, outfile: string): Metafile {
  return buildSync({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    // Names show in logs (`StoreError`) and must outlive minifying.
    keepNames: true,
    // React's development build is twice as large and half as fast.
    define: { "process.env.NODE_ENV": '"production"' },
    platform: "node",
    format: "esm",
    target: "node20",
    banner: { js: BANNER },
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
  }).metafile;
}

export interface Bundle {
  readonly name: FunctionName;
  readonly directory: string;
  /** What went into index.mjs, and into the worker where there is one. */
  readonly metafiles: readonly Metafile[];
}

/** @param into made anew; a folder per function, with `index.mjs` in it */
export function bundleFunctions(into: string): Bundle[] {
  rmSync(into, { recursive: true, force: true });
  const compiled = join(into, "compiled");
  compileModels(pathToFileURL(`${resolve(compiled)}/`));
  const bundles = FUNCTION_NAMES.map((name) => {
    const directory = join(into, name);
    mkdirSync(directory, { recursive: true });
    const metafiles = [build(`functions/aws/${name}.ts`, join(directory, "index.mjs"))];
    // The canary is parsed where its mail goes out.
    if (name === "poll-domain" || name === "send-digest")
      metafiles.push(build("shared/feeds/parse-worker.ts", join(directory, "parse-worker.mjs")));
    // Words are text, read where the code that reads them is.
    if (metafiles.some(({ inputs }) => "shared/reading/words.ts" in inputs))
      cpSync(join(ROOT, "shared/catalog/words"), join(directory, "words"), { recursive: true });
    // Models are compiled here, so that a function that starts need not.
    if (metafiles.some(({ inputs }) => "shared/matching/load-models.ts" in inputs)) {
      copyFileSync(
        join(ROOT, "shared/catalog/models/weights.json"),
        join(directory, "weights.json"),
      );
      cpSync(compiled, join(directory, "compiled"), { recursive: true });
    }
    if (name === "plan-polls")
      copyFileSync(join(ROOT, "shared/catalog/feeds.jsonl"), join(directory, "feeds.jsonl"));
    if (name === "serve-archive")
      copyFileSync(join(ROOT, "docs/accuracy.md"), join(directory, "accuracy.md"));
    return { name, directory, metafiles };
  });
  rmSync(compiled, { recursive: true });
  return bundles;
}

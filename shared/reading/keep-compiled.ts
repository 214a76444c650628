// Reading: what was compiled from words and weights, kept on disk for the processes that come after.
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";

/** Gives what was made before under this name from the same version, or makes it. What is made must be plain JSON. */
export type Keep = <T>(version: string, name: string, make: () => T) => T;

/** For tests of what is made, and wherever nothing shall be kept. */
export const keepNothing: Keep = (_version, _name, make) => make();

/** What the build of a bundle has put beside it. */
const BUNDLED = new URL("./compiled/", import.meta.url);
const INSTALLED = new URL("../../node_modules/", import.meta.url);
const SOURCES = ["./", "../matching/", "../domain/"].map((path) => new URL(path, import.meta.url));

/**
 * In a bundle, what its build made; else what an earlier process left among the caches of node_modules, which `npm ci`
 * empties. Where neither can be read or written, everything is made anew: slower, never wrong.
 */
export function keepCompiled(kind: Kind): Keep {
  if (existsSync(BUNDLED)) return keepIn(new URL(`${kind}/`, BUNDLED));
  if (!existsSync(INSTALLED)) return keepNothing;
  return keepIn(new URL(`.cache/backdoor-watch/${kind}/`, INSTALLED), sourcesVersion());
}

/** Each kind has versions of its own. */
export type Kind = "words" | "models";

let sources: string | undefined;

/** Changes with the code that compiles, and with the stemmers that it uses. */
function sourcesVersion(): string {
  if (sources !== undefined) return sources;
  const hash = createHash("sha256");
  for (const folder of SOURCES)
    for (const name of readdirSync(folder).sort())
      if (name.endsWith(".ts")) hash.update(readFileSync(new URL(name, folder)));
  const stemmers = new URL("natural/package.json", INSTALLED);
  if (existsSync(stemmers)) hash.update(readFileSync(stemmers));
  sources = hash.digest("hex").slice(0, 10);
  return sources;
}

/**
 * Keeps files in a folder per version; of an older version nothing is left.
 * @param code a version of the code that makes what is kept
 */
export function keepIn(folder: URL, code?: string): Keep {
  return (version, name, make) => {
    const mark = code === undefined ? version : `${version}-${code}`;
    const own = new URL(`${mark}/`, folder);
    const known = readJson(new URL(`${name}.json`, own));
    if (known !== undefined) return known as ReturnType<typeof make>;
    const made = make();
    try {
      writeWhole(folder, mark, `${name}.json`, JSON.stringify(made));
    } catch {
      // A folder that cannot be written costs the next process time and nothing else.
    }
    return made;
  };
}

/** @returns undefined where there is none, or one that a crash cut short */
function readJson(file: URL): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** Many processes may do so at once: each writes a file of its own and moves it into place. */
function writeWhole(folder: URL, mark: string, name: string, text: string): void {
  const own = new URL(`${mark}/`, folder);
  if (mkdirSync(own, { recursive: true }) !== undefined)
    for (const other of readdirSync(folder))
      if (other !== mark) rmSync(new URL(`${other}/`, folder), { recursive: true, force: true });
  const aside = mkdtempSync(`${decodeURIComponent(own.pathname)}.new-`);
  try {
    writeFileSync(`${aside}/file`, text);
    renameSync(`${aside}/file`, new URL(name, own));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

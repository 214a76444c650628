import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");

function filesUnder(folder: string, endings: readonly string[]): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort();
}

const SOURCES = ["infra", "functions", "shared"].flatMap((folder) =>
  filesUnder(folder, [".ts", ".mjs"]),
);

/** What each room may import besides itself; a folder not named here may be imported by nobody outside it. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "shared/domain": [],
  "shared/feeds": ["shared/domain"],
  "shared/reading": ["shared/domain", "shared/catalog"],
  "shared/matching": ["shared/domain", "shared/catalog", "shared/reading"],
  "shared/training": ["shared/domain", "shared/reading", "shared/matching", "shared/catalog"],
  "shared/dossiers": ["shared/domain", "shared/catalog", "shared/reading"],
  "shared/digests": ["shared/domain"],
  "shared/flows": [
    "shared/domain",
    "shared/feeds",
    "shared/reading",
    "shared/matching",
    "shared/dossiers",
    "shared/digests",
  ],
  "shared/store": ["shared/domain", "shared/feeds", "shared/flows"],
  "shared/archive": [
    "shared/domain",
    "shared/feeds",
    "shared/matching",
    "shared/dossiers",
    "shared/digests",
    "shared/flows",
    "shared/store/cursor.ts",
  ],
  "shared/settings.ts": [],
  "functions/local": ["shared", "functions/cli/io.ts"],
  "functions/cli": ["shared", "functions/local"],
  "functions/aws": ["shared"],
  infra: ["shared/settings.ts", "shared/store/table.ts", "shared/matching/compile-models.ts"],
};

const roomOf = (file: string): string => {
  if (file === "shared/settings.ts" || file.startsWith("infra/"))
    return file.startsWith("infra/") ? "infra" : file;
  return file.split("/").slice(0, 2).join("/");
};

/** Every module that a source names: static, dynamic and side-effect imports, and re-exports. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const named = /(?:from|import)\s*\(?\s*"([^"]+)"/g;
  return [...text.matchAll(named)].map(([, name]) => name as string);
}

const localImportsOf = (file: string): string[] =>
  importsOf(file)
    .filter((name) => name.startsWith("."))
    .map((name) => relative(ROOT, resolve(ROOT, file, "..", name)));

describe("the import rule", () => {
  it.each(SOURCES)("%s imports only from rooms that its own may know", (file) => {
    const room = roomOf(file);
    const allowed = MAY_IMPORT[room];

    expect(allowed, `no rule for ${room}`).toBeDefined();
    const strays = localImportsOf(file).filter(
      (target) =>
        roomOf(target) !== room &&
        !allowed?.some((prefix) => target === prefix || target.startsWith(`${prefix}/`)),
    );
    expect(strays).toEqual([]);
  });

  it("sees a stray import when there is one", () => {
    expect(importsOf("shared/flows/settle-item.ts")).toContain("../domain/item.ts");
    expect(importsOf("functions/cli/commands.ts")).toContain("./parse.ts");
  });

  it("keeps the cloud's libraries where they belong", () => {
    const aws = SOURCES.filter((file) =>
      importsOf(file).some((name) => name.startsWith("@aws-sdk/")),
    );
    const cdk = SOURCES.filter((file) =>
      importsOf(file).some((name) => /^(aws-cdk-lib|constructs|cdk-nag)/.test(name)),
    );
    const home =
      /^(?:shared\/store\/|functions\/aws\/compose|functions\/local\/(?:compose|dynamo)\.ts$)/;

    expect(aws.filter((file) => !home.test(file))).toEqual([]);
    expect(cdk.filter((file) => !file.startsWith("infra/"))).toEqual([]);
    expect(cdk.length).toBeGreaterThan(0);
  });

  it("never loads natural by its root, which costs 10 MB and reads .env", () => {
    const roots = SOURCES.filter((file) => importsOf(file).includes("natural"));

    expect(roots).toEqual([]);
  });
});

describe("pure rooms", () => {
  const pure = SOURCES.filter((file) => file.startsWith("shared/"));

  it.each(pure)("%s takes time, chance and settings as arguments", (file) => {
    const text = readFileSync(join(ROOT, file), "utf8").replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    const world = text.match(/Date\.now\(|new Date\(\)|Math\.random\(|process\.env/g) ?? [];

    expect(world).toEqual([]);
  });
});

describe("sizes", () => {
  it("keeps every source file near 250 lines", () => {
    const long = SOURCES.map(
      (file) => [file, readFileSync(join(ROOT, file), "utf8").split("\n").length] as const,
    );

    expect(long.filter(([, lines]) => lines > 300)).toEqual([]);
  });

  it("opens every source file with a line on its room", () => {
    const mute = SOURCES.filter(
      (file) => !/^(?:#!.*\n)?\s*\/[/*]/.test(readFileSync(join(ROOT, file), "utf8")),
    );

    expect(mute.filter((file) => !file.endsWith(".d.ts"))).toEqual([]);
  });
});

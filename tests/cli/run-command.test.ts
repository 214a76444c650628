import { existsSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { nearest } from "../../functions/cli/nearest.ts";
import { runCommand } from "../../functions/cli/run-command.ts";
import { USAGES } from "../../functions/cli/usage.ts";

let folder: string;
let dataDir: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "commands-"));
  dataDir = join(folder, "data");
  vi.stubEnv("DATA_DIR", dataDir);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function run(...argv: string[]) {
  const said = { out: "", err: "" };
  const code = await runCommand(argv, {
    stdin: Readable.from([""]),
    stdout: { write: (text) => (said.out += text) },
    stderr: { write: (text) => (said.err += text) },
  });
  return { code, ...said };
}

const NAMES = Object.keys(USAGES);

describe("help", () => {
  it.each(NAMES)(
    "%s --help says how it is called and what it does, and does nothing",
    async (name) => {
      const asked = await run(name, "--help");

      expect(asked).toMatchObject({ code: 0, err: "" });
      expect(asked.out).toContain(`usage: backdoor-watch ${name}`);
      expect(asked.out.trim().split("\n").length).toBeGreaterThan(2);
      expect(await run("help", name)).toEqual(asked);
      expect(existsSync(dataDir)).toBe(false);
    },
  );

  it("lists every command where none is named", async () => {
    const { code, out } = await run("help");

    expect(code).toBe(0);
    for (const name of NAMES) expect(out).toContain(`  ${name} `);
    expect(await run()).toMatchObject({ code: 2, err: out });
  });
});

describe("a word that is none names the one that was meant", () => {
  it.each([
    ["feed", "feeds"],
    ["evnets", "events"],
    ["Dossiers", "dossiers"],
    ["subs", "subscribers"],
    ["clasify", "classify"],
    ["tikc", "tick"],
  ])("%s", async (typed, meant) => {
    expect((await run(typed)).err).toContain(`Did you mean '${meant}'?`);
  });

  it.each([
    ["feeds", "lsit", "list"],
    ["events", "retrcat", "retract"],
    ["dossiers", "set-stag", "set-stage"],
    ["subscribers", "delete", null],
  ])("%s %s", async (name, typed, meant) => {
    const { code, err } = await run(name, typed);

    expect(code).toBe(2);
    expect(err).toContain(`${name}: there is no '${typed}'.`);
    expect(err.includes("Did you mean")).toBe(meant !== null);
    if (meant !== null) expect(err).toContain(`Did you mean '${meant}'?`);
    expect(existsSync(dataDir)).toBe(false);
  });

  it("guesses nothing where nothing is near", () => {
    expect(nearest("xyzzy", NAMES)).toBeNull();
    expect(nearest("", NAMES)).toBeNull();
    expect(nearest("f".repeat(100_000), NAMES)).toBeNull();
  });
});

it.each([
  ["parse", "--nope"],
  ["parse", "--url"],
  ["parse", "--url", "nowhere"],
  ["classify", "x"],
  ["explain"],
  ["explain", "--nope", "x"],
  ["replay", "--nope"],
  ["replay", "x"],
  ["eval"],
  ["eval", "--nope"],
  ["train", "/nowhere.jsonl"],
  ["tick", "--at", "noon"],
  ["tick", "x"],
  ["start", "--port", "80"],
  ["demo", "now"],
  ["reclassify", "now"],
  ["feeds", "list", "--nope"],
  ["events", "list", "--nope"],
  ["events", "show", "no id"],
  ["dossiers", "show"],
  ["subscribers", "import"],
  ["digest", "send"],
  ["digest", "preview", "--days", "many"],
])("%s %s: wrong arguments are a sentence and end with 2", async (...argv) => {
  const { code, out, err } = await run(...argv);

  expect(code).toBe(2);
  expect(out).toBe("");
  expect(err).toMatch(/\S/);
  expect(err).not.toMatch(/^\s+at |node:internal/m);
});

it.each([
  ["eval", "eval: FOLDER: is a folder"],
  ["train", "train: FOLDER: is a folder"],
])("%s says of a folder that it is one", async (name, message) => {
  expect((await run(name, folder)).err).toContain(message.replace("FOLDER", folder));
});

describe("a command without the service's data folder", () => {
  it.each([
    ["feeds", "list"],
    ["events", "list"],
    ["dossiers", "list"],
    ["subscribers", "list"],
    ["explain", "--item", "x"],
  ])("%s %s only reads: it says that nothing is there, and leaves nothing", async (...argv) => {
    const { err } = await run(...argv);

    expect(err).toContain(`there is no installation in ${dataDir} (DATA_DIR is set to it)`);
    expect(err).toContain("set DATA_DIR as it does");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("that writes says that it makes a new folder, once", async () => {
    const first = await run("subscribers", "remove", "reader@example.org");
    const second = await run("subscribers", "list");

    expect(first).toMatchObject({ code: 0 });
    expect(first.err).toContain(`a new data folder is made: ${dataDir} (DATA_DIR is set to it)`);
    expect(second).toMatchObject({ code: 0, err: "" });
  });
});

describe("a feed catalogue with a bad line", () => {
  beforeEach(() => {
    const good = { id: "good-feed", url: "http://127.0.0.1:9/a", title: "A", kind: "ngo" };
    const file = join(folder, "feeds.jsonl");
    writeFileSync(file, `${JSON.stringify(good)}\n{"id":"bad-feed","kind":"blog"}\n`);
    vi.stubEnv("FEEDS", file);
    vi.stubEnv("COALESCE_SECONDS", "0");
  });

  it.each([
    ["feeds", "list"],
    ["feeds", "export"],
    ["tick", "--at", "2026-03-01T06:00:00Z"],
  ])("%s %s names line and field, goes on with the rest and ends with 2", async (...argv) => {
    const { code, out, err } = await run(...argv);

    expect(code).toBe(2);
    expect(out).not.toBe("");
    expect(err).toMatch(/"line":2,"failed":".*kind: /);
  });

  it("is none of the other commands' business", async () => {
    expect((await run("events", "list")).code).toBe(0);
  });
});

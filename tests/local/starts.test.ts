import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { prepareDataDir } from "../../functions/local/data-dir.ts";
import { databaseIn, openDatabaseFile } from "../../functions/local/database-file.ts";
import { loadSecrets, secretsIn } from "../../functions/local/secrets.ts";
import { holdsPeople } from "../../shared/store/subscriber-store.ts";

const DOOR = resolve(import.meta.dirname, "../../functions/cli/backdoor-watch.mjs");

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "backdoor-watch-starts-"));
});
afterEach(async () => {
  await chmod(dataDir, 0o700);
  await rm(dataDir, { recursive: true, force: true });
});

const nobody = async () => false;
const somebody = async () => true;

describe("the keys", () => {
  it("are made once, by processes that start at the same moment too, and whole", async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => loadSecrets(dataDir, nobody)));

    const again = await loadSecrets(dataDir, somebody);
    expect(made.every((secrets) => Buffer.from(secrets.lookupKey).equals(again.lookupKey))).toBe(
      true,
    );
    expect((await stat(secretsIn(dataDir))).mode & 0o777).toBe(0o600);
  });

  it("are never made anew where people are stored: nobody could be mailed again", async () => {
    await expect(loadSecrets(dataDir, somebody)).rejects.toThrow(
      /secrets\.json is missing, .* restore it from a backup/,
    );
    await expect(readFile(secretsIn(dataDir))).rejects.toThrow("ENOENT");
  });

  it.each([
    ["empty", ""],
    ["cut", '{"keys":["AAAAAAAAAAAAAAAAAAAAAAA'],
    ["without keys", '{"keys":[]}'],
    ["with a short key", '{"keys":["AAAA"]}'],
    ["of nothing", "null"],
  ])("in a file that is %s are named with the remedy, and stay as they are", async (_, bytes) => {
    await writeFile(secretsIn(dataDir), bytes);

    await expect(loadSecrets(dataDir, nobody)).rejects.toThrow(
      /^\S+secrets\.json [^\n]*; restore it from a backup[^\n]*$/,
    );
    expect(await readFile(secretsIn(dataDir), "utf8")).toBe(bytes);
  });

  it("are asked for where a folder has taken their place", async () => {
    await mkdir(secretsIn(dataDir));

    await expect(loadSecrets(dataDir, nobody)).rejects.toThrow(/secrets\.json is a folder/);
  });

  it.each(["SUBSCRIBER#a", "SUPPRESSED#a"])("are needed as soon as %s is stored", async (pk) => {
    const database = await openDatabaseFile(dataDir);
    const before = await holdsPeople(database);
    await database.put({ pk, sk: "x" });
    const after = await holdsPeople(database);
    database.close();

    expect([before, after]).toEqual([false, true]);
  });
});

describe("the data directory", () => {
  it("is made where it is missing, with the folders above it", async () => {
    const deep = join(dataDir, "a", "b");

    await prepareDataDir(deep);

    expect((await stat(deep)).mode & 0o777).toBe(0o700);
  });

  it("that is a file, or lies below one, is named with the remedy", async () => {
    const path = join(dataDir, "file");
    await writeFile(path, "");

    await expect(prepareDataDir(path)).rejects.toThrow(/^DATA_DIR: \S+ is a file, not a folder;/);
    await expect(prepareDataDir(join(path, "below"))).rejects.toThrow(/^DATA_DIR: \S+ lies below/);
  });

  it("that may not be written to is named with the remedy", async () => {
    // For who runs as root, no permission stands in the way: there it is a place where nobody can write.
    const place = process.getuid?.() === 0 ? "/proc/self" : dataDir;
    if (place === dataDir) await chmod(dataDir, 0o500);

    await expect(prepareDataDir(place)).rejects.toThrow(
      /^DATA_DIR: \S+ [^\n]+; name a folder that can be written to$/,
    );
  });
});

describe("a command or a start that cannot open its data", () => {
  async function run(...argv: string[]) {
    const child = spawn(process.execPath, [DOOR, ...argv], {
      env: { ...process.env, DATA_DIR: dataDir, PORT: "0", DYNAMODB_ENDPOINT: "" },
    });
    const [said, code] = await Promise.all([
      text(child.stderr),
      new Promise<number | null>((done) => child.once("exit", done)),
      text(child.stdout),
    ]);
    return { said, code };
  }

  it.each([
    ["start", "damaged", () => writeFile(databaseIn(dataDir), "no database")],
    ["start", "secrets.json is cut short", () => writeFile(secretsIn(dataDir), "{")],
    [
      "start",
      "could not be brought over",
      async () => {
        await mkdir(join(dataDir, "dynamodb"));
        await writeFile(join(dataDir, "dynamodb", "CURRENT"), "MANIFEST-000007\n");
      },
    ],
    [
      "tick",
      "secrets.json is missing",
      async () => {
        const database = await openDatabaseFile(dataDir);
        await database.put({ pk: "SUBSCRIBER#a", sk: "STATE" });
        database.close();
        await unlink(secretsIn(dataDir)).catch(() => {});
      },
    ],
  ])("says so in one sentence and ends: %s, %s", async (command, sentence, break_) => {
    await break_();

    const { said, code } = await run(command);

    const complaint = said.split("\n").filter((line) => line.startsWith("backdoor-watch: "));
    expect(complaint).toHaveLength(1);
    expect(complaint[0]).toContain(sentence);
    expect(said).not.toMatch(/^ {4}at /m);
    expect(code).toBe(1);
  });
});

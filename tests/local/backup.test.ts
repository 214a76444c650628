import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { databaseIn, openDatabaseFile } from "../../functions/local/database-file.ts";
import { loadSecrets, secretsIn } from "../../functions/local/secrets.ts";
import { keys } from "../../shared/store/table.ts";

const DOOR = resolve(import.meta.dirname, "../../functions/cli/backdoor-watch.mjs");

let room: string;
beforeEach(async () => {
  room = await mkdtemp(join(tmpdir(), "backdoor-watch-backup-"));
});
afterEach(() => rm(room, { recursive: true, force: true }));

const at = (name: string) => join(room, name);

async function run(dataDir: string, ...argv: string[]) {
  const child = spawn(process.execPath, [DOOR, ...argv], {
    env: { ...process.env, DATA_DIR: dataDir, DYNAMODB_ENDPOINT: "" },
  });
  const ended = new Promise<number | null>((done) => child.once("exit", done));
  const [said, complaint, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    ended,
  ]);
  return { said, complaint, code };
}

/** An installation that is running: this process has its database open. */
async function running(name: string, mailedAt: string) {
  await mkdir(join(at(name), "mailbox"), { recursive: true });
  await loadSecrets(at(name), async () => false);
  await writeFile(join(at(name), "mailbox", "a.eml"), "a mail");
  const database = await openDatabaseFile(at(name));
  await database.put({ pk: "SUBSCRIBER#a", sk: "STATE", name });
  await database.put({ ...keys.heartbeat("digests"), at: mailedAt, facts: {} });
  return database;
}

async function nameIn(dataDir: string): Promise<unknown> {
  const database = await openDatabaseFile(dataDir);
  const row = await database.get({ pk: "SUBSCRIBER#a", sk: "STATE" });
  database.close();
  return row?.["name"];
}

it("copies an installation while it runs, and brings it back elsewhere with its keys and mails", async () => {
  const database = await running("first", "2026-03-01T06:00:00.000Z");

  const made = await run(at("first"), "backup", at("copy"));
  await database.put({ pk: "SUBSCRIBER#a", sk: "STATE", name: "later" });
  const back = await run(at("second"), "restore", at("copy"));
  database.close();

  expect([made.code, back.code], made.complaint + back.complaint).toEqual([0, 0]);
  expect(await nameIn(at("second"))).toBe("first");
  expect(await readFile(secretsIn(at("second")))).toEqual(await readFile(secretsIn(at("first"))));
  expect(await readFile(join(at("second"), "mailbox", "a.eml"), "utf8")).toBe("a mail");
  expect((await stat(secretsIn(at("copy")))).mode & 0o777).toBe(0o600);
  expect((await stat(at("copy"))).mode & 0o777).toBe(0o700);
  expect(back.said).toContain("RESUME_AFTER=INSTANT npm start");
  expect((await readdir(room)).sort()).toEqual(["copy", "first", "second"]);
});

it("takes the place of an installation only when told and when that is stopped, keeps it beside, and says from when to go on", async () => {
  const source = await running("first", "2026-03-01T06:00:00.000Z");
  await run(at("first"), "backup", at("copy"));
  source.close();
  const target = await running("second", "2026-03-05T06:00:00.000Z");

  const untold = await run(at("second"), "restore", at("copy"));
  const inUse = await run(at("second"), "restore", at("copy"), "--replace");
  const kept = await nameIn(at("second"));
  target.close();
  // Stopped for good: a copy of it, which no process has open.
  await run(at("second"), "backup", at("third"));
  const done = await run(at("third"), "restore", at("copy"), "--replace");

  expect([untold.code, inUse.code, kept]).toEqual([1, 1, "second"]);
  expect(untold.complaint).toMatch(/holds an installation; stop it and add --replace/);
  expect(inUse.complaint).toMatch(/is in use; stop backdoor-watch first/);
  expect(done.code, done.complaint).toBe(0);
  expect(await nameIn(at("third"))).toBe("first");
  const [beside] = (await readdir(at("third"))).filter((name) => name.startsWith("replaced-"));
  expect(await nameIn(join(at("third"), String(beside)))).toBe("second");
  expect(done.said).toContain("RESUME_AFTER=2026-03-05T06:00:00.000Z npm start");
});

it("replaces a damaged database, and is stopped by nothing but a damaged backup", async () => {
  const source = await running("first", "2026-03-01T06:00:00.000Z");
  await run(at("first"), "backup", at("copy"));
  source.close();
  await mkdir(at("broken"));
  await writeFile(databaseIn(at("broken")), "no database");

  const done = await run(at("broken"), "restore", at("copy"), "--replace");
  await writeFile(databaseIn(at("copy")), "no database");
  const refused = await run(at("fourth"), "restore", at("copy"));

  expect(done.code, done.complaint).toBe(0);
  expect(await nameIn(at("broken"))).toBe("first");
  expect(refused.code).toBe(1);
  expect(refused.complaint).toMatch(/copy\/database\.sqlite is damaged/);
});

it("writes over no backup, and makes none of nothing", async () => {
  const database = await running("first", "2026-03-01T06:00:00.000Z");
  await mkdir(at("copy"));

  const there = await run(at("first"), "backup", at("copy"));
  const nothing = await run(at("empty"), "backup", at("new"));
  database.close();

  expect(there.complaint).toMatch(/copy is there already/);
  expect(nothing.complaint).toMatch(/nothing to back up/);
  expect([there.code, nothing.code]).toEqual([1, 1]);
  expect((await readdir(room)).sort()).toEqual(["copy", "first"]);
});

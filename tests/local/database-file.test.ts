import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, open, readdir, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Connection from "libsql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { databaseIn, openDatabaseFile } from "../../functions/local/database-file.ts";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "backdoor-watch-file-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const KEY = { pk: "FEED#a", sk: "STATE" };
const file = () => databaseIn(dataDir);

async function fill(rows: number): Promise<void> {
  const database = await openDatabaseFile(dataDir);
  await database.putMany(
    Array.from({ length: rows }, (_, n) => ({ pk: `P#${n}`, sk: "s", text: "x".repeat(500) })),
  );
  await database.put({ ...KEY, duePk: "FEEDS#1", dueAt: "2026" });
  database.close();
}

describe("the database file", () => {
  it("keeps what was written, for its owner alone", async () => {
    await fill(10);

    const again = await openDatabaseFile(dataDir);
    const row = await again.get(KEY);
    again.close();

    expect(row).toEqual({ ...KEY, duePk: "FEEDS#1", dueAt: "2026" });
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect((await readdir(dataDir)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("lets a command work on the data of an installation that is running", async () => {
    const running = await openDatabaseFile(dataDir);
    const command = await openDatabaseFile(dataDir);
    const one = { expression: "", values: { ":one": 1 } };

    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        (n % 2 === 0 ? running : command).update(KEY, "ADD n :one", one),
      ),
    );
    command.close();
    const row = await running.get(KEY);
    running.close();

    expect(row?.["n"]).toBe(40);
  });

  it("is made once by processes that start at the same moment", async () => {
    const opened = await Promise.all(Array.from({ length: 5 }, () => openDatabaseFile(dataDir)));
    await Promise.all(opened.map((database, n) => database.put({ pk: `p${n}`, sk: "s" })));
    const rows = await opened[0]?.getMany(opened.map((_, n) => ({ pk: `p${n}`, sk: "s" })));
    for (const database of opened) database.close();

    expect(rows).toHaveLength(5);
  });

  it("loses nothing that was answered for, and needs no lock file, when its process is killed", async () => {
    const script = `
      import { openDatabaseFile } from "./functions/local/database-file.ts";
      const database = await openDatabaseFile(process.argv[1]);
      for (let n = 0; ; n += 1) {
        await database.put({ pk: "P#" + n, sk: "s", duePk: "D", dueAt: String(n).padStart(9, "0") });
        process.stdout.write(n + "\\n");
      }`;
    const child = spawn(
      process.execPath,
      ["--import", "tsx", "--input-type=module", "-e", script, dataDir],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    let said = "";
    for await (const chunk of child.stdout) {
      said += String(chunk);
      if (said.split("\n").length > 200) child.kill("SIGKILL");
    }
    await once(child, "exit").catch(() => {});
    const answered = said.split("\n").slice(0, -1).length;

    const database = await openDatabaseFile(dataDir);
    const keys = Array.from({ length: answered }, (_, n) => ({ pk: `P#${n}`, sk: "s" }));
    const rows = await database.getMany(keys);
    database.close();

    expect(answered).toBeGreaterThanOrEqual(200);
    expect(rows).toHaveLength(answered);
  });
});

describe("a database file that cannot be used is named with its remedy", () => {
  const refusal = () =>
    openDatabaseFile(dataDir).then(
      (database) => {
        database.close();
        return "opened";
      },
      (cause: Error) => cause.message,
    );

  it("empty, as a power cut may leave it: a new one would hide that all is lost", async () => {
    await writeFile(file(), "");

    expect(await refusal()).toMatch(/database\.sqlite is damaged; .*restore BACKUP/);
  });

  it("of other bytes", async () => {
    await writeFile(file(), "x".repeat(9_000));

    expect(await refusal()).toMatch(/database\.sqlite is damaged/);
  });

  it("cut short", async () => {
    await fill(500);
    await truncate(file(), Math.floor((await stat(file())).size / 2));

    expect(await refusal()).toMatch(/database\.sqlite is damaged/);
  });

  it("with a page overwritten", async () => {
    await fill(500);
    const { size } = await stat(file());
    const handle = await open(file(), "r+");
    await handle.write(Buffer.alloc(8_192, 0xff), 0, 8_192, Math.floor(size / 8_192) * 4_096);
    await handle.close();

    expect(await refusal()).toMatch(/database\.sqlite is damaged/);
  });

  it("a folder in its place", async () => {
    await mkdir(file());

    expect(await refusal()).toMatch(/database\.sqlite is a folder/);
  });

  it("of a newer version", async () => {
    await fill(1);
    const db = new Connection(file());
    db.exec("PRAGMA user_version = 99");
    db.close();

    expect(await refusal()).toMatch(/newer version/);
  });
});

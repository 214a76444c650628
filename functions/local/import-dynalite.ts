// Once: what an older version kept in dynalite's LevelDB goes over into the database file. Its index rows are left: rows say what is due.
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Database, KeyedRow } from "../../shared/store/database.ts";
import { openDatabase } from "../../shared/store/dynamo-database.ts";
import { databaseIn, emptyDatabase } from "./database-file.ts";
import { clientFor } from "./dynamo.ts";
import { openSqlite } from "./sqlite-database.ts";
import { placeNew } from "./whole-file.ts";

export const OLD_TABLE = "backdoor-watch";
const BATCH_ROWS = 500;

interface OldDatabase {
  readonly database: Database;
  /** Rejects where the server dies. */
  readonly died: Promise<never>;
  close(): Promise<void>;
}

const sleep = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** The old server for this process alone: on a socket in a folder of our own, where no browser and no other user comes. */
async function openOld(folder: string): Promise<OldDatabase> {
  const room = await mkdtemp(join(tmpdir(), "backdoor-watch-"));
  const socketPath =
    process.platform === "win32" ? `\\\\.\\pipe\\${randomUUID()}` : join(room, "dynalite");
  const worker = new Worker(new URL("./dynalite-worker.mjs", import.meta.url), {
    workerData: { folder, socketPath },
  });
  const died = once(worker, "exit").then(() => {
    throw new Error("its server ended");
  });
  died.catch(() => {});
  await once(worker, "message");
  const client = clientFor("http://localhost", socketPath);
  return {
    database: openDatabase(client, OLD_TABLE, sleep),
    died,
    async close() {
      client.destroy();
      await worker.terminate();
      await rm(room, { recursive: true, force: true });
    },
  };
}

/** Whatever row there is: every one has a key. */
const EVERY_ROW = { expression: "attribute_exists(pk)" };

/** @returns how many rows were written */
async function copyRows(from: Database, to: Database, say: (rows: number) => void) {
  let rows = 0;
  let batch: KeyedRow[] = [];
  const write = async () => {
    await to.putMany(batch);
    rows += batch.length;
    batch = [];
    if (rows % 50_000 === 0) say(rows);
  };
  for await (const row of from.scanAll(EVERY_ROW)) {
    batch.push(row as KeyedRow);
    if (batch.length === BATCH_ROWS) await write();
  }
  await write();
  return rows;
}

async function countRows(database: Database): Promise<number> {
  let rows = 0;
  for await (const _ of database.scanAll(EVERY_ROW)) rows += 1;
  return rows;
}

/** @throws Error where the old data cannot be read, or not all of it arrived */
async function copyAll(folder: string, aside: string, say: (line: string) => void) {
  const old = await openOld(folder);
  const fresh = openSqlite(aside, { journal: "DELETE" });
  try {
    const copying = copyRows(old.database, fresh, (rows) => say(`${rows} rows so far.`));
    const written = await Promise.race([copying, old.died]);
    const found = await countRows(fresh);
    if (found !== written)
      throw new Error(`${written} rows were read and ${found} arrived; ${folder} is untouched`);
    say(`${found} rows brought over.`);
  } finally {
    fresh.close();
    await old.close();
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/**
 * The database file gets its name only when it holds everything, so a start that was killed begins again, and the old folder stays,
 * under another name, until its owner deletes it.
 * @param say tells the operator
 * @throws Error of one sentence
 */
export async function importDynalite(dataDir: string, say: (line: string) => void): Promise<void> {
  const folder = join(dataDir, "dynamodb");
  if (!(await isThere(folder))) return;
  const path = databaseIn(dataDir);
  if (!(await isThere(path))) {
    say(`The data of an older version (${folder}) is brought over into ${path}.`);
    // What a start that was killed had begun.
    for (const name of await readdir(dataDir))
      if (name.startsWith(`${basename(path)}.`)) await rm(join(dataDir, name));
    const aside = await emptyDatabase(path);
    try {
      await copyAll(folder, aside, say);
    } catch (cause) {
      for (const end of ["", "-wal", "-shm"]) await rm(`${aside}${end}`, { force: true });
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Error(
        `${folder} could not be brought over (${why}); stop every other backdoor-watch that uses it and start again, or move it away to begin anew`,
        { cause },
      );
    }
    await placeNew(aside, path);
  }
  await rename(folder, `${folder}.brought-over`);
  await rm(join(dataDir, "dynamodb.json"), { force: true });
  say(`${folder}.brought-over is needed no more: delete it when you have a backup of ${dataDir}.`);
}

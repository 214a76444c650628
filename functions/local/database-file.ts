// The database file of a data directory: made where it is missing, looked at before it is trusted.
import { randomUUID } from "node:crypto";
import { chmod, open, stat } from "node:fs/promises";
import { join } from "node:path";
import Connection from "libsql";
import { StoreError } from "../../shared/store/database.ts";
import { damaged } from "./group-commit.ts";
import { openSqlite, SCHEMA, SCHEMA_VERSION, type SqliteDatabase } from "./sqlite-database.ts";
import { placeNew } from "./whole-file.ts";

export const databaseIn = (dataDir: string): string => join(dataDir, "database.sqlite");

const MAGIC = "SQLite format 3\0";
/** A file up to this size is read whole before it is trusted: half a second. In a larger one damage shows where it is read. */
const MOST_CHECKED_BYTES = 64 * 1_048_576;

/** An empty database beside `path`, whole, under a name of its own. */
export async function emptyDatabase(path: string): Promise<string> {
  const aside = `${path}.${randomUUID()}.tmp`;
  const handle = await open(aside, "wx", 0o600);
  await handle.close();
  const db = new Connection(aside);
  try {
    db.exec(`BEGIN; ${SCHEMA} COMMIT;`);
  } finally {
    db.close();
  }
  return aside;
}

async function lookAt(path: string): Promise<number | null> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return null;
    throw new Error(`${path} cannot be read (${cause.code})`, { cause });
  });
  if (found === null) return null;
  if (!found.isFile())
    throw new Error(`${path} is a folder, where the database file belongs; move it away`);
  const handle = await open(path, "r+").catch((cause: NodeJS.ErrnoException) => {
    throw new Error(`${path} cannot be written to (${cause.code}); give it to this user`, {
      cause,
    });
  });
  const head = Buffer.alloc(MAGIC.length);
  await handle.read(head, 0, head.length, 0);
  await handle.close();
  if (head.toString("latin1") !== MAGIC) throw new StoreError(damaged(path));
  return found.size;
}

/** @throws StoreError where what was opened is no database of this version, or is damaged */
function check(path: string, size: number): void {
  const db = new Connection(path, { timeout: 15_000 });
  try {
    const { user_version: version } = db.prepare("PRAGMA user_version").get() as {
      user_version: number;
    };
    if (version > SCHEMA_VERSION)
      throw new StoreError(
        `${path} was written by a newer version of backdoor-watch; use that one`,
      );
    if (size > MOST_CHECKED_BYTES) return;
    const { quick_check: verdict } = db.prepare("PRAGMA quick_check(1)").get() as {
      quick_check: string;
    };
    if (version < 1 || verdict !== "ok") throw new StoreError(damaged(path));
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    throw new StoreError(damaged(path), { cause });
  } finally {
    db.close();
  }
}

/**
 * Brings what stands beside the file (`-wal`) into it, so that it can be moved alone; nothing where it is no sound database.
 * @throws StoreError where another process has it open
 */
export function closeWhole(path: string): void {
  const db = new Connection(path);
  try {
    db.prepare("PRAGMA journal_mode = DELETE").get();
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "SQLITE_BUSY")
      throw new StoreError(`${path} is in use; stop backdoor-watch first`, { cause });
  } finally {
    db.close();
  }
}

/** @throws Error of one sentence where there is no sound database at that place */
export async function checkDatabase(path: string): Promise<void> {
  const size = await lookAt(path);
  if (size === null) throw new Error(`${path} is missing`);
  check(path, size);
}

/**
 * Several processes may have it open: commands work beside a running `npm start`, by SQLite's own locks, which end with their process.
 * @param onFull hears of a write that found no room on the disk
 * @throws Error of one sentence, naming the file and the remedy
 */
export async function openDatabaseFile(
  dataDir: string,
  onFull: () => void = () => {},
): Promise<SqliteDatabase> {
  const path = databaseIn(dataDir);
  if ((await lookAt(path)) === null) await placeNew(await emptyDatabase(path), path);
  await chmod(path, 0o600);
  check(path, (await lookAt(path)) ?? 0);
  return openSqlite(path, { onFull });
}

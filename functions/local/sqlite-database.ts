// The store's database in one SQLite file (ADR 8): in this process, without a server; other processes open the same file beside it.
import Connection from "libsql";
import type { Database, KeyedRow } from "../../shared/store/database.ts";
import { changed, holds } from "../../shared/store/evaluate.ts";
import { groupCommit, storeErrorOf } from "./group-commit.ts";
import { COLUMNS, toColumns } from "./row-columns.ts";
import { sqliteReader } from "./sqlite-reader.ts";

export interface SqliteDatabase extends Database {
  /** A copy of it as it is now, in a new file; writers go on meanwhile. */
  copyTo(path: string): void;
  /** Commits what still waits. */
  close(): void;
}

/** Of a file that an older or a newer version of this code may open. */
export const SCHEMA_VERSION = 1;

/** Indexes are SQLite's own affair: a row and what finds it are written together or not at all. */
export const SCHEMA = `
CREATE TABLE entries (
  pk TEXT NOT NULL, sk TEXT NOT NULL, duePk TEXT, dueAt TEXT, expiresAt REAL, body TEXT, special TEXT,
  PRIMARY KEY (pk, sk)
) WITHOUT ROWID;
CREATE INDEX due ON entries (duePk, dueAt, pk, sk) WHERE duePk IS NOT NULL AND dueAt IS NOT NULL;
CREATE INDEX expiry ON entries (expiresAt, pk, sk) WHERE expiresAt IS NOT NULL;
PRAGMA user_version = ${SCHEMA_VERSION};
`;

/** Another process's transaction takes milliseconds; a backup or a sweep waits for none. */
const BUSY_MS = 15_000;

/**
 * FULL: a claim in the ledger is on the disk before its mail goes out, so not even a power cut mails twice. A large cache and rare
 * checkpoints, since an item's list rows are spread over the whole file.
 */
const PRAGMAS = `
PRAGMA synchronous = FULL; PRAGMA cache_size = -64000; PRAGMA wal_autocheckpoint = 4000;
PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 33554432;
`;

/** Statements that write answer to no `raw`. */
function writers(db: Connection.Database) {
  const marks = COLUMNS.map(() => "?").join(", ");
  return {
    put: db.prepare(`INSERT OR REPLACE INTO entries (${COLUMNS.join(", ")}) VALUES (${marks})`),
    remove: db.prepare("DELETE FROM entries WHERE pk = ? AND sk = ?"),
  };
}

export interface SqliteOptions {
  /** DELETE leaves nothing beside the file, which then can be moved alone; WAL (unless told) lets others read while one writes. */
  readonly journal?: "WAL" | "DELETE";
  /** Hears of a write that found no room on the disk. */
  readonly onFull?: () => void;
  /** The most pages of 4 kB that it may grow to; for tests of a full disk. */
  readonly mostPages?: number;
}

/**
 * @param path of a file that `SCHEMA` was run on, or `:memory:`
 * @throws StoreError where SQLite cannot read it
 */
export function openSqlite(path: string, options: SqliteOptions = {}): SqliteDatabase {
  const { journal = "WAL", onFull = () => {}, mostPages } = options;
  let db: Connection.Database;
  let sql: ReturnType<typeof writers>;
  try {
    db = new Connection(path, { timeout: BUSY_MS });
    db.pragma(`journal_mode = ${journal}`);
    db.exec(PRAGMAS);
    if (mostPages !== undefined) db.exec(`PRAGMA max_page_count = ${mostPages}`);
    if (path === ":memory:") db.exec(SCHEMA);
    sql = writers(db);
  } catch (cause) {
    throw storeErrorOf("open", path, cause);
  }
  const commits = groupCommit(db, path, onFull);

  const reader = sqliteReader(db, path);
  const { find, read } = reader;
  const place = (row: KeyedRow) => sql.put.run(toColumns(row));

  return {
    get: async (key) => read("get", () => find(key)),
    getMany: async (keys) => read("batch read", () => keys.map(find).filter((row) => row !== null)),
    put: (row, condition) =>
      commits.write("put", () => {
        if (condition !== undefined && !holds(condition, find(row))) return false;
        place(row);
        return true;
      }),
    async putMany(rows) {
      const lines = rows.map(toColumns);
      await commits.write("batch write", () => {
        for (const line of lines) sql.put.run(line);
      });
    },
    update: (key, change, condition) =>
      commits.write("update", () => {
        const held = find(key);
        if (condition.expression !== "" && !holds(condition, held)) return null;
        const row = changed(held ?? { ...key }, change, condition);
        place(row as KeyedRow);
        return row;
      }),
    remove: (key, condition) =>
      commits.write("delete", () => {
        if (condition !== undefined && !holds(condition, find(key))) return false;
        sql.remove.run(key.pk, key.sk);
        return true;
      }),
    query: async (input) => reader.page(input),
    queryAll: reader.pages,
    scanAll: reader.scan,
    copyTo: (to) => read("copy", () => void db.prepare("VACUUM INTO ?").run(to)),
    close() {
      commits.flush();
      // libsql lets the file go only when its statements are collected as garbage, so SQLite's own last checkpoint may never come.
      // Where another process reads just now, what is left beside the file is read at the next start.
      db.exec("PRAGMA busy_timeout = 1000; PRAGMA wal_checkpoint(TRUNCATE)");
      db.close();
    },
  };
}

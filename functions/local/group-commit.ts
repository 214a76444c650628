// Writes to the database file: those of one turn of the event loop share one transaction, and so one wait for the disk.
import type Connection from "libsql";
import { DiskFull, StoreError } from "../../shared/store/database.ts";

/** So many writes at most hold the file together: reads and other processes come in between. */
const MOST_TOGETHER = 64;

export interface GroupCommit {
  /** @returns what `work` returned, once it is on the disk; where `work` itself throws, the others of its turn go on */
  write<T>(what: string, work: () => T): Promise<T>;
  /** Commits what still waits. */
  flush(): void;
}

interface Waiting {
  readonly what: string;
  readonly work: () => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (cause: unknown) => void;
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && "code" in cause ? String(cause.code) : "";

/** What SQLite says, in the store's words. */
export function storeErrorOf(what: string, file: string, cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  const code = codeOf(cause);
  if (code === "SQLITE_FULL" || code === "SQLITE_IOERR_SHMSIZE")
    return new DiskFull(`${what}: the disk is full (${file})`, { cause });
  if (code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_NOTADB")
    return new StoreError(`${what}: ${damaged(file)}`, { cause });
  return new StoreError(`${what}: ${cause instanceof Error ? cause.message : String(cause)}`, {
    cause,
  });
}

/** The sentence for a file that SQLite cannot read as a database. */
export const damaged = (file: string): string =>
  `${file} is damaged; stop, and go back to a backup: npx backdoor-watch restore BACKUP --replace`;

/**
 * @param file as it is named to the operator
 * @param onFull hears of a write that found no room
 */
export function groupCommit(
  db: Connection.Database,
  file: string,
  onFull: () => void,
): GroupCommit {
  const waiting: Waiting[] = [];

  function commit(batch: readonly Waiting[]): void {
    const settle: (() => void)[] = [];
    try {
      db.exec("BEGIN IMMEDIATE");
      for (const { work, resolve, reject } of batch) {
        try {
          const value = work() as never;
          settle.push(() => resolve(value));
        } catch (cause) {
          // The database's own trouble is everybody's: half of a write may have been done.
          if (codeOf(cause).startsWith("SQLITE_")) throw cause;
          settle.push(() => reject(cause));
        }
      }
      db.exec("COMMIT");
    } catch (cause) {
      if (db.inTransaction) db.exec("ROLLBACK");
      const errors = batch.map(({ what }) => storeErrorOf(what, file, cause));
      if (errors[0] instanceof DiskFull) onFull();
      for (const [n, { reject }] of batch.entries()) reject(errors[n]);
      return;
    }
    for (const done of settle) done();
  }

  function turn(): void {
    const batch = waiting.splice(0, MOST_TOGETHER);
    if (waiting.length > 0) setImmediate(turn);
    if (batch.length > 0) commit(batch);
  }

  return {
    write: (what, work) =>
      new Promise((resolve, reject) => {
        waiting.push({ what, work, resolve, reject });
        if (waiting.length === 1) setImmediate(turn);
      }),
    flush() {
      while (waiting.length > 0) commit(waiting.splice(0, MOST_TOGETHER));
    },
  };
}

// Room on the disk: where it runs out, work stops before anything is lost, and goes on by itself when there is room again.
import { statfs } from "node:fs/promises";
import type { LogRecord } from "../../shared/flows/ports.ts";

/** What is left to others, so that what has begun can be written to its end: SQLite's log grows to half of it. */
const LEAST_BYTES = 32 * 1_048_576;
/** On a small disk, this share of it. */
const LEAST_SHARE = 0.05;

export interface Room {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

export interface DiskWatch {
  /** As it was when last looked at, or since a write found none. */
  isFull(): boolean;
  /** A write found no room. */
  noteFull(): void;
  /** Looks anew, and says in the log when it turned. @returns whether there is room to work */
  look(): Promise<boolean>;
  /** For /healthz. */
  state(): { readonly ok: boolean; readonly detail: string };
}

export async function roomAt(folder: string): Promise<Room> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

const isEnough = ({ freeBytes, totalBytes }: Room): boolean =>
  freeBytes >= Math.min(LEAST_BYTES, totalBytes * LEAST_SHARE);

/**
 * @param room asks how much there is
 * @param tryWrite writes a little where the data is, and throws where it cannot: a quota shows only so
 */
export function diskWatch(options: {
  readonly room: () => Promise<Room>;
  readonly tryWrite: () => Promise<void>;
  readonly log: (record: LogRecord) => void;
}): DiskWatch {
  const { room, tryWrite, log } = options;
  let full = false;

  function turn(isNow: boolean): void {
    if (isNow === full) return;
    full = isNow;
    log(
      full
        ? {
            step: "disk",
            failed: "the disk is full: nothing is polled or mailed until there is room",
          }
        : { step: "disk", message: "there is room on the disk again: work goes on" },
    );
  }

  const canWrite = () =>
    tryWrite().then(
      () => true,
      () => false,
    );

  return {
    isFull: () => full,
    noteFull: () => turn(true),
    async look() {
      const isThere = await room().then(isEnough, () => true);
      if (!isThere) turn(true);
      else if (full && (await canWrite())) turn(false);
      return !full;
    },
    state: () =>
      full
        ? { ok: false, detail: "the disk is full: nothing is polled or mailed until there is room" }
        : { ok: true, detail: "has room" },
  };
}

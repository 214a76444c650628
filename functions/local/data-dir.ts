// The data directory, before anything is opened in it: there, a folder, and ours to write to.
import { randomUUID } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "may not be written to by this user",
  EPERM: "may not be written to by this user",
  EROFS: "is on a read-only disk",
  ENOSPC: "is on a disk that is full",
  EDQUOT: "is on a disk whose quota is used up",
  EEXIST: "is a file, not a folder",
  ENOTDIR: "lies below a file, not a folder",
  ENOENT: "cannot be made there",
};

/** As much as shows that a disk, or a quota, has no room. @throws what the system says */
export async function tryWrite(folder: string, bytes = 65_536): Promise<void> {
  const probe = join(folder, `${randomUUID()}.tmp`);
  try {
    await writeFile(probe, Buffer.alloc(bytes), { flag: "wx", mode: 0o600, flush: true });
  } finally {
    await rm(probe, { force: true });
  }
}

/** @throws Error of one sentence, naming the folder and the remedy */
export async function prepareDataDir(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await tryWrite(dataDir, 0);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "";
    const why = REASONS[code] ?? `cannot be used (${code})`;
    throw new Error(`DATA_DIR: ${dataDir} ${why}; name a folder that can be written to`, { cause });
  }
}

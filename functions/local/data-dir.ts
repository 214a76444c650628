// The data directory, before anything is opened in it: there, a folder, and ours to write to.
import { randomUUID } from "node:crypto";
import { mkdir, unlink, writeFile } from "node:fs/promises";
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

/** @throws Error of one sentence, naming the folder and the remedy */
export async function prepareDataDir(dataDir: string): Promise<void> {
  const probe = join(dataDir, `${randomUUID()}.tmp`);
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await writeFile(probe, "", { flag: "wx", mode: 0o600 });
    await unlink(probe);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "";
    const why = REASONS[code] ?? `cannot be used (${code})`;
    throw new Error(`DATA_DIR: ${dataDir} ${why}; name a folder that can be written to`, { cause });
  }
}

// Files that are there whole or not at all, whatever ends the process or the power: written aside, on the disk, then named.
import { randomUUID } from "node:crypto";
import { link, open, rename, unlink } from "node:fs/promises";
import { dirname } from "node:path";

/** A folder's entries are on the disk too only after this; some systems offer no such thing. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

/** @returns false where `path` is there already: it stays as it is. The file aside is gone either way. */
export async function placeNew(aside: string, path: string): Promise<boolean> {
  try {
    await link(aside, path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw cause;
  } finally {
    await unlink(aside);
  }
  await syncFolder(dirname(path));
  return true;
}

async function writeAside(path: string, bytes: Uint8Array | string): Promise<string> {
  const aside = `${path}.${randomUUID()}.tmp`;
  const handle = await open(aside, "wx", 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } catch (cause) {
    // A full disk: what was begun would only take more of its room.
    await unlink(aside);
    throw cause;
  } finally {
    await handle.close();
  }
  return aside;
}

/** @returns false where `path` is there already: it stays as it is */
export async function writeNew(path: string, bytes: Uint8Array | string): Promise<boolean> {
  return placeNew(await writeAside(path, bytes), path);
}

/** In the place of what may be there. */
export async function writeOver(path: string, bytes: Uint8Array | string): Promise<void> {
  await rename(await writeAside(path, bytes), path);
  await syncFolder(dirname(path));
}

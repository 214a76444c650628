// The installation's keys on one machine: made once, kept in the data directory, readable by its owner alone.
import { randomBytes } from "node:crypto";
import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { deriveSecrets } from "../../shared/flows/derive-secrets.ts";
import type { Secrets } from "../../shared/flows/ports.ts";
import { writeNew } from "./whole-file.ts";

/** Master keys, base64url of 32 bytes, the newest first. Older ones still read what they sealed. */
const SecretFile = z.object({ keys: z.array(z.string().regex(/^[\w-]{43}$/)).min(1) });

export const secretsIn = (dataDir: string): string => join(dataDir, "secrets.json");

const REMEDY = "restore it from a backup: without it no stored address can be read";

/** @returns null where there is no such file */
async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    const what = code === "EISDIR" ? "is a folder" : `cannot be read (${code})`;
    throw new Error(`${path} ${what}; ${REMEDY}`, { cause });
  }
}

/** @throws Error where it holds no keys: a new one would make every stored address a riddle */
function keysIn(path: string, text: string): readonly string[] {
  try {
    return SecretFile.parse(JSON.parse(text)).keys;
  } catch (cause) {
    const what = text.trim() === "" ? "is empty" : "is cut short or holds no keys";
    throw new Error(`${path} ${what}; ${REMEDY}`, { cause });
  }
}

/** @throws Error of one sentence where the folder's keys are missing or unreadable */
export async function checkSecrets(folder: string): Promise<void> {
  const path = secretsIn(folder);
  const text = await readText(path);
  if (text === null) throw new Error(`${path} is missing`);
  keysIn(path, text);
}

/**
 * @param isNeeded whether anything is stored that only the old keys can read; asked where the file is missing
 * @throws Error of one sentence, naming the file and the remedy
 */
export async function loadSecrets(
  dataDir: string,
  isNeeded: () => Promise<boolean>,
): Promise<Secrets> {
  const path = secretsIn(dataDir);
  let text = await readText(path);
  if (text === null) {
    if (await isNeeded())
      throw new Error(`${path} is missing, and the database holds subscribers; ${REMEDY}`);
    const fresh = { keys: [randomBytes(32).toString("base64url")] };
    // Two processes that start at once agree on one key: the second finds the first one's.
    await writeNew(path, `${JSON.stringify(fresh)}\n`);
    text = (await readText(path)) ?? "";
  }
  await chmod(path, 0o600);
  return deriveSecrets([...keysIn(path, text)]);
}

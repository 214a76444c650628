// The installation's keys on one machine: made once, kept in the data directory, readable by its owner alone.
import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { deriveSecrets } from "../../shared/flows/derive-secrets.ts";
import type { Secrets } from "../../shared/flows/ports.ts";

/** Master keys, base64url of 32 bytes, the newest first. Older ones still read what they sealed. */
const SecretFile = z.object({ keys: z.array(z.string().length(43)).min(1) });

/** @throws Error where the file is there and unreadable: a new key would make every stored address a riddle */
export async function loadSecrets(dataDir: string): Promise<Secrets> {
  const path = join(dataDir, "secrets.json");
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const fresh = { keys: [randomBytes(32).toString("base64url")] };
  try {
    // `wx`: two processes that start at once agree on one key.
    await writeFile(path, `${JSON.stringify(fresh)}\n`, { flag: "wx", mode: 0o600 });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
  }
  await chmod(path, 0o600);
  const parsed = SecretFile.safeParse(JSON.parse(await readFile(path, "utf8")));
  if (!parsed.success)
    throw new Error(`${path}: not a list of keys of 32 bytes; restore it from a backup`);
  return deriveSecrets(parsed.data.keys);
}

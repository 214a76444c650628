// One master key becomes the keys of the installation; where the master is kept is the composing file's affair.
import { hkdfSync } from "node:crypto";
import type { Secrets } from "./ports.ts";

const derive = (master: string, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", master, "", `backdoor-watch ${purpose}`, 32));

/**
 * Keys that cannot be told from each other (RFC 5869). Addresses and look-ups hang on the oldest master, which is never
 * dropped; tokens are made with the newest and read with any.
 * @param masters at least 32 characters of chance each, the newest first
 * @throws RangeError where there is none, or one is too short
 */
export function deriveSecrets(masters: readonly string[]): Secrets {
  const oldest = masters.at(-1);
  if (oldest === undefined) throw new RangeError("secrets: no key");
  if (masters.some((master) => master.length < 32))
    throw new RangeError("secrets: a key is too short");
  return {
    addressKey: derive(oldest, "addresses"),
    lookupKey: derive(oldest, "lookup"),
    tokenKeys: masters.map((master) => derive(master, "tokens")),
  };
}

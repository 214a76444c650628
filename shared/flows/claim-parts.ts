// Parts of a digest that have a claim of their own: what is taken back, and comebacks that were told at once.
import type { CorrectionEntry, Digest, ResurfacedEntry } from "../digests/digest.ts";
import type { SubscriberId } from "../domain/ids.ts";
import { correctionDigest, eventDigest } from "./corrections.ts";
import type { Ports } from "./ports.ts";
import type { Told } from "./send-immediate.ts";
import { LEASE_SECONDS } from "./send-once.ts";

/**
 * Corrections have claims of their own, and so have comebacks that this reader was told at once, before turning to digests.
 * The other comebacks are free: the digest carries them under its claim, however many they are.
 */
export async function partsOf(
  ports: Pick<Ports, "store">,
  id: SubscriberId,
  resurfaced: Digest["resurfaced"],
  corrections: readonly CorrectionEntry[],
): Promise<{ parts: Told[]; free: Digest["resurfaced"] }> {
  const ledgerOf = ({ event }: ResurfacedEntry) => eventDigest(event.id);
  const claimed =
    resurfaced.length === 0
      ? new Set<string>()
      : await ports.store.claimedAmong(id, resurfaced.map(ledgerOf));
  const parts: Told[] = corrections.map((entry) => ({
    kind: "corrected",
    ledger: correctionDigest(entry.event.id),
    entry,
  }));
  const free: ResurfacedEntry[] = [];
  for (const entry of resurfaced) {
    const ledger = ledgerOf(entry);
    if (claimed.has(ledger)) parts.push({ kind: "resurfaced", ledger, entry });
    else free.push(entry);
  }
  return { parts, free };
}

export interface ClaimedParts {
  /** By the name of the mail that each goes, or may have gone, out in. */
  readonly mails: ReadonlyMap<string, readonly Told[]>;
  /** Claims to give back where the mail cannot go out now. */
  readonly fresh: readonly string[];
  /** Another turn holds one of them: nothing is to be sent now. */
  readonly busy: boolean;
  /** One was recorded as sent in this very mail: it went out, and only its end was not written down. */
  readonly hasGone: boolean;
}

/**
 * Claims each part for a mail, and leaves out what was told in another one.
 * @param now the instant of the mail's own claim, so that all of them end together
 */
export async function claimParts(
  ports: Pick<Ports, "store">,
  id: SubscriberId,
  mail: string,
  parts: readonly Told[],
  now: Date,
): Promise<ClaimedParts> {
  const mails = new Map<string, Told[]>();
  const fresh: string[] = [];
  let [busy, hasGone] = [false, false];
  for (const part of parts) {
    const claim = await ports.store.claimSend(id, part.ledger, now, LEASE_SECONDS, mail);
    if (claim === "claimed") fresh.push(part.ledger);
    if (claim === "busy") busy = true;
    if (claim === "busy") continue;
    const name = await ports.store.mailOf(id, part.ledger);
    if (claim === "done") hasGone ||= name === mail;
    else mails.set(name, [...(mails.get(name) ?? []), part]);
  }
  return { mails, fresh, busy, hasGone };
}

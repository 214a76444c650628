// One subscriber's mail about events just raised.
import type { ChangedEntry, Coverage, ResurfacedEntry } from "../digests/digest.ts";
import { renderDigest } from "../digests/render-digest.ts";
import { wantsEvent } from "../digests/select-items.ts";
import type { DossierId, SubscriberId } from "../domain/ids.ts";
import type { Subscriber } from "../domain/subscriber.ts";
import { envelopeOf, titlesOf } from "./mail-links.ts";
import type { Ports } from "./ports.ts";
import type { Delivery } from "./send-digest.ts";
import { LEASE_SECONDS, mailUnderClaim } from "./send-once.ts";

/** The ledger's name of one event: whatever it is gathered with, it is told once. */
export const eventDigest = (event: string): string => `event:${event}`;

/** Something to tell at once, and its name in the ledger. */
export type Told = { readonly ledger: string } & (
  | { readonly kind: "resurfaced"; readonly entry: ResurfacedEntry }
  | { readonly kind: "changed"; readonly entry: ChangedEntry }
);

/**
 * Claims each event for this subscriber, and mails those that nobody has. Events whose earlier mail may have gone out
 * are repeated as they went, under the Message-ID that they had.
 */
export async function sendImmediate(
  ports: Ports,
  id: SubscriberId,
  entries: readonly Told[],
  coverage: Coverage,
): Promise<Delivery> {
  const subscriber = await ports.store.loadSubscriber(id);
  if (subscriber === null || !mayBeMailed(subscriber, "immediate")) return "nothing";
  const wanted = entries.filter(({ entry: { item, dossier } }) => {
    const about = { dossier: dossier.id as DossierId };
    return wantsEvent(subscriber.preferences, about, item, dossier.jurisdiction);
  });
  if (wanted.length === 0 || (await ports.store.isSuppressed(id))) return "nothing";
  // One instant for all claims: those of one mail end together, and a later turn finds all of them or none.
  const now = ports.now();
  const groups: Record<"claimed" | "unknown", Told[]> = { claimed: [], unknown: [] };
  let busy = 0;
  for (const entry of wanted) {
    const claim = await ports.store.claimSend(id, entry.ledger, now, LEASE_SECONDS);
    if (claim === "busy") busy += 1;
    else if (claim !== "done") groups[claim].push(entry);
  }
  if (busy > 0) {
    // Another turn may hold part of the same mail: what it sent whole is not to be sent in pieces.
    for (const { ledger } of groups.claimed)
      await ports.store.recordSend(id, ledger, "released", now);
    return "deferred";
  }
  let delivery: Delivery = "nothing";
  for (const group of [groups.unknown, groups.claimed]) {
    if (group.length === 0) continue;
    const outcome = await mailGroup(ports, subscriber, group, coverage);
    if (delivery !== "deferred") delivery = outcome;
  }
  return delivery;
}

export function mayBeMailed(subscriber: Subscriber, cadence: "immediate" | "periodic"): boolean {
  const periodic = subscriber.preferences.cadence !== "immediate";
  return subscriber.state === "active" && periodic === (cadence === "periodic");
}

async function mailGroup(
  ports: Ports,
  subscriber: Subscriber,
  group: readonly Told[],
  coverage: Coverage,
): Promise<Delivery> {
  const digests = group.map(({ ledger }) => ledger);
  // The first event names the mail: the same events gathered again make the same one.
  const envelope = envelopeOf(ports, subscriber, digests[0] ?? "", ports.now());
  const digest = {
    cadence: "immediate" as const,
    resurfaced: group.flatMap((told) => (told.kind === "resurfaced" ? [told.entry] : [])),
    changed: group.flatMap((told) => (told.kind === "changed" ? [told.entry] : [])),
    items: [],
    coverage,
    period: null,
  };
  const mail = renderDigest(digest, envelope, titlesOf(ports));
  return mail === null ? "nothing" : mailUnderClaim(ports, subscriber.id, digests, mail);
}

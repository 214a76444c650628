// One subscriber's mail about events just raised.
import type {
  ChangedEntry,
  CorrectionEntry,
  Coverage,
  ResurfacedEntry,
} from "../digests/digest.ts";
import { renderDigest } from "../digests/render-digest.ts";
import { wantsEvent } from "../digests/select-items.ts";
import type { DossierId, SubscriberId } from "../domain/ids.ts";
import type { Subscriber } from "../domain/subscriber.ts";
import { toldTo } from "./corrections.ts";
import { envelopeOf, titlesOf } from "./mail-links.ts";
import type { Ports } from "./ports.ts";
import type { Delivery } from "./send-digest.ts";
import { LEASE_SECONDS, mailUnderClaim } from "./send-once.ts";

/** Something to tell at once, and its name in the ledger. */
export type Told = { readonly ledger: string } & (
  | { readonly kind: "resurfaced"; readonly entry: ResurfacedEntry }
  | { readonly kind: "changed"; readonly entry: ChangedEntry }
  | { readonly kind: "corrected"; readonly entry: CorrectionEntry }
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
  const wanted = await wantedBy(ports, subscriber, entries);
  if (wanted.length === 0 || (await ports.store.isSuppressed(id))) return "nothing";
  // One instant for all claims: those of one mail end together, and a later turn finds all of them or none.
  const now = ports.now();
  const mails = new Map<string, Told[]>();
  const claimed: Told[] = [];
  let name: string | null = null;
  let busy = 0;
  for (const entry of wanted) {
    // The first event names the mail, and each claim keeps its name through every later try.
    name ??= entry.ledger;
    const claim = await ports.store.claimSend(id, entry.ledger, now, LEASE_SECONDS, name);
    if (claim === "busy") busy += 1;
    if (claim === "busy" || claim === "done") {
      // A mail is not named by an event that is not in it.
      if (name === entry.ledger) name = null;
      continue;
    }
    if (claim === "claimed") claimed.push(entry);
    const mail = await ports.store.mailOf(id, entry.ledger);
    if (mail !== name && name === entry.ledger) name = null;
    mails.set(mail, [...(mails.get(mail) ?? []), entry]);
  }
  if (busy > 0) {
    // Another turn may hold part of the same mail: what it sent whole is not to be sent in pieces.
    for (const { ledger } of claimed) await ports.store.recordSend(id, ledger, "released", now);
    return "deferred";
  }
  let delivery: Delivery = "nothing";
  for (const [mail, group] of mails) {
    const outcome = await mailGroup(ports, subscriber, mail, group, coverage);
    if (delivery !== "deferred") delivery = outcome;
  }
  return delivery;
}

/** News by what one asks for; a correction by what one was sent. */
async function wantedBy(
  ports: Ports,
  { id, preferences }: Subscriber,
  entries: readonly Told[],
): Promise<Told[]> {
  const wanted: Told[] = [];
  for (const told of entries) {
    const { item, dossier } = told.entry;
    if (told.kind === "corrected") {
      const [entry] = await toldTo(ports, id, [told.entry]);
      if (entry !== undefined) wanted.push({ ...told, entry });
    } else {
      const about = { dossier: dossier.id as DossierId };
      if (wantsEvent(preferences, about, item, dossier.jurisdiction)) wanted.push(told);
    }
  }
  return wanted;
}

export function mayBeMailed(subscriber: Subscriber, cadence: "immediate" | "periodic"): boolean {
  const periodic = subscriber.preferences.cadence !== "immediate";
  return subscriber.state === "active" && periodic === (cadence === "periodic");
}

/** One mail under its name, and what of it was claimed. */
export async function mailGroup(
  ports: Ports,
  subscriber: Subscriber,
  name: string,
  group: readonly Told[],
  coverage: Coverage,
): Promise<Delivery> {
  const digests = group.map(({ ledger }) => ledger);
  const envelope = envelopeOf(ports, subscriber, name, ports.now());
  const digest = {
    cadence: "immediate" as const,
    resurfaced: group.flatMap((told) => (told.kind === "resurfaced" ? [told.entry] : [])),
    changed: group.flatMap((told) => (told.kind === "changed" ? [told.entry] : [])),
    corrections: group.flatMap((told) => (told.kind === "corrected" ? [told.entry] : [])),
    items: [],
    coverage,
    period: null,
  };
  const mail = renderDigest(digest, envelope, titlesOf(ports));
  return mail === null ? "nothing" : mailUnderClaim(ports, subscriber.id, digests, mail);
}

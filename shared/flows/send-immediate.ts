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
import { eventDigest, toldTo } from "./corrections.ts";
import { envelopeOf, titlesOf } from "./mail-links.ts";
import type { Ports, StageChange } from "./ports.ts";
import type { Delivery } from "./send-digest.ts";
import { LEASE_SECONDS, mailUnderClaim } from "./send-once.ts";

/** Of what waits, as many are looked at. */
const MOST_WAITING = 200;

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

/** The ledger's name of a stage change. */
export const stageDigest = ({
  dossier,
  stage,
  item,
}: Pick<StageChange, "dossier" | "stage" | "item">): string => `stage:${dossier}:${stage}:${item}`;

/**
 * Since when news may wait that this reader was not told at once, and so is owed by the first digest of who turns to digests:
 * what waits to be told is told to those who are mailed at once by then.
 */
export async function untoldSince(ports: Ports, id: SubscriberId, now: Date): Promise<Date> {
  const horizon = new Date(now.getTime() + ports.settings.coalesceSeconds * 1_000);
  let since = now.toISOString();
  for (const { event, raisedAt } of await ports.store.eventsToAnnounce(horizon, MOST_WAITING))
    if (raisedAt < since && (await ports.store.sentAt(id, eventDigest(event.id))) === null)
      since = raisedAt;
  for (const change of await ports.store.stageChangesToTell(horizon, MOST_WAITING)) {
    // In a digest its item tells it, by when that was first seen.
    const seen = (await ports.store.loadItem(change.item))?.firstSeenAt ?? since;
    if (seen < since && (await ports.store.sentAt(id, stageDigest(change))) === null) since = seen;
  }
  return new Date(since);
}

/** News by what one asks for; a correction by what one was sent. */
async function wantedBy(
  ports: Ports,
  subscriber: Subscriber,
  entries: readonly Told[],
): Promise<Told[]> {
  const { id, preferences } = subscriber;
  const wanted: Told[] = [];
  for (const told of entries) {
    const { item, dossier } = told.entry;
    if (told.kind === "corrected") {
      const [entry] = await toldTo(ports, id, [told.entry]);
      if (entry !== undefined) wanted.push({ ...told, entry });
    } else {
      const about = { dossier: dossier.id as DossierId };
      if (!wantsEvent(preferences, about, item, dossier.jurisdiction)) continue;
      if (!(await wasCarried(ports, subscriber, told))) wanted.push(told);
    }
  }
  return wanted;
}

/** Who has just turned from digests to immediate mail may have had it in the last digest. */
async function wasCarried(
  ports: Pick<Ports, "store">,
  { id, digestedUntil }: Subscriber,
  told: Told,
): Promise<boolean> {
  if (told.kind !== "resurfaced" || digestedUntil === null) return false;
  // No digest that ended before its item was seen can have it: of most readers nothing is asked.
  if (digestedUntil <= told.entry.item.firstSeenAt) return false;
  return (await ports.store.carriedAt(id, told.ledger)) !== null;
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

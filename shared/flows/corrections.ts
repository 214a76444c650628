// What was told and is no longer so: found once for everybody, and told once to each who was told of the event.
import type { CorrectionCause, CorrectionEntry } from "../digests/digest.ts";
import { wantsEvent } from "../digests/select-items.ts";
import type { DossierEvent } from "../domain/dossier.ts";
import type { DossierId, EventId, ItemId, SubscriberId } from "../domain/ids.ts";
import type { StoredItem } from "../domain/item.ts";
import type { Preferences } from "../domain/subscriber.ts";
import { unmakingOf } from "../dossiers/find-unmaker.ts";
import { factsOf } from "./digest-facts.ts";
import type { Ports, StoredEvent } from "./ports.ts";

/** The ledger's name of one event: whatever it is gathered with, it is told once. */
export const eventDigest = (event: EventId): string => `event:${event}`;
/** … and of its correction. */
export const correctionDigest = (event: EventId): string => `correction:${event}`;

/**
 * Corrections so long before a period are looked at again: one is written down a moment after the instant that it bears, and a
 * reader may have turned from immediate mail to a digest meanwhile. The ledger keeps them from coming twice.
 */
const LOOK_BACK_MS = 2 * 86_400_000;

/** A correction as anybody may be told it; `toldAt` is when the event was raised. */
export interface CorrectionMaterial extends CorrectionEntry {
  readonly correctedAt: string;
}

type Facts = Pick<Ports, "store" | "registry">;

/** @returns null where the event stands (again), was never news, or its item is gone */
export async function correctionOf(
  ports: Facts,
  stored: StoredEvent,
): Promise<CorrectionMaterial | null> {
  const { event, raisedAt, correctedAt = null } = stored;
  if (correctedAt === null || event.state === "standing" || event.backfill) return null;
  const item = await ports.store.loadItem(event.item as ItemId);
  if (item === null) return null;
  const dossier = await factsOf(ports, event.dossier);
  const cause = await causeOf(ports, event, item);
  return { event, item, dossier, cause, toldAt: raisedAt, correctedAt };
}

async function causeOf(
  ports: Facts,
  event: DossierEvent,
  raising: StoredItem,
): Promise<CorrectionCause> {
  const { dossier: id } = event;
  const dossier =
    ports.registry.find((known) => known.id === id) ??
    (await ports.store.loadDossier(id))?.auto ??
    null;
  if (dossier === null) return { kind: "unclear" };
  const unmaking = unmakingOf(dossier, await ports.store.listMoves(id), event);
  if (unmaking.kind === "gone") return movedTo(ports, event, raising, unmaking.to);
  if (unmaking.kind !== "item") return unmaking;
  const item = await ports.store.loadItem(unmaking.item as ItemId);
  return item === null ? { kind: "unclear" } : { kind: "late-item", item };
}

/** @param candidates dossiers that an operator gave moves to: the one that has the raising move */
async function movedTo(
  ports: Facts,
  event: DossierEvent,
  raising: StoredItem,
  candidates: readonly DossierId[],
): Promise<CorrectionCause> {
  const read = raising.decision?.dossier ?? null;
  for (const id of read === null ? candidates : [...candidates, read]) {
    if (id === event.dossier) continue;
    const moves = await ports.store.listMoves(id);
    if (moves.some(({ item }) => item === event.item))
      return { kind: "moved", dossier: await factsOf(ports, id) };
  }
  return { kind: "unclear" };
}

/** What was taken back in a period, and shortly before it. */
export async function loadCorrections(
  ports: Facts,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<CorrectionMaterial[]> {
  const since = new Date(from.getTime() - LOOK_BACK_MS);
  const found: CorrectionMaterial[] = [];
  for (const stored of await ports.store.eventsCorrected(since, to)) {
    // Both ends are the store's; ours are from inclusive, to exclusive.
    const correction = await correctionOf(ports, stored);
    if (correction !== null && correction.correctedAt < to.toISOString()) found.push(correction);
  }
  return found;
}

/**
 * Those that everybody with these choices was told of before the period: what a public issue shows, which knows no reader.
 */
export function correctionsFor(
  preferences: Preferences,
  corrections: readonly CorrectionMaterial[],
  from: Date,
): CorrectionMaterial[] {
  const start = from.toISOString();
  return corrections.filter(
    ({ event, item, dossier, correctedAt, toldAt }) =>
      correctedAt >= start &&
      toldAt < start &&
      wantsEvent(preferences, event, item, dossier.jurisdiction),
  );
}

/** Those whose event this reader was mailed, with when that was, whatever they ask for by now. */
export async function toldTo<T extends CorrectionEntry>(
  ports: Pick<Ports, "store">,
  id: SubscriberId,
  corrections: readonly T[],
): Promise<T[]> {
  const told: T[] = [];
  for (const correction of corrections) {
    const digest = eventDigest(correction.event.id);
    const toldAt =
      (await ports.store.sentAt(id, digest)) ?? (await ports.store.carriedAt(id, digest));
    if (toldAt !== null) told.push({ ...correction, toldAt });
  }
  return told;
}

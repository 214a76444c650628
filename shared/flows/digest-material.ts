// What a period holds, and which of it one reader's choices ask for.
import type { Coverage, Digest, ItemEntry, ResurfacedEntry } from "../digests/digest.ts";
import { wantsEvent, wantsItem } from "../digests/select-items.ts";
import type { ItemId } from "../domain/ids.ts";
import type { StoredItem } from "../domain/item.ts";
import type { Subscriber } from "../domain/subscriber.ts";
import { type CorrectionMaterial, correctionsFor, loadCorrections } from "./corrections.ts";
import { factsOf } from "./digest-facts.ts";
import type { Ports } from "./ports.ts";

/** Of one period: far beyond what a mail can hold, and a bound on memory. */
const MOST_ITEMS = 5_000;

export interface Period {
  readonly from: Date;
  readonly to: Date;
}

export interface Material {
  readonly items: readonly ItemEntry[];
  readonly resurfaced: readonly ResurfacedEntry[];
  /** Reported and not confirmed by the end of the period; confirmed later, they are news of the period of then. */
  readonly possible: readonly ResurfacedEntry[];
  readonly corrections: readonly CorrectionMaterial[];
}

/** Its corrections are those of everybody with these choices; a reader's own mail has theirs (send-periodic.ts). */
export function digestFor(
  { preferences }: Pick<Subscriber, "preferences">,
  material: Material,
  coverage: Coverage,
  period: Period,
): Digest {
  const isWanted = ({ event, item, dossier }: ResurfacedEntry): boolean =>
    wantsEvent(preferences, event, item, dossier.jurisdiction);
  const resurfaced = material.resurfaced.filter(isWanted);
  const mayCarry = preferences.possible !== false && preferences.cadence !== "immediate";
  const possible = mayCarry ? material.possible.filter(isWanted) : [];
  const told = new Set([...resurfaced, ...possible].map(({ item }) => item.id));
  const items = material.items.filter(
    ({ item }) => wantsItem(preferences, item) && !told.has(item.id),
  );
  const corrections = correctionsFor(preferences, material.corrections, period.from);
  const { cadence } = preferences;
  return { cadence, resurfaced, possible, corrections, items, coverage, period };
}

const OFFICIAL = new Set<string | null>(["parliament", "government", "regulator"]);

/** Institutions before those who write about them; the newest first. */
function officialFirst(a: StoredItem, b: StoredItem): number {
  const [left, right] = [a, b].map(({ feed }) => (OFFICIAL.has(feed.kind) ? 0 : 1));
  if (left !== right) return (left ?? 1) - (right ?? 1);
  return a.effectiveAt < b.effectiveAt ? 1 : -1;
}

/** Everything of a period that anybody may be told: what a feed's first poll brought is filed, not told. */
export async function loadMaterial(ports: Ports, { from, to }: Period): Promise<Material> {
  const found: StoredItem[] = [];
  let cursor: string | null = null;
  do {
    const page: { rows: readonly StoredItem[]; next: string | null } = await ports.store.itemsSeen(
      from,
      to,
      cursor,
    );
    found.push(...page.rows.filter(({ backfill }) => !backfill));
    cursor = page.next;
  } while (cursor !== null && found.length < MOST_ITEMS);
  const items: ItemEntry[] = [];
  for (const item of found.sort(officialFirst)) {
    const dossier = item.decision?.dossier ?? null;
    items.push({ item, dossier: dossier === null ? null : await factsOf(ports, dossier) });
  }
  const resurfaced: ResurfacedEntry[] = [];
  const possible: ResurfacedEntry[] = [];
  for (const { event, raisedAt } of await ports.store.eventsRaised(from, to)) {
    // Both ends are the store's; ours are from inclusive, to exclusive.
    if (raisedAt >= to.toISOString() || event.from === null) continue;
    if (event.state !== "standing" || event.backfill) continue;
    const item = await ports.store.loadItem(event.item as ItemId);
    const list = event.event === "resurfaced" ? resurfaced : possible;
    if (item !== null) list.push({ event, item, dossier: await factsOf(ports, event.dossier) });
  }
  const byPress = ({ event }: ResurfacedEntry) => (event.reportedBy === "press" ? 1 : 0);
  resurfaced.sort((a, b) => byPress(a) - byPress(b));
  return { items, resurfaced, possible, corrections: await loadCorrections(ports, { from, to }) };
}

// The items of one document: which are new, which say something new, and each of those settled.
import type { FeedState, ParsedFeed, ParsedItem } from "../domain/feed.ts";
import type { Item } from "../domain/item.ts";
import { keysOf } from "../feeds/identify-item.ts";
import { type KnownItem, type Recognition, recogniseItems } from "../feeds/known-items.ts";
import { learnedOf } from "../feeds/learned.ts";
import { isMaterialChange, normalizeItem } from "../feeds/normalize-item.ts";
import type { Ports } from "./ports.ts";
import { readingClock } from "./resume.ts";
import { settleItem } from "./settle-item.ts";

export interface ReadItems extends Pick<Recognition, "seen" | "churn"> {
  readonly counts: { readonly read: number; readonly fresh: number; readonly revised: number };
  /** Items that the store refused: the document must be read again. */
  readonly failed: number;
}

/** Oldest first, so that a dossier's moves come in the order in which they happened. */
export async function readItems(
  ports: Ports,
  state: FeedState,
  feed: ParsedFeed,
): Promise<ReadItems> {
  const now = ports.now();
  const keys = keysOf(feed.items);
  const recognised = recogniseItems(state.id, feed.items, keys, learnedOf(state).seen, now);
  let fresh = 0;
  let revised = 0;
  let failed = 0;
  for (let index = feed.items.length - 1; index >= 0; index -= 1) {
    const parsed = feed.items[index];
    const known = recognised.items[index];
    if (parsed === undefined || known === undefined || known.unchanged) continue;
    try {
      const clocked = readingClock(ports, state, parsed);
      const result = await settleParsed(clocked, state, parsed, keys[index] ?? "", known);
      if (result === "new") fresh += 1;
      if (result === "revised") revised += 1;
    } catch (error) {
      failed += 1;
      const name =
        error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : "unknown";
      ports.log({ step: "item-error", feed: state.id, item: known.id, error: name });
    }
  }
  const { seen, churn } = recognised;
  return { counts: { read: feed.items.length, fresh, revised }, seen, churn, failed };
}

async function settleParsed(
  ports: Ports,
  state: FeedState,
  parsed: ParsedItem,
  key: string,
  known: KnownItem,
): Promise<"new" | "known" | "revised"> {
  const normal = normalizeItem(parsed, key, state, ports.now(), known.id);
  const item = known.held ? { ...normal, backfill: true } : normal;
  const stored = await ports.store.loadItem(item.id);
  if (stored === null) return settleItem(ports, item);
  const isOfficial =
    item.feed.kind !== "press" && item.feed.kind !== "ngo" && item.feed.kind !== "community";
  if (!isMaterialChange(stored, item, isOfficial))
    return settleItem(ports, { ...item, fingerprint: stored.fingerprint });
  return settleItem(ports, dateRevision(item, stored, parsed.updated));
}

/** A new stage on an old entry is dated by `updated`; where no date of the entry has changed, by when it was seen. */
function dateRevision(item: Item, stored: Item, updated: string | null): Item {
  const seenAt = item.firstSeenAt;
  if (updated !== null && updated > stored.effectiveAt && updated <= seenAt)
    return { ...item, publishedAt: updated, effectiveAt: updated };
  if (item.publishedAt !== stored.publishedAt && item.effectiveAt > stored.effectiveAt) return item;
  return { ...item, effectiveAt: seenAt };
}

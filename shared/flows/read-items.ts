// The items of one document: which are new, which say something new, and each of those settled.
import type { FeedState, ParsedFeed, ParsedItem } from "../domain/feed.ts";
import { foldText } from "../domain/fold-text.ts";
import type { ItemId } from "../domain/ids.ts";
import { type Item, inputOf, type StoredItem } from "../domain/item.ts";
import {
  type KnownItem,
  type Recognition,
  recogniseItems,
  rememberOwn,
} from "../feeds/known-items.ts";
import { learnedOf } from "../feeds/learned.ts";
import { isMaterialChange, normalizeItem } from "../feeds/normalize-item.ts";
import { classifyItem } from "../matching/classify-item.ts";
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
  const recognised = recogniseItems(state.id, feed.items, learnedOf(state).seen, now);
  let fresh = 0;
  let revised = 0;
  let failed = 0;
  const underOwn = new Set<ItemId>();
  for (let index = feed.items.length - 1; index >= 0; index -= 1) {
    if (ports.halted?.aborted === true) break;
    const parsed = feed.items[index];
    const known = recognised.items[index];
    if (parsed === undefined || known === undefined || known.unchanged) continue;
    try {
      const clocked = readingClock(ports, state, parsed);
      const stored = await storedOf(ports, known);
      if (stored !== null && stored.id !== known.id) underOwn.add(known.own);
      const result = await settleParsed(clocked, state, parsed, known, stored);
      if (result === "new") fresh += 1;
      if (result === "revised") revised += 1;
    } catch (error) {
      failed += 1;
      const name =
        error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : "unknown";
      ports.log({ step: "item-error", feed: state.id, item: known.id, error: name });
    }
  }
  const { churn } = recognised;
  const seen = rememberOwn(recognised.seen, underOwn);
  return { counts: { read: feed.items.length, fresh, revised }, seen, churn, failed };
}

/** By the id that outlives its revisions; else by its own, under which it was stored before that was read. */
async function storedOf({ store }: Ports, { id, own }: KnownItem): Promise<StoredItem | null> {
  const stored = await store.loadItem(id);
  return stored !== null || own === id ? stored : await store.loadItem(own);
}

async function settleParsed(
  ports: Ports,
  state: FeedState,
  parsed: ParsedItem,
  known: KnownItem,
  stored: StoredItem | null,
): Promise<"new" | "known" | "revised"> {
  const normal = normalizeItem(parsed, known.key, state, ports.now(), stored?.id ?? known.id);
  const item = known.held ? { ...normal, backfill: true } : normal;
  if (stored === null) return settleItem(ports, item);
  const renamed = known.renamed && stored.guid !== item.guid;
  const isOfficial =
    item.feed.kind !== "press" && item.feed.kind !== "ngo" && item.feed.kind !== "community";
  const isNews =
    isMaterialChange(stored, item, isOfficial || renamed) ||
    (isOfficial && renamed && isNextEntry(ports, stored, item));
  if (!isNews) return settleItem(ports, { ...item, fingerprint: stored.fingerprint });
  return settleItem(ports, dateRevision(item, stored, parsed.updated));
}

/** An edited headline is rarely dated anew by more than this. */
const NEXT_ENTRY_MS = 86_400_000;

/**
 * A headline edit is no news, but under a new guid on a bill's page "second reading" in the place of "first reading" may well be
 * the next entry rather than the same one: with another stage, or another headline and a later day, it is decided again.
 */
function isNextEntry({ models }: Ports, stored: StoredItem, item: Item): boolean {
  const { legislation, stage } = classifyItem(models, inputOf(item));
  if (!legislation) return false;
  if (stored.decision !== null && stage !== stored.decision.stage) return true;
  const later = Date.parse(item.effectiveAt) - Date.parse(stored.effectiveAt);
  return later > NEXT_ENTRY_MS && foldText(item.title) !== foldText(stored.title);
}

/** A new stage on an old entry is dated by `updated`; where no date of the entry has changed, by when it was seen. */
function dateRevision(item: Item, stored: Item, updated: string | null): Item {
  const seenAt = item.firstSeenAt;
  if (updated !== null && updated > stored.effectiveAt && updated <= seenAt)
    return { ...item, publishedAt: updated, effectiveAt: updated };
  if (item.publishedAt !== stored.publishedAt && item.effectiveAt > stored.effectiveAt) return item;
  return { ...item, effectiveAt: seenAt };
}

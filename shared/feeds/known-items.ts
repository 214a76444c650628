// Feeds: which items of a document were there at the last poll, and which only look new because every guid changed.
import type { ParsedItem } from "../domain/feed.ts";
import { foldText } from "../domain/fold-text.ts";
import { type FeedId, fingerprintOf, type ItemId, itemIdOf } from "../domain/ids.ts";
import { canonicalUrl } from "./identify-item.ts";
import type { Learned } from "./learned.ts";

/** What is remembered of an item: `own|content|place|words|id`, own being its id by its key, `id` the one it is kept under. */
interface Seen {
  readonly own: ItemId;
  readonly content: string;
  readonly place: string;
  readonly words: string;
  readonly id: ItemId;
}

export interface KnownItem {
  readonly id: ItemId;
  /** True where the same words came at the last poll: nothing to store. */
  readonly unchanged: boolean;
  /** True where it is new among items whose guids all changed, and nothing shows that it is: filed and mailed to nobody. */
  readonly held: boolean;
}

export interface Recognition {
  readonly items: readonly KnownItem[];
  /** To be remembered once all of them are stored. */
  readonly seen: readonly string[];
  readonly churn: Learned["churn"];
}

/** Fewer changed guids than this are no churn. */
const LEAST_CHURN = 3;
/** Items remembered; older ones are found by id in the store. */
const MOST_SEEN = 250;

/** @param keys from identify-item.ts, one for each item */
export function recogniseItems(
  feed: FeedId,
  items: readonly ParsedItem[],
  keys: readonly string[],
  remembered: readonly string[],
  now: Date,
): Recognition {
  const known = new Map(remembered.flatMap(readSeen).map((seen) => [seen.own, seen]));
  const fresh = items.map((item, index) => seenOf(feed, item, keys[index] ?? ""));
  const present = new Set(fresh.map(({ own }) => own));
  const unknown = fresh.filter(({ own }) => !known.has(own));
  const gone = [...known.values()].filter(({ own }) => !present.has(own));
  const matches = matchByPlace(unknown, gone);
  const isChurn = matches.size >= LEAST_CHURN && matches.size * 2 >= unknown.length;
  const result = fresh.map((seen, index): Seen & { held: boolean; unchanged: boolean } => {
    const before = known.get(seen.own) ?? (isChurn ? matches.get(seen.own) : undefined);
    if (before !== undefined)
      return { ...seen, id: before.id, held: false, unchanged: before.content === seen.content };
    const isAllNew = isChurn && unknown.length === fresh.length;
    return { ...seen, held: isAllNew && !isRecent(items[index], now), unchanged: false };
  });
  const held = result.filter((seen) => seen.held).length;
  return {
    items: result.map(({ id, unchanged, held }) => ({ id, unchanged, held })),
    seen: [
      ...new Map([...result, ...gone].map((seen) => [seen.own, writeSeen(seen)])).values(),
    ].slice(0, Math.max(MOST_SEEN, Math.min(fresh.length, 2 * MOST_SEEN))),
    churn: isChurn ? { at: now.toISOString(), matched: matches.size, held } : null,
  };
}

function seenOf(feed: FeedId, item: ParsedItem, key: string): Seen {
  const own = itemIdOf(feed, key);
  return {
    own,
    id: own,
    content: fingerprintOf(8, item.stage ?? "", foldText(item.title), foldText(item.summary)),
    place: item.url === null ? "" : fingerprintOf(8, canonicalUrl(item.url)),
    words: item.title === "" ? "" : fingerprintOf(8, foldText(item.title)),
  };
}

/** By address, else by title, each only where it names one item on both sides. */
function matchByPlace(unknown: readonly Seen[], gone: readonly Seen[]): Map<ItemId, Seen> {
  const matches = new Map<ItemId, Seen>();
  for (const side of ["place", "words"] as const) {
    const before = uniqueBy(gone, side);
    for (const [value, seen] of uniqueBy(unknown, side)) {
      const match = before.get(value);
      if (match !== undefined && !matches.has(seen.own)) matches.set(seen.own, match);
    }
  }
  return matches;
}

/** Several that are kept under one id are one: a feed may change its guids again and again. */
function uniqueBy(list: readonly Seen[], side: "place" | "words"): Map<string, Seen> {
  const found = new Map<string, Seen | null>();
  for (const seen of list) {
    const other = found.get(seen[side]);
    if (seen[side] !== "" && other !== null)
      found.set(seen[side], other === undefined || other.id === seen.id ? seen : null);
  }
  return new Map([...found].flatMap(([value, seen]) => (seen === null ? [] : [[value, seen]])));
}

/** Dated within two days: what was published since the last polls is news even on the night that all guids change. */
function isRecent(item: ParsedItem | undefined, now: Date): boolean {
  const published = item?.published ?? null;
  return published !== null && now.getTime() - Date.parse(published) < 2 * 86_400_000;
}

const writeSeen = ({ own, content, place, words, id }: Seen): string =>
  [own, content, place, words, id === own ? "" : id].join("|");

function readSeen(text: string): Seen[] {
  const [own, content, place = "", words = "", id] = text.split("|");
  if (own === undefined || content === undefined) return [];
  return [{ own: own as ItemId, content, place, words, id: (id || own) as ItemId }];
}

// Feeds: which items of a document are known already, also where their guids are not.
import type { ParsedItem } from "../domain/feed.ts";
import { foldText } from "../domain/fold-text.ts";
import { type FeedId, fingerprintOf, type ItemId, itemIdOf } from "../domain/ids.ts";
import { handlesOf, hasRevision, keysOf, sharedHandles } from "./identify-item.ts";
import type { Learned } from "./learned.ts";

/**
 * What is remembered of an item: `own|content|place|words|id|dated|shared`, own being its id by its key, `id` the one it is
 * kept under, `dated` its title with its date, `shared` those of its handles that another entry held too.
 */
interface Seen {
  readonly own: ItemId;
  readonly content: string;
  readonly place: string;
  readonly words: string;
  readonly dated: string;
  readonly shared: readonly string[];
  readonly id: ItemId;
}

export interface KnownItem {
  readonly id: ItemId;
  /** By its key alone: what it may be stored under where it is not under `id`. */
  readonly own: ItemId;
  readonly key: string;
  /** True where the same words came at the last poll: nothing to store. */
  readonly unchanged: boolean;
  /** True where it is known under another key. */
  readonly renamed: boolean;
  /** True where it is new among items whose guids all changed, and nothing shows that it is: filed and mailed to nobody. */
  readonly held: boolean;
}

export interface Recognition {
  readonly items: readonly KnownItem[];
  /** To be remembered once all of them are stored. */
  readonly seen: readonly string[];
  readonly churn: Learned["churn"];
}

/** Fewer changed guids than this, or changed guids of less than half a document, are no churn. */
const LEAST_CHURN = 3;
/** Items remembered; older ones are found by id in the store, also where the id that the feed gives them numbers revisions. */
const MOST_SEEN = 250;

/**
 * An entry under an unknown key is a known item, where its address, else its title with its date, is that of one known item
 * whose key has gone from the document. What two entries of a document share identifies nothing, then and later.
 * @param remembered `seen` of the poll before
 */
export function recogniseItems(
  feed: FeedId,
  items: readonly ParsedItem[],
  remembered: readonly string[],
  now: Date,
): Recognition {
  const before = remembered.flatMap(readSeen);
  const shared = new Set([...before.flatMap((seen) => seen.shared), ...sharedHandles(items)]);
  const keys = keysOf(items, shared);
  const known = new Map(before.map((seen) => [seen.own, seen]));
  const fresh = items.map((item, index) => seenOf(feed, item, keys[index] ?? "", shared));
  const present = new Set(fresh.map(({ own }) => own));
  const unknown = fresh.filter(({ own }) => !known.has(own));
  const gone = [...known.values()].filter(({ own }) => !present.has(own));
  const vague = new Set(fresh.filter((seen, index) => isVague(seen, items[index])));
  const matches = new Map<ItemId, Seen>();
  match(matches, unknown, gone, "place");
  match(
    matches,
    unknown.filter((seen) => !vague.has(seen)),
    gone,
    "dated",
  );
  const byTitle = match(new Map(matches), unknown, gone, "words");
  const isChurn = byTitle.size >= LEAST_CHURN && byTitle.size * 2 >= unknown.length;
  const isAlarming = isChurn && !isHabit(byTitle) && unknown.length * 2 >= fresh.length;
  const isAllNew = isAlarming && unknown.length === fresh.length;
  const taken = new Set(before.map(({ id }) => id));
  const result = fresh.map((seen, index) => {
    const same = known.get(seen.own);
    const found = same ?? (isChurn ? byTitle : matches).get(seen.own);
    // What moved to another address keeps its id, which is then none for what comes to its old one.
    const id = found?.id ?? (taken.has(seen.id) ? seen.own : seen.id);
    return {
      ...seen,
      id,
      key: keys[index] ?? "",
      renamed: found === undefined ? id !== seen.own : found !== same,
      held: found === undefined && isAllNew && !isRecent(items[index], now),
      unchanged: found?.content === seen.content,
    };
  });
  const held = result.filter((seen) => seen.held).length;
  return {
    items: result.map(({ id, own, key, renamed, unchanged, held }) => ({
      id,
      own,
      key,
      renamed,
      unchanged,
      held,
    })),
    seen: remember(result, gone),
    churn: isAlarming ? { at: now.toISOString(), matched: byTitle.size, held } : null,
  };
}

/** What is remembered, where an item turned out to be stored under its own id. */
export const rememberOwn = (seen: readonly string[], own: ReadonlySet<ItemId>): string[] =>
  seen.map((text) => {
    const [item] = readSeen(text);
    return item !== undefined && own.has(item.own) ? writeSeen({ ...item, id: item.own }) : text;
  });

/** A feed whose guids change again and again: what is not matched there is new, and nobody need look. */
function isHabit(matches: ReadonlyMap<ItemId, Seen>): boolean {
  const again = [...matches.values()].filter(({ own, id }) => own !== id).length;
  return again * 2 > matches.size;
}

/** The newest first. What is present under another key by now is remembered under that alone. */
function remember(present: readonly Seen[], gone: readonly Seen[]): string[] {
  const ids = new Set(present.map(({ id }) => id));
  const all = [...present, ...gone.filter(({ id }) => !ids.has(id))];
  const most = Math.max(MOST_SEEN, Math.min(present.length, 2 * MOST_SEEN));
  return [...new Map(all.map((seen) => [seen.own, writeSeen(seen)])).values()].slice(0, most);
}

function seenOf(
  feed: FeedId,
  item: ParsedItem,
  key: string,
  sharedBefore: ReadonlySet<string>,
): Seen {
  const own = itemIdOf(feed, key);
  const handles = handlesOf(item);
  const title = foldText(item.title);
  const summary = foldText(item.summary);
  const place = handles.place === null || sharedBefore.has(handles.place) ? "" : handles.place;
  return {
    own,
    id: place !== "" && hasRevision(item) ? itemIdOf(feed, `place:${place}`) : own,
    content: fingerprintOf(8, item.stage ?? "", title, summary),
    place,
    words: title === "" ? "" : fingerprintOf(8, title),
    dated: fingerprintOf(8, title || summary.slice(0, 300), item.published ?? summary),
    shared: Object.values(handles).filter((handle) => handle !== null && sharedBefore.has(handle)),
  };
}

/**
 * Title and date say less than an address where the date is a mere day (midnight, in Greenwich or Europe), or none: a
 * ministry publishes two "Written answers" a day. Then an entry that has an address of its own is another one.
 */
function isVague(seen: Seen, item: ParsedItem | undefined): boolean {
  const published = item?.published ?? null;
  const isDay = published === null || /T(?:00|22|23):00:00/.test(published);
  return isDay && seen.place !== "" && item?.url !== null;
}

/** Adds what one side shows, where it names one item among the unknown and one among the gone that nothing else matched. */
function match(
  matches: Map<ItemId, Seen>,
  unknown: readonly Seen[],
  gone: readonly Seen[],
  side: "place" | "dated" | "words",
): Map<ItemId, Seen> {
  const taken = new Set([...matches.values()].map(({ id }) => id));
  const before = uniqueBy(gone, side);
  for (const [value, seen] of uniqueBy(unknown, side)) {
    const found = before.get(value);
    if (found !== undefined && !taken.has(found.id) && !matches.has(seen.own))
      matches.set(seen.own, found);
  }
  return matches;
}

/** Several that are kept under one id are one: a feed may change its guids again and again. */
function uniqueBy(list: readonly Seen[], side: "place" | "dated" | "words"): Map<string, Seen> {
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

const writeSeen = ({ own, content, place, words, id, dated, shared }: Seen): string =>
  [own, content, place, words, id === own ? "" : id, dated, shared.join(",")].join("|");

function readSeen(text: string): Seen[] {
  const [own, content, place = "", words = "", id, dated = "", shared = ""] = text.split("|");
  if (own === undefined || content === undefined) return [];
  const handles = shared === "" ? [] : shared.split(",");
  return [
    {
      own: own as ItemId,
      content,
      place,
      words,
      id: (id || own) as ItemId,
      dated,
      shared: handles,
    },
  ];
}

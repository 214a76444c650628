// Items: pending, settled, found again.

import { ItemId } from "../domain/ids.ts";
import { type Decision, type Item, StoredItem } from "../domain/item.ts";
import { STORY_DAYS } from "../feeds/cluster-item.ts";
import type { ItemQuery, ItemStore, Page } from "../flows/ports.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { type Database, dueQuery, type Row } from "./database.ts";
import { matchesQuery, readSearch, type SearchWords } from "./match-query.ts";
import { BUCKETS_OF, groupsOf, merge, termsOf, walk } from "./postings.ts";
import { AFTER_ALL_IDS, due, keys, PENDING_SHARDS, shardOf } from "./table.ts";

/** Irrelevant items are kept this long after they were first seen; relevant ones for ever. */
export const IRRELEVANT_DAYS = 90;
const DAY = 86_400;

const fromRow = (row: Row): StoredItem => StoredItem.parse(row["item"]);
const expired = (row: Row, now: Date): boolean =>
  typeof row["expiresAt"] === "number" && row["expiresAt"] * 1000 <= now.getTime();

async function putPending(
  db: Database,
  item: Item,
  previous: Decision | null,
): Promise<"new" | "known"> {
  const stored: StoredItem = { ...item, state: "pending", decision: previous };
  const row = {
    ...keys.item(item.id),
    revision: item.revision,
    duePk: due.pending(shardOf(item.id, PENDING_SHARDS)),
    dueAt: item.firstSeenAt,
    item: stored,
  };
  const written = await db.put(row, {
    expression: "attribute_not_exists(pk) OR revision < :revision",
    values: { ":revision": item.revision },
  });
  return written ? "new" : "known";
}

/** Every bucket that is named, once per process: a set in one row that only ever grows. */
export function bucketBook(db: Database) {
  const named = new Set<string>();
  return {
    async name(list: string, bucket: string): Promise<void> {
      if (named.has(`${list} ${bucket}`)) return;
      await db.update(keys.buckets(list), "ADD buckets :bucket", {
        expression: "",
        values: { ":bucket": new Set([bucket]) },
      });
      named.add(`${list} ${bucket}`);
    },
    /** Newest first. */
    async read(list: string): Promise<string[]> {
      const row = await db.get(keys.buckets(list));
      const buckets = row?.["buckets"];
      return buckets instanceof Set ? [...buckets].map(String).sort().reverse() : [];
    },
  };
}

export type BucketBook = ReturnType<typeof bucketBook>;

/** Lists first, then the item itself: a crash between leaves list rows that a read sorts out, never a hidden item. */
export async function settle(
  db: Database,
  book: BucketBook,
  item: Item,
  decision: Decision,
): Promise<void> {
  // A story told by another item is found at its own address, and listed under that one; `*` holds it for new models.
  const isListed = (item.story ?? null) === null;
  const list = decision.relevant ? "R" : "I";
  const bucket = BUCKETS_OF[list](item.effectiveAt);
  const gone = Math.floor(Date.parse(item.firstSeenAt) / 1000) + IRRELEVANT_DAYS * DAY;
  const expiry = decision.relevant ? {} : { expiresAt: gone };
  await book.name(list, bucket);
  const rows = (isListed ? termsOf(item, decision) : ["*"]).map((term) => ({
    ...keys.posting(list, bucket, term, item.effectiveAt, item.id),
    ...expiry,
  }));
  if (decision.relevant && isListed) rows.push({ ...keys.seen(item.firstSeenAt, item.id) });
  await db.putMany(rows);
  const stored: StoredItem = { ...item, state: "settled", decision };
  await db.put(
    { ...keys.item(item.id), revision: item.revision, ...expiry, item: stored },
    { expression: "revision = :revision", values: { ":revision": item.revision } },
  );
}

async function query(
  db: Database,
  book: BucketBook,
  asked: ItemQuery,
  now: Date,
): Promise<Page<StoredItem>> {
  const { limit, cursor, ...filters } = asked;
  const scope = JSON.stringify(filters);
  const searches = asked.q.map(readSearch);
  const start = cursor === null ? (asked.to ?? AFTER_ALL_IDS) : readCursor(scope, cursor);
  const range = { from: asked.from, bound: start };
  const relevant = async () => {
    const buckets = await book.read("R");
    const wanted = searches.length === 0 ? [[]] : searches.map(({ words }) => words);
    return wanted
      .map((words) => walk(db, "R", buckets, groupsOf(asked, words), range))
      .reduce(merge);
  };
  const irrelevant = async () => walk(db, "I", await book.read("I"), [["*"]], range);
  const found =
    asked.relevant === "true"
      ? await relevant()
      : asked.relevant === "false"
        ? await irrelevant()
        : merge(await relevant(), await irrelevant());
  return fill(db, found, {
    asked,
    searches,
    scope,
    limit,
    after: cursor === null ? null : start,
    now,
  });
}

interface Filling {
  readonly asked: ItemQuery;
  readonly searches: readonly SearchWords[];
  readonly scope: string;
  readonly limit: number;
  /** The key that the last page ended with. */
  readonly after: string | null;
  readonly now: Date;
}

/** Loads what the walk proposes, a page's worth at a time, and keeps what really matches. */
async function fill(
  db: Database,
  found: AsyncGenerator<string>,
  how: Filling,
): Promise<Page<StoredItem>> {
  const rows: StoredItem[] = [];
  let last = how.after;
  let ended = false;
  while (!ended && rows.length <= how.limit) {
    const proposed: string[] = [];
    while (proposed.length < how.limit + 1) {
      const step = await found.next();
      if (step.done) {
        ended = true;
        break;
      }
      if (step.value !== last) proposed.push(step.value);
      last = step.value;
    }
    const loaded = await load(db, proposed, how.now);
    for (const key of proposed) {
      const item = loaded.get(key);
      if (item !== undefined && matchesQuery(item, how.asked, how.searches)) rows.push(item);
    }
  }
  const page = rows.slice(0, how.limit);
  const final = page.at(-1);
  const more = rows.length > how.limit && final !== undefined;
  return { rows: page, next: more ? writeCursor(how.scope, sortKeyOf(final)) : null };
}

const sortKeyOf = (item: Item): string => `${item.effectiveAt}#${item.id}`;

/** By the sort key that proposed it; a row whose item has moved on, or is past its time, is not there. */
async function load(
  db: Database,
  proposed: readonly string[],
  now: Date,
): Promise<Map<string, StoredItem>> {
  const ids = [...new Set(proposed.map((key) => key.slice(key.indexOf("#") + 1)))];
  const rows = await db.getMany(ids.map((id) => keys.item(id)));
  return new Map(
    rows
      .filter((row) => !expired(row, now))
      .map(fromRow)
      .map((item) => [sortKeyOf(item), item]),
  );
}

/** A day's list at a time, oldest first; the cursor is the last sort key. */
async function itemsSeen(
  db: Database,
  from: Date,
  to: Date,
  cursor: string | null,
): Promise<Page<StoredItem>> {
  const PAGE_ITEMS = 200;
  const end = to.toISOString();
  let start = cursor === null ? from.toISOString() : readCursor("seen", cursor);
  for (let day = start.slice(0, 10); day <= end.slice(0, 10); day = nextDay(day)) {
    const page = await db.query({
      KeyConditionExpression: "pk = :day AND sk BETWEEN :start AND :end",
      ExpressionAttributeValues: { ":day": keys.seenDay(day), ":start": start, ":end": end },
      Limit: PAGE_ITEMS,
    });
    const sks = page.rows.map((row) => String(row["sk"])).filter((sk) => sk !== start && sk < end);
    if (sks.length === 0 && page.lastKey === null) continue;
    const ids = sks.map((sk) => sk.slice(sk.indexOf("#") + 1));
    const loaded = new Map(
      (await db.getMany(ids.map((id) => keys.item(id))))
        .map(fromRow)
        .map((item) => [item.id as string, item]),
    );
    // An item whose date was put right leaves a row that names it too late.
    const rows = sks
      .flatMap((sk, place) => {
        const item = loaded.get(ids[place] ?? "");
        return item !== undefined && sk.startsWith(item.firstSeenAt) ? item : [];
      })
      .filter((item) => item.decision?.relevant === true);
    start = sks.at(-1) ?? start;
    const more = page.lastKey !== null || day < end.slice(0, 10);
    return {
      rows,
      next: more ? writeCursor("seen", page.lastKey === null ? nextDay(day) : start) : null,
    };
  }
  return { rows: [], next: null };
}

const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + DAY * 1000).toISOString().slice(0, 10);

async function addSource(db: Database, id: ItemId, source: Item["sources"][number]): Promise<void> {
  for (;;) {
    const row = await db.get(keys.item(id));
    if (row === null) return;
    const item = fromRow(row);
    if (item.sources.some((known) => known.feed === source.feed)) return;
    const held = item.sources.length;
    const done = await db.put(
      {
        ...(row as Row & { pk: string; sk: string }),
        item: { ...item, sources: [...item.sources, source] },
      },
      {
        expression: "revision = :revision AND size(#item.sources) = :held",
        names: { "#item": "item" },
        values: { ":revision": item.revision, ":held": held },
      },
    );
    if (done) return;
  }
}

async function claimStory(
  db: Database,
  names: readonly string[],
  id: ItemId,
  now: Date,
  gone: Date,
): Promise<ItemId[]> {
  const expiresAt = Math.floor(now.getTime() / 1000) + STORY_DAYS * DAY;
  const heads = await Promise.all(
    names.map(async (name) => {
      const free = {
        expression: "attribute_not_exists(pk) OR expiresAt <= :now",
        values: { ":now": Math.floor(Math.min(now.getTime(), gone.getTime()) / 1000) },
      };
      if (await db.put({ ...keys.story(name), head: id, expiresAt }, free)) return id;
      return ItemId.parse((await db.get(keys.story(name)))?.["head"] ?? id);
    }),
  );
  return [...new Set(heads)].filter((head) => head !== id);
}

/** @param gone by when a row's time must have ended for it to read as gone */
export function itemStore(db: Database, book: BucketBook, gone: () => Promise<Date>): ItemStore {
  return {
    async loadItem(id) {
      const row = await db.get(keys.item(id));
      return row === null || expired(row, await gone()) ? null : fromRow(row);
    },
    putPending: (item, previous) => putPending(db, item, previous),
    settleItem: (item, decision) => settle(db, book, item, decision),
    addSource: (id, source) => addSource(db, id, source),
    claimStory: async (names, id, at) => claimStory(db, names, id, at, await gone()),
    async pendingItems(before, limit) {
      const share = Math.max(1, Math.ceil(limit / PENDING_SHARDS));
      const pages = await Promise.all(
        Array.from({ length: PENDING_SHARDS }, (_, shard) =>
          db.query(dueQuery(due.pending(shard), before.toISOString(), share)),
        ),
      );
      return pages.flatMap((page) => page.rows.map(fromRow));
    },
    queryItems: async (asked) => query(db, book, asked, await gone()),
    itemsSeen: (from, to, cursor) => itemsSeen(db, from, to, cursor),
  };
}

// Lists of items in one order (newest first), one per filter value: a query of the archive is their intersection.
import { tokensOf } from "../domain/fold-text.ts";
import type { Decision, Item } from "../domain/item.ts";
import type { ItemQuery } from "../flows/ports.ts";
import type { Database } from "./database.ts";
import { AFTER_ALL_IDS, keys } from "./table.ts";

export const BUCKETS_OF = {
  /** Relevant items: a year each. */
  R: (instant: string) => instant.slice(0, 4),
  /** Irrelevant ones, which expire: a month each. */
  I: (instant: string) => instant.slice(0, 7),
} as const;

/** Words longer than this are noise (addresses, tokens), and DynamoDB's keys end at 1,024 bytes. */
const LONGEST_WORD = 60;
/** Distinct words of one item that are filed; a press item has about 60. */
const MOST_WORDS = 400;

/** The folded words of a text by which it can be found. */
export function wordsOf(text: string): string[] {
  const words = new Set<string>();
  for (const token of tokensOf(text)) {
    if (token.text.length <= LONGEST_WORD) words.add(token.text);
    if (words.size === MOST_WORDS) break;
  }
  return [...words];
}

/** Every list that a settled item stands in: `*` is all of them. */
export function termsOf(item: Item, decision: Decision): string[] {
  if (!decision.relevant) return ["*"];
  const facet = (name: string, value: string | null) =>
    value === null ? [] : [`${name}:${value}`];
  return [
    "*",
    ...decision.themes.map((theme) => `theme:${theme.id}`),
    ...decision.arguments.map((argument) => `argument:${argument.id}`),
    ...facet("dossier", decision.dossier),
    ...facet("jurisdiction", decision.jurisdiction),
    ...facet("stage", decision.stage),
    ...facet("language", decision.language),
    ...facet("kind", item.feed.kind),
    ...wordsOf(`${item.title}\n${item.summary}`).map((word) => `word:${word}`),
  ];
}

/** One half of a query: every group must hold, any of a group's lists will do. */
export function groupsOf(query: ItemQuery, words: readonly string[]): string[][] {
  const groups: string[][] = [];
  const facets = [
    "theme",
    "argument",
    "dossier",
    "jurisdiction",
    "stage",
    "language",
    "kind",
  ] as const;
  for (const name of facets)
    if (query[name].length > 0) groups.push(query[name].map((value) => `${name}:${value}`));
  for (const word of words) groups.push([`word:${word}`]);
  return groups.length > 0 ? groups : [["*"]];
}

const PAGE = 100;

/** One list read backwards, page by page. */
function reader(db: Database, partition: string) {
  let page: string[] = [];
  let position = 0;
  let ended = false;
  return {
    /** The newest key at or before `bound`, or null. */
    async seek(bound: string): Promise<string | null> {
      for (;;) {
        while (position < page.length && (page[position] as string) > bound) position += 1;
        if (position < page.length) return page[position] as string;
        if (ended) return null;
        const answer = await db.query({
          KeyConditionExpression: "pk = :list AND sk <= :bound",
          ExpressionAttributeValues: { ":list": partition, ":bound": bound },
          ProjectionExpression: "sk",
          ScanIndexForward: false,
          Limit: PAGE,
        });
        page = answer.rows.map((row) => String(row["sk"]));
        position = 0;
        ended = answer.lastKey === null;
        if (page.length === 0) return null;
      }
    },
  };
}

type Reader = ReturnType<typeof reader>;

async function newestOf(group: readonly Reader[], bound: string): Promise<string | null> {
  const heads = await Promise.all(group.map((list) => list.seek(bound)));
  return heads.reduce(
    (best, head) => (head !== null && (best === null || head > best) ? head : best),
    null,
  );
}

/** The greatest key that is smaller than this one in the order of the lists. */
const below = (key: string): string =>
  `${key.slice(0, -1)}${String.fromCharCode(key.charCodeAt(key.length - 1) - 1)}${AFTER_ALL_IDS}`;

/**
 * Sort keys that stand in every group, newest first (leapfrog over sorted lists: Veldhuizen, "Leapfrog Triejoin", 2014).
 * @param bound where to begin, inclusive
 */
async function* intersect(
  db: Database,
  list: "R" | "I",
  bucket: string,
  groups: readonly string[][],
  bound: string,
) {
  const readers = groups.map((terms) =>
    terms.map((term) => reader(db, keys.postingList(list, bucket, term))),
  );
  let candidate = bound;
  for (;;) {
    let lowest = candidate;
    let agreed = true;
    for (const group of readers) {
      const head = await newestOf(group, lowest);
      if (head === null) return;
      if (head !== lowest) agreed = false;
      lowest = head;
    }
    if (agreed) {
      yield lowest;
      candidate = below(lowest);
    } else candidate = lowest;
  }
}

/**
 * Every key of one half of the archive that stands in all groups, newest first, over all its buckets.
 * @param buckets those that hold anything, newest first
 */
export async function* walk(
  db: Database,
  list: "R" | "I",
  buckets: readonly string[],
  groups: readonly string[][],
  range: { readonly from: string | null; readonly bound: string },
): AsyncGenerator<string> {
  for (const bucket of buckets) {
    if (bucket > range.bound) continue;
    if (range.from !== null && bucket < BUCKETS_OF[list](range.from)) return;
    for await (const key of intersect(db, list, bucket, groups, range.bound)) {
      if (range.from !== null && key < range.from) return;
      yield key;
    }
  }
}

/** Two walks as one, newest first. */
export async function* merge(
  a: AsyncGenerator<string>,
  b: AsyncGenerator<string>,
): AsyncGenerator<string> {
  let [left, right] = await Promise.all([a.next(), b.next()]);
  while (!left.done || !right.done) {
    if (right.done || (!left.done && left.value >= right.value)) {
      yield left.value as string;
      left = await a.next();
    } else {
      yield right.value as string;
      right = await b.next();
    }
  }
}

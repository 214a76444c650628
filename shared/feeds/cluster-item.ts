// The same story in many feeds: which stored items could be it, and whether one is.
import { foldText } from "../domain/fold-text.ts";
import { fingerprintOf } from "../domain/ids.ts";
import type { Item } from "../domain/item.ts";
import {
  headlineOf,
  LIKE_TEXT,
  LIKE_TITLE,
  overlapOf,
  SAME_TITLE,
  wordsIn,
} from "../domain/wording.ts";
import { canonicalUrl } from "./identify-item.ts";

/** Reports of one event that are further apart are two stories. */
export const STORY_DAYS = 7;

/** Words that are too few to tell a story by. */
const LEAST_WORDS = 5;
/** Hashes of a title's words, in bands: two titles that share most of their words share a band nearly always. */
const BANDS = 5;
const ROWS = 2;

type Told = Pick<Item, "title" | "summary" | "url" | "feed" | "effectiveAt">;

/**
 * An institution's own item is its own story, always: it is the source that others report.
 */
export function mayCluster({ feed }: Told): boolean {
  return feed.kind === "press" || feed.kind === "ngo" || feed.kind === "community";
}

/**
 * Names under which a story may be known (MinHash in bands: Broder 1997; Leskovec, Rajaraman, Ullman, ch. 3).
 * @returns no more than seven; none for an item that cannot be told by its words
 */
export function storyKeysOf(item: Told): string[] {
  const keys = item.url === null ? [] : [`u:${fingerprintOf(22, canonicalUrl(item.url))}`];
  const headline = headlineOf(item.title);
  const words = [...wordsIn(headline)];
  if (words.length < LEAST_WORDS) return keys;
  keys.push(`t:${fingerprintOf(22, foldText(headline))}`);
  for (let band = 0; band < BANDS; band += 1) {
    const rows = Array.from({ length: ROWS }, (_, row) => leastOf(words, `${band}.${row}`));
    keys.push(`m${band}:${fingerprintOf(22, ...rows)}`);
  }
  return keys;
}

/** The word whose hash under this seed is least: equal for two sets as often as they overlap. */
function leastOf(words: readonly string[], seed: string): string {
  let least = "";
  for (const word of words) {
    const hash = fingerprintOf(12, seed, word);
    if (least === "" || hash < least) least = hash;
  }
  return least;
}

/** Whether two items of different feeds tell one story: the same address, or nearly the same words within days. */
export function isSameStory(a: Told, b: Told): boolean {
  if (a.feed.id === b.feed.id || !mayCluster(a) || !mayCluster(b)) return false;
  const apart = Math.abs(Date.parse(a.effectiveAt) - Date.parse(b.effectiveAt));
  if (apart > STORY_DAYS * 86_400_000) return false;
  if (a.url !== null && b.url !== null && canonicalUrl(a.url) === canonicalUrl(b.url)) return true;
  const [left, right] = [wordsIn(headlineOf(a.title)), wordsIn(headlineOf(b.title))];
  if (left.size < LEAST_WORDS || right.size < LEAST_WORDS) return false;
  const titles = overlapOf(left, right);
  if (titles >= SAME_TITLE) return true;
  return titles >= LIKE_TITLE && overlapOf(wordsIn(a.summary), wordsIn(b.summary)) >= LIKE_TEXT;
}

// Domain: how alike two texts are worded: a story in many feeds, and a report that copies another one.
import { tokensOf } from "./fold-text.ts";
import { fingerprintOf } from "./ids.ts";

/** Words that are too short tell nothing apart. */
const LEAST_LETTERS = 3;

/** The words of a text, folded, each once. */
export const wordsIn = (text: string): Set<string> =>
  new Set(
    tokensOf(text)
      .map((token) => token.text)
      .filter((word) => word.length >= LEAST_LETTERS),
  );

/** `Headline - The Daily Paper`, as aggregators write it, without the paper. */
export const headlineOf = (title: string): string => title.replace(/\s[-–|]\s[^-–|]{2,40}$/u, "");

/** What two sets share of what they hold together: 0 to 1 (Jaccard). */
export function overlapOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of a) if (b.has(word)) shared += 1;
  return a.size + b.size === shared ? 1 : shared / (a.size + b.size - shared);
}

/** Most of the headline's words in common; less will do where the leads agree too. */
export const SAME_TITLE = 0.75;
export const LIKE_TITLE = 0.5;
export const LIKE_TEXT = 0.5;
/** Under another headline: what an agency wrote, printed as it came. */
const SAME_TEXT = 0.75;

/** Letters of one hashed word: 24 bits, so that two words of a text meet once in thousands of texts. */
const LETTERS = 4;
/** The least hashes of a text stand for all of them (bottom-k sketch: Broder 1997; Cohen and Kaplan 2007). */
const MOST_HASHES = 64;
/** Fewer words say nothing of who copied whom. */
const LEAST_WORDS = 5;

/** What is kept of a text to tell its copies by: hashed words, run together; it cannot be read back. */
export interface Wording {
  readonly title: string;
  readonly summary: string;
}

export function wordingOf(text: { readonly title: string; readonly summary: string }): Wording {
  return { title: sketchOf(headlineOf(text.title)), summary: sketchOf(text.summary) };
}

const sketchOf = (text: string): string =>
  [...wordsIn(text)]
    .map((word) => fingerprintOf(LETTERS, word))
    .sort()
    .slice(0, MOST_HASHES)
    .join("");

function hashesIn(sketch: string): string[] {
  const hashes: string[] = [];
  for (let at = 0; at < sketch.length; at += LETTERS) hashes.push(sketch.slice(at, at + LETTERS));
  return hashes;
}

/** True where one is the other, or nearly: the same headline, or the same text under another one. */
export function isCopy(a: Wording, b: Wording): boolean {
  const titles = likenessOf(a.title, b.title);
  if (titles >= SAME_TITLE) return true;
  const isShort = [a, b].some(({ summary }) => summary.length < LEAST_WORDS * LETTERS);
  const texts = isShort ? 0 : likenessOf(a.summary, b.summary);
  return texts >= SAME_TEXT || (titles >= LIKE_TITLE && texts >= LIKE_TEXT);
}

/** Of two sketches: exact where both hold all their words, an estimate beyond. */
function likenessOf(a: string, b: string): number {
  const [left, right] = [new Set(hashesIn(a)), new Set(hashesIn(b))];
  if (left.size === 0 || right.size === 0) return 0;
  const union = [...new Set([...left, ...right])].sort();
  const seen = Math.max(left.size, right.size) < MOST_HASHES ? union : union.slice(0, MOST_HASHES);
  return seen.filter((hash) => left.has(hash) && right.has(hash)).length / seen.length;
}

// Feeds: the last look at words, whatever format they came from.
import type { ParsedItem } from "../domain/feed.ts";
import { mendC1 } from "./charsets.ts";
import { mendEncodedTwice, TWICE_SIGNS } from "./encoded-twice.ts";
import { withoutHalves } from "./references.ts";

/** One look for all three: nearly all words, with accents or without, are as they should be. */
const HARMED = new RegExp(`[\\u0080-\\u009f\\ud800-\\udfff]|${TWICE_SIGNS}`);

/** Words that were encoded twice, control characters that were punctuation, halves of characters. */
export function mendWords(text: string): string {
  return HARMED.test(text) ? withoutHalves(mendC1(mendEncodedTwice(text))) : text;
}

export function withMendedWords(item: ParsedItem): ParsedItem {
  return {
    ...item,
    title: mendWords(item.title),
    summary: mendWords(item.summary),
    categories: item.categories.map(mendWords),
  };
}

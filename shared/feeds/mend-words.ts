// Feeds: the last look at words, whatever format they came from.
import type { ParsedItem } from "../domain/feed.ts";
import { mendC1 } from "./charsets.ts";
import { mendEncodedTwice } from "./encoded-twice.ts";
import { withoutHalves } from "./references.ts";

/** Words that were encoded twice, control characters that were punctuation, halves of characters. */
export function mendWords(text: string): string {
  if (!/[\u0080-\u00ff\u0400-\u045f\ud800-\udfff]/.test(text)) return text;
  return withoutHalves(mendC1(mendEncodedTwice(text)));
}

export function withMendedWords(item: ParsedItem): ParsedItem {
  return {
    ...item,
    title: mendWords(item.title),
    summary: mendWords(item.summary),
    categories: item.categories.map(mendWords),
  };
}

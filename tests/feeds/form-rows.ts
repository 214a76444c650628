// Tests of feeds: rows of `document → what must be read of its first item`, and short ways to write such documents.
import { describe, expect, test } from "vitest";
import type { ParsedItem } from "../../shared/domain/feed.ts";
import { parseDate } from "../../shared/feeds/parse-date.ts";
import { parseFeedDocument } from "../../shared/feeds/parse-feed.ts";

/** @property first what the first item must hold; `items`, where given, how many there are (else one) */
export type Row = readonly [
  name: string,
  document: string | Uint8Array,
  first: Partial<ParsedItem> & { readonly items?: number },
  contentType?: string,
];

/** Where all the documents are said to come from. */
export const FROM = "https://x.example/feed";

export const rss = (item: string, head = "", attributes = ""): string =>
  `<rss version="2.0" ${attributes}><channel><title>c</title>${head}<item>${item}</item></channel></rss>`;
export const atom = (entry: string, attributes = "", head = ""): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom" ${attributes}><title>c</title>${head}<entry>${entry}</entry></feed>`;
export const atom03 = (entry: string, attributes = ""): string =>
  `<feed version="0.3" xmlns="http://purl.org/atom/ns#" ${attributes}><title>c</title><entry>${entry}</entry></feed>`;
export const rdf = (item: string, about = ' rdf:about="https://x.example/about"'): string =>
  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://x.example/"><title>c</title></channel><item${about}>${item}</item></rdf:RDF>`;
export const json = (...items: readonly unknown[]): string =>
  JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title: "c", items });

export async function itemsOf(
  document: string | Uint8Array,
  contentType: string | null = null,
): Promise<readonly ParsedItem[]> {
  const body = typeof document === "string" ? new TextEncoder().encode(document) : document;
  const outcome = await parseFeedDocument(body, contentType, FROM);
  if (outcome.kind === "failed") throw new Error(`${outcome.reason}: ${outcome.detail}`);
  return outcome.feed.items;
}

/** One test a row. */
export function hold(group: string, rows: readonly Row[]): void {
  describe(group, () => {
    for (const [name, document, first, contentType = null] of rows)
      test(`${name} is read as stated`, async () => {
        const { items: count = 1, ...expected } = first;

        const items = await itemsOf(document, contentType);

        expect(items[0]).toMatchObject(expected);
        expect(items).toHaveLength(count);
      });
  });
}

/** One test a line of `stated = instant` (UTC, without its Z) or `stated = null`. */
export function holdDates(forms: Readonly<Record<string, string>>): void {
  describe.each(Object.entries(forms))("%s", (_name, table) => {
    test.each(dateRowsOf(table))("%s is read as meant", (stated, instant) => {
      expect(parseDate(stated)).toBe(instant);
    });
  });
}

function dateRowsOf(table: string): (readonly [stated: string, instant: string | null])[] {
  return table
    .trim()
    .split("\n")
    .map((row) => {
      const at = row.lastIndexOf(" = ");
      const instant = row.slice(at + 3);
      if (instant === "null") return [row.slice(0, at), null];
      return [row.slice(0, at), `${instant}${instant.includes(".") ? "" : ".000"}Z`];
    });
}

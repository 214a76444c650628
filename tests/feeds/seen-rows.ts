// Tests of feeds: documents written short, and what a reader would see in them.
import { describe, expect, test } from "vitest";
import type { ParsedFeed, ParsedItem } from "../../shared/domain/feed.ts";
import { parseFeedDocument } from "../../shared/feeds/parse-feed.ts";

const URL_OF_FEED = "https://feeds.example/a/feed.xml";

export async function read(document: string): Promise<ParsedFeed> {
  const outcome = await parseFeedDocument(new TextEncoder().encode(document), null, URL_OF_FEED);
  if (outcome.kind === "failed") throw new Error(`${outcome.reason}: ${outcome.detail}`);
  return outcome.feed;
}

export type SeenRow = readonly [breaks: string, document: string, expected: Partial<ParsedItem>];

export const rss = (item: string, version = '2.0"', channel = ""): string =>
  `<rss version="${version}><channel><title>t</title>${channel}<item>${item}</item></channel></rss>`;
export const atom = (entry: string, attributes = "", before = ""): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom"${attributes}>${before}<entry>${entry}</entry></feed>`;
export const atom03 = (entry: string): string =>
  `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry>${entry}</entry></feed>`;

/** One test a row: the one item of its document. */
export function see(group: string, rows: readonly SeenRow[]): void {
  describe(`${group} is read as a reader would`, () => {
    test.each(rows)("%s", async (_breaks, document, expected) => {
      const [item, ...rest] = (await read(document)).items;

      expect(item).toMatchObject(expected);
      expect(rest).toEqual([]);
    });
  });
}

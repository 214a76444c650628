import fc from "fast-check";
import RssParser from "rss-parser";
import { describe, expect, test } from "vitest";
import { readWithFeedsmith, readWithRssParser } from "../../shared/feeds/library-items.ts";
import { parseDate } from "../../shared/feeds/parse-date.ts";
import { parseFeedDocument } from "../../shared/feeds/parse-feed.ts";
import { elementsOf, readXml, type XmlElement } from "../../shared/feeds/xml-tree.ts";

interface Stated {
  readonly guid: string;
  readonly url: string;
  readonly title: string;
  readonly date: Date;
  readonly stage: string;
}

const word = fc.stringMatching(/^[A-Za-z0-9é'&<>"äß-]{1,12}$/);
const words = fc.array(word, { minLength: 1, maxLength: 6 }).map((list) => list.join(" "));
const stated: fc.Arbitrary<Stated> = fc.record({
  guid: fc.stringMatching(/^[a-z0-9:/-]{1,20}$/),
  url: fc.stringMatching(/^[a-z0-9/?=&-]{1,20}$/).map((path) => `https://x.example/${path}`),
  // What looks like a tag is read as one by some and as words by others; that is WORDS' affair in parse-feed.test.ts.
  title: words.filter((title) => !/<[A-Za-z/!?]/.test(title) && !/&#?\w+/.test(title)),
  date: fc.date({ min: new Date("1995-01-01"), max: new Date("2035-01-01"), noInvalidDate: true }),
  stage: fc.constantFrom("2nd reading", "Report stage", "Royal Assent"),
});

const xml = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

const FORMS: readonly (readonly [string, (items: readonly Stated[]) => string])[] = [
  [
    "RSS 2.0",
    (items) =>
      `<?xml version="1.0"?><rss version="2.0" xmlns:p4="#bills"><channel><title>t</title><link>https://x.example/</link><description>d</description>${items
        .map(
          (item) =>
            `<item p4:stage="${item.stage}"><guid isPermaLink="false">${item.guid}</guid><link>${xml(item.url)}</link><title>${xml(item.title)}</title><pubDate>${item.date.toUTCString()}</pubDate></item>`,
        )
        .join("")}</channel></rss>`,
  ],
  [
    "Atom",
    (items) =>
      `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:p4="#bills"><title>t</title><id>f</id><updated>2020-01-01T00:00:00Z</updated>${items
        .map(
          (item) =>
            `<entry p4:stage="${item.stage}"><id>${item.guid}</id><link rel="self" href="https://x.example/self"/><link rel="alternate" href="${xml(item.url)}"/><title>${xml(item.title)}</title><published>${item.date.toISOString().slice(0, 19)}Z</published></entry>`,
        )
        .join("")}</feed>`,
  ],
];

function itemsIn(text: string): XmlElement[] {
  const found: XmlElement[] = [];
  const visit = (node: XmlElement): void => {
    for (const child of elementsOf(node))
      if (child.local === "item" || child.local === "entry") found.push(child);
      else visit(child);
  };
  visit(readXml(text).root);
  return found;
}

const toSecond = (date: string | Date | null): string | null =>
  date === null
    ? null
    : `${(typeof date === "string" ? date : date.toISOString()).slice(0, 19)}.000Z`;

describe.each(FORMS)("on well-formed %s every reader says the same", (name, write) => {
  test("as the document states", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stated, { minLength: 1, maxLength: 5 }), async (items) => {
        const text = write(items);
        const expected = items.map(({ guid, url, title, date }) => ({
          guid,
          url,
          title: title.replace(/\s+/g, " "),
          published: toSecond(date),
        }));

        const whole = await parseFeedDocument(new TextEncoder().encode(text), null, "");
        const first = await readWithRssParser(itemsIn(text), name === "Atom" ? "atom" : "rss");
        const second = readWithFeedsmith(text);

        const read = whole.kind === "parsed" ? whole.feed.items : [];
        expect(
          read.map(({ guid, url, title, published }) => ({ guid, url, title, published })),
        ).toEqual(expected);
        expect(read.map(({ stage }) => stage)).toEqual(items.map(({ stage }) => stage));
        expect(first).toEqual(expected);
        expect(second).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  test("rss-parser by itself too", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stated, { minLength: 1, maxLength: 5 }), async (items) => {
        const text = write(items);

        const alone = await new RssParser().parseString(text);
        const ours = await parseFeedDocument(new TextEncoder().encode(text), null, "");

        const read = ours.kind === "parsed" ? ours.feed.items : [];
        expect(read.map(({ guid, url, published }) => ({ guid, url, published }))).toEqual(
          alone.items.map((item) => ({
            guid: item.guid ?? (item as { id?: string }).id,
            url: item.link,
            published: parseDate(item.pubDate ?? null),
          })),
        );
      }),
      { numRuns: 100 },
    );
  });
});

test("a document that rss-parser alone refuses is still read by it, once it is mended", async () => {
  const refused = [
    "<rss><channel><item><title>no version</title><guid>g</guid></item></channel></rss>",
    "<rss version='2.0'><channel><item><title>Law & Order</title><guid>g</guid></item></channel></rss>",
    "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>g</id><title>bad date</title><link/><updated>soon</updated></entry></feed>",
  ];
  for (const text of refused) {
    await expect(new RssParser().parseString(text)).rejects.toThrow();

    const mended = await readWithRssParser(
      itemsIn(text),
      text.startsWith("<feed") ? "atom" : "rss",
    );

    expect(mended).toMatchObject([{ guid: "g" }]);
  }
});

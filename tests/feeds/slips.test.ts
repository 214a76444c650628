// One slip of the pen in a document of two items: whatever it is, it costs one of them at most.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { atom, itemsOf } from "./form-rows.ts";

const STATED = [
  { guid: "g1", url: "https://x.example/1", title: "First one" },
  { guid: "g2", url: "https://x.example/2", title: "Second one" },
] as const;
const [first, second] = STATED;

const RSS = `<?xml version="1.0"?>\n<rss version="2.0"><channel><title>c</title><link>https://x.example/</link>${STATED.map(
  ({ guid, url, title }) =>
    `<item><title>${title}</title><link>${url}</link><guid isPermaLink="false">${guid}</guid><pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate><description><![CDATA[<p>Some <b>words</b>]]></description></item>\n`,
).join("")}</channel></rss>`;

const entryOf = ({ guid, url, title }: (typeof STATED)[number]): string =>
  `<title>${title}</title><link rel="alternate" href="${url}"/><id>${guid}</id><updated>2004-01-01T19:48:21Z</updated><summary type="html">&lt;b>words</summary>`;
const ATOM = atom(`${entryOf(first)}</entry>\n<entry>${entryOf(second)}`);

/** Takes one match out, the n-th. */
const without =
  (pattern: RegExp) =>
  (document: string, n: number): string => {
    const found = [...document.matchAll(pattern)];
    const match = found[n % found.length];
    if (match === undefined) return document;
    return document.slice(0, match.index) + document.slice(match.index + match[0].length);
  };
/** Puts a sign in, after the n-th character. */
const having =
  (sign: string) =>
  (document: string, n: number): string => {
    const at = n % document.length;
    return document.slice(0, at) + sign + document.slice(at);
  };

const SLIPS: readonly (readonly [string, (document: string, n: number) => string])[] = [
  ["a character is missing", without(/[\s\S]/g)],
  ["an end tag is missing", without(/<\/[^>]+>/g)],
  ["a tag is missing", without(/<(?!rss|feed)\w[^>]*>/g)],
  ["an opening bracket is missing", without(/<(?!rss|feed)/g)],
  ["a closing bracket is missing", without(/>/g)],
  ["a quotation mark is missing", without(/"/g)],
  ["an end tag has lost its slash", without(/(?<=<)\//g)],
  ["an ampersand is too many", having("&")],
  ["an opening bracket is too many", having("<")],
  ["a closing bracket is too many", having(">")],
  ["a quotation mark is too many", having('"')],
  ["a NUL is too many", having("\u0000")],
  ["an end tag is too many", having("</title>")],
];

describe.each([
  ["RSS", RSS],
  ["Atom", ATOM],
])("in %s", (_format, document) => {
  test.each(SLIPS)("%s, and one item at least is read as stated", async (_slip, spoil) => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 5_000 }), async (n) => {
        const items = await itemsOf(spoil(document, n));

        const whole = items.filter((item) =>
          STATED.some(
            ({ guid, url, title }) =>
              item.guid === guid && item.url === url && item.title === title,
          ),
        );
        expect(whole.length).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });
});

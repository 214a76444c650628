// Text that broken documents still hold: references in halves, entries cut in two, JSON that ends too early.
import { describe, expect, test } from "vitest";
import { parseFeedDocument } from "../../shared/feeds/parse-feed.ts";
import { atom, FROM, hold, rss } from "./form-rows.ts";

const KEY = { title: "Key 🔑 handed over" };

hold("a character above U+FFFF", [
  ["as two references", rss("<title>Key &#55357;&#56593; handed over</title>"), KEY],
  ["as two hexadecimal references", rss("<title>Key &#xD83D;&#xdd11; handed over</title>"), KEY],
  [
    "as two references escaped twice",
    rss("<title>Key &amp;#55357;&amp;#56593; handed over</title>"),
    KEY,
  ],
  [
    "as two references in CDATA",
    rss("<title><![CDATA[Key &#xD83D;&#xDD11; handed over]]></title>"),
    KEY,
  ],
  [
    "of which one half is missing",
    rss("<title>Key &#55357; handed &#xDD11;over</title>"),
    { title: "Key handed over" },
  ],
  [
    "beside other references",
    rss("<title>&#54620;&#55357;&#56593;&#57344;</title>"),
    { title: "한🔑\ue000" },
  ],
]);

const bill = { title: "Bill 12", guid: "b12", published: "2026-02-03T10:00:00.000Z" };
const rest = '<guid isPermaLink="false">b12</guid><pubDate>Tue, 03 Feb 2026 10:00:00 GMT</pubDate>';

hold("an entry inside an entry that says nothing", [
  ["an empty tag", rss(`<title>Bill 12</title><item/>${rest}`), bill],
  ["an empty pair", rss(`<title>Bill 12</title><item>\n</item>${rest}`), bill],
  [
    "an empty tag in a description",
    rss(`<title>Bill 12</title><description>a <item/> b</description>${rest}`),
    bill,
  ],
  [
    "a start tag twice",
    `<rss><channel><item><item><title>Bill 12</title>${rest}</item></channel></rss>`,
    bill,
  ],
  [
    "an empty Atom entry",
    atom("<title>Bill 12</title><entry/><id>b12</id><updated>2026-02-03T10:00:00Z</updated>"),
    bill,
  ],
]);

hold("words in unusual places", [
  [
    "a title of an unknown type",
    atom('<id>e</id><title type="application/x-headline">Vote</title>'),
    { title: "Vote" },
  ],
  [
    "a title that is base64 in earnest",
    atom('<id>e</id><title type="application/octet-stream">UGxlbmFyeSBkZWJhdGU=</title>'),
    { title: "Plenary debate" },
  ],
  [
    "media:group in RSS",
    rss(
      "<media:group><media:title>Debate</media:title><media:description>Recording</media:description></media:group>",
    ),
    { title: "Debate", summary: "Recording" },
  ],
]);

const head = '{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[';
const one = '{"id":"1","title":"One, \\"two\\" {","url":"https://x.example/1"}';

describe("JSON Feed that is broken somewhere", () => {
  test.each([
    ["in the middle of an item", `${head}${one},{"id":"2","ti`],
    ["in the middle of a text", `${head}${one},{"id":"2","title":"half \\`],
    ["after an item", `${head}${one}`],
    ["after the list", `${head}${one}]`],
  ])("cut off %s keeps its whole items", async (_name, text) => {
    const outcome = await parseFeedDocument(new TextEncoder().encode(text), null, FROM);

    expect(outcome).toMatchObject({ kind: "failed", reason: "truncated" });
    expect(outcome.kind === "failed" && outcome.whole).toMatchObject([
      { guid: "1", title: 'One, "two" {' },
    ]);
  });

  test("loses no item but the broken one", async () => {
    const text = `${head}${one},{"id":2,"title":oops},{"id":"3","title":"Three"}]}`;

    const outcome = await parseFeedDocument(new TextEncoder().encode(text), null, FROM);

    expect(outcome.kind === "parsed" && outcome.feed.items.map(({ guid }) => guid)).toEqual([
      "1",
      "3",
    ]);
  });
});

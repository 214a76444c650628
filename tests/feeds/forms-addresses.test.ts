// Guids and addresses of RSS, as other parsers' suites exercise them, in documents of our own.
import { describe, expect, test } from "vitest";
import { parseFeedDocument } from "../../shared/feeds/parse-feed.ts";
import { hold, rdf, rss } from "./form-rows.ts";

const ATOM = 'xmlns:a="http://www.w3.org/2005/Atom"';
const ATOM03 = 'xmlns:a="http://purl.org/atom/ns#"';
const DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"';

hold("guids and addresses of RSS", [
  [
    "isPermaLink in capitals",
    rss('<title>t</title><guid ISPERMALINK="TRUE">https://x.example/1</guid>'),
    { guid: "https://x.example/1", url: "https://x.example/1" },
  ],
  [
    "a false isPermaLink in capitals",
    rss('<title>t</title><guid isPermaLink="FALSE">https://x.example/1</guid>'),
    { guid: "https://x.example/1", url: null },
  ],
  [
    "a false isPermaLink beside a link",
    rss('<guid isPermaLink="false">https://x.example/g</guid><link>https://x.example/1</link>'),
    { guid: "https://x.example/g", url: "https://x.example/1" },
  ],
  [
    "a guid in CDATA with line ends",
    rss("<guid>\n<![CDATA[ g-1 ]]>\n</guid><title>t</title>"),
    { guid: "g-1" },
  ],
  [
    "an empty guid",
    rss("<guid></guid><link>https://x.example/1</link>"),
    { guid: null, url: "https://x.example/1" },
  ],
  [
    "a guid with an escaped ampersand",
    rss("<guid>https://x.example/?a=1&amp;b=2</guid>"),
    { guid: "https://x.example/?a=1&b=2", url: "https://x.example/?a=1&b=2" },
  ],
  [
    "a guid with a bare ampersand",
    rss("<guid>https://x.example/?a=1&b=2</guid>"),
    { guid: "https://x.example/?a=1&b=2" },
  ],
  ["a number as guid", rss("<guid>00123</guid><title>t</title>"), { guid: "00123", url: null }],
  [
    "a relative permanent guid",
    rss('<guid isPermaLink="true">/posts/1</guid><title>t</title>'),
    { guid: "/posts/1", url: "https://x.example/posts/1" },
  ],
  [
    "an urn as guid",
    rss("<guid>urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a</guid>"),
    { guid: "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a", url: null },
  ],
  ["Atom's id in RSS", rss("<a:id>e-1</a:id><title>t</title>", "", ATOM), { guid: "e-1" }],
  [
    "an own guid before Atom's id",
    rss("<a:id>e-1</a:id><guid>g-1</guid>", "", ATOM),
    { guid: "g-1" },
  ],
  [
    "dc:identifier in RSS",
    rss("<dc:identifier>d-1</dc:identifier><title>t</title>", "", DC),
    { guid: "d-1" },
  ],
  [
    "dc:identifier beside rdf:about",
    rdf("<dc:identifier>d-1</dc:identifier><title>t</title>"),
    { guid: "https://x.example/about" },
  ],
  [
    "rdf:about that is no address",
    rdf("<title>t</title><link>https://x.example/1</link>", ' rdf:about="n-7"'),
    { guid: "n-7", url: "https://x.example/1" },
  ],
  [
    "two links",
    rss("<link>https://x.example/1</link><link>https://x.example/2</link>"),
    { url: "https://x.example/1" },
  ],
  [
    "an empty link before a link",
    rss("<link/><link>https://x.example/2</link>"),
    { url: "https://x.example/2" },
  ],
  [
    "an empty link beside a permanent guid",
    rss("<link></link><guid>https://x.example/g</guid>"),
    { url: "https://x.example/g" },
  ],
  [
    "a link as an attribute",
    rss('<link href="https://x.example/1"/><title>t</title>'),
    { url: "https://x.example/1" },
  ],
  [
    "an Atom link that says nothing of its relation",
    rss('<a:link href="https://x.example/1"/>', "", ATOM),
    { url: "https://x.example/1" },
  ],
  [
    "Atom links of other relations",
    rss(
      '<a:link rel="payment" href="https://pay.example/"/><a:link rel="alternate" href="https://x.example/1"/>',
      "",
      ATOM,
    ),
    { url: "https://x.example/1" },
  ],
  [
    "an Atom self link before a link",
    rss(
      '<a:link rel="self" href="https://x.example/self"/><link>https://x.example/1</link>',
      "",
      ATOM,
    ),
    { url: "https://x.example/1" },
  ],
  [
    "an Atom 0.3 link",
    rss('<a:link rel="alternate" type="text/html" href="https://x.example/1"/>', "", ATOM03),
    { url: "https://x.example/1" },
  ],
  [
    "the original of a proxied link where it is all there is",
    rss(
      "<f:origLink>https://x.example/1</f:origLink>",
      "",
      'xmlns:f="http://rssnamespace.org/feedburner/ext/1.0"',
    ),
    { url: "https://x.example/1" },
  ],
  [
    "a link with a bare ampersand and an unknown reference",
    rss("<link>https://x.example/?a=1&b=2&copy=3</link>"),
    { url: "https://x.example/?a=1&b=2&copy=3" },
  ],
  [
    "a link with an international name",
    rss("<link>https://пример.example/статья?q=é</link>"),
    { url: "https://пример.example/статья?q=é" },
  ],
  ["a protocol-relative link", rss("<link>//y.example/1</link>"), { url: "https://y.example/1" }],
  ["a link that is a query", rss("<link>?id=7</link>"), { url: "https://x.example/feed?id=7" }],
  ["a fragment as link", rss("<link>#seven</link>"), { url: "https://x.example/feed#seven" }],
  [
    "a script before a guid",
    rss("<link>javascript:void(0)</link><guid>https://x.example/1</guid>"),
    { url: "https://x.example/1" },
  ],
  ["a data link", rss("<link>data:text/html,hello</link><title>t</title>"), { url: null }],
  [
    "a link with white space around in CDATA",
    rss("<link><![CDATA[\n https://x.example/1 \n]]></link>"),
    { url: "https://x.example/1" },
  ],
  [
    "the link of a source",
    rss('<source url="https://y.example/rss">Y</source><link>https://x.example/1</link>'),
    { url: "https://x.example/1" },
  ],
  [
    "comments beside no link",
    rss("<comments>https://x.example/1#c</comments><title>t</title>"),
    { title: "t" },
  ],
  [
    "xml:base on the item",
    rss("<link>1</link>", "", "").replace("<item>", '<item xml:base="https://y.example/d/">'),
    { url: "https://y.example/d/1" },
  ],
  [
    "the channel's link under a relative one",
    rss("<link>d/1</link>", "<link>https://y.example/base/</link>"),
    { url: "https://y.example/base/d/1" },
  ],
]);

const baseless = (head: string, link: string): string =>
  `<rss version="2.0" ${ATOM}><channel>${head}<item><link>${link}</link></item></channel></rss>`;

describe("where nobody says what a document's own address is, a relative link is made whole", () => {
  test.each([
    [
      "by the channel's",
      baseless("<link>https://y.example/a/</link>", "1"),
      "https://y.example/a/1",
    ],
    [
      "by what the channel calls its own address",
      baseless('<a:link rel="self" href="https://y.example/a/feed"/>', "1"),
      "https://y.example/a/1",
    ],
    ["by nothing, and stays as it is", baseless("", "/1"), "/1"],
  ])("%s", async (_how, document, url) => {
    const outcome = await parseFeedDocument(new TextEncoder().encode(document), null, "");

    expect(outcome).toMatchObject({ feed: { items: [{ url }] } });
  });
});

// Feeds: forms that other parsers' suites exercise, in documents of our own: one row, one document, what must be read of it.
import { describe, expect, test } from "vitest";
import { parseFeedDocument } from "../../shared/feeds/parse-feed.ts";

type Row = readonly [name: string, document: string, first: Readonly<Record<string, unknown>>];
const BASE = "https://x.example/feed";
const rss = (item: string, head = "", attributes = "") =>
  `<rss version="2.0" ${attributes}><channel><title>c</title>${head}<item>${item}</item></channel></rss>`;
const atom = (entry: string, attributes = "") =>
  `<feed xmlns="http://www.w3.org/2005/Atom" ${attributes}><title>c</title><entry>${entry}</entry></feed>`;
const atom03 = (entry: string) =>
  `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>c</title><entry>${entry}</entry></feed>`;
const rdf = (item: string, attributes = 'rdf:about="https://x.example/about"') =>
  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://x.example/"><title>c</title></channel><item ${attributes}>${item}</item></rdf:RDF>`;
const json = (item: object, version = "1.1") =>
  JSON.stringify({ version: `https://jsonfeed.org/version/${version}`, title: "c", items: [item] });

async function firstOf(document: string) {
  const outcome = await parseFeedDocument(new TextEncoder().encode(document), null, BASE);
  if (outcome.kind === "failed") throw new Error(`${outcome.reason}: ${outcome.detail}`);
  return outcome.feed.items[0];
}

function hold(group: string, rows: readonly Row[]): void {
  describe(group, () => {
    test.each(rows)("%s is read as stated", async (_name, document, first) => {
      expect(await firstOf(document)).toMatchObject(first);
    });
  });
}

hold("guids and links", [
  [
    "a guid that is a permanent link",
    rss('<guid isPermaLink="true">https://x.example/1</guid><title>t</title>'),
    { guid: "https://x.example/1", url: "https://x.example/1" },
  ],
  [
    "a guid without isPermaLink that is an address",
    rss("<guid>https://x.example/1</guid><title>t</title>"),
    { guid: "https://x.example/1", url: "https://x.example/1" },
  ],
  [
    "a guid that is no permanent link",
    rss('<guid isPermaLink="false">https://x.example/1</guid><title>t</title>'),
    { guid: "https://x.example/1", url: null },
  ],
  [
    "a guid that is no address",
    rss("<guid>tag:1</guid><title>t</title>"),
    { guid: "tag:1", url: null },
  ],
  [
    "a link beside a permanent guid",
    rss("<guid>https://x.example/1</guid><link>https://x.example/2</link><title>t</title>"),
    { url: "https://x.example/2" },
  ],
  [
    "a link in white space",
    rss("<link>\n  https://x.example/1\n</link><title>t</title>"),
    { url: "https://x.example/1" },
  ],
  [
    "a link in CDATA",
    rss("<link><![CDATA[https://x.example/1?a=1&b=2]]></link><title>t</title>"),
    { url: "https://x.example/1?a=1&b=2" },
  ],
  ["a relative link", rss("<link>/a/b</link><title>t</title>"), { url: "https://x.example/a/b" }],
  [
    "an atom:link in RSS",
    rss(
      '<atom:link rel="alternate" href="https://x.example/1"/><title>t</title>',
      "",
      'xmlns:atom="http://www.w3.org/2005/Atom"',
    ),
    { url: "https://x.example/1" },
  ],
  [
    "an item with an enclosure alone",
    rss('<enclosure url="https://x.example/a.mp3" type="audio/mpeg" length="1"/>'),
    { url: "https://x.example/a.mp3" },
  ],
  [
    "rdf:about as the guid",
    rdf("<title>t</title><link>https://x.example/1</link>"),
    { guid: "https://x.example/about", url: "https://x.example/1" },
  ],
  [
    "rdf:about without a link",
    rdf("<title>t</title>"),
    { guid: "https://x.example/about", url: "https://x.example/about" },
  ],
  [
    "dc:identifier as the guid",
    rdf("<title>t</title><dc:identifier>id-7</dc:identifier>", ""),
    { guid: "id-7" },
  ],
  [
    "nested xml:base",
    atom(
      '<id>e</id><title>t</title><link xml:base="c/" href="d"/>',
      'xml:base="https://y.example/a/"',
    ),
    { url: "https://y.example/a/c/d" },
  ],
  [
    "an Atom link without rel",
    atom('<id>e</id><title>t</title><link href="/1"/>'),
    { guid: "e", url: "https://x.example/1" },
  ],
]);

hold("titles", [
  [
    "an escaped tag",
    rss("<title>a &lt;b&gt;bold&lt;/b&gt; move</title>"),
    { title: "a bold move" },
  ],
  [
    "a tag in CDATA",
    rss("<title><![CDATA[a <i>bold</i> move]]></title>"),
    { title: "a bold move" },
  ],
  [
    "an ampersand escaped twice",
    rss("<title>law &amp;amp; order</title>"),
    { title: "law & order" },
  ],
  [
    "an HTML entity that XML does not define",
    rss("<title>d&eacute;bat</title>"),
    { title: "débat" },
  ],
  ["an entity in CDATA", rss("<title><![CDATA[d&eacute;bat]]></title>"), { title: "débat" }],
  [
    "an XHTML title",
    atom(
      '<id>e</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a <b>bold</b> move</div></title>',
    ),
    { title: "a bold move" },
  ],
  [
    "an HTML title",
    atom('<id>e</id><title type="html">a &lt;b&gt;bold&lt;/b&gt; move</title>'),
    { title: "a bold move" },
  ],
  [
    "a plain title with a sign",
    atom('<id>e</id><title type="text">1 &lt; 2</title>'),
    { title: "1 < 2" },
  ],
  [
    "Atom 0.3 escaped",
    atom03(
      '<id>e</id><title mode="escaped" type="text/html">a &lt;b&gt;bold&lt;/b&gt; move</title>',
    ),
    { title: "a bold move" },
  ],
  [
    "Atom 0.3 base64",
    atom03('<id>e</id><title mode="base64" type="text/html">YSA8Yj5ib2xkPC9iPiBtb3Zl</title>'),
    { title: "a bold move" },
  ],
  [
    "Atom 0.3 as XML",
    atom03(
      '<id>e</id><title mode="xml" type="application/xhtml+xml"><div xmlns="http://www.w3.org/1999/xhtml">a <b>bold</b> move</div></title>',
    ),
    { title: "a bold move" },
  ],
]);

const DATES: readonly (readonly [string, string])[] = [
  ["Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21.000Z"],
  ["Thu, 1 Jan 04 19:48:21 EST", "2004-01-02T00:48:21.000Z"],
  ["Thu Jan  1 19:48:21 2004", "2004-01-01T19:48:21.000Z"],
  ["Thursday, 01-Jan-04 19:48:21 GMT", "2004-01-01T19:48:21.000Z"],
  ["2003-12", "2003-12-01T00:00:00.000Z"],
  ["2003", "2003-01-01T00:00:00.000Z"],
  ["2003-12-31T10:14:55", "2003-12-31T10:14:55.000Z"],
  ["2003-12-31T10:14Z", "2003-12-31T10:14:00.000Z"],
  ["2003-12-31T10:14:55+02:00", "2003-12-31T08:14:55.000Z"],
  ["20031231", "2003-12-31T00:00:00.000Z"],
  ["2003-335", "2003-12-01T00:00:00.000Z"],
  // A leap second stays in its own day.
  ["2016-12-31T23:59:60Z", "2016-12-31T23:59:59.000Z"],
  ["2003-12-31T24:00:00Z", "2004-01-01T00:00:00.000Z"],
  ["Thu, 01 Jan 2004 19:48:21 PDT", "2004-01-02T02:48:21.000Z"],
  ["2004-05-25 오후 11:23:17", "2004-05-25T14:23:17.000Z"],
  ["Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00.000Z"],
  ["2004-július-13T9:15-05:00", "2004-07-13T14:15:00.000Z"],
];
hold(
  "dates",
  DATES.map(([date, published]) => [
    date,
    rss(`<title>t</title><pubDate>${date}</pubDate>`),
    { published },
  ]),
);

hold("documents out of shape", [
  [
    "no channel",
    "<rss version='2.0'><item><title>t</title><guid>g</guid></item></rss>",
    { title: "t", guid: "g" },
  ],
  [
    "capital tags",
    "<RSS VERSION='0.91'><CHANNEL><ITEM><TITLE>t</TITLE><LINK>https://x.example/1</LINK></ITEM></CHANNEL></RSS>",
    { title: "t", url: "https://x.example/1" },
  ],
  [
    "an undeclared prefix",
    rss("<title>t</title><zz:what>w</zz:what><guid>g</guid>"),
    { title: "t", guid: "g" },
  ],
  ["a bare ampersand", rss("<title>law & order</title>"), { title: "law & order" }],
  ["a control character", rss("<title>a\u0008b</title><guid>g</guid>"), { guid: "g" }],
  ["a NUL byte", rss("<title>t\u0000</title><guid>g</guid>"), { title: "t", guid: "g" }],
  [
    "a byte order mark amidst",
    rss("<title>\ufefft</title><guid>g</guid>"),
    { title: "t", guid: "g" },
  ],
  [
    "a cut after a whole item",
    '<rss version="2.0"><channel><item><title>t</title><guid>g</guid></item>',
    { title: "t", guid: "g" },
  ],
  [
    "RSS 2.0 with a namespace of its own",
    '<r:rss version="2.0" xmlns:r="http://backend.userland.com/rss2"><r:channel><r:item><r:title>t</r:title><r:guid>g</r:guid></r:item></r:channel></r:rss>',
    { title: "t", guid: "g" },
  ],
  [
    "prefixed Atom",
    '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:id>e</a:id><a:title>t</a:title></a:entry></a:feed>',
    { title: "t", guid: "e" },
  ],
]);

hold("JSON Feed", [
  [
    "a number as id",
    json({ id: 7, title: "t", url: "https://x.example/7" }),
    { guid: "7", url: "https://x.example/7" },
  ],
  [
    "no url but an external one",
    json({ id: "a", external_url: "https://y.example/1", content_text: "w" }),
    { guid: "a", url: "https://y.example/1" },
  ],
  [
    "content_html alone",
    json({ id: "a", content_html: "<p>some <b>words</b></p>" }, "1"),
    { guid: "a", summary: "some words" },
  ],
  [
    "a date with a zone",
    json({ id: "a", title: "t", date_published: "2020-01-01T01:00:00+01:00" }),
    { published: "2020-01-01T00:00:00.000Z" },
  ],
]);

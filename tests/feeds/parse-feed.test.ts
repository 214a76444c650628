import { describe, expect, test } from "vitest";
import type { ParsedItem } from "../../shared/domain/feed.ts";
import { parseFeedDocument } from "../../shared/feeds/parse-feed.ts";

const URL_OF_FEED = "https://feeds.example/a/feed.xml";

async function read(text: string | Uint8Array, type: string | null = null, url = URL_OF_FEED) {
  const body = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const outcome = await parseFeedDocument(body, type, url);
  if (outcome.kind === "failed") throw new Error(`${outcome.reason}: ${outcome.detail}`);
  return outcome.feed;
}

const items = async (text: string, url = URL_OF_FEED): Promise<readonly ParsedItem[]> =>
  (await read(text, null, url)).items;

type Row = readonly [breaks: string, document: string, expected: Partial<ParsedItem>];

const rss = (item: string, version = '2.0"', channel = ""): string =>
  `<rss version="${version}><channel><title>t</title>${channel}<item>${item}</item></channel></rss>`;
const atom = (entry: string, attributes = "", before = ""): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom"${attributes}>${before}<entry>${entry}</entry></feed>`;
const atom03 = (entry: string): string =>
  `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry>${entry}</entry></feed>`;

const FORMATS: readonly Row[] = [
  [
    "RSS 2.0",
    rss(
      "<guid>g</guid><link>http://x.example/1</link><title>One</title><description>Two</description><pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate>",
    ),
    {
      guid: "g",
      url: "http://x.example/1",
      title: "One",
      summary: "Two",
      published: "2004-01-01T19:48:21.000Z",
    },
  ],
  [
    "RSS 0.91",
    rss("<link>http://x.example/1</link><title>One</title>", '0.91"'),
    { guid: null, url: "http://x.example/1", title: "One", published: null },
  ],
  [
    "RSS without a version",
    "<rss><channel><item><title>One</title></item></channel></rss>",
    { title: "One" },
  ],
  [
    "RSS in Userland's namespace",
    '<rss version="2.0" xmlns="http://backend.userland.com/rss2"><channel><item><title>One</title></item></channel></rss>',
    { title: "One" },
  ],
  [
    "RSS whose every name has a prefix",
    '<r:rss version="2.0" xmlns:r="http://backend.userland.com/RSS2"><r:channel><r:item><r:title>One</r:title><r:guid>g</r:guid></r:item></r:channel></r:rss>',
    { title: "One", guid: "g" },
  ],
  [
    "RSS 1.0, items beside the channel",
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="http://x.example/"><title>c</title><link>http://x.example/</link></channel><item rdf:about="http://x.example/1"><title>One</title><link>http://x.example/one</link><dc:date>2004-01-01T00:00:00+01:00</dc:date></item></rdf:RDF>',
    {
      guid: "http://x.example/1",
      url: "http://x.example/one",
      title: "One",
      published: "2003-12-31T23:00:00.000Z",
    },
  ],
  [
    "RSS 0.90",
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>c</title></channel><item><title>One</title><link>http://x.example/1</link></item></rdf:RDF>',
    { guid: null, url: "http://x.example/1", title: "One", published: null },
  ],
  [
    "RSS 1.0 under an odd prefix",
    '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="http://purl.org/rss/1.0/"><s:channel><s:title>c</s:title></s:channel><s:item r:about="http://x.example/1"><s:title>One</s:title></s:item></r:RDF>',
    { guid: "http://x.example/1", url: "http://x.example/1", title: "One" },
  ],
  [
    "Atom 1.0",
    atom(
      '<id>i</id><title>One</title><link href="http://x.example/1"/><published>2004-01-01T00:00:00Z</published><updated>2005-01-01T00:00:00Z</updated><summary>Two</summary>',
    ),
    {
      guid: "i",
      url: "http://x.example/1",
      title: "One",
      summary: "Two",
      published: "2004-01-01T00:00:00.000Z",
      updated: "2005-01-01T00:00:00.000Z",
    },
  ],
  [
    "Atom whose every name has a prefix",
    '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:id>i</a:id><a:title>One</a:title><a:link href="http://x.example/1"/><a:updated>2005-01-01T00:00:00Z</a:updated></a:entry></a:feed>',
    { guid: "i", url: "http://x.example/1", title: "One", published: "2005-01-01T00:00:00.000Z" },
  ],
  [
    "Atom 0.3",
    atom03(
      '<id>i</id><title>One</title><link rel="alternate" type="text/html" href="http://x.example/1"/><issued>2004-01-01T00:00:00Z</issued><modified>2005-01-01T00:00:00Z</modified>',
    ),
    {
      guid: "i",
      url: "http://x.example/1",
      published: "2004-01-01T00:00:00.000Z",
      updated: "2005-01-01T00:00:00.000Z",
    },
  ],
  [
    "Atom without a namespace",
    '<feed><entry><id>i</id><title>One</title><link href="http://x.example/1"/></entry></feed>',
    { guid: "i", url: "http://x.example/1", title: "One" },
  ],
  [
    "CDF",
    '<CHANNEL HREF="http://x.example/"><TITLE>c</TITLE><ITEM HREF="http://x.example/1" LASTMOD="2004-01-01T00:00"><TITLE>One</TITLE><ABSTRACT>Two</ABSTRACT></ITEM></CHANNEL>',
    {
      url: "http://x.example/1",
      title: "One",
      summary: "Two",
      published: "2004-01-01T00:00:00.000Z",
    },
  ],
  [
    "JSON Feed",
    '{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[{"id":7,"url":"/1","title":"One &amp; only","content_html":"<p>Two</p>","date_published":"2004-01-01T00:00:00+01:00"}]}',
    {
      guid: "7",
      url: "https://feeds.example/1",
      title: "One & only",
      summary: "Two",
      published: "2003-12-31T23:00:00.000Z",
    },
  ],
  [
    "JSON Feed that links elsewhere",
    '{"version":"https://jsonfeed.org/version/1","items":[{"id":"a","external_url":"http://x.example/1","content_text":"Two"}]}',
    { guid: "a", url: "http://x.example/1", title: "", summary: "Two" },
  ],
  [
    "an item in capitals",
    "<RSS><CHANNEL><ITEM><TITLE>One</TITLE><PubDate>Thu, 01 Jan 2004 19:48:21 GMT</PubDate></ITEM></CHANNEL></RSS>",
    { title: "One", published: "2004-01-01T19:48:21.000Z" },
  ],
  [
    "an item outside the channel",
    "<rss version='2.0'><channel><title>t</title></channel><item><title>One</title></item></rss>",
    { title: "One" },
  ],
  [
    "a feed inside an error envelope",
    "<response><status>0</status><rss version='2.0'><channel><item><title>One</title></item></channel></rss></response>",
    { title: "One" },
  ],
];

const WORDS: readonly Row[] = [
  [
    "a bare ampersand",
    rss("<title>Law & Order</title><link>http://x.example/?a=1&b=2</link>"),
    { title: "Law & Order", url: "http://x.example/?a=1&b=2" },
  ],
  [
    "an entity that XML does not know",
    rss("<title>D&eacute;bat&nbsp;&mdash; ouvert</title>"),
    { title: "Débat — ouvert" },
  ],
  [
    "numeric references, windows-1252 ones too",
    rss("<title>&#8220;a&#x201d; &#146;b</title>"),
    { title: "“a” ’b" },
  ],
  ["an ampersand escaped twice", rss("<title>AT&amp;amp;T</title>"), { title: "AT&T" }],
  [
    "escaped markup",
    rss(
      "<title>A &lt;b&gt;bold&lt;/b&gt; move</title><description>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;</description>",
    ),
    { title: "A bold move", summary: "One Two" },
  ],
  [
    "markup in CDATA",
    rss("<title><![CDATA[A <i>new</i> bill &amp; more]]></title>"),
    { title: "A new bill & more" },
  ],
  [
    "markup that nobody escaped",
    rss("<description>One <b>two</b> three<br>four</description>"),
    { summary: "One two three four" },
  ],
  [
    "markup escaped twice",
    rss(
      '<description>One&amp;lt;br /&amp;gt;two &amp;lt;a href="x"&amp;gt;three&amp;lt;/a&amp;gt;</description>',
    ),
    { summary: "One two three" },
  ],
  [
    "a less-than sign that is none",
    rss("<title>a &lt; b and c > d</title>"),
    { title: "a < b and c > d" },
  ],
  [
    "a word in angle brackets",
    rss("<title>How to use &lt;Foo&gt; well</title>"),
    { title: "How to use <Foo> well" },
  ],
  [
    "an attribute with a bracket in it",
    rss('<description>&lt;img alt="a > b"&gt;word</description>'),
    { summary: "word" },
  ],
  [
    "a script",
    rss("<description>&lt;script&gt;alert(1)&lt;/script&gt;word</description>"),
    { summary: "word" },
  ],
  [
    "Atom text that looks like markup",
    atom("<title type='text'>The &lt;blink&gt; tag</title>"),
    { title: "The <blink> tag" },
  ],
  [
    "Atom HTML",
    atom("<title type='html'>The &lt;b&gt;bold&lt;/b&gt; &amp;amp; the &amp;lt;b&amp;gt;</title>"),
    { title: "The bold & the <b>" },
  ],
  [
    "Atom XHTML",
    atom(
      '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">The <b>bold</b> &amp; more</div></title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One</p><p>Two <em>three</em></p></div></content>',
    ),
    { title: "The bold & more", summary: "One Two three" },
  ],
  [
    "Atom XHTML under a prefix",
    atom(
      '<summary type="xhtml" xmlns:h="http://www.w3.org/1999/xhtml"><h:div>One<h:br/>two</h:div></summary>',
    ),
    { summary: "One two" },
  ],
  [
    "Atom 0.3, escaped",
    atom03('<title type="text/html" mode="escaped">A &lt;b&gt;bold&lt;/b&gt; one</title>'),
    { title: "A bold one" },
  ],
  [
    "Atom 0.3, base64",
    atom03('<title type="text/html" mode="base64">RXhhbXBsZSA8Yj5BdG9tPC9iPg==</title>'),
    { title: "Example Atom" },
  ],
  [
    "Atom 0.3, inline",
    atom03(
      '<content type="application/xhtml+xml" mode="xml"><div xmlns="http://www.w3.org/1999/xhtml">One <b>two</b></div></content>',
    ),
    { summary: "One two" },
  ],
  [
    "content where there is no summary",
    rss(
      '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[<p>Whole</p>]]></content:encoded>',
    ),
    { summary: "Whole" },
  ],
  [
    "an empty description beside the content",
    rss(
      '<description></description><content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">Whole</content:encoded>',
    ),
    { summary: "Whole" },
  ],
  [
    "Dublin Core alone",
    rss(
      '<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">One</dc:title><dc:description xmlns:dc="http://purl.org/dc/elements/1.1/">Two</dc:description>',
    ),
    { title: "One", summary: "Two" },
  ],
  [
    "a title of another vocabulary",
    rss('<x:title xmlns:x="urn:other">Wrong</x:title><title>One</title>'),
    { title: "One" },
  ],
  [
    "a media title before the title",
    rss(
      '<media:title xmlns:media="http://search.yahoo.com/mrss/">Wrong</media:title><title>One</title>',
    ),
    { title: "One" },
  ],
  ["a title over several lines", rss("<title>\n  One\n\t two </title>"), { title: "One two" }],
  ["control characters", rss("<title>One\u0000\u000b two&#0;&#x1;</title>"), { title: "One two" }],
  [
    "an entity of the document's own",
    `<!DOCTYPE rss [<!ENTITY org "Senate &#38; House">]>${rss("<title>&org; votes</title>")}`,
    { title: "Senate & House votes" },
  ],
  [
    "a tag that is never closed",
    rss("<title>One</title><description>Two <b>three</description><guid>g</guid>"),
    { summary: "Two three", guid: "g" },
  ],
];

const ADDRESSES: readonly Row[] = [
  [
    "a guid that is the address",
    rss("<guid>http://x.example/1</guid>"),
    { guid: "http://x.example/1", url: "http://x.example/1" },
  ],
  [
    "a guid that is not the address",
    rss('<guid isPermaLink="false">http://x.example/1</guid>'),
    { guid: "http://x.example/1", url: null },
  ],
  ["a guid that is no address", rss("<guid>abc</guid>"), { guid: "abc", url: null }],
  [
    "a guid with attributes beside a link",
    rss('<guid isPermaLink="true">http://x.example/guid</guid><link>http://x.example/link</link>'),
    { url: "http://x.example/link" },
  ],
  [
    "a relative link, by the channel's",
    rss("<link>/b</link>", '2.0"', "<link>http://x.example/a/</link>"),
    { url: "http://x.example/b" },
  ],
  [
    "a relative link, by the document's",
    rss("<link>b</link>"),
    { url: "https://feeds.example/a/b" },
  ],
  [
    "xml:base over all",
    rss(
      '<link xml:base="http://y.example/q/">b</link>',
      '2.0"',
      "<link>http://x.example/a/</link>",
    ),
    { url: "http://y.example/q/b" },
  ],
  [
    "nested xml:base",
    atom('<link href="c"/>', ' xml:base="http://y.example/a/"').replace(
      "<entry>",
      '<entry xml:base="b/">',
    ),
    { url: "http://y.example/a/b/c" },
  ],
  [
    "an empty relative link",
    atom('<link href=""/><id>http://x.example/i</id>'),
    { url: "http://x.example/i" },
  ],
  [
    "Atom's link in RSS",
    rss(
      '<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="alternate" href="http://x.example/1"/>',
    ),
    { url: "http://x.example/1" },
  ],
  [
    "a self link in RSS",
    rss(
      '<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="self" href="http://x.example/self"/><link>http://x.example/1</link>',
    ),
    { url: "http://x.example/1" },
  ],
  [
    "several Atom links",
    atom(
      '<link rel="self" href="http://x.example/s"/><link rel="enclosure" href="http://x.example/e"/><link rel="alternate" type="application/json" href="http://x.example/j"/><link rel="alternate" type="text/html" href="http://x.example/1"/>',
    ),
    { url: "http://x.example/1" },
  ],
  [
    "Atom's relation as an address",
    atom(
      '<link rel="http://www.iana.org/assignments/relation/alternate" href="http://x.example/1"/>',
    ),
    { url: "http://x.example/1" },
  ],
  [
    "content elsewhere",
    atom('<content src="http://x.example/1" type="text/html"/>'),
    { url: "http://x.example/1" },
  ],
  [
    "a link broken over lines",
    rss("<link>\n   http://x.example/\n1 </link>"),
    { url: "http://x.example/1" },
  ],
  ["a script for a link", rss("<link>javascript:alert(1)</link>"), { url: null }],
  [
    "an address as it is written",
    rss("<link>http://x.example</link>"),
    { url: "http://x.example" },
  ],
];

const DATES: readonly Row[] = [
  [
    "Dublin Core",
    rss('<dc:date xmlns:dc="http://purl.org/dc/elements/1.1/">2004-01-01</dc:date>'),
    { published: "2004-01-01T00:00:00.000Z" },
  ],
  [
    "Atom's in RSS",
    rss('<a10:updated xmlns:a10="http://www.w3.org/2005/Atom">2025-01-31T19:59:52Z</a10:updated>'),
    { published: "2025-01-31T19:59:52.000Z" },
  ],
  [
    "a date that is none",
    rss("<title>One</title><pubDate>soon</pubDate>"),
    { title: "One", published: null },
  ],
  [
    "an Atom date that is none",
    atom("<title>One</title><updated>tomorrow-ish</updated>"),
    { title: "One", published: null },
  ],
  [
    "a bad date before a good one",
    rss(
      '<pubDate>soon</pubDate><dc:date xmlns:dc="http://purl.org/dc/elements/1.1/">2004-01-01</dc:date>',
    ),
    { published: "2004-01-01T00:00:00.000Z" },
  ],
  [
    "created only",
    atom03("<created>2004-01-01T00:00:00Z</created>"),
    { published: "2004-01-01T00:00:00.000Z" },
  ],
];

const STAGES: readonly Row[] = [
  [
    "as an attribute",
    '<rss version="2.0"><channel xmlns:p4="#billsSchema"><item p4:stage="Report stage"><guid>g</guid><title>A Bill</title></item></channel></rss>',
    { stage: "Report stage" },
  ],
  [
    "as an element",
    rss('<b:stage xmlns:b="urn:bills"> 2nd reading </b:stage><title>A Bill</title>'),
    { stage: "2nd reading" },
  ],
];

describe.each([
  ["a format", FORMATS],
  ["words", WORDS],
  ["an address", ADDRESSES],
  ["a date", DATES],
  ["a stage", STAGES],
])("%s is read as a reader would", (_name, rows) => {
  test.each(rows)("%s", async (_breaks, document, expected) => {
    const [item, ...rest] = await items(document);

    expect(item).toMatchObject(expected);
    expect(rest).toEqual([]);
  });
});

describe("a document that is no feed is named, and yields nothing", () => {
  test.each([
    ["", "empty"],
    ["   \n", "empty"],
    ["<!DOCTYPE html><html><head><title>Moved</title></head></html>", "html"],
    ["<head><title>Moved</title></head><body>here</body>", "html"],
    ["<html><head><title>Just a moment...</title></head></html>", "challenge"],
    ["<html><body>Please solve this CAPTCHA</body></html>", "challenge"],
    ['{"error":"none"}', "not-a-feed"],
    ['{"version":"https://jsonfeed.org/version/1","items":[{"id":"1"', "truncated"],
    ["<error><code>500</code></error>", "not-a-feed"],
    ["Service unavailable", "not-a-feed"],
    ["<opml><body/></opml>", "not-a-feed"],
    ["<opml><head><title>t</title></head><body><outline text='t'/></body></opml>", "not-a-feed"],
    ["<rss version='2.0'><channel><item><title>One</title></item><item><title>Tw", "truncated"],
    ["<rss version='2.0'><channel><item><title>One</title><descr", "truncated"],
    ["<rss version='2.0'><channel><title>On", "truncated"],
    ["<feed xmlns='http://www.w3.org/2005/Atom'><entry><title><![CDATA[One", "truncated"],
  ])("%j is %s", async (document, reason) => {
    const outcome = await parseFeedDocument(new TextEncoder().encode(document), null, "");

    expect(outcome).toMatchObject({ kind: "failed", reason });
  });
});

test.each([
  ["in the second item's title", "<item><title>One</title></item><item><title>Tw", ["One"]],
  [
    "between two fields of the second",
    "<item><title>One</title></item><item><title>Two</title>\n",
    ["One", "Two"],
  ],
  ["in a tag of the first", "<item><title>One</title><li", []],
  ["in the first one's words", "<item><title>One</title><description>wor", []],
])(
  "a feed cut off %s is refused, and its whole items are told apart",
  async (_where, items, whole) => {
    const body = new TextEncoder().encode(`<rss version="2.0"><channel>${items}`);

    const outcome = await parseFeedDocument(body, null, "");

    expect(outcome).toMatchObject({ kind: "failed", reason: "truncated" });
    expect(outcome.kind === "failed" && outcome.whole?.map(({ title }) => title)).toEqual(whole);
  },
);

test("a feed without items is a feed", async () => {
  expect(await items('<rss version="2.0"><channel><title>t</title></channel></rss>')).toEqual([]);
});

test("one bad item costs no other", async () => {
  const read = await items(
    "<rss version='2.0'><channel><item/><item><link/><pubDate>never</pubDate><guid/></item><item><title>One</title></item></channel></rss>",
  );

  expect(read.map(({ title }) => title)).toEqual(["", "", "One"]);
});

test("an item that is never closed does not swallow the next", async () => {
  const read = await items(
    "<rss version='2.0'><channel><item><title>One</title><item><title>Two</title></item></channel></rss>",
  );

  expect(read.map(({ title }) => title)).toEqual(["One", "Two"]);
});

test("ttl and skipHours are read where they say something", async () => {
  const feed = await read(
    rss(
      "<title>t</title>",
      '2.0"',
      "<ttl>90</ttl><skipHours><hour>0</hour><hour>24</hour><hour>5</hour><hour>x</hour></skipHours>",
    ),
  );

  expect(feed).toMatchObject({ ttlMinutes: 90, skipHours: [0, 5], capped: false });
});

test("names that JavaScript holds dear are only names", async () => {
  const read = await items(
    rss(
      "<__proto__ constructor='x'><toString/></__proto__><constructor>c</constructor><title>One</title><hasOwnProperty/>",
    ),
  );

  expect(read[0]?.title).toBe("One");
  expect(Object.keys(Object.prototype)).toEqual([]);
});

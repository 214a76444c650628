// Atom 0.3 and 1.0, as other parsers' suites exercise it, in documents of our own.
import { atom, atom03, hold } from "./form-rows.ts";

const link = (attributes: string): string => `<link ${attributes}/>`;
const one = { guid: "e", title: "One", url: "https://x.example/1" };
const entry = '<id>e</id><title>One</title><link href="https://x.example/1"/>';

hold("shapes of Atom", [
  ["Atom 1.0", atom(entry), one],
  ["Atom 0.3", atom03(entry), one],
  ["Atom 0.3 without a version", atom03(entry).replace(' version="0.3"', ""), one],
  [
    "a draft's namespace",
    atom(entry).replace("http://www.w3.org/2005/Atom", "http://purl.org/atom/app#"),
    one,
  ],
  [
    "the namespace without www",
    atom(entry).replace("http://www.w3.org/2005/Atom", "https://w3.org/2005/Atom/"),
    one,
  ],
  ["no namespace", `<feed><entry>${entry}</entry></feed>`, one],
  [
    "a namespace nobody knows",
    `<feed xmlns="https://example.org/own"><entry>${entry}</entry></feed>`,
    one,
  ],
  ["an entry alone", `<entry xmlns="http://www.w3.org/2005/Atom">${entry}</entry>`, one],
  [
    "a prefix that nobody declared",
    `<atom:feed><atom:entry><atom:id>e</atom:id><atom:title>One</atom:title><atom:link href="https://x.example/1"/></atom:entry></atom:feed>`,
    one,
  ],
  [
    "Atom inside an envelope",
    `<response xmlns="urn:soap"><body>${atom(entry)}</body></response>`,
    one,
  ],
  [
    "entries before the feed's own title",
    `<feed xmlns="http://www.w3.org/2005/Atom"><entry>${entry}</entry><title>c</title><id>f</id></feed>`,
    one,
  ],
  [
    "capital names",
    `<FEED xmlns="http://www.w3.org/2005/Atom"><ENTRY><ID>e</ID><TITLE>One</TITLE><LINK HREF="https://x.example/1"/></ENTRY></FEED>`,
    one,
  ],
  [
    "single quotes and line ends in tags",
    `<feed\n xmlns='http://www.w3.org/2005/Atom'\n><entry\n><id\n>e</id\n><title\n>One</title\n><link\n href='https://x.example/1'\n/></entry\n></feed\n>`,
    one,
  ],
]);

hold("ids and addresses of Atom", [
  ["an id with white space around", atom("<id>\n  e-1\n</id><title>t</title>"), { guid: "e-1" }],
  [
    "an id that is relative",
    atom("<id>/e/1</id><title>t</title>", 'xml:base="https://y.example/"'),
    { guid: "/e/1" },
  ],
  [
    "a tag address as id",
    atom("<id>tag:x.example,2004:1</id><title>t</title>"),
    { guid: "tag:x.example,2004:1", url: null },
  ],
  [
    "an id in CDATA",
    atom("<id><![CDATA[https://x.example/?a=1&b=2]]></id>"),
    { guid: "https://x.example/?a=1&b=2" },
  ],
  [
    "self before alternate",
    atom(
      link('rel="self" href="https://x.example/s"') +
        link('rel="alternate" href="https://x.example/1"'),
    ),
    { url: "https://x.example/1" },
  ],
  [
    "edit, replies and via around the alternate",
    atom(
      link('rel="edit" href="https://x.example/e"') +
        link('rel="replies" href="https://x.example/r"') +
        link('rel="via" href="https://y.example/"') +
        link('rel="alternate" href="https://x.example/1"'),
    ),
    { url: "https://x.example/1" },
  ],
  [
    "an enclosure before the alternate",
    atom(
      link('rel="enclosure" type="audio/mpeg" href="https://x.example/a.mp3"') +
        link('href="https://x.example/1"'),
    ),
    { url: "https://x.example/1" },
  ],
  [
    "an enclosure alone",
    atom(`<id>e</id>${link('rel="enclosure" type="audio/mpeg" href="https://x.example/a.mp3"')}`),
    { guid: "e", url: "https://x.example/a.mp3" },
  ],
  [
    "related alone",
    atom(link('rel="related" href="https://x.example/1"')),
    { url: "https://x.example/1" },
  ],
  [
    "an alternate of another type first",
    atom(
      link('rel="alternate" type="application/pdf" href="https://x.example/p"') +
        link('rel="alternate" type="application/xhtml+xml" href="https://x.example/1"'),
    ),
    { url: "https://x.example/1" },
  ],
  [
    "alternates by language",
    atom(
      link('rel="alternate" hreflang="en" href="https://x.example/en"') +
        link('rel="alternate" hreflang="fr" href="https://x.example/fr"'),
    ),
    { url: "https://x.example/en" },
  ],
  [
    "a relation in capitals",
    atom(link('rel="ALTERNATE" href="https://x.example/1"')),
    { url: "https://x.example/1" },
  ],
  [
    "a relation registered at IANA in full",
    atom(
      link('rel="http://www.iana.org/assignments/relation/self" href="https://x.example/s"') +
        link('rel="http://www.iana.org/assignments/relation/alternate" href="https://x.example/1"'),
    ),
    { url: "https://x.example/1" },
  ],
  [
    "an address with escaped ampersands",
    atom(link('href="https://x.example/?a=1&amp;b=2"')),
    { url: "https://x.example/?a=1&b=2" },
  ],
  [
    "an address with bare ampersands",
    atom(link('href="https://x.example/?a=1&b=2"')),
    { url: "https://x.example/?a=1&b=2" },
  ],
  ["a relative address", atom(link('href="/1"')), { url: "https://x.example/1" }],
  [
    "xml:base of the feed",
    atom(link('href="1"'), 'xml:base="https://y.example/a/"'),
    { url: "https://y.example/a/1" },
  ],
  [
    "xml:base of feed and entry",
    atom("", 'xml:base="https://y.example/a/"').replace(
      "<entry>",
      `<entry xml:base="b/">${link('href="1"')}`,
    ),
    { url: "https://y.example/a/b/1" },
  ],
  [
    "xml:base of the link alone",
    atom(link('xml:base="https://z.example/q/" href="1"')),
    { url: "https://z.example/q/1" },
  ],
  [
    "an xml:base that is relative to the document",
    atom(link('href="1"'), 'xml:base="/deep/"'),
    { url: "https://x.example/deep/1" },
  ],
  [
    "an xml:base that is none",
    atom(link('href="/1"'), 'xml:base="&#0;:::"'),
    { url: "https://x.example/1" },
  ],
  [
    "xml:base of a title that has nothing to say",
    atom(`<title xml:base="https://wrong.example/">One</title>${link('href="/1"')}`),
    { url: "https://x.example/1" },
  ],
  [
    "an empty address",
    atom(`<id>https://x.example/1</id>${link('href=""')}`),
    { url: "https://x.example/1" },
  ],
  [
    "a link with no address at all",
    atom("<id>e</id><link/><title>One</title>"),
    { guid: "e", url: null, title: "One" },
  ],
  [
    "an address as the link's text",
    atom("<id>e</id><link>https://x.example/1</link>"),
    { url: "https://x.example/1" },
  ],
  [
    "content that lies elsewhere",
    atom('<id>e</id><content type="text/html" src="c/1"/>', 'xml:base="https://y.example/"'),
    { url: "https://y.example/c/1" },
  ],
  [
    "an origin beside a proxied link",
    atom(
      `<feedburner:origLink>https://x.example/1</feedburner:origLink><id>e</id>`,
      'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"',
    ),
    { url: "https://x.example/1" },
  ],
  [
    "Atom 0.3's links",
    atom03(
      link('rel="service.edit" type="application/x.atom+xml" href="https://x.example/e"') +
        link('rel="alternate" type="text/html" href="https://x.example/1"'),
    ),
    { url: "https://x.example/1" },
  ],
  ["a script as link", atom(`<id>e</id>${link('href="javascript:alert(1)"')}`), { url: null }],
  [
    "white space in an address",
    atom(link('href=" https://x.example/1 "')),
    { url: "https://x.example/1" },
  ],
]);

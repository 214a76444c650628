// Addresses of items, whatever stands for them: a document, and what a reader would see in it.
import { atom, rss, see } from "./seen-rows.ts";

see("an address", [
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
]);

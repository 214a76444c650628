// Formats of feeds, dates and stages: a document, and what a reader would see in it.
import { atom, atom03, rss, see } from "./seen-rows.ts";

see("a format", [
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
]);

see("a date", [
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
]);

see("a stage", [
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
]);

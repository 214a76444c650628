// Vocabularies under unusual names, and CDF, as other parsers' suites exercise them, in documents of our own.
import { hold, rss } from "./form-rows.ts";

const A = "2001-01-01T00:00:00Z";
const B = "2002-02-02T00:00:00Z";
const published = "2001-01-01T00:00:00.000Z";
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const RSS1 = "http://purl.org/rss/1.0/";
const DC = "http://purl.org/dc/elements/1.1/";

hold("vocabularies under unusual names", [
  [
    "RSS under a prefix of a namespace that nobody knows",
    '<n:rss xmlns:n="urn:own" version="2.0"><n:channel><n:item><n:guid>g</n:guid><n:title>One</n:title><n:link>https://x.example/1</n:link></n:item></n:channel></n:rss>',
    { guid: "g", title: "One", url: "https://x.example/1" },
  ],
  [
    "Atom under a prefix of a namespace that nobody knows",
    '<n:feed xmlns:n="urn:own"><n:entry><n:id>g</n:id><n:title>One</n:title><n:link href="https://x.example/1"/></n:entry></n:feed>',
    { guid: "g", title: "One", url: "https://x.example/1" },
  ],
  [
    "RSS 1.0 under a prefix of a namespace that nobody knows",
    `<rdf:RDF xmlns:rdf="${RDF}" xmlns:n="urn:own"><n:channel/><n:item rdf:about="u"><n:title>One</n:title></n:item></rdf:RDF>`,
    { guid: "u", title: "One" },
  ],
  [
    "Dublin Core under another prefix",
    rss(
      `<d:title>One</d:title><d:date>${A}</d:date><d:identifier>g</d:identifier>`,
      "",
      `xmlns:d="${DC}"`,
    ),
    { title: "One", published, guid: "g" },
  ],
  [
    "a prefix of Dublin Core that means something else",
    rss(
      `<dc:date>${B}</dc:date><pubDate>${A}</pubDate><dc:title>Wrong</dc:title>`,
      "",
      'xmlns:dc="urn:other"',
    ),
    { published, title: "" },
  ],
  [
    "a prefix declared on the element itself",
    rss(`<q:date xmlns:q="${DC}">${A}</q:date>`),
    { published },
  ],
  [
    "RDF and RSS with their prefixes swapped",
    `<rss:RDF xmlns:rss="${RDF}" xmlns:rdf="${RSS1}"><rdf:channel><rdf:title>c</rdf:title></rdf:channel><rdf:item rss:about="u"><rdf:title>One</rdf:title></rdf:item></rss:RDF>`,
    { title: "One", guid: "u" },
  ],
  [
    "a local name that clashes, RSS under a prefix",
    `<rdf:RDF xmlns:rdf="${RDF}" xmlns:r="${RSS1}" xmlns="urn:other"><r:item rdf:about="u"><title>Wrong</title><r:title>One</r:title><description>Wrong</description><r:description>w</r:description></r:item></rdf:RDF>`,
    { title: "One", summary: "w" },
  ],
  [
    "a local name that clashes, without a namespace",
    `<r:rss xmlns:r="http://backend.userland.com/rss2"><r:channel><r:item><title>Wrong</title><r:title>One</r:title><guid>Wrong</guid><r:guid>g</r:guid></r:item></r:channel></r:rss>`,
    { title: "One", guid: "g" },
  ],
  [
    "RSS whose items alone have a prefix",
    `<rss xmlns:r="http://backend.userland.com/rss2"><channel><r:item><title>One</title><guid>g</guid></r:item></channel></rss>`,
    { title: "One", guid: "g" },
  ],
  [
    "a local name that clashes, under a prefix",
    rss(
      "<q:title>Wrong</q:title><q:link>https://wrong.example/</q:link><q:guid>w</q:guid><title>One</title>",
      "",
      'xmlns:q="urn:other"',
    ),
    { title: "One", url: null, guid: null },
  ],
  [
    "a namespace undone inside",
    `<rss xmlns="${RSS1}" version="2.0"><channel><item xmlns=""><title>One</title></item></channel></rss>`,
    { title: "One" },
  ],
  [
    "content:encoded under another prefix",
    rss(
      "<e:encoded><![CDATA[<p>w</p>]]></e:encoded>",
      "",
      'xmlns:e="http://purl.org/rss/1.0/modules/content/"',
    ),
    { summary: "w" },
  ],
  [
    "a namespace in capitals with white space",
    rss(`<d:date>${A}</d:date>`, "", 'xmlns:d=" HTTP://PURL.ORG/dc/elements/1.1/ "'),
    { published },
  ],
  [
    "XHTML's body as the words",
    rss(
      "<title>One</title><h:body><h:p>some</h:p> <h:p>words</h:p></h:body>",
      "",
      'xmlns:h="http://www.w3.org/1999/xhtml"',
    ),
    { title: "One", summary: "some words" },
  ],
  [
    "another namespace's item beside RSS's own",
    `<rss version="2.0" xmlns:q="urn:other"><channel><q:item><title>Wrong</title></q:item><item><title>One</title></item></channel></rss>`,
    { title: "One" },
  ],
  [
    "Media RSS in a group",
    rss(
      '<m:group><m:title>Wrong</m:title><m:content url="https://wrong.example/"/></m:group><title>One</title>',
      "",
      'xmlns:m="http://search.yahoo.com/mrss/"',
    ),
    { title: "One", url: null },
  ],
]);

hold("CDF", [
  [
    "attributes of an item",
    '<?xml version="1.0"?><CHANNEL HREF="https://x.example/"><TITLE>c</TITLE><ABSTRACT>a</ABSTRACT><ITEM HREF="https://x.example/1" LASTMOD="2001-01-01T00:00"><TITLE>One</TITLE><ABSTRACT>w</ABSTRACT></ITEM></CHANNEL>',
    { url: "https://x.example/1", title: "One", summary: "w", published },
  ],
  [
    "an item below another channel",
    '<CHANNEL HREF="https://x.example/"><CHANNEL><ITEM HREF="1"><TITLE>One</TITLE></ITEM></CHANNEL></CHANNEL>',
    { title: "One", url: "https://x.example/1" },
  ],
  [
    "an address on a line of its own",
    '<Channel><Item><A HREF="https://x.example/1"/><Title>One</Title></Item></Channel>',
    { title: "One", url: "https://x.example/1" },
  ],
]);

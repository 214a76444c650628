// Titles of Atom, as other parsers' suites exercise them, in documents of our own.
import { atom, atom03, hold } from "./form-rows.ts";

const XHTML = 'xmlns="http://www.w3.org/1999/xhtml"';

hold("titles of Atom", [
  [
    "a media type of what is no base64",
    atom('<title type="image/png">One, not two!</title>'),
    { title: "One, not two!" },
  ],
  ["plain text", atom('<title type="text">One</title>'), { title: "One" }],
  [
    "a media type of plain text",
    atom('<title type="text/plain">1 &lt; 2 &amp; 3</title>'),
    { title: "1 < 2 & 3" },
  ],
  [
    "plain text that looks like a tag",
    atom('<title type="text">The &lt;b&gt; tag</title>'),
    { title: "The <b> tag" },
  ],
  [
    "plain text with an ampersand",
    atom("<title>Law &amp; order</title>"),
    { title: "Law & order" },
  ],
  [
    "plain text escaped once too often",
    atom("<title>Law &amp;amp; order</title>"),
    { title: "Law & order" },
  ],
  [
    "HTML",
    atom('<title type="html">a &lt;b&gt;bold&lt;/b&gt; move</title>'),
    { title: "a bold move" },
  ],
  [
    "HTML in CDATA",
    atom('<title type="html"><![CDATA[a <b>bold</b> &amp; free move]]></title>'),
    { title: "a bold & free move" },
  ],
  [
    "HTML of which an entity is escaped twice",
    atom('<title type="html">caf&amp;eacute; &amp;amp; bar</title>'),
    { title: "café & bar" },
  ],
  [
    "HTML with an escaped tag as its subject",
    atom('<title type="html">the &amp;lt;title&amp;gt; element</title>'),
    { title: "the <title> element" },
  ],
  [
    "text/html",
    atom('<title type="text/html">a &lt;b&gt;bold&lt;/b&gt; move</title>'),
    { title: "a bold move" },
  ],
  [
    "XHTML",
    atom(`<title type="xhtml"><div ${XHTML}>a <b>bold</b> move</div></title>`),
    { title: "a bold move" },
  ],
  [
    "XHTML with an escaped bracket",
    atom(`<title type="xhtml"><div ${XHTML}>1 &lt; 2 &amp; 3</div></title>`),
    { title: "1 < 2 & 3" },
  ],
  [
    "XHTML without its div",
    atom(`<title type="xhtml">a <b ${XHTML}>bold</b> move</title>`),
    { title: "a bold move" },
  ],
  [
    "XHTML whose prefix stands at the feed",
    atom(
      '<title type="xhtml"><h:div>a <h:b>bold</h:b> move</h:div></title>',
      'xmlns:h="http://www.w3.org/1999/xhtml"',
    ),
    { title: "a bold move" },
  ],
  [
    "markup in a title that says it is text",
    atom("<title>a <b>bold</b> move</title>"),
    { title: "a bold move" },
  ],
  [
    "base64 of a media type",
    atom('<title type="application/octet-stream">T25lIG1vdmU=</title>'),
    { title: "One move" },
  ],
  [
    "a type in capitals",
    atom('<title type="HTML">a &lt;b&gt;bold&lt;/b&gt; move</title>'),
    { title: "a bold move" },
  ],
  ["a type that nobody knows", atom('<title type="rich">One</title>'), { title: "One" }],
  [
    "Atom 0.3 without a mode",
    atom03(`<title type="application/xhtml+xml"><div ${XHTML}>a <b>bold</b> move</div></title>`),
    { title: "a bold move" },
  ],
  [
    "Atom 0.3, XML mode of plain text",
    atom03('<title type="text/plain" mode="xml">Law &amp; order</title>'),
    { title: "Law & order" },
  ],
  [
    "Atom 0.3, escaped plain text",
    atom03('<title type="text/plain" mode="escaped">1 &lt; 2</title>'),
    { title: "1 < 2" },
  ],
  [
    "Atom 0.3, escaped in CDATA",
    atom03('<title type="text/html" mode="escaped"><![CDATA[a <b>bold</b> move]]></title>'),
    { title: "a bold move" },
  ],
  [
    "Atom 0.3, base64 of plain text with line ends",
    atom03('<title type="text/plain" mode="base64">\nT25l\nIG1vdmU=\n</title>'),
    { title: "One move" },
  ],
  [
    "Atom 0.3, HTML without a mode",
    atom03('<title type="text/html">a &lt;b&gt;bold&lt;/b&gt; move</title>'),
    { title: "a bold move" },
  ],
  ["two titles", atom("<title>One</title><title>Two</title>"), { title: "One" }],
  [
    "an empty title before media's",
    atom("<title/><media:title>One</media:title>", 'xmlns:media="http://search.yahoo.com/mrss/"'),
    { title: "One" },
  ],
  [
    "media's title before its own",
    atom(
      "<media:title>Wrong</media:title><title>One</title>",
      'xmlns:media="http://search.yahoo.com/mrss/"',
    ),
    { title: "One" },
  ],
  [
    "Dublin Core's title before its own",
    atom(
      "<dc:title>Wrong</dc:title><title>One</title>",
      'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ),
    { title: "One" },
  ],
  [
    "SVG with a title in the content",
    atom(
      `<title>One</title><content type="xhtml"><div ${XHTML}><svg xmlns="http://www.w3.org/2000/svg"><title>Wrong</title></svg>words</div></content>`,
    ),
    { title: "One" },
  ],
  [
    "a title of another vocabulary by default namespace",
    atom('<x xmlns="urn:other"><title>Wrong</title></x><title>One</title>'),
    { title: "One" },
  ],
  [
    "a lone title of another vocabulary",
    atom('<title xmlns="urn:other">Wrong</title><title>One</title>'),
    { title: "One" },
  ],
]);

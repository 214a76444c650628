// Documents that are out of shape, as other parsers' suites hold them, in documents of our own.
import { atom, hold, rss } from "./form-rows.ts";

const one = { title: "One", url: "https://x.example/1" };
const plain = "<title>One</title><link>https://x.example/1</link>";
const two = { ...one, items: 2 };
const listed = (...items: readonly string[]): string =>
  `<rss version="2.0"><channel><title>c</title>${items.map((item) => `<item>${item}</item>`).join("")}</channel></rss>`;

hold("what stands before the document", [
  ["white space", `\n\n  <?xml version="1.0"?>${rss(plain)}`, one],
  ["a byte order mark and white space", `\ufeff\n<?xml version="1.0"?>${rss(plain)}`, one],
  ["two byte order marks", `\ufeff\ufeff<?xml version="1.0"?>${rss(plain)}`, one],
  [
    "a tool's warning",
    `Warning: Cannot modify header information in /srv/feed.php on line 3\n<?xml version="1.0"?>${rss(plain)}`,
    one,
  ],
  [
    "a tool's warning in HTML",
    `<br />\n<b>Warning</b>:  include() failed in <b>/srv/feed.php</b> on line <b>3</b><br />\n<?xml version="1.0"?>${rss(plain)}`,
    one,
  ],
  [
    "a second declaration",
    `<?xml version="1.0"?><?xml version="1.0" encoding="utf-8"?>${rss(plain)}`,
    one,
  ],
  ["an empty comment", `<!----><?xml version="1.0"?>${rss(plain)}`, one],
  ["a comment with dashes in it", `<!-- a -- b --><?xml version="1.0"?>${rss(plain)}`, one],
  ["a declaration of XML 1.1", `<?xml version="1.1"?>${rss(plain)}`, one],
  ["a declaration that is never closed", `<?xml version="1.0" encoding="utf-8">${rss(plain)}`, one],
  [
    "a declaration without its bracket",
    `<?xml version="1.0" encoding="utf-8"?\n${rss(plain)}`,
    one,
  ],
  ["a DOCTYPE of HTML", `<!DOCTYPE html>\n${rss(plain)}`, one],
  ["a DOCTYPE in small letters", `<!doctype rss>\n${rss(plain)}`, one],
  [
    "a DOCTYPE that holds brackets and quotes",
    `<!DOCTYPE rss [<!ENTITY a "<b>]]>"><!-- ]> --><!ATTLIST rss v CDATA "]>">]>\n${rss(plain)}`,
    one,
  ],
  [
    "an entity of an entity",
    `<!DOCTYPE rss [<!ENTITY a "O"><!ENTITY b "&a;ne">]>\n${rss("<title>x&b;x</title><guid>g</guid>")}`,
    { guid: "g" },
  ],
  [
    "an external entity",
    `<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>\n${rss("<title>One &f;</title>")}`,
    { title: "One &f;" },
  ],
]);

hold("what stands after the document", [
  ["a comment", `${rss(plain)}<!-- made in 3 ms -->`, one],
  ["white space and NULs", `${rss(plain)}\n\u0000\u0000\n`, one],
  ["a script", `${rss(plain)}<script>if (1 < 2) go();</script>`, one],
  ["words", `${rss(plain)} 0`, one],
  ["the document once more", `${rss(plain)}${rss("<title>Two</title>")}`, two],
]);

hold("markup that does not fit", [
  ["an ampersand alone", rss(`<title>Law & order &</title>`), { title: "Law & order &" }],
  [
    "an ampersand before a word",
    rss("<title>AT&T and R&D; M&S</title>"),
    { title: "AT&T and R&D; M&S" },
  ],
  [
    "a less-than sign before a digit",
    rss("<title>3 <4 and 5< 6</title><guid>g</guid>"),
    { title: "3 <4 and 5< 6", guid: "g" },
  ],
  ["a less-than sign before a word", rss("<title>a <b and c</title><guid>g</guid>"), { guid: "g" }],
  [
    "a tag never closed in a description",
    rss(`<description>One <p>two <br> three</description>${plain}`),
    { ...one, summary: "One two three" },
  ],
  [
    "tags closed in the wrong order",
    rss(`<description><b><i>One</b></i></description>${plain}`),
    { ...one, summary: "One" },
  ],
  ["an end tag that nothing began", rss(`</p>${plain}</div>`), one],
  ["an end tag of the title missing", rss(`<title>One<link>https://x.example/1</link>`), one],
  [
    "an end tag of the link missing",
    rss(`<title>One</title><link>https://x.example/1<description>w</description>`),
    { title: "One", url: "https://x.example/1" },
  ],
  [
    "an end tag of the item missing",
    `<rss version="2.0"><channel><item>${plain}<item><title>Two</title></item></channel></rss>`,
    two,
  ],
  [
    "no end tags of items at all",
    `<rss version="2.0"><channel><item>${plain}<item><title>Two</title></channel></rss>`,
    two,
  ],
  [
    "an end tag in other letters",
    `<rss version="2.0"><channel><item><title>One</TITLE><link>https://x.example/1</Link></Item></channel></rss>`,
    one,
  ],
  ["an item inside an item", rss(`${plain}<item><title>Two</title></item>`), two],
  [
    "an enclosure never closed",
    rss(`<enclosure url="https://y.example/a.mp3">${plain}<guid>g</guid>`),
    { ...one, guid: "g" },
  ],
  [
    "media never closed",
    rss(`<media:content url="https://y.example/a.png">${plain}<guid>g</guid>`),
    { ...one, guid: "g" },
  ],
  [
    "a description never closed",
    rss(`<title>One</title><description>some <b>words</b><guid>g</guid>`),
    { title: "One", summary: "some words", guid: "g" },
  ],
  [
    "an Atom link written as in HTML",
    atom(
      '<link rel="alternate" href="https://x.example/1"><id>e</id><title>One</title><updated>2001-01-01</updated>',
    ),
    { ...one, guid: "e", published: "2001-01-01T00:00:00.000Z" },
  ],
  [
    "markup in an Atom title whose div is missing",
    atom('<title type="xhtml">safe<link rel="x"/> words</title><id>e</id>'),
    { title: "safe words", guid: "e" },
  ],
  ["an end tag that is misspelled", rss("<title>One</titel><link>https://x.example/1</link>"), one],
  ["an end tag without its bracket", rss("<title>One</title<link>https://x.example/1</link>"), one],
  [
    "a thousand items of which none is closed",
    `<rss version="2.0"><channel>${`<item>${plain}`.repeat(1000)}</channel></rss>`,
    { ...one, items: 1000 },
  ],
  [
    "an attribute twice",
    rss(`<guid isPermaLink="false" isPermaLink="true">g</guid>${plain}`),
    { ...one, guid: "g" },
  ],
  [
    "an attribute without quotes",
    rss(`<guid isPermaLink=false>https://x.example/g</guid><title>t</title>`),
    { guid: "https://x.example/g", url: null },
  ],
  [
    "an attribute without a value",
    rss(`<guid isPermaLink>g</guid>${plain}`),
    { ...one, guid: "g" },
  ],
  [
    "attributes without a space between",
    atom(
      '<link rel="self"href="https://x.example/s"/><link rel="alternate"href="https://x.example/1"/>',
    ),
    { url: "https://x.example/1" },
  ],
  ["a bracket in an attribute", rss(`<x a="1 > 2"/>${plain}`), one],
  ["a bare less-than sign in an attribute", rss(`<x a="1 < 2"/>${plain}`), one],
  [
    "a CDATA section never closed in a description",
    rss(`${plain}<description><![CDATA[some words</description>`),
    { ...one, summary: "some words" },
  ],
  [
    "a CDATA section never closed in the first of two items",
    listed(`${plain}<description><![CDATA[some words</description>`, "<title>Two</title>"),
    two,
  ],
  [
    "a CDATA section closed before it began",
    rss(`${plain}<description>]]>some words</description>`),
    { ...one },
  ],
  ["a comment never closed before the items", rss(plain, "<!-- by a tool"), one],
  ["a start tag without its bracket", rss(`${plain}</item><item<title>Two</title>`), two],
  ["a comment never closed", rss(`${plain}<!-- never closed`), one],
  [
    "a comment with an item in it",
    listed(`${plain}`).replace("<item>", "<!-- <item><title>no</title></item> --><item>"),
    one,
  ],
  ["a processing instruction inside the item", rss(`<?php echo 1 ?>${plain}`), one],
  ["names with signs in them", rss(`<a.b-c_d:e/><x:y:z>w</x:y:z><_>v</_>${plain}`), one],
  ["a tag with a number for a name", rss(`<1st>x</1st>${plain}`), one],
  [
    "an undeclared prefix on an attribute",
    rss(`<guid q:isPermaLink="x">g</guid>${plain}`),
    { ...one, guid: "g" },
  ],
  ["a NUL within a tag name", rss(`<ti\u0000tle>x</ti\u0000tle>${plain}`), one],
  [
    "control characters everywhere",
    rss(
      "<title>\u0001O\u0002n\u001fe\u007f</title><link>https://x.example/1</link><guid>g\u0008</guid>",
    ),
    { url: "https://x.example/1" },
  ],
  [
    "references to what is no character",
    rss("<title>One&#0;&#xFFFF;&#x110000;&#xFFFFFFFFFF;</title><guid>g</guid>"),
    { guid: "g" },
  ],
  [
    "a reference without an end",
    rss("<title>One &#38 two &amp three &#x26</title>"),
    { title: "One & two & three &" },
  ],
  [
    "HTML in a description that nobody escaped",
    rss(`${plain}<description><p>One</p><img src="a.png"><br>two<hr></description>`),
    { ...one, summary: "One two" },
  ],
  [
    "a link in an HTML way inside the description",
    rss(
      `<description><a href="https://wrong.example/">w</a><title>Wrong</title></description>${plain}`,
    ),
    one,
  ],
  [
    "the end of the channel before its items",
    `<rss version="2.0"><channel><title>c</title></channel><items><item>${plain}</item></items></rss>`,
    one,
  ],
  [
    "the end of the document missing",
    `<rss version="2.0"><channel><item>${plain}</item><item><title>Two</title></item>`,
    two,
  ],
  [
    "the end of the root missing",
    `<rss version="2.0"><channel><item>${plain}</item></channel>`,
    one,
  ],
]);

hold("items that say little", [
  ["nothing", rss(""), { guid: null, url: null, title: "", published: null }],
  [
    "a self-closed item",
    `<rss version="2.0"><channel><item/><item>${plain}</item></channel></rss>`,
    { title: "", items: 2 },
  ],
  ["a title alone", rss("<title>One</title>"), { title: "One" }],
  ["a description alone", rss("<description>words</description>"), { title: "", summary: "words" }],
  ["a link alone", rss("<link>https://x.example/1</link>"), { url: "https://x.example/1" }],
  ["a guid alone", rss("<guid>g</guid>"), { guid: "g" }],
  [
    "a date alone",
    rss("<pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate>"),
    { published: "2004-01-01T19:48:21.000Z" },
  ],
  ["an Atom entry of nothing", atom(""), { guid: null, url: null, title: "" }],
  ["an item of white space", rss(" \n\t "), { title: "", summary: "" }],
  [
    "elements that are all empty",
    rss("<title/><link/><guid/><pubDate/><description/>"),
    { guid: null, url: null, title: "", published: null },
  ],
]);

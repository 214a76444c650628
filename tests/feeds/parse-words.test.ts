// Words of items, however they are escaped: a document, and what a reader would see in it.
import { atom, atom03, rss, see } from "./seen-rows.ts";

see("words", [
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
]);

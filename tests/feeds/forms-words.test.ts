// Titles, and what stands beside them, as other parsers' suites exercise them, in documents of our own.
import { atom, hold, rss } from "./form-rows.ts";

const ATOM = 'xmlns:a="http://www.w3.org/2005/Atom"';
const ATOM03 = 'xmlns:a="http://purl.org/atom/ns#"';
const DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"';
const one = { title: "One", url: "https://x.example/1" };

hold("titles of RSS", [
  ["a title that is an image", rss("<title>&lt;img src='a.png'&gt;</title>"), { title: "" }],
  ["a title that names a tag", rss("<title><![CDATA[<title>]]></title>"), { title: "<title>" }],
  [
    "Dublin Core's title beside its own",
    rss("<dc:title>Wrong</dc:title><title>One</title>", "", DC),
    { title: "One" },
  ],
  [
    "Dublin Core's title where its own is empty",
    rss("<title></title><dc:title>One</dc:title>", "", DC),
    { title: "One" },
  ],
  [
    "Atom's title in RSS",
    rss('<a:title type="html">a &lt;i&gt;One&lt;/i&gt;</a:title>', "", ATOM),
    { title: "a One" },
  ],
  [
    "Atom 0.3's title in RSS",
    rss('<a:title mode="escaped" type="text/html">a &lt;i&gt;One&lt;/i&gt;</a:title>', "", ATOM03),
    { title: "a One" },
  ],
  [
    "Dublin Core 1.0's title",
    rss("<d:title>One</d:title>", "", 'xmlns:d="http://purl.org/dc/elements/1.0/"'),
    { title: "One" },
  ],
  [
    "no title but a description",
    rss("<description>Only words</description>"),
    { title: "", summary: "Only words" },
  ],
  [
    "the title of an image inside the item",
    rss("<image><title>Wrong</title><link>https://x.example/i</link></image><title>One</title>"),
    { title: "One" },
  ],
  [
    "the title of a text field inside the item",
    rss("<textInput><title>Wrong</title></textInput><title>One</title>"),
    { title: "One" },
  ],
  [
    "the name of an author",
    rss("<author><name>Wrong</name><title>Dr</title></author><title>One</title>"),
    { title: "One" },
  ],
  ["two titles", rss("<title>One</title><title>Two</title>"), { title: "One" }],
  [
    "an apostrophe by its XML name",
    rss("<title>the Lords&apos; vote</title>"),
    { title: "the Lords' vote" },
  ],
  [
    "an apostrophe escaped twice",
    rss("<title>the Lords&amp;#39; vote</title>"),
    { title: "the Lords' vote" },
  ],
  [
    "a hexadecimal reference",
    rss("<title>d&#xE9;bat &#X2014; vote</title>"),
    { title: "débat — vote" },
  ],
  [
    "a reference to windows-1252",
    rss("<title>&#147;backdoor&#148; &#150; no</title>"),
    { title: "“backdoor” – no" },
  ],
  ["a quotation mark as written", rss("<title>\"One\" 'two'</title>"), { title: "\"One\" 'two'" }],
  [
    "CDATA and text in one title",
    rss("<title>Law <![CDATA[& order]]> now</title>"),
    { title: "Law & order now" },
  ],
  [
    "two CDATA sections in one title",
    rss("<title><![CDATA[Law ]]><![CDATA[& order]]></title>"),
    { title: "Law & order" },
  ],
  [
    "a CDATA end inside CDATA",
    rss("<title><![CDATA[a]]]]><![CDATA[>b]]></title>"),
    { title: "a]]>b" },
  ],
  [
    "escaped CDATA",
    rss("<title>&lt;![CDATA[One &amp;amp; two]]&gt;</title>"),
    { title: "One & two" },
  ],
  ["a comment inside the title", rss("<title>On<!-- no -->e</title>"), { title: "One" }],
  ["unescaped markup", rss("<title>a <em>bold</em> move</title>"), { title: "a bold move" }],
  [
    "an image in the title",
    rss('<title>&lt;img src="x.png" alt="y"&gt; One</title>'),
    { title: "One" },
  ],
  [
    "a title of nothing but markup",
    rss("<title>&lt;b&gt;&lt;/b&gt;</title><guid>g</guid>"),
    { guid: "g" },
  ],
  [
    "non-breaking spaces",
    rss("<title>One&nbsp;&nbsp;two&#160;three</title>"),
    { title: "One two three" },
  ],
  ["right-to-left text", rss("<title>اختبار التشفير</title>"), { title: "اختبار التشفير" }],
  [
    "signs beyond the first plane",
    rss("<title>🔐 &#128274; &#x1F511;</title>"),
    { title: "🔐 🔒 🔑" },
  ],
  ["half a surrogate pair", rss("<title>a&#xD83D;b</title><guid>g</guid>"), { guid: "g" }],
  [
    "a percent sign and a bracket",
    rss("<title>5 &lt; 10% &gt; 2</title>"),
    { title: "5 < 10% > 2" },
  ],
]);

hold("what stands beside an item's own words", [
  [
    "Atom's source",
    atom(
      "<id>e</id><title>One</title><source><id>s</id><title>Wrong</title><link href='https://wrong.example/'/><updated>2001-01-01T00:00:00Z</updated></source><link href='https://x.example/1'/><updated>2020-01-01T00:00:00Z</updated>",
    ),
    { ...one, guid: "e", published: "2020-01-01T00:00:00.000Z" },
  ],
  [
    "Atom's source in front, and nothing of the entry's own",
    atom(
      "<source><id>s</id><title>Wrong</title><link href='https://wrong.example/'/><published>2001-01-01T00:00:00Z</published></source><id>e</id><updated>2020-01-01T00:00:00Z</updated>",
    ),
    { title: "", guid: "e", url: null, published: "2020-01-01T00:00:00.000Z" },
  ],
  [
    "an author's name and address",
    atom(
      "<author><name>Wrong</name><uri>https://wrong.example/</uri><id>w</id></author><id>e</id><title>One</title>",
    ),
    { title: "One", guid: "e", url: null },
  ],
  [
    "media with a title",
    rss(
      '<m:content url="https://wrong.example/a.jpg"><m:title>Wrong</m:title></m:content><m:title>Wrong too</m:title><title>One</title>',
      "",
      'xmlns:m="http://search.yahoo.com/mrss/"',
    ),
    { title: "One", url: null },
  ],
  [
    "a podcast's titles",
    rss(
      "<itunes:title>Wrong</itunes:title><itunes:episode>4</itunes:episode><title>One</title><podcast:person>W</podcast:person>",
      "",
      'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0"',
    ),
    { title: "One" },
  ],
  [
    "slash, wfw, thr and georss",
    rss(
      "<slash:comments>3</slash:comments><wfw:commentRss>https://x.example/c</wfw:commentRss><thr:in-reply-to ref='w'/><georss:point>1 2</georss:point><title>One</title>",
      "",
      'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:georss="http://www.georss.org/georss"',
    ),
    { title: "One", url: null },
  ],
]);

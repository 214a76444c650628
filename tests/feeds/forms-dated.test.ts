// Which of an item's dates counts, as other parsers' suites exercise it, in documents of our own.
import { atom, atom03, hold, rdf, rss } from "./form-rows.ts";

const A = "2001-01-01T00:00:00Z";
const B = "2002-02-02T00:00:00Z";
const published = "2001-01-01T00:00:00.000Z";
const VOCABULARIES =
  'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dct="http://purl.org/dc/terms/" xmlns:a="http://www.w3.org/2005/Atom" xmlns:a3="http://purl.org/atom/ns#"';
const dated = (item: string): string => rss(item, "", VOCABULARIES);

hold("which date of an RSS item counts", [
  [
    "pubDate before dc:date",
    dated(`<dc:date>${B}</dc:date><pubDate>${A}</pubDate>`),
    { published },
  ],
  [
    "dc:date before Atom's updated",
    dated(`<a:updated>${B}</a:updated><dc:date>${A}</dc:date>`),
    { published, updated: "2002-02-02T00:00:00.000Z" },
  ],
  [
    "Atom's published in RSS",
    dated(`<a:updated>${B}</a:updated><a:published>${A}</a:published>`),
    { published },
  ],
  [
    "Atom 0.3's issued in RSS",
    dated(`<a3:modified>${B}</a3:modified><a3:issued>${A}</a3:issued>`),
    { published },
  ],
  ["Atom 0.3's created in RSS", dated(`<a3:created>${A}</a3:created>`), { published }],
  ["Atom 0.3's modified in RSS", dated(`<a3:modified>${A}</a3:modified>`), { published }],
  [
    "dcterms:issued",
    dated(`<dct:modified>${B}</dct:modified><dct:issued>${A}</dct:issued>`),
    { published },
  ],
  ["dcterms:created", dated(`<dct:created>${A}</dct:created>`), { published }],
  [
    "dcterms:created before dcterms:modified",
    dated(`<dct:modified>${B}</dct:modified><dct:created>${A}</dct:created>`),
    { published },
  ],
  ["dcterms:modified", dated(`<dct:modified>${A}</dct:modified>`), { published }],
  ["dcterms:date", dated(`<dct:date>${A}</dct:date>`), { published }],
  [
    "dc:date of Dublin Core 1.0",
    rss(`<d:date>${A}</d:date>`, "", 'xmlns:d="http://purl.org/dc/elements/1.0/"'),
    { published },
  ],
  ["dc:date in RSS 1.0", rdf(`<dc:date>${A}</dc:date>`), { published }],
  ["dc:date under a prefix that nobody declared", rss(`<dc:date>${A}</dc:date>`), { published }],
  ["pubDate in CDATA", rss(`<pubDate><![CDATA[ ${A} ]]></pubDate>`), { published }],
  ["pubDate in small letters", rss(`<pubdate>${A}</pubdate>`), { published }],
  [
    "pubDate with line ends",
    rss(`<pubDate>\n  Mon, 01 Jan\n 2001 00:00:00 GMT\n</pubDate>`),
    { published },
  ],
  [
    "a channel's date, which is none of the item's",
    rss("<title>t</title>", `<pubDate>${A}</pubDate><lastBuildDate>${A}</lastBuildDate>`),
    { published: null },
  ],
  [
    "an expiry, which is none",
    rss(`<expirationDate>${B}</expirationDate><title>t</title>`),
    { published: null },
  ],
  ["two pubDates", rss(`<pubDate>${A}</pubDate><pubDate>${B}</pubDate>`), { published }],
  ["an empty pubDate before dc:date", dated(`<pubDate/><dc:date>${A}</dc:date>`), { published }],
]);

hold("which date of an Atom entry counts", [
  [
    "published before updated",
    atom(`<updated>${B}</updated><published>${A}</published>`),
    { published, updated: "2002-02-02T00:00:00.000Z" },
  ],
  ["updated alone", atom(`<updated>${A}</updated>`), { published, updated: published }],
  [
    "Atom 0.3: issued before modified and created",
    atom03(`<modified>${B}</modified><created>${B}</created><issued>${A}</issued>`),
    { published },
  ],
  [
    "Atom 0.3: created before modified",
    atom03(`<modified>${B}</modified><created>${A}</created>`),
    { published },
  ],
  ["Atom 0.3: modified alone", atom03(`<modified>${A}</modified>`), { published }],
  ["dc:date in Atom", atom(`<dc:date>${A}</dc:date>`, VOCABULARIES), { published }],
  [
    "dcterms:modified in Atom",
    atom(`<dct:modified>${A}</dct:modified>`, VOCABULARIES),
    { published },
  ],
  ["pubDate in Atom", atom(`<pubDate>Mon, 01 Jan 2001 00:00:00 GMT</pubDate>`), { published }],
  [
    "RFC 822 in Atom",
    atom(`<published>Mon, 01 Jan 2001 00:00:00 +0000</published>`),
    { published },
  ],
  [
    "an unreadable published beside updated",
    atom(`<published>soon</published><updated>${A}</updated>`),
    { published },
  ],
  [
    "a date of the feed, which is none of the entry's",
    atom("<title>t</title>", "", `<updated>${A}</updated>`),
    { published: null },
  ],
]);

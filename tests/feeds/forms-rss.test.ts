// RSS of every version and dialect, as other parsers' suites exercise it, in documents of our own.
import { hold, rdf, rss } from "./form-rows.ts";

const ATOM = 'xmlns:a="http://www.w3.org/2005/Atom"';
const one = { title: "One", url: "https://x.example/1" };
const plain = "<title>One</title><link>https://x.example/1</link>";
const versioned = (version: string, attributes = ""): string =>
  `<?xml version="1.0"?><rss version="${version}"${attributes}><channel><title>c</title><link>https://x.example/</link><image><title>i</title><link>https://x.example/i</link></image><item>${plain}</item></channel></rss>`;

hold("versions and namespaces of RSS", [
  ...["0.91", "0.92", "0.93", "0.94", "2.0", "2.0.1", "2.1", "", "nonsense"].map(
    (version) => [`version "${version}"`, versioned(version), one] as const,
  ),
  ...[
    "http://backend.userland.com/rss",
    "http://backend.userland.com/rss2",
    "http://backend.userland.com/RSS091",
    "http://blogs.law.harvard.edu/tech/rss",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://purl.org/net/rss1.1#",
    "https://example.org/unheard-of",
  ].map(
    (uri) => [`the default namespace ${uri}`, versioned("2.0", ` xmlns="${uri}"`), one] as const,
  ),
  [
    "0.91 with Netscape's DOCTYPE",
    versioned("0.91").replace(
      "<rss",
      '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">\n<rss',
    ),
    one,
  ],
  [
    "0.91 with an internal subset",
    versioned("0.91").replace(
      "<rss",
      '<!DOCTYPE rss [\n<!ENTITY % HTMLlat1 PUBLIC "-//W3C//ENTITIES Latin 1//EN" "xhtml-lat1.ent">\n%HTMLlat1;\n<!ELEMENT rss (channel)>\n]>\n<rss',
    ),
    one,
  ],
  [
    "0.90 as RDF with items beside the channel",
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://channel.netscape.com/rdf/simple/0.9/"><channel><title>c</title></channel><image><title>i</title></image><item>${plain}</item><textinput><title>x</title><link>https://x.example/q</link></textinput></rdf:RDF>`,
    one,
  ],
  [
    "1.0 with its items before the channel",
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><item rdf:about="u">${plain}</item><channel rdf:about="c"><title>c</title><items><rdf:Seq><rdf:li rdf:resource="u"/></rdf:Seq></items></channel></rdf:RDF>`,
    { ...one, guid: "u" },
  ],
  [
    "1.0 whose RDF is the default namespace",
    `<RDF xmlns="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:r="http://purl.org/rss/1.0/"><r:channel><r:title>c</r:title></r:channel><r:item about="u"><r:title>One</r:title><r:link>https://x.example/1</r:link></r:item></RDF>`,
    { ...one, guid: "u" },
  ],
  ["1.0 with rdf:ID", rdf(plain, ' rdf:ID="n1"'), one],
  [
    "1.1 with its items in a list",
    `<Channel xmlns="http://purl.org/net/rss1.1#" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about="https://x.example/rss"><title>c</title><items rdf:parseType="Collection"><item rdf:about="https://x.example/1">${plain}</item></items></Channel>`,
    { ...one, guid: "https://x.example/1" },
  ],
  [
    "RSS all of whose names have a prefix that nobody declared",
    `<rss:rss version="2.0"><rss:channel><rss:item><rss:title>One</rss:title><rss:link>https://x.example/1</rss:link></rss:item></rss:channel></rss:rss>`,
    one,
  ],
  [
    "mixed case",
    `<Rss Version="2.0"><Channel><Item><Title>One</Title><Link>https://x.example/1</Link><PUBDATE>Thu, 01 Jan 2004 19:48:21 GMT</PUBDATE><Guid IsPermaLink="False">G</Guid></Item></Channel></Rss>`,
    { ...one, guid: "G", published: "2004-01-01T19:48:21.000Z" },
  ],
  [
    "items outside of the channel",
    `<rss version="2.0"><channel><title>c</title></channel><item>${plain}</item></rss>`,
    one,
  ],
  ["a channel without rss", `<channel><title>c</title><item>${plain}</item></channel>`, one],
  [
    "items in a list of their own",
    `<rss version="2.0"><channel><items><item>${plain}</item></items></channel></rss>`,
    one,
  ],
  [
    "two channels",
    `<rss version="2.0"><channel><item>${plain}</item></channel><channel><item><title>Two</title></item></channel></rss>`,
    { ...one, items: 2 },
  ],
  [
    "a style sheet and comments before the root",
    `<?xml version="1.0"?><!-- by a tool --><?xml-stylesheet href="s.xsl" type="text/xsl"?><!-- <item> -->\n${rss(plain)}`,
    one,
  ],
  ["RSS items in a feed", `<feed><title>c</title><item>${plain}</item></feed>`, one],
  [
    "entries without a namespace in an RSS channel",
    `<rss version="2.0"><channel><entry>${plain}</entry></channel></rss>`,
    one,
  ],
  [
    "Atom entries in an RSS channel",
    `<rss version="2.0" ${ATOM}><channel><a:entry><a:id>e</a:id><a:title>One</a:title><a:link href="https://x.example/1"/></a:entry></channel></rss>`,
    { ...one, guid: "e" },
  ],
]);

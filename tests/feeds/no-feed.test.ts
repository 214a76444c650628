// XML that shares words with feeds and is none: it must never pass for a feed that has nothing new.
import { describe, expect, test } from "vitest";
import { parseFeedDocument } from "../../shared/feeds/parse-feed.ts";

const RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"';

const OTHERS: Readonly<Record<string, string>> = {
  "people in FOAF": `<rdf:RDF ${RDF} xmlns:f="http://xmlns.com/foaf/0.1/"><f:Organization><f:name>Office</f:name></f:Organization></rdf:RDF>`,
  "people in FOAF without prefixes": `<rdf:RDF ${RDF} xmlns="http://xmlns.com/foaf/0.1/"><Person><name>Office</name><title>Dr</title></Person></rdf:RDF>`,
  "a thesaurus in SKOS": `<rdf:RDF ${RDF} xmlns:skos="http://www.w3.org/2004/02/skos/core#"><skos:Concept rdf:about="x"/></rdf:RDF>`,
  "an empty RDF": `<rdf:RDF ${RDF}/>`,
  "an image with metadata": `<svg xmlns="http://www.w3.org/2000/svg"><title>Logo</title><metadata><rdf:RDF ${RDF} xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Logo</dc:title></rdf:RDF></metadata></svg>`,
  "an error that names a channel": "<error><channel>web</channel><code>503</code></error>",
  "an error whose channel has a name":
    "<response><channel><name>web</name><title>Maintenance</title></channel></response>",
  "a catalogue of goods":
    "<catalog><item><title>Chair</title><description>Oak</description><link>https://x.example/c</link></item></catalog>",
  "rows of some list": '<data><item id="1"><title>Chair</title><price>9</price></item></data>',
  "entries of a dictionary":
    "<dictionary><entry><form>key</form><sense>x</sense></entry></dictionary>",
  "a television guide": '<tv><channel id="c1"><display-name>One</display-name></channel></tv>',
  "a feed of another vocabulary": "<feed><hay>12</hay></feed>",
  "a map of a site":
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://x.example/</loc></url></urlset>',
  "a list of feeds":
    '<opml version="2.0"><body><outline text="a" xmlUrl="https://x.example/"/></body></opml>',
  "a fault of SOAP":
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><detail><item><title>e</title><id>5</id></item></detail></soap:Fault></soap:Body></soap:Envelope>',
};

test.each(Object.entries(OTHERS))("%s is refused as no feed", async (_name, document) => {
  const outcome = await parseFeedDocument(new TextEncoder().encode(document), null, "");

  expect(outcome).toMatchObject({ kind: "failed", reason: "not-a-feed" });
});

describe("a feed in an unusual dress", () => {
  test.each([
    ["RSS without items", '<rss version="2.0"><channel><title>t</title></channel></rss>', 0],
    [
      "RDF without items",
      `<rdf:RDF ${RDF} xmlns="http://purl.org/rss/1.0/"><channel/></rdf:RDF>`,
      0,
    ],
    [
      "a channel without RSS",
      "<channel><title>t</title><item><title>a</title></item></channel>",
      1,
    ],
    [
      "items alone",
      "<items><item><title>a</title><link>https://x.example/</link></item></items>",
      1,
    ],
    [
      "a feed in an envelope",
      "<response><channel><item><title>a</title></item></channel></response>",
      1,
    ],
    ["Atom without entries", '<feed xmlns="http://www.w3.org/2005/Atom"/>', 0],
    [
      "a comment that speaks of a DOCTYPE",
      "<!-- The <!DOCTYPE html line went --><rss><channel><item><title>a</title></item></channel></rss>",
      1,
    ],
  ])("%s is still one", async (_name, document, count) => {
    const outcome = await parseFeedDocument(new TextEncoder().encode(document), null, "");

    expect(outcome.kind === "parsed" && outcome.feed.items).toHaveLength(count);
  });
});

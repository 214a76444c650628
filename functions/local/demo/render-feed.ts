// Sample feed documents, in the formats that real ones come in.
import type { SampleFeed, SampleItem } from "./feed-site.ts";

export const FORMATS = ["rss", "rss-latin1", "rss-stage", "atom", "rdf", "json"] as const;

interface Document {
  readonly body: Buffer;
  readonly type: string;
}

type LinkOf = (item: SampleItem) => string;

const xml = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const guidOf = (item: SampleItem) => `${item.feed}:${item.guid ?? item.at}`;

function rssItem(item: SampleItem, linkOf: LinkOf): string {
  const stage = item.stage === undefined ? "" : ` p4:stage="${xml(item.stage)}"`;
  return `<item${stage}><guid isPermaLink="false">${xml(guidOf(item))}</guid><title>${xml(item.title)}</title><link>${linkOf(item)}</link><description>${xml(item.summary)}</description><pubDate>${new Date(item.at).toUTCString()}</pubDate></item>`;
}

function rss(
  feed: SampleFeed,
  items: readonly SampleItem[],
  linkOf: LinkOf,
  encoding: string,
): string {
  return `<?xml version="1.0" encoding="${encoding}"?>\n<rss version="2.0" xmlns:p4="urn:sample:stages"><channel><title>${xml(feed.title)}</title><link>http://127.0.0.1/</link><description>Sample</description><language>${feed.language}</language>${items.map((item) => rssItem(item, linkOf)).join("\n")}</channel></rss>`;
}

function atom(feed: SampleFeed, items: readonly SampleItem[], linkOf: LinkOf): string {
  const entries = items.map(
    (item) =>
      `<entry><id>urn:sample:${xml(guidOf(item))}</id><title>${xml(item.title)}</title><link rel="alternate" href="${linkOf(item)}"/><summary>${xml(item.summary)}</summary><updated>${item.at}</updated></entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${feed.language}"><title>${xml(feed.title)}</title><id>urn:sample:${feed.id}</id><updated>2025-01-01T00:00:00Z</updated>${entries.join("\n")}</feed>`;
}

/** RSS 0.90 as heise serves it: no guid and no date. */
function rdf(feed: SampleFeed, items: readonly SampleItem[], linkOf: LinkOf): string {
  const entries = items.map(
    (item) =>
      `<item><title>${xml(item.title)}</title><link>${linkOf(item)}</link><description>${xml(item.summary)}</description></item>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>${xml(feed.title)}</title><link>http://127.0.0.1/</link><description>Sample</description></channel>${entries.join("\n")}</rdf:RDF>`;
}

function json(feed: SampleFeed, items: readonly SampleItem[], linkOf: LinkOf): string {
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    language: feed.language,
    items: items.map((item) => ({
      id: guidOf(item),
      url: linkOf(item),
      title: item.title,
      content_text: item.summary,
      date_published: item.at,
    })),
  });
}

/** Latin-1 has no typographic apostrophe: as on real sites, it becomes a plain one. */
const latin1 = (text: string) => Buffer.from(text.replaceAll("’", "'"), "latin1");

export function renderFeed(
  feed: SampleFeed,
  items: readonly SampleItem[],
  linkOf: LinkOf,
): Document {
  switch (feed.format) {
    case "rss":
    case "rss-stage":
      return { body: Buffer.from(rss(feed, items, linkOf, "utf-8")), type: "application/rss+xml" };
    case "rss-latin1":
      return { body: latin1(rss(feed, items, linkOf, "iso-8859-1")), type: "application/rss+xml" };
    case "atom":
      return { body: Buffer.from(atom(feed, items, linkOf)), type: "application/atom+xml" };
    case "rdf":
      return { body: Buffer.from(rdf(feed, items, linkOf)), type: "text/xml" };
    case "json":
      return { body: Buffer.from(json(feed, items, linkOf)), type: "application/feed+json" };
    default:
      return feed.format satisfies never;
  }
}

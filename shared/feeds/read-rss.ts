// Feeds: RSS of every version, RDF and CDF, from the tree to items.
import type { ParsedItem } from "../domain/feed.ts";
import { parseDate } from "./parse-date.ts";
import { squeeze } from "./plain-text.ts";
import {
  atomWords,
  categoriesOf,
  childrenNamed,
  cut,
  firstDate,
  firstOf,
  firstText,
  MOST_SUMMARY,
  MOST_TITLE,
  rssWords,
  stageOf,
} from "./read-fields.ts";
import { baseOf, isHttpUrl, resolveUrl } from "./resolve-url.ts";
import { attributeOf, textOf, type XmlElement } from "./xml-tree.ts";

const PUBLISHED = [
  "pubdate",
  "atom:published",
  "atom:issued",
  "dc:date",
  "dcterms:issued",
  "published",
  "issued",
  "atom:created",
  "dcterms:created",
];
const UPDATED = [
  "atom:updated",
  "dcterms:modified",
  "atom:modified",
  "updated",
  "modified",
  "lastmod",
  "dcterms:date",
  "date",
  "created",
  "prism:publicationdate",
  "lastbuilddate",
];

/** @param documentBase what relative addresses resolve against where no `xml:base` stands */
export function readRssItem(item: XmlElement, documentBase: string | null): ParsedItem {
  const about = attributeOf(item, "about", "rdf") ?? attributeOf(item, "about");
  const guid =
    firstText(item, ["guid", "atom:id", "id"]) ??
    blankToNull(about) ??
    firstText(item, ["dc:identifier"]);
  const published = firstDate(item, PUBLISHED);
  const updated = firstDate(item, UPDATED) ?? parseDate(attributeOf(item, "lastmod"));
  return {
    guid,
    url: linkOf(item, about, documentBase),
    title: cut(titleOf(item), MOST_TITLE),
    summary: cut(summaryOf(item), MOST_SUMMARY),
    published: published ?? updated,
    stage: stageOf(item),
    updated,
    categories: categoriesOf(item),
  };
}

const blankToNull = (text: string | null): string | null =>
  text === null || text.trim() === "" ? null : text.trim();

function titleOf(item: XmlElement): string {
  return (
    firstOf(item, ["title"], (child) => rssWords(child, "phrase")) ??
    firstOf(item, ["atom:title"], (child) => atomWords(child, "phrase")) ??
    firstOf(item, ["dc:title", "dcterms:title", "media:title", "itunes:title"], (child) =>
      rssWords(child, "phrase"),
    ) ??
    firstOf(item, ["media:group"], (group) =>
      firstOf(group, ["media:title"], (child) => rssWords(child, "phrase")),
    ) ??
    ""
  );
}

function summaryOf(item: XmlElement): string {
  return (
    firstOf(item, ["description", "abstract", "content:encoded"], (child) =>
      rssWords(child, "document"),
    ) ??
    firstOf(item, ["atom:summary", "atom:content"], (child) => atomWords(child, "document")) ??
    firstOf(
      item,
      [
        "dc:description",
        "dcterms:abstract",
        "summary",
        "itunes:summary",
        "itunes:subtitle",
        "media:description",
        "xhtml:body",
        "xhtml:div",
        "body",
        "fulltext",
        "content",
      ],
      (child) => rssWords(child, "document"),
    ) ??
    firstOf(item, ["media:group"], (group) =>
      firstOf(group, ["media:description"], (child) => rssWords(child, "document")),
    ) ??
    ""
  );
}

/** `link`, else Atom's, else a guid that is a permalink (RSS 2.0), else what RDF or CDF says the item is about. */
function linkOf(
  item: XmlElement,
  about: string | null,
  documentBase: string | null,
): string | null {
  const base = baseOf(item, documentBase);
  const within = (child: XmlElement, reference: string | null): string | null =>
    resolveUrl(reference, baseOf(child, documentBase));
  const stated =
    firstOf(item, ["link"], (child) => within(child, textOf(child))) ??
    firstOf(item, ["link", "atom:link"], (child) => {
      const rel = attributeOf(child, "rel")?.trim().toLowerCase() ?? "alternate";
      return rel === "alternate" || rel === ""
        ? within(child, attributeOf(child, "href") ?? attributeOf(child, "resource", "rdf"))
        : null;
    });
  if (stated !== null) return stated;
  const permalink = firstOf(item, ["guid"], (child) => {
    const flag = attributeOf(child, "ispermalink")?.trim().toLowerCase();
    if (flag === "false") return null;
    const text = squeeze(textOf(child));
    return isHttpUrl(text) || flag === "true" ? within(child, text) : null;
  });
  if (permalink !== null) return permalink;
  if (about !== null && isHttpUrl(about.trim())) return about.trim();
  return (
    resolveUrl(attributeOf(item, "href"), base) ??
    firstOf(item, ["a", "url", "uri", "feedburner:origlink"], (child) =>
      within(child, attributeOf(child, "href") ?? textOf(child)),
    ) ??
    // A recording or a paper that is all there is (SimplePie does the same).
    firstOf(item, ["enclosure"], (child) => within(child, attributeOf(child, "url")))
  );
}

/** The channel's own address, against which most readers resolve what an item leaves relative. */
export function channelLinkOf(channel: XmlElement, documentUrl: string | null): string | null {
  const link =
    firstOf(channel, ["link"], (child) => resolveUrl(textOf(child), baseOf(child, documentUrl))) ??
    firstOf(channel, ["link", "atom:link"], (child) => {
      const rel = attributeOf(child, "rel") ?? "alternate";
      return rel === "alternate"
        ? resolveUrl(attributeOf(child, "href"), baseOf(child, documentUrl))
        : null;
    });
  return link !== null && isHttpUrl(link) ? link : null;
}

/** RSS `ttl` in minutes, where it is one. */
export function ttlOf(channel: XmlElement): number | null {
  const minutes = Number(firstText(channel, ["ttl"]) ?? Number.NaN);
  return Number.isInteger(minutes) && minutes > 0 ? minutes : null;
}

/** RSS `skipHours`: 0 to 23, UTC; 24 is midnight (RSS 0.92). */
export function skipHoursOf(channel: XmlElement): number[] {
  const hours = new Set<number>();
  for (const list of childrenNamed(channel, "skiphours"))
    for (const child of childrenNamed(list, "hour")) {
      const text = textOf(child).trim();
      if (/^\d{1,2}$/.test(text) && Number(text) <= 24) hours.add(Number(text) % 24);
    }
  return [...hours].sort((a, b) => a - b);
}

// Feeds: Atom 1.0 and 0.3, however prefixed, from the tree to items.
import type { ParsedItem } from "../domain/feed.ts";
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
  "published",
  "issued",
  "pubdate",
  "dc:date",
  "dcterms:issued",
  "created",
  "dcterms:created",
];
const UPDATED = ["updated", "modified", "dcterms:modified", "date"];

/** Each name as Atom's and as nobody's: feeds with a wrong namespace are read all the same. */
const both = (names: readonly string[]): string[] =>
  names.flatMap((name) => (name.includes(":") ? [name] : [`atom:${name}`, name]));

/** @param documentBase what relative addresses resolve against where no `xml:base` stands */
export function readAtomEntry(entry: XmlElement, documentBase: string | null): ParsedItem {
  const guid = firstText(entry, both(["id", "guid"]));
  const updated = firstDate(entry, both(UPDATED));
  return {
    guid,
    url: linkOf(entry, documentBase) ?? (guid !== null && isHttpUrl(guid) ? guid : null),
    title: cut(titleOf(entry), MOST_TITLE),
    summary: cut(summaryOf(entry), MOST_SUMMARY),
    published: firstDate(entry, both(PUBLISHED)) ?? updated,
    stage: stageOf(entry),
    updated,
    categories: categoriesOf(entry),
  };
}

function titleOf(entry: XmlElement): string {
  return (
    firstOf(entry, both(["title"]), (child) => atomWords(child, "phrase")) ??
    firstOf(entry, ["dc:title", "media:title"], (child) => rssWords(child, "phrase")) ??
    firstOf(entry, ["media:group"], (group) =>
      firstOf(group, ["media:title"], (child) => rssWords(child, "phrase")),
    ) ??
    ""
  );
}

function summaryOf(entry: XmlElement): string {
  return (
    firstOf(entry, both(["summary", "content"]), (child) => atomWords(child, "document")) ??
    firstOf(
      entry,
      ["description", "dc:description", "content:encoded", "media:description", "xhtml:body"],
      (child) => rssWords(child, "document"),
    ) ??
    firstOf(entry, ["media:group"], (group) =>
      firstOf(group, ["media:description"], (child) => rssWords(child, "document")),
    ) ??
    ""
  );
}

/** The first alternate that is a page, else the first alternate, else out-of-line content, else any relation but a file. */
export function linkOf(node: XmlElement, documentBase: string | null): string | null {
  const links = both(["link"])
    .flatMap((name) => childrenNamed(node, name))
    .flatMap((child) => {
      const text =
        child.children.length === 1 && typeof child.children[0] === "string"
          ? child.children[0]
          : null;
      const url = resolveUrl(attributeOf(child, "href") ?? text, baseOf(child, documentBase));
      const rel = (attributeOf(child, "rel") ?? "alternate")
        .trim()
        .toLowerCase()
        .replace(/^https?:\/\/www\.iana\.org\/assignments\/relation\//, "");
      const type = attributeOf(child, "type")?.trim().toLowerCase() ?? "text/html";
      return url === null ? [] : [{ url, rel: rel === "" ? "alternate" : rel, type }];
    });
  const alternates = links.filter(({ rel }) => rel === "alternate");
  const pages = alternates.filter(({ type }) => /html/.test(type));
  const content = firstOf(node, both(["content"]), (child) =>
    resolveUrl(attributeOf(child, "src"), baseOf(child, documentBase)),
  );
  const others = links.filter(({ rel }) => rel === "related" || rel === "via" || rel === "self");
  const origin = firstOf(node, ["feedburner:origlink"], (child) => resolveUrl(textOf(child), null));
  return pages[0]?.url ?? alternates[0]?.url ?? content ?? origin ?? others[0]?.url ?? null;
}

// Feeds: which element, if any, makes a document a feed, and not XML that happens to share a word with one.
import { ENTRIES } from "./tree-repair.ts";
import { elementsOf, type XmlElement } from "./xml-tree.ts";

const setOf = (names: string): ReadonlySet<string> => new Set(names.split(" "));

const TOPS = setOf("rss rdf feed channel item entry");
/** Documents of these kinds hold no feed, whatever stands in them. */
const OTHERS = setOf("html svg urlset sitemapindex opml envelope fault catalog catalogue products");
const HEADINGS = setOf("title description summary content abstract");
/** What an entry of a feed has and a row of any other list has not. */
const WHEREABOUTS = setOf(
  "link guid id about pubdate published updated issued modified date enclosure origlink encoded",
);
const MOST_LOOKED_AT = 50;

const isOwn = ({ ns }: XmlElement): boolean => !ns.startsWith("?") && ns !== "xhtml";

/** The element that makes the document a feed: at the top, or not far below (error envelopes, stray wrappers). */
export function findTop(root: XmlElement): XmlElement | null {
  let level = elementsOf(root);
  for (let depth = 0; depth < 4 && level.length > 0; depth += 1) {
    const top = level.find((node) => TOPS.has(node.local) && isOwn(node) && isFeed(node));
    if (top !== undefined) return top;
    if (level.some((node) => OTHERS.has(node.local))) return null;
    level = level.flatMap(elementsOf).slice(0, 1000);
  }
  return null;
}

function isFeed(node: XmlElement): boolean {
  switch (node.local) {
    case "rss":
      return true;
    case "rdf":
      // The same root serves every vocabulary.
      return elementsOf(node).some(
        (child) => isOwn(child) && (child.local === "channel" || ENTRIES.has(child.local)),
      );
    case "feed":
      return (
        node.ns === "atom" || elementsOf(node).some((child) => isEntry(child) || isHead(child))
      );
    case "channel":
      return (
        holdsEntry(node) ||
        (isAtTop(node) && elementsOf(node).some((child) => isHead(child) || child.local === "link"))
      );
    default:
      return elementsOf(node.parent ?? node)
        .slice(0, MOST_LOOKED_AT)
        .some(isEntry);
  }
}

/** True where only what stands for a feed is around. */
const isAtTop = (node: XmlElement): boolean =>
  node.parent === null || node.parent.depth === 0 || TOPS.has(node.parent.local);

const isHead = (node: XmlElement): boolean => isOwn(node) && HEADINGS.has(node.local);

const holdsEntry = (node: XmlElement): boolean =>
  elementsOf(node).some((child) => ENTRIES.has(child.local) && isOwn(child));

/** Says something, and where, when or under what name. */
function isEntry(node: XmlElement): boolean {
  if (!ENTRIES.has(node.local) || !isOwn(node)) return false;
  const fields = elementsOf(node).filter(isOwn);
  return (
    fields.some(({ local }) => HEADINGS.has(local)) &&
    (node.attributes.some(({ local }) => WHEREABOUTS.has(local) && local !== "id") ||
      fields.some(({ local }) => WHEREABOUTS.has(local)))
  );
}

// Feeds: where an element belongs whose writer forgot the end tags of those before it.
import type { XmlElement } from "./xml-tree.ts";

const setOf = (names: string): ReadonlySet<string> => new Set(names.split(" "));

export const ENTRIES = setOf("item entry");
/** These hold nothing but their text. */
const LEAVES = setOf("title link guid id pubdate published updated");
const FIELDS: ReadonlySet<string> = new Set([
  ...ENTRIES,
  ...LEAVES,
  ...setOf("description summary content author category comments enclosure source"),
]);
/** These may hold HTML, which has titles and links of its own. */
const PROSE = setOf("description summary content encoded");
const NEVER_HTML = setOf("guid id pubdate published updated");

const isOwn = (ns: string): boolean => ns === "" || ns === "atom";

/** True where what begins cannot stand inside: whoever wrote the element around it forgot its end tag. */
export function leaves(current: XmlElement, ns: string, local: string): boolean {
  if (current.ns !== ns || !isOwn(ns)) return false;
  if (ENTRIES.has(current.local)) return ENTRIES.has(local);
  // A text construct that states its type may hold markup.
  const isMarkup = current.attributes.some(
    (held) => held.local === "type" || held.local === "mode",
  );
  return LEAVES.has(current.local) && FIELDS.has(local) && (current.local !== "title" || !isMarkup);
}

/** An element that only the end of its item ended (`<enclosure url="…">`) took the fields after it in: they go back to the item. */
export function giveBack(ended: XmlElement): void {
  const { parent } = ended;
  if (parent === null || !ENTRIES.has(parent.local)) return;
  const names = PROSE.has(ended.local) && ended.ns !== "media" ? NEVER_HTML : FIELDS;
  const isTaken = (child: XmlElement | string): child is XmlElement =>
    typeof child !== "string" && names.has(child.local) && isOwn(child.ns);
  const taken = ended.children.filter(isTaken);
  if (taken.length === 0) return;
  const kept = ended.children.filter((child) => !isTaken(child));
  ended.children.length = 0;
  for (const child of kept) ended.children.push(child);
  for (const child of taken) parent.children.push(child);
}

const TOPS = setOf("rss feed channel item entry");

/** True for a feed's first element, or RDF's first item, under a prefix whose namespace nobody knows: its own will be RSS's. */
export function isFeedOfItsOwn(around: XmlElement, ns: string, local: string): boolean {
  const isFirst = around.parent === null || (around.local === "rdf" && around.depth === 1);
  return ns.startsWith("?") && isFirst && TOPS.has(local);
}

// Feeds: one document, whatever its format and faults, to items or a named failure.
import type { ParsedFeed, ParsedItem, ParseOutcome } from "../domain/feed.ts";
import { orderDates } from "./date-order.ts";
import { decodeText } from "./decode-text.ts";
import { findTop } from "./find-top.ts";
import {
  type FeedForm,
  type LibraryItem,
  readWithFeedsmith,
  readWithRssParser,
} from "./library-items.ts";
import { mendWords, withMendedWords } from "./mend-words.ts";
import { nameFailure } from "./name-failure.ts";
import { linkOf, readAtomEntry } from "./read-atom.ts";
import { firstOf, rssWords } from "./read-fields.ts";
import { readJsonFeed } from "./read-json.ts";
import { channelLinkOf, readRssItem, skipHoursOf, ttlOf } from "./read-rss.ts";
import { ENTRIES } from "./tree-repair.ts";
import {
  attributeOf,
  elementsOf,
  readXml,
  textOf,
  type XmlElement,
  type XmlTree,
} from "./xml-tree.ts";

/** No honest feed lists more; a flood would only cost memory. */
export const MOST_ITEMS = 2_000;

/**
 * Reads RSS 0.9x to 2.0, RDF, CDF, Atom 0.3 and 1.0, and JSON Feed. rss-parser reads first, feedsmith what it refuses, and the
 * raw tree mends what they lose (guid, address, date, stage, words of mixed content).
 * @param url the document's address after redirects, or "" where it is not known
 */
export async function parseFeedDocument(
  body: Uint8Array,
  contentType: string | null,
  url: string,
): Promise<ParseOutcome> {
  const text = (await decodeText(body, contentType)).replace(/^[\s\ufeff\u0000]+/, "");
  if (text === "") return { kind: "failed", reason: "empty", detail: "no text" };
  const documentUrl = URL.canParse(url) ? url : null;
  if (/^[{[]/.test(text)) return readJsonFeed(text, documentUrl, MOST_ITEMS);
  const tree = readXml(text);
  const top = findTop(tree.root);
  if (top === null) return nameFailure(text, tree);
  const form: FeedForm = top.local === "feed" || top.local === "entry" ? "atom" : "rss";
  const elements = itemsOf(tree.root);
  const kept = elements.slice(0, MOST_ITEMS);
  if (isCutShort(text, tree, top, elements)) {
    const whole = readFeed(
      top,
      kept.filter((item) => isWhole(item, tree)),
      form,
      documentUrl,
    ).items;
    return { kind: "failed", reason: "truncated", detail: `ends inside <${top.name}>`, whole };
  }
  const libraryItems = (await readWithRssParser(kept, form)) ?? readWithFeedsmith(text) ?? [];
  const mended = readFeed(top, kept, form, documentUrl);
  const items =
    libraryItems.length === mended.items.length
      ? mended.items.map((item, index) => mend(item, libraryItems[index]))
      : mended.items;
  return {
    kind: "parsed",
    feed: { ...mended, items, capped: elements.length > MOST_ITEMS },
  };
}

/** The tree's answer where it has one: it knows namespaces, bases and mixed content, which the libraries do not. */
function mend(item: ParsedItem, stated: LibraryItem | undefined): ParsedItem {
  if (stated === undefined) return item;
  return {
    ...item,
    guid: item.guid ?? stated.guid,
    url: item.url ?? stated.url,
    title: item.title === "" ? stated.title : item.title,
    published: item.published ?? stated.published,
  };
}

/** Every item wherever it stands (RSS 1.0 has them beside the channel, some tools outside of everything), and whatever it is called. */
function itemsOf(root: XmlElement): XmlElement[] {
  const found: XmlElement[] = [];
  const visit = (node: XmlElement): void => {
    for (const child of elementsOf(node)) {
      const isItem = ENTRIES.has(child.local) && (child.ns === "" || child.ns === "atom");
      // One that was begun twice says nothing the first time.
      const isBegun = child.closed || elementsOf(child).some(({ local }) => !ENTRIES.has(local));
      if (isItem && (isBegun || child.attributes.length > 0)) found.push(child);
      // An item that is never closed swallows the ones after it.
      if (!isItem || !child.closed) visit(child);
    }
  };
  visit(root);
  return found;
}

/** Closed, or left open between two fields: all that it says of itself is said to the end. */
function isWhole(item: XmlElement, tree: XmlTree): boolean {
  const last = item.children.at(-1);
  const isBetween =
    !tree.cutInMarkup && last !== undefined && (typeof last !== "string" || last.trim() === "");
  const fields = elementsOf(item);
  return item.closed || (isBetween && fields.length > 0 && fields.every(({ closed }) => closed));
}

/** Cut off in mid-item: storing half of it, or its validators, would lose the rest for good. */
function isCutShort(
  text: string,
  tree: XmlTree,
  top: XmlElement,
  items: readonly XmlElement[],
): boolean {
  if (top.closed) return false;
  const tail = text.slice(-2000).toLowerCase();
  if (tail.includes(`</${top.name}`)) return false;
  const last = items.at(-1);
  return tree.cutInMarkup || last === undefined || !last.closed;
}

function readFeed(
  top: XmlElement,
  items: readonly XmlElement[],
  form: FeedForm,
  documentUrl: string | null,
): Omit<ParsedFeed, "capped"> {
  const channel = elementsOf(top).find((node) => node.local === "channel") ?? top;
  const title = firstOf(channel, ["title", "atom:title"], (child) => rssWords(child, "phrase"));
  const language =
    firstOf(channel, ["language", "dc:language"], (child) => textOf(child).trim()) ??
    attributeOf(top, "lang", "xml");
  const base =
    form === "atom"
      ? (documentUrl ?? linkOf(channel, null))
      : (channelLinkOf(channel, documentUrl) ?? documentUrl ?? linkOf(channel, null));
  orderDates(items, language);
  return {
    title: title === null ? null : mendWords(title),
    language,
    items: items.map((item) =>
      withMendedWords(item.local === "entry" ? readAtomEntry(item, base) : readRssItem(item, base)),
    ),
    ttlMinutes: ttlOf(channel),
    skipHours: skipHoursOf(channel),
  };
}

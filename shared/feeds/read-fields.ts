// Feeds: what the readers of every format share: picking children, and the words of a text construct.
import { Buffer } from "node:buffer";
import { decodeHTML } from "entities";
import { parseDate } from "./parse-date.ts";
import { holdsMarkup, squeeze, textOfHtml } from "./plain-text.ts";
import { attributeOf, elementsOf, textOf, type XmlElement } from "./xml-tree.ts";

/** Longer summaries are cut: no decision needs more, and a table row holds 400 KB. */
export const MOST_SUMMARY = 20_000;
export const MOST_TITLE = 1_000;

/**
 * Children by name, e.g. `dc:date`, or `title` for RSS's own. Where the parent writes its namespace as a prefix, those that do
 * so too are meant, if there are any.
 */
export function childrenNamed(node: XmlElement, name: string): XmlElement[] {
  const colon = name.indexOf(":");
  const ns = colon < 0 ? "" : name.slice(0, colon);
  const local = name.slice(colon + 1);
  const found = elementsOf(node).filter((child) => child.local === local && child.ns === ns);
  if (found.length < 2 || ns !== "" || !node.name.includes(":")) return found;
  const prefixed = found.filter((child) => child.name.includes(":"));
  return prefixed.length > 0 ? prefixed : found;
}

/** The first child, name by name in order of trust, of which something can be read. */
export function firstOf<T>(
  node: XmlElement,
  names: readonly string[],
  read: (child: XmlElement) => T | null,
): T | null {
  for (const name of names)
    for (const child of childrenNamed(node, name)) {
      const value = read(child);
      if (value !== null && value !== "") return value;
    }
  return null;
}

export function firstText(node: XmlElement, names: readonly string[]): string | null {
  return firstOf(node, names, (child) => squeeze(textOf(child)));
}

export function firstDate(node: XmlElement, names: readonly string[]): string | null {
  return firstOf(node, names, (child) => parseDate(textOf(child)));
}

/** RSS never says whether a text is HTML; it nearly always is. */
export function rssWords(node: XmlElement, mode: "document" | "phrase"): string {
  return wordsOfHtml(htmlOf(node, true), mode);
}

/** A title that is one bare tag is about that tag. */
const SUBJECT = /^\s*<\w{1,20}>\s*$/;

/** Words of HTML; where they still hold markup in a document, it was escaped twice (europarl's `&amp;lt;br /&amp;gt;`). */
export function wordsOfHtml(html: string, mode: "document" | "phrase"): string {
  const words = textOfHtml(html, mode);
  if (words === "") return mode === "phrase" && SUBJECT.test(html) ? squeeze(html) : "";
  return mode === "document" && holdsMarkup(words) ? textOfHtml(words, "document") : words;
}

/** An Atom text construct or content of any type (RFC 4287 §3.1 and §4.1.3; Atom 0.3's `mode`). */
export function atomWords(node: XmlElement, mode: "document" | "phrase"): string {
  const type = (attributeOf(node, "type") ?? "text").trim().toLowerCase();
  const encoding = attributeOf(node, "mode")?.trim().toLowerCase() ?? null;
  const holdsElements = node.children.some((child) => typeof child !== "string");
  if (
    (encoding === "base64" || (encoding === null && isBinary(type) && !holdsElements)) &&
    BASE64.test(textOf(node))
  )
    return wordsOfHtml(fromBase64(textOf(node)), mode);
  if (type === "html" || type === "text/html" || encoding === "escaped")
    return isPlain(type) ? plainWords(textOf(node)) : wordsOfHtml(htmlOf(node, true), mode);
  if (holdsElements) return textOfHtml(htmlOf(node, false), mode);
  return isPlain(type) || /xml/.test(type)
    ? plainWords(textOf(node))
    : wordsOfHtml(textOf(node), mode);
}

const BASE64 = /^[A-Za-z0-9+/=\s]*$/;
const isPlain = (type: string): boolean =>
  type === "" || type === "text" || (type.startsWith("text/") && type !== "text/html");
const isBinary = (type: string): boolean =>
  type.includes("/") && !type.startsWith("text/") && !/xml$/.test(type);

/** Plain text is taken at its word, but for references that its publisher escaped once too often. */
function plainWords(text: string): string {
  return squeeze(/&(?:#\w+|\w+);/.test(text) ? decodeHTML(text) : text);
}

function fromBase64(text: string): string {
  return Buffer.from(text.replace(/\s+/g, ""), "base64").toString("utf8");
}

/**
 * The content as one HTML text, elements that stand in it unescaped included.
 * @param isSource true where character data is itself HTML source
 */
function htmlOf(node: XmlElement, isSource: boolean): string {
  const only = node.children[0];
  if (node.children.length === 1 && typeof only === "string" && isSource) return only;
  return node.children
    .map((child) => {
      if (typeof child !== "string")
        return `<${child.local}>${htmlOf(child, isSource)}</${child.local}>`;
      return isSource ? child : child.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    })
    .join("");
}

/** A bill's stage where an attribute or element of any vocabulary carries it (`p4:stage="Report stage"`). */
export function stageOf(node: XmlElement): string | null {
  const held = node.attributes.find(({ local, value }) => local === "stage" && value.trim() !== "");
  if (held !== undefined) return squeeze(held.value).slice(0, 200);
  const child = elementsOf(node).find(({ local }) => local === "stage");
  const text = child === undefined ? "" : squeeze(textOf(child));
  return text === "" ? null : text.slice(0, 200);
}

export function categoriesOf(node: XmlElement): string[] {
  const found: string[] = [];
  for (const name of ["category", "atom:category", "dc:subject", "itunes:category"])
    for (const child of childrenNamed(node, name)) {
      const text = squeeze(
        attributeOf(child, "label") ??
          attributeOf(child, "term") ??
          attributeOf(child, "text") ??
          textOf(child),
      );
      if (text !== "" && !found.includes(text)) found.push(text.slice(0, 200));
      if (found.length === 50) return found;
    }
  return found;
}

/** At most so many characters, never half of a surrogate pair. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, "");
}

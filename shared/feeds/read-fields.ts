// Feeds: what the readers of every format share: picking children, and the words of a text construct.
import { Buffer, isUtf8 } from "node:buffer";
import { parseDate } from "./parse-date.ts";
import { decodeReferences, squeeze, textOfHtml } from "./plain-text.ts";
import { holdsDocument, isMarkup } from "./prose-tags.ts";
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
  const found: XmlElement[] = [];
  for (const child of node.children)
    if (typeof child !== "string" && child.local === local && child.ns === ns) found.push(child);
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

/** A reference inside a word was escaped once too often (`t&amp;amp;eacute;l&amp;amp;eacute;`); one that stands alone is spoken of. */
const IN_WORD =
  /&(?!lt|gt)(?:(?<=\p{L}&)(?:[A-Za-z]{2,8}|#\d{2,5});|(?:[A-Za-z]{2,8}|#\d{2,5});(?=\p{L}))/gu;

/** A title that is one bare tag is about that tag. */
const SUBJECT = /^\s*<\w{1,20}>\s*$/;

/**
 * Words of HTML. A document without a tag whose words are markup was escaped twice (europarl's `&amp;lt;br /&amp;gt;`); where
 * it has tags of its own, other ones are what it shows, unless they are a whole document.
 */
export function wordsOfHtml(html: string, mode: "document" | "phrase"): string {
  const shown = textOfHtml(html, mode);
  const words = shown.includes("&") ? shown.replace(IN_WORD, decodeReferences) : shown;
  if (words === "") return mode === "phrase" && SUBJECT.test(html) ? squeeze(html) : "";
  if (mode === "phrase" || !words.includes("<")) return words;
  const isEscapedTwice = HOLDS_TAG.test(html) ? holdsDocument(html, words) : isMarkup(words);
  return isEscapedTwice ? textOfHtml(words, "document") : words;
}

const HOLDS_TAG = /<\/?[A-Za-z][\w:-]*[\s/>]/;

/** Words that are said to be plain, and are HTML all the same now and then. */
export function wordsOfText(text: string, mode: "document" | "phrase"): string {
  return isMarkup(text) ? wordsOfHtml(text, mode) : plainWords(text);
}

/** An Atom text construct or content of any type (RFC 4287 §3.1 and §4.1.3; Atom 0.3's `mode`). */
export function atomWords(node: XmlElement, mode: "document" | "phrase"): string {
  const type = (attributeOf(node, "type") ?? "text").trim().toLowerCase();
  const encoding = attributeOf(node, "mode")?.trim().toLowerCase() ?? null;
  const holdsElements = node.children.some((child) => typeof child !== "string");
  const bytes = textOf(node);
  const held =
    encoding === "base64" || (encoding === null && isBinary(type) && !holdsElements)
      ? fromBase64(bytes, encoding === "base64")
      : null;
  if (held !== null) return wordsOfHtml(held, mode);
  if (type === "html" || type === "text/html" || encoding === "escaped")
    return isPlain(type) ? wordsOfText(textOf(node), mode) : wordsOfHtml(htmlOf(node, true), mode);
  if (holdsElements) return textOfHtml(htmlOf(node, false), "markup");
  return isPlain(type) || /xml/.test(type)
    ? wordsOfText(textOf(node), mode)
    : wordsOfHtml(textOf(node), mode);
}

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const isPlain = (type: string): boolean =>
  type === "" || type === "text" || (type.startsWith("text/") && type !== "text/html");
const isBinary = (type: string): boolean =>
  type.includes("/") && !type.startsWith("text/") && !/xml$/.test(type);

/** Plain text is taken at its word, but for references that its publisher escaped once too often. */
function plainWords(text: string): string {
  return squeeze(/&(?:#\w+|\w+);/.test(text) ? decodeReferences(text) : text);
}

/**
 * @param isStated true where the feed says that it is base64; else the bytes must make sense, since `Vote` is base64 too
 * @returns null where it is none
 */
function fromBase64(text: string, isStated: boolean): string | null {
  const digits = text.replace(/\s+/g, "");
  if (!BASE64.test(digits)) return null;
  const bytes = Buffer.from(digits, "base64");
  const words = bytes.toString("utf8");
  const isSense = digits.length % 4 === 0 && isUtf8(bytes) && !/[\u0000-\u0008\u007f]/.test(words);
  return isStated || isSense ? words : null;
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
        // Its attributes say nothing to a reader, but that it is an element and no word about one.
        return `<${child.local} class="">${htmlOf(child, isSource)}</${child.local}>`;
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

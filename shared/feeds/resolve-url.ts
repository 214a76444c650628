// Feeds: addresses as documents give them, relative ones made absolute where a base is known.
import { attributeOf, type XmlElement } from "./xml-tree.ts";

/** Schemes that name a thing and lead nowhere, or that must never be followed from a feed. */
const UNUSABLE = /^(?:javascript|data|vbscript|file|about|blob|cid|mid|tag|urn|uuid|doi|guid):/i;
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:/i;

/**
 * @returns an absolute address as it was written; a relative one resolved, or as written where no base is known; null where
 * there is nothing to follow
 */
export function resolveUrl(reference: string | null, base: string | null): string | null {
  const text = cleanUrl(reference ?? "");
  if (text === "" || UNUSABLE.test(text)) return null;
  if (ABSOLUTE.test(text)) return text;
  if (base === null || !URL.canParse(text, base)) return text;
  const { href, protocol } = new URL(text, base);
  return UNUSABLE.test(protocol) ? null : href;
}

/** Line ends and tabs inside an address are the publisher's line breaks (WHATWG URL §4.4). */
const cleanUrl = (text: string): string =>
  text.replace(/[\t\n\r]+/g, "").replace(/^[\s\u0000-\u0020]+|[\s\u0000-\u0020]+$/g, "");

/** `xml:base` in force at an element (XML Base §3), from the outermost inwards, over the document's own base. */
export function baseOf(node: XmlElement, documentBase: string | null): string | null {
  const bases: string[] = [];
  for (let at: XmlElement | null = node; at !== null; at = at.parent) {
    const base = attributeOf(at, "base", "xml");
    if (base !== null) bases.unshift(base);
  }
  let current = documentBase;
  for (const base of bases) {
    const next = resolveUrl(base, current);
    if (next !== null && URL.canParse(next)) current = next;
  }
  return current;
}

export function isHttpUrl(text: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(text) && URL.canParse(text);
}

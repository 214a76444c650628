// Feeds: addresses as documents give them, relative ones made absolute where a base is known.

import { isPublicDomain } from "../domain/registrable-domain.ts";
import { withoutRedirector } from "./redirectors.ts";
import { attributeOf, type XmlElement } from "./xml-tree.ts";

/** Schemes that name a thing and lead nowhere, or that must never be followed from a feed. */
const UNUSABLE = /^(?:javascript|data|vbscript|file|about|blob|cid|mid|tag|urn|uuid|doi|guid):/i;
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:/i;

/**
 * @returns an absolute address as it was written, but for what no address holds (spaces, letters with accents) and for
 * redirectors; a relative one resolved, or as written where no base is known; null where there is nothing to follow
 */
export function resolveUrl(reference: string | null, base: string | null): string | null {
  if (reference !== null && PLAIN.test(reference)) return withoutRedirector(reference);
  const text = withScheme(cleanUrl(reference ?? ""), base);
  if (text === "" || UNUSABLE.test(text)) return null;
  if (ABSOLUTE.test(text)) return withoutRedirector(encodeUrl(text));
  if (base === null || !URL.canParse(text, base)) return text;
  const { href, protocol } = new URL(text, base);
  return UNUSABLE.test(protocol) ? null : withoutRedirector(href);
}

/** Nearly every address: nothing in it that any of the following would mend. */
const PLAIN = /^https?:\/\/(?:[a-z\d-]+\.)+[a-z]+(?:[/?#][!-%'-~]*)?$/i;

/** Line ends and tabs inside an address are the publisher's line breaks (WHATWG URL §4.4); `&amp;` was escaped once too often. */
const cleanUrl = (text: string): string =>
  text
    .replace(/[\t\n\r]+/g, "")
    .replace(/^[\s\u0000-\u0020]+|[\s\u0000-\u0020]+$/g, "")
    .replace(/&(?:amp;)+|&#0*38;|&#x0*26;/gi, "&");

/** What a browser encodes before it asks: spaces, and letters beyond ASCII; an address in another script whole is left to it. */
const encodeUrl = (text: string): string =>
  ENCODABLE.test(text) && URL.canParse(text) ? new URL(text).href : text;
const ENCODABLE =
  /^https?:\/\/[^/?#\u0000-\u0020\u007f-\uffff]+[/?#][\u0021-\u007e]*[^\u0021-\u007e]/i;

/** A scheme that lacks its signs: `http:/x`, `https:x`, `http//x`, `http:\\x`, `https://http://x`. */
const SLIPPED = /^(?:https?:?[/\\]{1,3})?(https?)(?::(?!\/\/[^/])[/\\]*|[/\\]{2})(?=[^/\\])/i;
const DOUBLED = /^https?:\/\/(?=https?:?\/\/)/i;
const HOST =
  /^((?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z][a-z\d-]{0,61}[a-z])(?::\d{1,5})?(?=[/?#]|$)/i;
/** Names of files that look like hosts: `index.pl/x`. */
const FILE = /^(?:index|default|main|home|news|page|item|view|show|article|story|print)\.[a-z]+$/i;

function withScheme(text: string, base: string | null): string {
  const plain = text.replace(DOUBLED, "").replace(SLIPPED, "$1://");
  if (plain.startsWith("//") && base === null) return `https:${plain}`;
  const host = HOST.exec(plain)?.[1];
  if (host === undefined || FILE.test(host)) return plain;
  const isNear = base !== null && isSameSite(host, base);
  const isSite = /^www\./i.test(host) || isNear || (/[/]/.test(plain) && isPublicDomain(host));
  if (!isSite) return plain;
  return `${isNear && base.startsWith("http:") ? "http" : "https"}://${plain}`;
}

function isSameSite(host: string, base: string): boolean {
  if (!URL.canParse(base)) return false;
  const site = new URL(base).hostname.replace(/^www\./, "");
  const name = host.toLowerCase();
  return site.includes(".") && (name === site || name.endsWith(`.${site}`));
}

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

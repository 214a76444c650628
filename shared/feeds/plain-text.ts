// Feeds: from HTML to the words in it: linear whatever the text, and never markup on the way out.
import { decodeHTML } from "entities";
import { BREAKING, escapePairs, isMention, KNOWN_ELEMENT } from "./prose-tags.ts";
import { mendReferences } from "./references.ts";

/**
 * `document`: all that looks like a tag goes, but for what is spoken of. `phrase` (titles): only elements that HTML knows, so
 * that a headline about `<Foo>` keeps its word. `markup`: every tag is one.
 */
export type Mode = "document" | "phrase" | "markup";

/** Elements whose content nobody reads. */
const SILENT = new Set("script style noscript template".split(" "));
/** @param name lower-case */
export const isHtmlName = (name: string): boolean => KNOWN_ELEMENT.has(name);

/**
 * @param html what a feed calls HTML
 * A CDATA section that was escaped itself is words, not a tag.
 * @returns words with single spaces
 */
export function textOfHtml(html: string, mode: Mode): string {
  if (!/[<&]/.test(html)) return squeeze(html);
  const bare = html.includes("<![CDATA[") ? html.replace(/<!\[CDATA\[|\]\]>/g, "") : html;
  const text = bare.includes("<") ? stripTags(bare, mode) : bare;
  return squeeze(decodeReferences(text));
}

/** All references of HTML to what they stand for. */
export const decodeReferences = (text: string): string =>
  text.includes("&") ? decodeHTML(mendReferences(text)) : text;

/** White space but for the plain space, control characters and what is no character at all. */
const ODD =
  /[\u0000-\u001f\u007f\u0085\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff\ufffe\uffff]/;

/** Spaces, line ends and control characters to single spaces; the ends trimmed. */
export function squeeze(text: string): string {
  const isOdd = ODD.test(text);
  if (!isOdd && !text.includes("  ")) return text.trim();
  const hasHidden = text.includes("\u200b") || text.includes("\ufeff");
  const visible = hasHidden ? text.replace(/[\u200b\ufeff]/g, "") : text;
  return visible.replace(UNEVEN, " ").trim();
}

/** Runs of space that are not one plain space, which nearly all are. */
const UNEVEN =
  / *(?:[^\S ]|[\u0000-\u001f\u007f\u0085\ufffe\uffff])[\s\u0000-\u001f\u007f\u0085\ufffe\uffff]*| {2,}/g;

const TAG = /<(?:!--|[!?]|\/?([A-Za-z][\w:.-]{0,40}))/y;

/** Text beyond this is never shown nor weighed (read-fields.ts cuts earlier). */
const MOST_TEXT = 40_000;

function stripTags(source: string, mode: Mode): string {
  const html = mode === "markup" ? source : escapePairs(source);
  const find = tagFinder(html);
  const isClosed = closedNames(html);
  let text = "";
  let from = 0;
  for (let at = html.indexOf("<"); at >= 0; at = html.indexOf("<", Math.max(at + 1, from))) {
    TAG.lastIndex = at;
    const tag = TAG.exec(html);
    if (tag === null) continue;
    const name = (tag[1] ?? "").toLowerCase();
    if (mode === "phrase" && name !== "" && !KNOWN_ELEMENT.has(name)) continue;
    const end = tag[0] === "<!--" ? find.endOfComment(at) : find.endOfTag(at);
    if (name !== "" && mode !== "markup" && isMention(html, at, end, name, mode, isClosed))
      continue;
    if (end < 0) break; // nothing ends a tag from here on: the rest is text
    const isApart = BREAKING.has(name) && (at > from || !text.endsWith(" "));
    text += isApart ? `${html.slice(from, at)} ` : html.slice(from, at);
    if (text.length > MOST_TEXT) return text;
    const isSilent = SILENT.has(name) && html[at + 1] !== "/" && html[end - 2] !== "/";
    from = isSilent ? find.endOfSilence(end) : end;
  }
  return text + html.slice(from);
}

/** @returns whether the text ends an element of that name anywhere */
function closedNames(html: string): (name: string) => boolean {
  let names: ReadonlySet<string> | null = null;
  return (name) => {
    names ??= new Set(
      [...html.matchAll(/<\/([\w:.-]{1,40})/g)].map(([, ended = ""]) => ended.toLowerCase()),
    );
    return names.has(name);
  };
}

/** Longer attribute values are a quote that somebody forgot to close. */
const MOST_QUOTED = 4000;

/** Looks for ends of tags; what was once looked for in vain is not looked for again, or the whole would be quadratic. */
function tagFinder(html: string) {
  const absent = new Set<string>();
  const indexOf = (sign: string, from: number): number => {
    if (absent.has(sign)) return -1;
    const at = html.indexOf(sign, from);
    if (at < 0) absent.add(sign);
    return at;
  };
  const endOfTag = (at: number): number => {
    let end = indexOf(">", at);
    if (end < 0 || !html.slice(at, end).includes("=")) return end < 0 ? -1 : end + 1;
    for (let equals = html.indexOf("=", at); equals >= 0 && equals < end; ) {
      const quote = html[equals + 1] ?? "";
      const close = quote === '"' || quote === "'" ? indexOf(quote, equals + 2) : -1;
      if (close >= 0 && close - equals > MOST_QUOTED) break;
      if (close > end) end = indexOf(">", close);
      const next = html.slice(Math.max(close, equals) + 1, Math.max(end, 0)).indexOf("=");
      equals = next < 0 ? -1 : Math.max(close, equals) + 1 + next;
    }
    return end < 0 ? indexOf(">", at) + 1 || -1 : end + 1;
  };
  return {
    endOfTag,
    endOfComment(at: number): number {
      const close = indexOf("-->", at + 2);
      return close < 0 ? endOfTag(at) : close + 3;
    },
    endOfSilence(from: number): number {
      if (absent.has("silence")) return from;
      const closer = /<\/(?:script|style|noscript|template)/gi;
      closer.lastIndex = from;
      const close = closer.exec(html);
      if (close === null) absent.add("silence");
      return close === null ? from : indexOf(">", close.index) + 1 || html.length;
    },
  };
}

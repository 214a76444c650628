// Feeds: bytes under a label, however publishers spell it, to letters.
import { Buffer } from "node:buffer";
import iconv from "iconv-lite";
import codePages from "./code-pages.json" with { type: "json" };

export const isUtf8Label = (label: string): boolean => /^utf-?8$/i.test(label);
export const isLatinLabel = (label: string): boolean =>
  /^(?:(?:us-)?ascii|iso[-_]?8859[-_]?1|latin[-_]?1|windows-1252|cp1252)$/i.test(label);
/** East Asian texts of a few letters can pass for UTF-8; those of one byte a letter hardly ever do. */
export const isSingleByteLabel = (label: string): boolean =>
  !/^(?:x-)?(?:gb|big5|euc|s?-?jis|.*utf-?7|shift|ks_?c|hz|iso-2022|johab|korean|chinese|windows-(?:31j|9\d\d)|ms-?(?:kanji|9)|(?:cp|ibm)?-?9(?:32|36|4\d|50)|csbig5|cseuc|csshift)/i.test(
    label,
  );

/** @returns null where the label is unknown, or the bytes are not valid under it */
export function decodeStrict(body: Uint8Array, label: string): string | null {
  return decodeBy(body, label, true);
}

/**
 * A few broken bytes are cheaper as U+FFFD than the whole document as windows-1252.
 * @returns null where the label is unknown, or more is broken than not
 */
export function decodeMostly(body: Uint8Array, label: string): string | null {
  const text = decodeBy(body, label, false);
  if (text === null) return null;
  let good = 0;
  let bad = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0xfffd) bad += 1;
    else if (code > 127) good += 1;
  }
  return good > bad ? text : null;
}

/** @returns null where the label is unknown, or bytes are not valid and that is `fatal`; else U+FFFD stands for them */
export function decodeBy(body: Uint8Array, label: string, fatal: boolean): string | null {
  const name = ALIASES.get(label.replaceAll("_", "-")) ?? label.replace(/^(?=\d{3,4}$)/, "cp");
  if (isLatinLabel(name)) return decodeLatin(body);
  if (NO_CHARSET.test(name)) return null;
  const page = decodeCodePage(body, name);
  if (page !== null) return fatal && page.includes("\ufffd") ? null : page;
  try {
    const text = new TextDecoder(name, { fatal, ignoreBOM: true }).decode(body);
    // Windows has letters where ISO has nothing: who uses them has only the label from ISO.
    const isWindows =
      /^iso-8859-2$/i.test(name) && /[\u008a\u008c-\u008f\u009a\u009c-\u009f]/.test(text);
    return isWindows ? new TextDecoder("windows-1250").decode(body) : text;
  } catch (error) {
    if (!(error instanceof RangeError) || !iconv.encodingExists(name)) return null;
    const text = iconv.decode(Buffer.from(body), name);
    return fatal && text.includes("\ufffd") ? null : text;
  }
}

/**
 * Code pages that neither Node nor iconv-lite knows (IBM's EBCDIC, Kazakh, Urdu, Mac), as all 256 letters or the upper 128;
 * the tables are the Unicode consortium's mappings.
 */
export function decodeCodePage(body: Uint8Array, label: string): string | null {
  const name = label
    .toLowerCase()
    .replace(/^ibm-?0*(?=\d)/, "cp")
    .replace(/[_-]/g, "");
  const pages: Readonly<Record<string, string>> = codePages;
  const page = Object.hasOwn(pages, name) ? pages[name] : undefined;
  if (page === undefined) return null;
  const first = 256 - page.length;
  let text = "";
  for (const byte of body)
    text += byte < first ? String.fromCharCode(byte) : (page[byte - first] ?? "");
  return text;
}

/** Codecs of Buffer that iconv-lite knows by name, and that are no encoding of a document. */
const NO_CHARSET = /^(?:base64|hex|binary|ucs-?2|internal)$/i;

/** 0x80 to 0x9f of windows-1252 (WHATWG Encoding); Node 20's own decoder gives control characters there. */
const C1 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** windows-1252, which is what is meant by ISO-8859-1. */
export function decodeLatin(body: Uint8Array): string {
  return mendC1(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("latin1"));
}

/** Control characters that nobody writes are the punctuation of windows-1252 under another label (`l\u0092accès`). */
export function mendC1(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (sign) => C1[sign.charCodeAt(0) - 0x80] ?? sign);
}

/** The byte of windows-1252 that a character stands for; -1 where it has none. */
export function latinByteOf(code: number): number {
  if (code < 0x100) return code;
  const at = C1.indexOf(String.fromCharCode(code));
  return at < 0 ? -1 : 0x80 + at;
}

/** Names that publishers (and detectors) use and the Encoding Standard does not know. */
const ALIASES = new Map([
  ["latin-1", "windows-1252"],
  ["iso-8859-1-windows-3.1-latin-1", "windows-1252"],
  ["windows-1252-superset", "windows-1252"],
  ["cp-1251", "windows-1251"],
  ["win-1251", "windows-1251"],
  ["win1251", "windows-1251"],
  ["cp-1252", "windows-1252"],
  ["gb-2312", "gb2312"],
  ["gb2312-80", "gb2312"],
  ["shiftjis", "shift_jis"],
  ["shift-jis", "shift_jis"],
  ["x-mac-roman", "macintosh"],
  ["mac", "macintosh"],
  ["mac-roman", "macintosh"],
  ["shift-jisx0213", "shift_jis"],
  ["shift-jis-2004", "shift_jis"],
  ["euc-jis-2004", "euc-jp"],
  ["eucjis2004", "euc-jp"],
  ["euc-jisx0213", "euc-jp"],
  ["x-windows-949", "euc-kr"],
  ["big5-tw", "big5"],
  ["mac-ce", "maclatin2"],
  ["x-mac-ce", "maclatin2"],
  ["mac-cyrillic", "x-mac-cyrillic"],
  ["maccentraleurope", "maclatin2"],
]);

/** UTF-16 and UTF-32, whatever the bytes. */
export function decodeWide(body: Uint8Array, label: string): string {
  if (label.startsWith("utf-32")) return iconv.decode(Buffer.from(body), label);
  return new TextDecoder(label, { ignoreBOM: true }).decode(body);
}

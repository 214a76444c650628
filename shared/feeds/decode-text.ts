// Feeds: from bytes to text, by what the bytes, the server and the document say of their encoding.
import { Buffer } from "node:buffer";
import iconv from "iconv-lite";
import codePages from "./code-pages.json" with { type: "json" };

/**
 * By BOM, then `charset` of the Content-Type, then the XML declaration, then UTF-8, then windows-1252. A claim that the bytes
 * contradict is passed over: a publisher's feed is worth more than its header.
 * @returns the text without its BOM
 */
export function decodeText(body: Uint8Array, contentType: string | null): string {
  const marked = bomOf(body);
  if (marked !== null) return decodeAs(body.subarray(marked.length), marked.label) ?? "";
  const wide = wideOf(body);
  if (wide !== null) return decodeAs(body, wide) ?? "";
  const claims = [httpCharset(contentType), declaredCharset(body)].filter(
    (claim) => claim !== null,
  );
  const utf8 = decodeStrict(body, "utf-8");
  // Accented UTF-8 that is valid throughout is no accident, whatever the header says (the 8-bit sets accept any bytes).
  if (utf8 !== null && (claims.some(isUtf8) || claims.every(isSingleByte))) return utf8;
  for (const claim of claims) {
    const text = isUtf8(claim) ? utf8 : decodeStrict(body, claim);
    if (text !== null && OPENS.test(text.slice(0, 1024))) return text;
  }
  if (utf8 !== null) return utf8;
  for (const label of ["utf-8", ...claims.filter((claim) => !isUtf8(claim))]) {
    const text = decodeMostly(body, label);
    if (text !== null) return text;
  }
  return decodeLatin(body);
}

/** What a document that was read under a wrong label (UTF-16, EBCDIC) does not begin with. */
const OPENS = /[<{]/;
/** East Asian texts of a few letters can pass for UTF-8; those of one byte a letter hardly ever do. */
const isSingleByte = (label: string): boolean =>
  !/^(?:x-)?(?:gb|big5|euc|s?-?jis|.*utf-?7|shift|ks_?c|hz|iso-2022|johab|korean|chinese|windows-(?:31j|9\d\d)|ms-?(?:kanji|9)|(?:cp|ibm)?-?9(?:32|36|4\d|50)|csbig5|cseuc|csshift)/i.test(
    label,
  );
const isUtf8 = (label: string): boolean => /^utf-?8$/i.test(label);
const isLatin = (label: string): boolean =>
  /^(?:(?:us-)?ascii|iso[-_]?8859[-_]?1|latin[-_]?1|windows-1252|cp1252)$/i.test(label);

function bomOf(body: Uint8Array): { label: string; length: number } | null {
  const [a, b, c, d] = body;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { label: "utf-8", length: 3 };
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { label: "utf-32le", length: 4 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { label: "utf-32be", length: 4 };
  if (a === 0xff && b === 0xfe) return { label: "utf-16le", length: 2 };
  if (a === 0xfe && b === 0xff) return { label: "utf-16be", length: 2 };
  return null;
}

const isBlank = (byte: number): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** UTF-16 and UTF-32 without a BOM, by how their first `<`, `{` or blank lies (XML 1.0 appendix F). */
function wideOf(body: Uint8Array): string | null {
  const [a = 1, b = 1, c = 1, d = 1] = body;
  const opens = (byte: number): boolean => byte === 0x3c || byte === 0x7b || isBlank(byte);
  if (opens(a) && b === 0 && c === 0 && d === 0) return "utf-32le";
  if (a === 0 && b === 0 && c === 0 && opens(d)) return "utf-32be";
  if (opens(a) && b === 0 && d === 0) return "utf-16le";
  if (a === 0 && opens(b) && c === 0) return "utf-16be";
  return null;
}

function httpCharset(contentType: string | null): string | null {
  const match = /charset\s*=\s*["']?\s*([^\s"';,]+)/i.exec(contentType ?? "");
  return match?.[1]?.toLowerCase() ?? null;
}

function declaredCharset(body: Uint8Array): string | null {
  const start = body.subarray(0, 1024);
  // `<?xml` in EBCDIC (XML 1.0 appendix F): the names of its variants are spelled alike in all of them.
  const isEbcdic = start[0] === 0x4c && start[1] === 0x6f && start[2] === 0xa7;
  const head = isEbcdic
    ? (decodeCodePage(start, "cp037") ?? "")
    : Buffer.from(start).toString("latin1");
  const match = /<\?xml\s[^>]*?encoding\s*=\s*\W{0,3}([\w.:-]+)/i.exec(head);
  const label = match?.[1]?.toLowerCase() ?? null;
  // The declaration was read byte by byte, so the document cannot be what these say.
  return label === null || /^(?:utf-?16|utf-?32|ucs-?[24]|iso-10646)/.test(label) ? null : label;
}

/** @returns null where the label is unknown, or the bytes are not valid under it */
function decodeStrict(body: Uint8Array, label: string): string | null {
  return decodeBy(body, label, true);
}

/**
 * A few broken bytes are cheaper as U+FFFD than the whole document as windows-1252.
 * @returns null where the label is unknown, or more is broken than not
 */
function decodeMostly(body: Uint8Array, label: string): string | null {
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
function decodeBy(body: Uint8Array, label: string, fatal: boolean): string | null {
  const name = ALIASES.get(label.replaceAll("_", "-")) ?? label.replace(/^(?=\d{3,4}$)/, "cp");
  if (isLatin(name)) return decodeLatin(body);
  if (NO_CHARSET.test(name)) return null;
  const page = decodeCodePage(body, name);
  if (page !== null) return fatal && page.includes("\ufffd") ? null : page;
  try {
    return new TextDecoder(name, { fatal, ignoreBOM: true }).decode(body);
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
function decodeCodePage(body: Uint8Array, label: string): string | null {
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

function decodeLatin(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength)
    .toString("latin1")
    .replace(/[\u0080-\u009f]/g, (sign) => C1[sign.charCodeAt(0) - 0x80] ?? sign);
}

/** Names that publishers use and the Encoding Standard does not know. */
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

function decodeAs(body: Uint8Array, label: string): string | null {
  if (label.startsWith("utf-32")) return iconv.decode(Buffer.from(body), label);
  return new TextDecoder(label, { ignoreBOM: true }).decode(body);
}

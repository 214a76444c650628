// Feeds: from bytes to text, by what the bytes, the server and the document say of their encoding.
import { Buffer, isUtf8 } from "node:buffer";
import {
  decodeBy,
  decodeCodePage,
  decodeMostly,
  decodeStrict,
  decodeWide,
  isLatinLabel,
  isSingleByteLabel,
  isUtf8Label,
  mendC1,
} from "./charsets.ts";
import { detectCharset, shareOfHigh } from "./detect-charset.ts";
import { decodeMixed, foreignText } from "./mixed-encodings.ts";

/**
 * By BOM, then `charset` of the Content-Type, then the XML declaration, then UTF-8, then what the letters themselves look like.
 * A claim that the bytes contradict is passed over: a publisher's feed is worth more than its header. Where parts of a document
 * are in UTF-8 and others are not, each is read as what it is.
 * @returns the text without its BOM
 */
export async function decodeText(body: Uint8Array, contentType: string | null): Promise<string> {
  const marked = bomOf(body);
  if (marked !== null && marked.label !== "utf-8")
    return mendC1(decodeWide(body.subarray(marked.length), marked.label));
  const wide = marked === null ? wideOf(body) : null;
  if (wide !== null) return mendC1(decodeWide(body, wide));
  const claims =
    marked === null
      ? [httpCharset(contentType), declaredCharset(body)].filter((claim) => claim !== null)
      : ["utf-8"];
  return decodeNarrow(body.subarray(marked?.length ?? 0), claims);
}

async function decodeNarrow(body: Uint8Array, claims: readonly string[]): Promise<string> {
  const utf8 = isUtf8(body) ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(body) : null;
  // Accented UTF-8 that is valid throughout is no accident, whatever the header says (the 8-bit sets accept any bytes).
  if (utf8 !== null && (claims.some(isUtf8Label) || claims.every(isSingleByteLabel))) {
    if (body.includes(0x1b) && SHIFTED.test(utf8)) return decodeStrict(body, "iso-2022-jp") ?? utf8;
    return holdsC1(body) ? mendC1(utf8) : utf8;
  }
  for (const claim of claims) {
    const text = isUtf8Label(claim) ? utf8 : decodeStrict(body, claim);
    if (text === null || !OPENS.test(text.slice(0, 1024))) continue;
    if (isUtf8Label(claim) || decodeCodePage(new Uint8Array(), claim) !== null) return mendC1(text);
    const label = isLatinLabel(claim) ? await detectUnlikely(body, claim) : claim;
    return mendC1(decodeMixed(body, label));
  }
  if (utf8 !== null) return mendC1(utf8);
  const several = claims.find(
    (claim) => !isSingleByteLabel(claim) && decodeMostly(body, claim) !== null,
  );
  if (several !== undefined && decodeMostly(body, "utf-8") === null)
    return mendC1(decodeBy(body, several, false) ?? "");
  return mendC1(decodeMixed(body, await detectCharset(foreignText(body))));
}

/** @param body valid UTF-8, in which U+0080 to U+009F are 0xC2 and their own number */
function holdsC1(body: Uint8Array): boolean {
  for (let at = body.indexOf(0xc2); at >= 0; at = body.indexOf(0xc2, at + 2))
    if ((body[at + 1] ?? 0) < 0xa0) return true;
  return false;
}

/** Software that never asked says Latin-1 of everything; no Latin text has more letters with accents than without. */
async function detectUnlikely(body: Uint8Array, claim: string): Promise<string> {
  if (
    !THREE_ACCENTS.test(
      Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("latin1"),
    )
  )
    return claim;
  const sample = foreignText(body);
  return shareOfHigh(sample, 16) > 0.5 ? await detectCharset(sample) : claim;
}

const THREE_ACCENTS = /[\u00c0-\u00ff]{3}/;
/** What a document that was read under a wrong label (UTF-16, EBCDIC) does not begin with. */
const OPENS = /[<{]/;
/** ISO-2022-JP is ASCII to look at: what gives it away is the sequence that shifts to its letters. */
const SHIFTED = /\u001b\$[B@]/;

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

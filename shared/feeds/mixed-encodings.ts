// Feeds: documents whose parts were written in different encodings, each part read as what it is.
import { Buffer, isUtf8 } from "node:buffer";
import { decodeBy, decodeLatin, isLatinLabel, isSingleByteLabel } from "./charsets.ts";

/** What stands between two brackets or line ends; no East Asian encoding uses their bytes for anything else. */
interface Part {
  readonly start: number;
  readonly end: number;
}

/**
 * Parts that are UTF-8 are read so, all others as `label` says; where it is Latin, both may stand in one word.
 * @param label a charset that charsets.ts knows
 */
export function decodeMixed(body: Uint8Array, label: string): string {
  let text = "";
  let from = 0;
  const others = (end: number): void => {
    if (end > from)
      text +=
        decodeBy(body.subarray(from, end), label, false) ?? decodeUtf8(body.subarray(from, end));
    from = end;
  };
  for (const { start, end } of partsWith(body, SEQUENCE)) {
    const part = body.subarray(start, end);
    const asUtf8 = isUtf8(part) && isPlausible(part, label);
    // Latin text and UTF-8 with a few slips in it are sorted out sign by sign.
    if (!asUtf8 && !isLatinLabel(label) && !isMostlyUtf8(part)) continue;
    others(start);
    text += asUtf8 ? decodeUtf8(part) : decodeWithin(part, label);
    from = end;
  }
  others(body.length);
  return text;
}

const decodeUtf8 = (part: Uint8Array): string =>
  new TextDecoder("utf-8", { ignoreBOM: true }).decode(part);

/** The parts that are no UTF-8, one a line: what a detector needs to see. */
export function foreignText(body: Uint8Array): Uint8Array {
  const found: Uint8Array[] = [];
  let length = 0;
  for (const { start, end } of partsWith(body, FOREIGN)) {
    const part = body.subarray(start, end);
    if (isUtf8(part) || isMostlyUtf8(part)) continue;
    found.push(part, NEW_LINE);
    length += part.length;
    if (length > MOST_SAMPLED) break;
  }
  return Buffer.concat(found);
}

const NEW_LINE = Uint8Array.of(0x0a);
const MOST_SAMPLED = 8_000;

/** More than ASCII; and what could be UTF-8, which most documents of one byte a letter never hold. */
const FOREIGN = /[\u0080-\u00ff]/g;
const SEQUENCE = /[\u00c2-\u00f4][\u0080-\u00bf]/g;

const isBorder = (code: number): boolean => code === 0x3c || code === 0x3e || code === 0x0a;

/** The parts that hold such a sign: looked for by the regular expression engine, since most of a document holds none. */
function* partsWith(body: Uint8Array, sign: RegExp): Generator<Part> {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("latin1");
  const find = new RegExp(sign);
  for (let from = 0, found = find.exec(text); found !== null; found = find.exec(text)) {
    let start = found.index;
    let end = start;
    while (start > from && !isBorder(text.charCodeAt(start - 1))) start -= 1;
    while (end < text.length && !isBorder(text.charCodeAt(end))) end += 1;
    yield { start, end };
    from = end;
    find.lastIndex = end;
  }
}

const goesOn = (bytes: Uint8Array, at: number): boolean => ((bytes[at] ?? 0) & 0xc0) === 0x80;

/** The length of a character of UTF-8 that begins here; 6 for two halves of one (CESU-8), 0 for anything else. */
function lengthAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead >= 0xc2 && lead <= 0xdf) return goesOn(bytes, at + 1) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef && goesOn(bytes, at + 1) && goesOn(bytes, at + 2)) {
    const next = bytes[at + 1] ?? 0;
    if (lead === 0xe0 && next < 0xa0) return 0;
    if (lead !== 0xed || next < 0xa0) return 3;
    const isPair = next < 0xb0 && bytes[at + 3] === 0xed && (bytes[at + 4] ?? 0) >= 0xb0;
    return isPair && goesOn(bytes, at + 4) && goesOn(bytes, at + 5) ? 6 : 0;
  }
  if (lead >= 0xf0 && lead <= 0xf4)
    return goesOn(bytes, at + 1) && goesOn(bytes, at + 2) && goesOn(bytes, at + 3) ? 4 : 0;
  return 0;
}

/** True where most of what is not ASCII is UTF-8: the rest are slips, not another encoding. */
function isMostlyUtf8(part: Uint8Array, times = 1): boolean {
  let good = 0;
  let bad = 0;
  for (let at = 0; at < part.length; ) {
    const length = (part[at] ?? 0) > 0x7f ? lengthAt(part, at) : 1;
    if (length === 0) bad += 1;
    else if (length > 1) good += 1;
    at += length || 1;
  }
  return good > bad * times;
}

/** Letters of other alphabets that two or three signs of windows-1252 look like when they follow each other (`Spaß“`, `é »`). */
const UNLIKELY =
  /[\u0180-\u036f\u0480-\u058f\u0700-\u08ff\u0a00-\u1dff\u2c00-\u2fff\ua000-\ua6ff\ue000-\uf8ff]/;
/** Capitals that end a quotation or a sentence in windows-1252 (`ALEMÃ…`, `PÅ»`): no word of UTF-8 is only that. */
const CLOSING =
  /^[^\u0080-\uffff]*[\u00c0\u00c5\u00d1-\u00d7\u0100-\u017f\u0370-\u047f][^\u0080-\uffff]*$/;

/** @param part valid UTF-8 */
function isPlausible(part: Uint8Array, label: string): boolean {
  const text = new TextDecoder().decode(part);
  if (isLatinLabel(label))
    return (
      !UNLIKELY.test(text) &&
      !CLOSING.test(text) &&
      !/^[^\u0800-\uffff]*[\u3000-\ud7ff][^\u0080-\uffff]*$/.test(text)
    );
  // Two letters of GBK, Big5 or EUC-KR often look like two of UTF-8.
  return isSingleByteLabel(label) || (text.match(/[\u0800-\uffff]/g)?.length ?? 0) > 1;
}

/** Character by character: UTF-8 where it is, else Latin, else U+FFFD for what is no letter of either. */
function decodeWithin(part: Uint8Array, label: string): string {
  const isLatin = isLatinLabel(label) && !isMostlyUtf8(part, 2);
  let text = "";
  let from = 0;
  for (let at = 0; at < part.length; ) {
    const byte = part[at] ?? 0;
    const length = byte > 0x7f ? lengthAt(part, at) : 1;
    if (byte > 0x7f) {
      const sign = part.subarray(at, at + (length || 1));
      text += decodeLatin(part.subarray(from, at));
      text += length === 0 ? strayAt(part, at, isLatin) : utf8Sign(sign, isLatin);
      from = at + (length || 1);
    }
    at += length || 1;
  }
  return text + decodeLatin(part.subarray(from));
}

/** @param isLatin true where the document is Latin, so that what looks like UTF-8 has to be more than chance */
function utf8Sign(sign: Uint8Array, isLatin: boolean): string {
  if (sign.length === 6) {
    const half = (at: number): number =>
      0xd000 | (((sign[at] ?? 0) & 0x3f) << 6) | ((sign[at + 1] ?? 0) & 0x3f);
    return String.fromCharCode(half(1), half(4));
  }
  const text = decodeUtf8(sign);
  return isLatin && !/^[\u00a0-\u00ff\u2010-\u2044\u20ac\u2122\u{1f300}-\u{1faff}]$/u.test(text)
    ? decodeLatin(sign)
    : text;
}

/** A byte that belongs to no character of UTF-8: a letter or sign of windows-1252 beside a letter, or what a cut has left. */
function strayAt(part: Uint8Array, at: number, isLatin: boolean): string {
  const byte = part[at] ?? 0;
  const isLetter = (code: number): boolean => (code | 0x20) > 0x60 && (code | 0x20) < 0x7b;
  const before = part[at - 1] ?? 0;
  const after = part[at + 1] ?? 0;
  const isLatinSign =
    byte < 0xc0
      ? before < 0x80 && (isLetter(after) || after === 0x20 || after >= 0xc0)
      : isLetter(after) || (before < 0x80 && after === 0x20);
  return isLatin || (isLatinSign && byte !== 0xff)
    ? decodeLatin(part.subarray(at, at + 1))
    : "\ufffd";
}

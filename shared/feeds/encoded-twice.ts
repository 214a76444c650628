// Feeds: words that their publisher read in the wrong encoding and wrote down so (`SÃ©nat`), read back.
import { Buffer, isUtf8 } from "node:buffer";
import iconv from "iconv-lite";
import { latinByteOf } from "./charsets.ts";

/** What the first and second byte of a character in UTF-8 look like in windows-1252, and in windows-1251. */
const LATIN = /[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u20ac\u2122]/;
const CYRILLIC = /(?:[РС][^А-яёЁ\s\w]|[РС][Ђ-Џђ-џҐґ]|[РС][ЂѓЃљњќћџўЎЈҐЁЄЇІіґё№єјЅѕї°±µ])/g;

/** Each run of signs that are bytes of UTF-8, one by one. */
const RUN = /(?:[\u00c2-\u00df]C|[\u00e0-\u00ef]CC|[\u00f0-\u00f4]CCC)+/.source.replaceAll(
  "C",
  "[\\u0080-\\u00bf\\u0152\\u0153\\u0160\\u0161\\u0178\\u017d\\u017e\\u0192\\u02c6\\u02dc\\u2013\\u2014\\u2018-\\u201a\\u201c-\\u201e\\u2020-\\u2022\\u2026\\u2030\\u2039\\u203a\\u20ac\\u2122]",
);
const RUNS = new RegExp(RUN, "g");

/** Letters that no feed is written in, but that a capital and a quotation mark look like together (`Spaß“`, `RÉ…`). */
const UNLIKELY = /[\u0180-\u036f\u0482-\u058f\u0700-\u08ff]/;
/** A capital at the end of a word, then a sign that ends a sentence or a quotation: as likely what it looks like. */
const CLOSING =
  /^(?:[\u00c2-\u00df][\u2013\u2014\u2018-\u201e\u2026\u2122]|[\u00c3-\u00df]\u00bb)$/;
/** Publishers' tools may have done it more than once. */
const MOST_TIMES = 3;

/** What all words that were encoded twice hold, and hardly any others. */
export const TWICE_SIGNS = `\\u0420|${LATIN.source}`;

/** Words as they were before; those that were never harmed are left alone. */
export function mendEncodedTwice(text: string): string {
  let current = text;
  for (let time = 0; time < MOST_TIMES; time += 1) {
    if (!LATIN.test(current) && !isCyrillicTwice(current)) break;
    const next = isCyrillicTwice(current) ? fromCyrillic(current) : fromLatin(current);
    if (next === current) break;
    current = next;
  }
  return current === text ? text : withSpaces(current);
}

function fromLatin(text: string): string {
  return text.replace(RUNS, (run, at: number) => {
    const bytes = Buffer.from([...run].map((sign) => latinByteOf(sign.charCodeAt(0))));
    if (!isUtf8(bytes)) return run;
    const mended = bytes.toString("utf8");
    const isEnd = !/\p{L}/u.test(text[at + run.length] ?? " ");
    return UNLIKELY.test(mended) || (CLOSING.test(run) && isEnd) ? run : mended;
  });
}

/** The second half of `à` is a space to whoever tidied the words up, and a hard space has lost its own. */
const withSpaces = (text: string): string =>
  text
    .replace(/(?<!\p{Lu})Ã(?= )/gu, "à")
    .replace(/Â(?= ?[?!:;»]| |$)/g, " ")
    .replace(/ {2,}/g, " ")
    .trim();

/** Russian words of UTF-8 in windows-1251 are every other sign a capital Р or С. */
const isCyrillicTwice = (text: string): boolean =>
  text.includes("Р") && (text.match(CYRILLIC)?.length ?? 0) > 3;

function fromCyrillic(text: string): string {
  return text.replace(/[\u0080-\uffff]+/g, (run) => {
    const bytes = iconv.encode(run, "windows-1251");
    return isUtf8(bytes) && !bytes.includes(0x3f) ? bytes.toString("utf8") : run;
  });
}

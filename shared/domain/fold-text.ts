// Domain: words as every room compares them: lower-case, accent-free, with their place in the original text.

/** A folded word and where it stands: UTF-16 offsets into the original text, `end` exclusive. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Letters that Unicode does not decompose, though readers and feeds exchange them freely. */
const SPELLED: ReadonlyMap<string, string> = new Map([
  ["ß", "ss"],
  ["ẞ", "ss"],
  ["ø", "o"],
  ["Ø", "o"],
  ["æ", "ae"],
  ["Æ", "ae"],
  ["œ", "oe"],
  ["Œ", "oe"],
  ["ł", "l"],
  ["Ł", "l"],
  ["đ", "d"],
  ["Đ", "d"],
  ["ð", "d"],
  ["Ð", "d"],
  ["þ", "th"],
  ["Þ", "th"],
  ["ı", "i"],
]);

/** Dropped without splitting a word: soft hyphen, zero-width signs, joiners, direction and variation marks. */
const INVISIBLE =
  /^(?:[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]|\u034f|[\ufe00-\ufe0f])$/;
/** Accents of Latin, Greek and Cyrillic; marks of other scripts belong to their letters and stay. */
const ACCENT = /[\u0300-\u036f]/g;
const WORD = /^[\p{L}\p{N}\p{M}]+$/u;
/** Modifier letters that people type as apostrophes. */
const APOSTROPHE = /^[\u02b9-\u02bf\u02c8\u055a\ua78b\ua78c]$/;
/** The same inside what a letter decomposes to (`ŉ`). */
const APOSTROPHES = /[\u02b9-\u02bf\u02c8]/g;

/** What one code point folds to: word characters, "" where it is dropped, null where it splits. */
const folded = new Map<string, string | null>();
/** Bounds the memo: a hostile text cannot make it grow beyond the planes that feeds really use. */
const FOLDED_MAX = 20_000;

function foldCodePoint(character: string): string | null {
  const known = folded.get(character);
  if (known !== undefined) return known;
  const result = computeFold(character);
  if (folded.size < FOLDED_MAX) folded.set(character, result);
  return result;
}

function computeFold(character: string): string | null {
  if (INVISIBLE.test(character)) return "";
  if (APOSTROPHE.test(character)) return null;
  let text = "";
  for (const part of character.normalize("NFKD").replace(ACCENT, "").toLowerCase())
    text += SPELLED.get(part) ?? part;
  text = text.replace(ACCENT, "").replace(APOSTROPHES, "").normalize("NFC");
  if (text === "") return "";
  return WORD.test(text) ? text : null;
}

/** 1 for ASCII digits and small letters, 2 for capitals, 0 for what splits. */
const ASCII = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  if ((code >= 48 && code <= 57) || (code >= 97 && code <= 122)) ASCII[code] = 1;
  else if (code >= 65 && code <= 90) ASCII[code] = 2;
}

/**
 * The words of a text, folded so that case, accents, width, decomposition, soft hyphens and zero-width signs hide
 * nothing (NFKC as UAX #15 has it, then accents off); hyphens, apostrophes, slashes and all other signs split words.
 * Linear in the text's length.
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let word = "";
  let start = -1;
  let end = -1;
  let index = 0;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    let piece: string | null;
    let next: number;
    if (code < 128) {
      next = asciiRunEnd(text, index);
      piece = next === index ? null : text.slice(index, next).toLowerCase();
      if (next === index) next++;
    } else {
      const character = String.fromCodePoint(text.codePointAt(index) ?? code);
      next = index + character.length;
      piece = foldCodePoint(character);
    }
    if (piece === null) {
      if (start >= 0) tokens.push({ text: word, start, end });
      start = -1;
      word = "";
    } else if (piece !== "") {
      if (start < 0) start = index;
      word += piece;
      end = next;
    }
    index = next;
  }
  if (start >= 0) tokens.push({ text: word, start, end });
  return tokens;
}

function asciiRunEnd(text: string, from: number): number {
  let index = from;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (code >= 128 || ASCII[code] === 0) break;
    index++;
  }
  return index;
}

/** The folded words joined by one space: the form in which two spellings of a name are equal. */
export function foldText(text: string): string {
  return tokensOf(text)
    .map((token) => token.text)
    .join(" ");
}

// Reading: the notation of keywords, from a line of a word file to phrases of word patterns.
import { foldText } from "../domain/fold-text.ts";

/** One way to match a word. */
export interface Way {
  readonly piece: string;
  /** True where letters may stand before, or after. */
  readonly before: boolean;
  readonly after: boolean;
  /** False where any inflection with the same stem will do. */
  readonly exact: boolean;
}

/** A word of a phrase, matched in one of several ways. */
export interface PhraseWord {
  /** The same for the same ways: what the phrase tree shares words by. */
  readonly name: string;
  readonly ways: readonly Way[];
  /** How many words may stand before this one. */
  readonly gap: number;
}

export interface Phrase {
  /** As people are shown it. */
  readonly text: string;
  /** In capitals alone. */
  readonly upper: boolean;
  readonly words: readonly PhraseWord[];
}

/** Alternatives in one keyword multiply; beyond this it should be several keywords. */
const EXPANSIONS_MAX = 1_000;
const GAP = /^\.\.(\d{0,2})$/;
const GAP_DEFAULT = 4;
const SPLITS = /[-'’/.]/;
/** What folding leaves as it is, as most words are written. */
const PLAIN = /^[=^]?(\*?)([A-Za-z0-9]+)(\*?)$/;

/**
 * The phrases of one keyword. The notation, word by word: `word` any inflection that shares its stem, in languages that
 * have a stemmer (stem.ts), else as it stands; `=word` as it stands; `word*`, `*word`, `*word*` inside compounds;
 * `(a|b|)` either, the empty one optional; `a_b` written as one word or two (a hyphen is a space anyway); `..3` up to
 * three words between, `..` four; `^A` an acronym that counts in capitals alone (`US`, `AI`). No phrase reaches over the
 * end of a sentence.
 * @param exactOnly true where no word is inflected, as in what is written alike in all languages
 * @param met words read before with the same `exactOnly`, which many keywords share
 * @throws RangeError for a keyword that is empty, has too many alternatives, or a gap at its end
 */
export function phrasesOf(
  keyword: string,
  exactOnly: boolean,
  met: MetWords = new Map(),
): Phrase[] {
  return expand(keyword).map((phrase) => ({
    text: plain(phrase),
    upper: phrase.startsWith("^"),
    words: wordsOf(phrase, exactOnly, met),
  }));
}

/** Without the marks of the notation. */
function plain(text: string): string {
  return text.replaceAll(/[=^⟨⟩]|\.\.\d*/g, "").replaceAll(/\s+/g, " ");
}

function wordsOf(phrase: string, exactOnly: boolean, met: MetWords): PhraseWord[] {
  const words: PhraseWord[] = [];
  let gap = 0;
  for (const part of phrase.split(" ")) {
    const length = part.startsWith("..") ? GAP.exec(part)?.[1] : undefined;
    if (length !== undefined) {
      if (words.length === 0) throw new RangeError(`a gap stands between words: ${phrase}`);
      gap = length === "" ? GAP_DEFAULT : Number(length);
      continue;
    }
    const pieces = SPLITS.test(part) ? part.split(/[-'’/.]+(?![^⟨]*⟩)/) : [part];
    for (const written of pieces)
      for (const word of patternsOf(written, exactOnly, met)) {
        words.push({ ...word, gap });
        gap = 0;
      }
  }
  if (words.length === 0) throw new RangeError("empty keyword");
  if (gap > 0) throw new RangeError(`a gap stands between words: ${phrase}`);
  return words;
}

/** Words as they are written, with their patterns. */
export type MetWords = Map<string, readonly Omit<PhraseWord, "gap">[]>;

/** The patterns of one written word: several where folding splits it. */
function patternsOf(word: string, exactOnly: boolean, met: MetWords): ReturnType<typeof readWord> {
  const known = met.get(word) ?? readWord(word, exactOnly);
  met.set(word, known);
  return known;
}

function readWord(word: string, exactOnly: boolean): readonly Omit<PhraseWord, "gap">[] {
  if (!word.startsWith("⟨")) {
    const exact = exactOnly || word.startsWith("=");
    return piecesOf(word, exact).map((way) => ({ name: nameOf(way), ways: [way] }));
  }
  const ways = word
    .slice(1, -1)
    .split("|")
    .flatMap((one) => piecesOf(one, exactOnly || one.startsWith("=")));
  return [{ name: ways.map(nameOf).join("|"), ways }];
}

const nameOf = ({ piece, before, after, exact }: Way): string =>
  `${exact ? "=" : ""}${before ? "*" : ""}${piece}${after ? "*" : ""}`;

function piecesOf(word: string, exact: boolean): Way[] {
  const [, before, plain, after] = PLAIN.exec(word) ?? [];
  if (plain !== undefined)
    return [{ piece: plain.toLowerCase(), before: before !== "", after: after !== "", exact }];
  const pieces = foldText(word)
    .split(" ")
    .filter((piece) => piece !== "");
  return pieces.map((piece, index) => ({
    piece,
    before: word.startsWith("*") && index === 0,
    after: word.endsWith("*") && index === pieces.length - 1,
    exact,
  }));
}

/**
 * `(a b|c|) d_e` → `a b d e`, `a b de`, `c d e` …; whole words that stand as alternatives stay together as one
 * pattern, `⟨a|b⟩`, so that a keyword with many of them is still one way through the tree.
 */
export function expand(text: string): string[] {
  if (!/[(|_]/.test(text)) return [text.replaceAll(/\s+/g, " ").trim()];
  let done = [""];
  const parts = bracketed(text).split(/(\([^)]*\)|_)/);
  for (const [index, part] of parts.entries()) {
    const choices =
      part === "_"
        ? [" ", ""]
        : part.startsWith("(")
          ? choicesOf(part, standsAlone(parts, index))
          : [part];
    done = done.flatMap((start) => choices.map((choice) => start + choice));
    if (done.length > EXPANSIONS_MAX) throw new RangeError(`too many alternatives: ${text}`);
  }
  return done.map((one) => one.replaceAll(/\s+/g, " ").trim());
}

/** `a|b c` → `(a|b) c`: words that are alternatives need no brackets. */
function bracketed(text: string): string {
  const parts = text.split(/(\([^)]*\))/);
  return parts
    .map((part) =>
      part.startsWith("(")
        ? part
        : part.replaceAll(/[^\s|]+(?:\|[^\s|]+)+/g, (word) => `(${word})`),
    )
    .join("");
}

/** Whether spaces, or the keyword's ends, stand on both sides of a group. */
function standsAlone(parts: readonly string[], index: number): boolean {
  const before = parts[index - 1] ?? "";
  const after = parts[index + 1] ?? "";
  return (
    (before === "" ? index <= 1 || endsInSpace(parts[index - 2] ?? "") : before.endsWith(" ")) &&
    (after === "" ? index >= parts.length - 2 : after.startsWith(" "))
  );
}

/** An optional group before: `(|the )`, after which a word begins. */
function endsInSpace(group: string): boolean {
  return (
    group.startsWith("(") &&
    group
      .slice(1, -1)
      .split("|")
      .every((choice) => choice === "" || choice.endsWith(" "))
  );
}

function choicesOf(group: string, wholeWord: boolean): string[] {
  const choices = group.slice(1, -1).split("|");
  if (!wholeWord) {
    // `(|of |all )(messages|chats)`: what ends a keyword, or stands before a space, still is made of whole words.
    const spaced = choices.every((choice) => choice === "" || choice.endsWith(" "));
    if (!spaced) return choices;
    const words = together(choices.map((choice) => choice.trim()));
    return words.map((word) => (word === "" ? "" : `${word} `));
  }
  return together(choices.map((choice) => choice.trim()));
}

const ONE_WORD = /^[=*^\p{L}\p{N}\p{M}]+$/u;

function together(choices: readonly string[]): string[] {
  const single = choices.filter((choice) => ONE_WORD.test(choice));
  if (single.length === choices.length && single.length > 1) return [`⟨${single.join("|")}⟩`];
  const other = choices.filter((choice) => !single.includes(choice));
  return single.length > 1 ? [`⟨${single.join("|")}⟩`, ...other] : [...choices];
}

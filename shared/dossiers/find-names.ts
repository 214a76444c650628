// Dossiers: which names of dossiers stand in a text, and whether each could be anything else.
import type { Dossier } from "../domain/dossier.ts";
import { foldText, type Token } from "../domain/fold-text.ts";
import type { FieldReading, Reading } from "../reading/read-item.ts";
import type { Words } from "../reading/words.ts";
import { type DossierIndex, type Name, UNSPACED } from "./index-names.ts";
import { isOthersName } from "./others-names.ts";

export interface FoundName {
  readonly name: Name;
  readonly field: FieldReading["name"];
  /** Place in the field, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  /** False for what is said of the subject anywhere: "client-side scanning", "messageries chiffrées". */
  readonly distinctive: boolean;
}

/** A summary longer than this is an article: what it names late it names in passing. */
const SUMMARY_MAX = 1200;

/** The fields as they are written. */
export type Texts = Readonly<Record<"title" | "summary", string>>;

/**
 * All names of dossiers in a text. Within a longer name of another dossier a shorter one is none (`Chatkontrolle` in
 * `freiwillige Chatkontrolle`), nor within that of another country's law.
 */
export function findNames(
  index: DossierIndex,
  words: Words,
  reading: Reading,
  texts: Texts,
): FoundName[] {
  const found: FoundName[] = [];
  for (const field of reading.fields) {
    let covered = -1;
    let by: Dossier | undefined;
    for (const [at, token] of field.tokens.entries()) {
      if (field.name === "summary" && token.start > SUMMARY_MAX) break;
      for (const name of namesAt(index, token)) {
        const last = endOf(name, field.tokens, at);
        if (last === undefined || (last <= covered && by !== name.dossier)) continue;
        if (isOthersName(name.dossier, field, texts[field.name], at)) continue;
        if (last > covered) {
          covered = last;
          by = name.dossier;
        }
        found.push({
          name,
          field: field.name,
          start: token.start,
          end: field.tokens[last]?.end ?? token.end,
          distinctive: isDistinctive(words, reading, field, texts[field.name], {
            name,
            first: at,
            last,
          }),
        });
      }
    }
  }
  return found;
}

function namesAt(index: DossierIndex, token: Token): readonly Name[] {
  const names = index.names.get(token.text.slice(0, 3)) ?? NONE;
  if (!UNSPACED.test(token.text)) return names;
  return [...names, ...index.inside.filter(({ words: [word = ""] }) => token.text.includes(word))];
}

const NONE: readonly Name[] = [];

/** The last token of the name, where all of it stands at this place. */
function endOf(name: Name, tokens: readonly Token[], at: number): number | undefined {
  for (const [offset, word] of name.words.entries()) {
    const token = tokens[at + offset];
    if (token === undefined || !isInflected(word, token.text)) return undefined;
  }
  return at + name.words.length - 1;
}

/** True where the second is the first with another ending (datalagring, datalagringens; Яровой, Яровая). */
export function isInflected(word: string, other: string): boolean {
  if (word === other) return true;
  if (UNSPACED.test(word)) return word.length > 1 && other.includes(word);
  if (word.length < 5 || Math.abs(word.length - other.length) > 3 || /\d/.test(word)) return false;
  if (other.startsWith(word)) return true;
  return (
    CYRILLIC.test(word) && other.startsWith(word.slice(0, -2)) && other.length <= word.length + 2
  );
}

const CYRILLIC = /\p{Script=Cyrillic}/u;

/** Concepts that list names of bills, not what bills are about: they explain no word of a name. */
const NAMES_OF_BILLS: readonly string[] = ["access-bill", "chat-control"];
/** A law of many parts is named for any of them: its name tells no dossier that is about one. */
const MANY_PARTS = "umbrella-bill";
/** Letters that must be a name's own: fewer are a number, or a word cut short. */
export const OWN_LETTERS = 5;
/** What a sign of Chinese or Korean counts in letters. */
const SIGN = 3;

/**
 * Whether some word of the name is neither of the subject nor common: what the words of the models explain altogether is
 * said in many countries of many matters.
 */
function isDistinctive(
  words: Words,
  reading: Reading,
  field: FieldReading,
  text: string,
  { name, first, last }: { name: Name; first: number; last: number },
): boolean {
  const umbrella = words.conceptIndex.get(MANY_PARTS);
  if (
    field.hits.some(({ concept, from, to }) => concept === umbrella && from <= last && to > first)
  )
    return false;
  let own = 0;
  for (let at = first; at <= last; at++) {
    const said = field.tokens[at]?.text ?? "";
    const word = UNSPACED.test(said) ? (name.words[at - first] ?? said) : said;
    if (isExplained(words, reading, field, at, word)) continue;
    // A body's or an act's initials beside the word for what it is: `BKA-Gesetz`.
    if (
      name.words.length > 1 &&
      INITIALS.test(text.slice(field.tokens[at]?.start, field.tokens[at]?.end))
    )
      return true;
    own += UNSPACED.test(word) ? SIGN * word.length : word.length;
  }
  return own >= OWN_LETTERS;
}

/** `BKA`, `EARN`: what a body or an act is called for short. */
export const INITIALS = /^\p{Lu}{3,}$/u;

/** Letters by which an ending may be longer than what explains the word; beyond, it is a compound with a meaning of its own. */
const ENDING = 3;

/** Whether the subject's words, or a language's small ones, say all that this word says. */
export function isExplained(
  words: Words,
  reading: Reading,
  { hits, tokens }: FieldReading,
  at: number,
  word: string = tokens[at]?.text ?? "",
): boolean {
  if (/^\d+$/.test(word) || isSmallWord(words, reading, word)) return true;
  return hits.some(({ concept, term, from, to }) => {
    if (from > at || to <= at || words.places.has(concept)) return false;
    if (NAMES_OF_BILLS.includes(words.concepts[concept] ?? "")) return false;
    if (to - from > 1) return true;
    const by = foldText(words.terms[term]?.text ?? "").replaceAll(" ", "");
    return UNSPACED.test(word) ? by.includes(word) : by.length >= word.length - ENDING;
  });
}

/** Whether a language of the text has it among its small words. */
export const isSmallWord = (words: Words, { languages }: Reading, word: string): boolean =>
  words.languages.some(({ id, small }) => languages.includes(id) && small.includes(word));

/** Whether any dossier's name stands in these words. */
export const standsIn = (index: DossierIndex, tokens: readonly Token[]): boolean =>
  tokens.some((token, at) =>
    namesAt(index, token).some((name) => endOf(name, tokens, at) !== undefined),
  );

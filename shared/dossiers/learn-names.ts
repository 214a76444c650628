// Dossiers: names that items teach of the dossier that they are certain to belong to: its next bill's number, a short title.
import type { LearnedName, Move } from "../domain/dossier.ts";
import { foldText } from "../domain/fold-text.ts";
import type { ItemInput } from "../domain/item.ts";
import type { FieldReading, Reading } from "../reading/read-item.ts";
import type { Words } from "../reading/words.ts";
import { INITIALS, isExplained, isSmallWord, OWN_LETTERS } from "./find-names.ts";
import { canonicalOf, type Reference, referencesIn } from "./parse-reference.ts";

/** Items that must give a name before it is used, where no institution does. */
const ITEMS = 2;
/** Names of one dossier; beyond, those that were given once go first. */
const MOST = 40;
/** Of one item. */
const MOST_GIVEN = 4;

/** A candidate becomes a name when an institution, or two items, gave it. */
export const isUsed = ({ institution, items, forgotten }: LearnedName): boolean =>
  forgotten !== true && (institution || items >= ITEMS);

/** Between names in a move's traits: in no title. */
const BETWEEN = "\n";

/** What a move remembers of the names that its item gave. */
export const traitOf = (names: readonly string[]): string => names.join(BETWEEN);

/** What moves taught of their dossier, less what an operator took back; their order and repetition never matter. */
export function learnedFrom(moves: readonly Move[]): readonly LearnedName[] {
  return [...moves]
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.item < b.item ? -1 : 1))
    .reduce(learn, []);
}

/** @returns the same names where the move teaches nothing */
export function learn(names: readonly LearnedName[], move: Move): readonly LearnedName[] {
  const { forget: taken, names: given } = move.traits;
  if (typeof taken === "string") return forget(names, taken);
  if (typeof given !== "string" || given === "") return names;
  return given.split(BETWEEN).reduce((all, text) => add(all, text, move), names);
}

/** It stays, so that no item, however late it comes, teaches it again. */
function forget(names: readonly LearnedName[], text: string): LearnedName[] {
  const rest = names.filter((name) => !isSameName(name.text, text));
  return [...rest, { text, items: 0, institution: false, forgotten: true }];
}

const isSameName = (one: string, other: string): boolean => foldText(one) === foldText(other);

function add(names: readonly LearnedName[], text: string, move: Move): readonly LearnedName[] {
  const known = names.find((name) => isSameName(name.text, text));
  if (known?.forgotten === true) return names;
  const next: LearnedName = {
    text: known?.text ?? text,
    items: (known?.items ?? 0) + 1,
    institution: (known?.institution ?? false) || move.reportedBy === "institution",
  };
  const rest = names.filter((name) => name !== known);
  if (rest.length < MOST) return [...rest, next];
  const weakest = rest.findIndex((name) => !isUsed(name) && name.forgotten !== true);
  return weakest < 0 ? names : [...rest.filter((_, at) => at !== weakest), next];
}

const CANONICAL = /^([A-Z]{2,3}) (\S+) (\S+) (\S*\d\S*)$/;

/** What a learned number stands for: they are kept with parliament and session, `CA 45-1 bill C-22`. */
export function numberOf(text: string): Reference | null {
  const [, parliament, session, kind, number] = CANONICAL.exec(text) ?? [];
  if (parliament === undefined || kind === undefined || number === undefined) return null;
  const place = { start: 0, end: text.length };
  return {
    parliament,
    kind,
    number,
    session: session ?? null,
    form: "full",
    alone: true,
    bill: true,
    ...place,
  };
}

/** The names that an item gives the bill that it is about. @param jurisdiction the dossier's */
export function namesGiven(
  input: ItemInput,
  words: Words,
  reading: Reading,
  jurisdiction: string,
): string[] {
  const numbers = referencesIn(input.title, input.published)
    .filter(
      ({ parliament, session, alone, bill }) =>
        bill && alone && parliament === jurisdiction && session !== null,
    )
    .map(canonicalOf);
  const titles = reading.fields.flatMap((field) =>
    titlesIn(words, reading, field, input[field.name]),
  );
  return [...new Set([...numbers, ...titles])].slice(0, MOST_GIVEN);
}

const BILLS: readonly string[] = ["bill", "law-word"];
const CAPITAL = /^[\p{Lu}\p{Lt}]/u;
/** Words of a name on either side of `Act`, `loi`, `Gesetz`. */
const BEFORE = 7;
const AFTER = 4;
const LONGEST_NAME = 70;

/** `Investigatory Powers Bill`, `loi Narcotrafic`: words written large around a word for a law. */
function titlesIn(words: Words, reading: Reading, field: FieldReading, text: string): string[] {
  const tokens = field.tokens;
  const isLarge = (at: number) => {
    const token = tokens[at];
    return token !== undefined && CAPITAL.test(text.slice(token.start, token.end));
  };
  const isSmall = (at: number) => isSmallWord(words, reading, tokens[at]?.text ?? "");
  return field.hits.flatMap(({ concept, from, to }) => {
    if (!BILLS.includes(words.concepts[concept] ?? "") || to - from > 1 || !isLarge(from))
      return [];
    let first = from;
    while (
      from - first < BEFORE &&
      (isLarge(first - 1) || (isSmall(first - 1) && isLarge(first - 2)))
    )
      first--;
    // `The Act`, `Der Entwurf`: what begins a sentence is written large as well.
    while (first < from && isSmall(first)) first++;
    let last = to - 1;
    if (first === from)
      while (last - from < AFTER && (isLarge(last + 1) || (isSmall(last + 1) && isLarge(last + 2))))
        last++;
    const name = text.slice(tokens[first]?.start, tokens[last]?.end);
    if (name.length > LONGEST_NAME || /[.:;!?|"“”]/.test(name)) return [];
    if (name === name.toUpperCase()) return [];
    return hasOwnWord(words, reading, field, text, [first, last]) ? [name] : [];
  });
}

/** Whether some word between is neither of the subject, nor of procedure, nor a number: `An Act` names nothing. */
function hasOwnWord(
  words: Words,
  reading: Reading,
  field: FieldReading,
  text: string,
  [first, last]: readonly [number, number],
): boolean {
  for (let at = first; at <= last; at++) {
    const said = text.slice(field.tokens[at]?.start, field.tokens[at]?.end);
    const isLong = said.length >= OWN_LETTERS || INITIALS.test(said);
    if (isLong && !isExplained(words, reading, field, at)) return true;
  }
  return false;
}

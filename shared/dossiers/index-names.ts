// Dossiers: names and numbers by which dossiers are known, registered and learned, indexed once per registry.
import type { Dossier, LearnedName } from "../domain/dossier.ts";
import { tokensOf } from "../domain/fold-text.ts";
import { isUsed, numberOf } from "./learn-names.ts";
import { type Reference, referencesIn } from "./parse-reference.ts";

export interface Name {
  readonly dossier: Dossier;
  readonly text: string;
  readonly words: readonly string[];
  /** 1 for a name that can mean nothing else, less for short, common or learned ones. */
  readonly weight: number;
  /** True where items taught it, false where the registry has it. */
  readonly learned: boolean;
}

/** A number of a dossier's own, registered or learned. */
export interface OwnNumber {
  readonly dossier: Dossier;
  readonly reference: Reference;
  readonly learned: boolean;
}

export interface DossierIndex {
  /** By the first three letters of their first word, longer names first. */
  readonly names: ReadonlyMap<string, readonly Name[]>;
  /** Names in scripts without spaces: they stand inside what a text calls a word. */
  readonly inside: readonly Name[];
  /** By parliament, series and number. */
  readonly numbers: ReadonlyMap<string, readonly OwnNumber[]>;
}

/** What items have taught of each dossier, by its id. */
export type Learned = ReadonlyMap<string, readonly LearnedName[]>;
export const NOTHING_LEARNED: Learned = new Map();

const indexes = new WeakMap<Learned, WeakMap<readonly Dossier[], DossierIndex>>();

/** The index of a registry and what was learned; kept as long as both are. */
export function indexOf(dossiers: readonly Dossier[], learned: Learned): DossierIndex {
  const kept = indexes.get(learned) ?? new WeakMap<readonly Dossier[], DossierIndex>();
  indexes.set(learned, kept);
  const known = kept.get(dossiers);
  if (known !== undefined) return known;
  const made = makeIndex(dossiers, learned);
  kept.set(dossiers, made);
  return made;
}

function makeIndex(dossiers: readonly Dossier[], learned: Learned): DossierIndex {
  const names = new Map<string, Name[]>();
  const inside: Name[] = [];
  const numbers = new Map<string, OwnNumber[]>();
  const phrases = dossiers.map((dossier) => [dossier, phrasesOf(dossier)] as const);
  for (const dossier of dossiers) {
    const taught = (learned.get(dossier.id) ?? []).filter(isUsed);
    for (const own of numbersOf(dossier, taught)) {
      const key = numberKey(own.reference);
      numbers.set(key, [...(numbers.get(key) ?? []), own]);
    }
    for (const given of namesOf(dossier, taught)) {
      const phrase = ` ${given.words.join(" ")} `;
      const shared = phrases.some(([other, text]) => other !== dossier && text.includes(phrase));
      const name = shared ? { ...given, weight: given.weight * SHARED } : given;
      if (UNSPACED.test(name.text)) inside.push(name);
      else {
        const key = (name.words[0] ?? "").slice(0, 3);
        names.set(key, [...(names.get(key) ?? []), name]);
      }
    }
  }
  // Longer names first, so that a shorter one within them is seen to be covered.
  for (const list of names.values()) list.sort((a, b) => b.words.length - a.words.length);
  return { names, inside, numbers };
}

/** A name that stands within another dossier's names, too, tells little: `lawful access`, `going dark`. */
const SHARED = 0.55;
/** What an item taught may be another's: it counts less than what somebody wrote down. */
const TAUGHT = 0.6;

/** Scripts that put no space between words, or hang endings on them. */
export const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

const phrasesOf = (dossier: Dossier): string =>
  [dossier.title, ...dossier.aliases, ...dossier.references]
    .map((text) => ` ${wordsOf(text).join(" ")} `)
    .join("|");

/** Of a file's documents the file's. */
export const numberKey = ({ parliament, kind, number }: Reference): string =>
  `${parliament} ${kind} ${number.replace(/-\d+$/, "")}`;

function numbersOf(dossier: Dossier, taught: readonly LearnedName[]): OwnNumber[] {
  const registered = [...dossier.references, ...dossier.aliases.filter(isNumber)].flatMap((text) =>
    whollyRead(text).map((reference) => ({ dossier, reference, learned: false })),
  );
  const learned = taught.flatMap(({ text }) => {
    const reference = numberOf(text);
    return reference === null ? [] : [{ dossier, reference, learned: true }];
  });
  return [...registered, ...learned];
}

/** A dossier that opened itself keeps its number with parliament and session. */
function whollyRead(text: string): readonly Reference[] {
  const reference = numberOf(text);
  return reference === null ? referencesIn(text, null) : [reference];
}

function namesOf(dossier: Dossier, taught: readonly LearnedName[]): Name[] {
  // References in no parliament's form (a law by its title, an article) are names.
  const titles = dossier.references.filter((text) => whollyRead(text).length === 0);
  const registered = [...dossier.aliases.filter((text) => !isNumber(text)), ...titles];
  const learned = taught.filter(({ text }) => numberOf(text) === null);
  return [
    ...registered.map((text) => [text, false] as const),
    ...learned.map(({ text }) => [text, true] as const),
  ].flatMap(([text, isLearned]) => {
    const words = wordsOf(text);
    const weight = nameWeight(words, text) * (isLearned ? TAUGHT : 1);
    return words.length === 0 ? [] : [{ dossier, text, words, weight, learned: isLearned }];
  });
}

/** Letters that may stand beside a number that is all there is: `Bill `, `projet de loi `. */
const BESIDE_NUMBER = 16;

/** `SB 868` and `Bill C-22` among the aliases are numbers without a session. */
function isNumber(text: string): boolean {
  const [found] = referencesIn(text, null);
  return found !== undefined && text.length - (found.end - found.start) <= BESIDE_NUMBER;
}

const wordsOf = (text: string): string[] => tokensOf(text).map((token) => token.text);

/** Abbreviations collide (IPA, ORI, HLG); a phrase of several words hardly does. */
function nameWeight(words: readonly string[], text: string): number {
  const letters = words.join("").length;
  if (words.length === 1) {
    if (UNSPACED.test(text)) return letters <= 2 ? 0.5 : 1;
    return letters <= 4 ? 0.5 : letters <= 6 ? 0.8 : 1;
  }
  if (letters <= 6 && /\d/.test(text)) return 0.6;
  return words.length >= 4 ? 1.4 : words.length === 3 ? 1.2 : 1.1;
}

// Dossiers: what each is about, in concepts and words of its title, names and history, weighed by how few others share them.
import type { Dossier } from "../domain/dossier.ts";
import { type Evidence, ItemInput } from "../domain/item.ts";
import { type FieldReading, type Reading, readItem } from "../reading/read-item.ts";
import { stemOf } from "../reading/stem.ts";
import type { Words } from "../reading/words.ts";
import type { Shared } from "./homes.ts";
import type { ReadText } from "./read-text.ts";

/** What a dossier is about: for each term how much it says, 0 (all dossiers say it) to 1 (this one alone). */
export type Description = ReadonlyMap<string, number>;

/** A concept (`@messenger`) or a stem, and the words that said it. */
export interface SpokenTerm {
  readonly term: string;
  readonly field: FieldReading["name"];
  /** Tokens of the field, inclusive. */
  readonly first: number;
  readonly last: number;
}

/** Shorter words are small ones, or endings. */
const SHORTEST = 4;
/** A summary longer than this is an article: what it speaks of late it speaks of in passing. */
const SUMMARY_MAX = 1200;
/** What is done to a text, and by whom, is said of any text. */
const PROCEDURE = /^(?:act|who|noise|what|off)-/;
const ANY_TEXT: readonly string[] = [
  "adopt",
  "amend",
  "amending-act",
  "ambassadors",
  "back-again",
  "bill",
  "committee",
  "court",
  "final",
  "government",
  "in-force",
  "lapse",
  "law-word",
  "leak",
  "modal",
  "negation",
  "new-text",
  "oppose",
  "order",
  "parliament",
  "passed-on",
  "past-act",
  "pending",
  "policy",
  "postpone",
  "propose",
  "reading",
  "regulator",
  "reject",
  "statement",
  "tally",
  "vote",
  "withdraw",
];

/** The concepts and stems of a text, each as often as it is said. */
export function termsIn(words: Words, reading: Reading): SpokenTerm[] {
  const language = reading.languages[0] ?? "en";
  const small = smallWords(words, reading.languages);
  return reading.fields.flatMap((field) => {
    const end = field.tokens.findIndex(({ start }) => start > SUMMARY_MAX);
    const tokens = end < 0 ? field.tokens : field.tokens.slice(0, end);
    const found: SpokenTerm[] = [];
    const procedure = new Set<number>();
    for (const { concept, from, to } of field.hits) {
      if (to > tokens.length) continue;
      const id = words.concepts[concept] ?? "";
      const isPlace = words.places.has(concept);
      if (isPlace || PROCEDURE.test(id) || ANY_TEXT.includes(id)) {
        if (!id.startsWith("what-")) for (let at = from; at < to; at++) procedure.add(at);
      } else found.push({ term: `@${id}`, field: field.name, first: from, last: to - 1 });
    }
    for (const [at, { text }] of tokens.entries())
      if (text.length >= SHORTEST && !small.has(text) && !procedure.has(at) && !/^\d+$/.test(text))
        found.push({ term: stemOf(language, text), field: field.name, first: at, last: at });
    return found;
  });
}

const smallOf = new WeakMap<Words, Map<string, ReadonlySet<string>>>();

function smallWords(words: Words, languages: readonly string[]): ReadonlySet<string> {
  const known = smallOf.get(words) ?? new Map<string, ReadonlySet<string>>();
  smallOf.set(words, known);
  const key = languages.join(" ");
  let small = known.get(key);
  if (small === undefined) {
    small = new Set(
      words.languages.filter(({ id }) => languages.includes(id)).flatMap((one) => one.small),
    );
    known.set(key, small);
  }
  return small;
}

const built = new WeakMap<readonly Dossier[], ReadonlyMap<Dossier, Description>>();
const own = new WeakMap<Dossier, ReadonlySet<string>>();

/** The descriptions of a registry; kept as long as the registry is. */
export function describeDossiers(
  words: Words,
  dossiers: readonly Dossier[],
): ReadonlyMap<Dossier, Description> {
  const known = built.get(dossiers);
  if (known !== undefined) return known;
  const counts = new Map<string, number>();
  for (const dossier of dossiers)
    for (const term of ownTerms(words, dossier)) counts.set(term, (counts.get(term) ?? 0) + 1);
  const most = Math.log(1 + Math.max(dossiers.length, FEW));
  const made = new Map(
    dossiers.map((dossier) => {
      const terms = [...ownTerms(words, dossier)];
      const weighed = terms.map((term): [string, number] => [
        term,
        Math.max(0, 1 - Math.log(counts.get(term) ?? 1) / most),
      ]);
      return [dossier, new Map(weighed)] as const;
    }),
  );
  built.set(dossiers, made);
  return made;
}

/** In a registry of three, what one of them alone says is not rare yet. */
const FEW = 12;

function ownTerms(words: Words, dossier: Dossier): ReadonlySet<string> {
  const known = own.get(dossier);
  if (known !== undefined) return known;
  const texts = [dossier.title, ...dossier.aliases, ...dossier.history.map(({ what }) => what)];
  const made = new Set(
    texts.flatMap((title) =>
      termsIn(words, readItem(words, ItemInput.parse({ title }))).map(({ term }) => term),
    ),
  );
  own.set(dossier, made);
  return made;
}

const TITLE = 2;
/** A concept stands for many words: sharing one says less than sharing a rare word. */
const CONCEPT = 0.6;
/** What a word that no other dossier says counts beside one of a written list. */
const OWN = 1.5;
/** What nearly every dossier says tells nothing of one. */
const LEAST = 0.2;

/** How much of an item's text is in a dossier's own words; saying one twice says it once. */
export function sharedTerms(
  description: Description,
  terms: readonly SpokenTerm[],
  text: ReadText,
): Shared {
  const best = new Map<string, number>();
  const evidence: Evidence[] = [];
  for (const { term, field, first, last } of terms) {
    const rare = (description.get(term) ?? 0) ** 2;
    const weight = rare * (term.startsWith("@") ? CONCEPT : 1) * (field === "title" ? TITLE : 1);
    if (weight <= (best.get(term) ?? LEAST)) continue;
    best.set(term, weight);
    const start = text[field][first]?.start ?? 0;
    const end = text[field][last]?.end ?? start + 1;
    evidence.push({ term: text.quote(field, start, end), field, start, end, weight });
  }
  return { score: OWN * [...best.values()].reduce((sum, one) => sum + one, 0), evidence };
}

// Matching: an item as the models see it: words found in each field, and the features they make.
import { type Token, tokensOf } from "../domain/fold-text.ts";
import type { ItemInput } from "../domain/item.ts";
import { KINDS } from "../domain/vocabulary.ts";
import { detectLanguages } from "./detect-language.ts";
import { findJurisdiction, type JurisdictionFound } from "./find-jurisdiction.ts";
import { findKeywords } from "./find-keywords.ts";
import { applyVetoes, findPairs, findTogether, type PairHit } from "./find-pairs.ts";
import type { Hit, Language, Models } from "./keyword-model.ts";
import { findWords, type WordHit } from "./plain-words.ts";

/** What can be done to a text: concepts that name an act of procedure. */
const ACTS = [
  "propose",
  "reading",
  "committee",
  "amend",
  "vote",
  "adopt",
  "reject",
  "withdraw",
  "postpone",
  "lapse",
  "in-force",
  "order",
  "court",
  "leak",
] as const;

/**
 * Concepts that no keyword makes: where the item belongs, who published it, and how its acts stand. `sole-…` is the only
 * act of the title; `told-…` stands in the summary of an item whose title names none.
 */
export const CONTEXT_CONCEPTS: readonly string[] = [
  "in-fr",
  "in-eu",
  "in-int",
  "in-country",
  "in-nowhere",
  "names-eu",
  "names-fr",
  "names-country",
  "names-several",
  "no-summary",
  ...KINDS.map((kind) => `kind-${kind}`),
  ...ACTS.flatMap((act) => [`sole-${act}`, `told-${act}`]),
  "no-act",
];

export interface FieldReading {
  readonly name: "title" | "summary";
  readonly tokens: readonly Token[];
  readonly hits: readonly Hit[];
  readonly pairs: readonly PairHit[];
  readonly words: readonly WordHit[];
}

export interface Reading {
  readonly fields: readonly [FieldReading, FieldReading];
  readonly languages: readonly Language[];
  readonly jurisdiction: JurisdictionFound;
  /**
   * Features present, by number: 2c where concept c stands anywhere, 2c + 1 where it stands in the title; behind those of
   * the concepts the words that examples taught.
   */
  readonly features: Int32Array;
}

/** Reads one item with the models; pure, linear in its text. */
export function readItem(models: Models, input: ItemInput): Reading {
  const title = tokensOf(input.title);
  const summary = tokensOf(input.summary);
  const languages = detectLanguages(
    `${input.title.slice(0, 1000)} ${input.summary.slice(0, 1000)}`,
    [title, summary],
    input.feed.language,
  );
  const lexicons = (languages.length === 0 ? (["en", "fr", "de"] as const) : languages).map(
    (language) => models.lexicons[language],
  );
  const found = [
    findKeywords(lexicons, models.terms, title, input.title),
    findKeywords(lexicons, models.terms, summary, input.summary),
  ];
  const [inTitle = [], inSummary = []] = applyVetoes(models.vetoes, found);
  const fields = [
    fieldOf(models, "title", title, inTitle),
    fieldOf(models, "summary", summary, inSummary),
  ] as const;
  const jurisdiction = findJurisdiction(models, fields, input.feed, languages[0] ?? null);
  return {
    fields,
    languages,
    jurisdiction,
    features: featuresOf(models, fields, contextOf(jurisdiction, input)),
  };
}

function fieldOf(
  models: Models,
  name: "title" | "summary",
  tokens: readonly Token[],
  hits: readonly Hit[],
): FieldReading {
  const pairs = hits.length < 2 ? [] : findPairs(models.pairs, hits);
  return { name, tokens, hits, pairs, words: findWords(models.words, tokens) };
}

function contextOf(jurisdiction: JurisdictionFound, input: ItemInput): string[] {
  const { id, named } = jurisdiction;
  const context = [
    id === null
      ? "in-nowhere"
      : id === "FR"
        ? "in-fr"
        : id === "EU"
          ? "in-eu"
          : id === "INT"
            ? "in-int"
            : "in-country",
  ];
  if (named.includes("EU")) context.push("names-eu");
  if (named.includes("FR")) context.push("names-fr");
  if (named.some((one) => one !== "EU" && one !== "FR" && one !== "INT"))
    context.push("names-country");
  if (named.length > 1) context.push("names-several");
  if (input.feed.kind !== null) context.push(`kind-${input.feed.kind}`);
  if (input.summary.trim() === "") context.push("no-summary");
  return context;
}

function featuresOf(
  models: Models,
  fields: readonly FieldReading[],
  context: readonly string[],
): Int32Array {
  const marked = new Uint8Array(models.words.first + models.words.forms.length);
  const features: number[] = [];
  const mark = (feature: number) => {
    if (marked[feature] === 1) return;
    marked[feature] = 1;
    features.push(feature);
  };
  for (const field of fields) {
    const title = field.name === "title";
    for (const list of [field.hits, field.pairs])
      for (const hit of list) {
        mark(2 * hit.concept);
        if (title) mark(2 * hit.concept + 1);
      }
    for (const word of field.words) mark(word.feature);
  }
  for (const concept of findTogether(models.pairs, marked)) mark(2 * concept);
  for (const id of [...context, ...actsOf(models, marked)]) {
    const concept = models.conceptIndex.get(id);
    if (concept !== undefined) mark(2 * concept);
  }
  return Int32Array.from(features);
}

/** How the acts stand to each other: a title that names one reports it, one that names none leaves it to the summary. */
function actsOf(models: Models, marked: Uint8Array): string[] {
  const has = (act: string, inTitle: 0 | 1) =>
    marked[2 * (models.conceptIndex.get(act) ?? 0) + inTitle] === 1;
  const named = ACTS.filter((act) => has(act, 1));
  if (named.length === 1) return [`sole-${named[0]}`];
  if (named.length > 1) return [];
  return ["no-act", ...ACTS.filter((act) => has(act, 0)).map((act) => `told-${act}`)];
}

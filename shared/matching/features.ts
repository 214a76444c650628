// Matching: an item as the models see it: words found in each field, and the features they make.
import type { ItemInput } from "../domain/item.ts";
import { KINDS } from "../domain/vocabulary.ts";
import type { JurisdictionFound } from "../reading/find-jurisdiction.ts";
import { findTogether } from "../reading/find-pairs.ts";
import { type FieldReading, type Reading, readItem } from "../reading/read-item.ts";
import { findCombinations, hasSubject, isWeak } from "./combinations.ts";
import type { Models } from "./keyword-model.ts";
import { findWords, type WordHit } from "./plain-words.ts";

/**
 * Concepts that no keyword makes: where the item belongs, who published it, and how its acts stand. `sole-…` is the only
 * act of the title; `told-…` stands in the summary of an item whose title names none.
 */
export const contextConcepts = (acts: readonly string[]): readonly string[] => [
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
  "weak-subject",
  ...KINDS.map((kind) => `kind-${kind}`),
  ...acts.flatMap((act) => [`sole-${act}`, `told-${act}`]),
  "no-act",
];

/** A field, with the words in it that examples taught. */
export interface FieldFeatures extends FieldReading {
  readonly words: readonly WordHit[];
}

/** A reading as the models see it. */
export interface Features extends Omit<Reading, "fields"> {
  readonly fields: readonly [FieldFeatures, FieldFeatures];
  /** False where no word of the subject stands in the text: whatever else it says, it is not relevant. */
  readonly subject: boolean;
  /**
   * Features present, by number: 2c where concept c stands anywhere, 2c + 1 where it stands in the title; behind those of
   * the concepts the words that examples taught.
   */
  readonly features: Int32Array;
}

/** Reads one item and takes its features; pure, linear in its text. */
export function readFeatures(models: Models, input: ItemInput): Features {
  return featuresOf(models, input, readItem(models.vocabulary, input));
}

/** The features of an item that has been read already. */
export function featuresOf(models: Models, input: ItemInput, reading: Reading): Features {
  const withWords = (field: FieldReading): FieldFeatures => ({
    ...field,
    pairs: [...field.pairs, ...findCombinations(models.combinations, field)],
    words: findWords(models.words, field.tokens),
  });
  const fields = [withWords(reading.fields[0]), withWords(reading.fields[1])] as const;
  const subject = reading.fields.some((field) => hasSubject(models.combinations, field));
  const context = contextOf(reading.jurisdiction, input);
  if (subject && isWeak(models.combinations, reading.fields)) context.push("weak-subject");
  return { ...reading, fields, subject, features: presentIn(models, fields, context) };
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

function presentIn(
  models: Models,
  fields: readonly FieldFeatures[],
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
  for (const concept of findTogether(models.vocabulary.pairs, marked)) mark(2 * concept);
  for (const id of [...context, ...actsOf(models, marked)]) {
    const concept = models.conceptIndex.get(id);
    if (concept !== undefined) mark(2 * concept);
  }
  return Int32Array.from(features);
}

/** How the acts stand to each other: a title that names one reports it, one that names none leaves it to the summary. */
function actsOf({ combinations: { acts } }: Models, marked: Uint8Array): string[] {
  const named = acts.filter(({ concept }) => marked[2 * concept + 1] === 1);
  if (named.length === 1) return [`sole-${named[0]?.id}`];
  if (named.length > 1) return [];
  const told = acts.filter(({ concept }) => marked[2 * concept] === 1);
  return ["no-act", ...told.map(({ id }) => `told-${id}`)];
}

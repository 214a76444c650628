// Training: what is relevant, learned at the base rate of real feeds: two items in a thousand.

import { tokensOf } from "../domain/fold-text.ts";
import type { ItemInput } from "../domain/item.ts";
import { type Features, readFeatures } from "../matching/features.ts";
import type { Models } from "../matching/keyword-model.ts";
import type { LinearWeights } from "../matching/model-schema.ts";
import { formsOf } from "../matching/plain-words.ts";
import { EMPTY, learnClasses, type Question } from "./learn-classes.ts";

/** An item of which it is known whether it is relevant, and how much it counts. */
export interface RelevanceItem {
  readonly input: ItemInput;
  readonly relevant: boolean;
  readonly weight: number;
  /** Items of one source are learned from or judged by, never both: a feed's id, or a dossier's. */
  readonly source: string;
  /** True for items of real feeds, by which calibration goes. */
  readonly background: boolean;
}

/** The same as the learner sees it. */
export interface RelevanceExample {
  readonly features: Int32Array;
  readonly relevant: boolean;
  readonly weight: number;
  readonly source: string;
  readonly background: boolean;
}

/** How firmly weights are held at zero; larger moves less. Found by folds over the sources of real items. */
const HOLD = 5;
/** How many items that speak of the subject must show a word. */
const WORD_EXAMPLES = 10;
/** What a word must weigh to be kept (log-odds). */
const WORD_LEAST = 0.02;
/** Smaller weights are not written. */
const LEAST = 0.01;
const ROUNDS = 60;

/** Words that enough of the items show which speak of the subject at all. */
export function wordsShown(models: Models, items: readonly RelevanceItem[]): string[] {
  const counts = new Map<string, number>();
  for (const { input } of items) {
    if (!readFeatures(models, input).subject) continue;
    const forms = new Set(
      [input.title, input.summary].flatMap((text) => [...formsOf(tokensOf(text).slice(0, 150))]),
    );
    for (const form of forms) counts.set(form, (counts.get(form) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= WORD_EXAMPLES).map(([form]) => form);
}

/** Reads items with models that know the words to be learned; those without a word of the subject teach nothing. */
export function relevanceExamples(
  models: Models,
  items: readonly RelevanceItem[],
): { examples: RelevanceExample[]; frozen: ReadonlySet<number> } {
  const covered = new Map<number, [number, number]>();
  const examples: RelevanceExample[] = [];
  for (const { input, relevant, weight, source, background } of items) {
    const read = readFeatures(models, input);
    if (!read.subject) continue;
    examples.push({ features: read.features, relevant, weight, source, background });
    countCovered(models, read, covered);
  }
  return { examples, frozen: frozenFeatures(models, covered) };
}

/** Concepts whose words name places, institutions and companies: none may carry an item, in whatever clothes. */
const CARRIERS = ["provider", "government", "parliament", "regulator", "police", "court"];

function countCovered(
  models: Models,
  read: Features,
  covered: Map<number, [number, number]>,
): void {
  const carriers = new Set(CARRIERS.map((id) => models.conceptIndex.get(id) ?? -1));
  for (const field of read.fields) {
    const spans = field.hits.filter(
      ({ concept }) => carriers.has(concept) || models.vocabulary.places.has(concept),
    );
    for (const { feature, from, to } of field.words) {
      const counts = covered.get(feature) ?? [0, 0];
      counts[0] += 1;
      if (spans.some((hit) => hit.from <= from && to <= hit.to)) counts[1] += 1;
      covered.set(feature, counts);
    }
  }
}

/** What relevance may not rest on: all but the subject, what stands beside it, what speaks against it, and plain words. */
function frozenFeatures(
  models: Models,
  covered: ReadonlyMap<number, readonly [number, number]>,
): ReadonlySet<number> {
  const { subjectOf, first, against } = models.combinations;
  const isSubject = (concept: number) => (subjectOf[concept] ?? -1) >= 0;
  const ofSubject = new Set(
    models.vocabulary.pairs
      .filter((pair) => pair.first.every(isSubject) || pair.second.every(isSubject))
      .map((pair) => pair.concept),
  );
  const carriers = new Set(CARRIERS.map((id) => models.conceptIndex.get(id) ?? -1));
  const frozen = new Set<number>();
  for (let concept = 0; concept < first; concept++) {
    const carries =
      carriers.has(concept) ||
      models.vocabulary.places.has(concept) ||
      (concept >= models.vocabulary.concepts.length &&
        concept !== models.conceptIndex.get("weak-subject"));
    if (carries) frozen.add(2 * concept).add(2 * concept + 1);
  }
  for (const [feature, [all, under]] of covered) if (under * 2 > all) frozen.add(feature);
  return frozen;
}

/** Weights of relevance; deterministic. */
export function learnRelevance(
  models: Models,
  examples: readonly RelevanceExample[],
  frozen: ReadonlySet<number>,
): LinearWeights {
  const question: Question = {
    hold: HOLD,
    open: true,
    words: 1,
    wordLeast: WORD_LEAST,
    rounds: ROUNDS,
    least: LEAST,
    frozen,
  };
  const [, yes] = learnClasses(
    models,
    [EMPTY, EMPTY],
    examples,
    (one) => (one.relevant ? 1 : 0),
    question,
    true,
  );
  return yes ?? EMPTY;
}

// Training: what is relevant, learned at the base rate of real feeds: two items in a thousand.

import type { ItemInput } from "../domain/item.ts";
import { type Features, featuresOf } from "../matching/features.ts";
import type { Models } from "../matching/keyword-model.ts";
import type { LinearWeights } from "../matching/model-schema.ts";
import { formsOf } from "../matching/plain-words.ts";
import { type Reading, readItem } from "../reading/read-item.ts";
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
  readonly input: ItemInput;
  readonly features: Int32Array;
  readonly relevant: boolean;
  readonly weight: number;
  readonly source: string;
  readonly background: boolean;
}

/** How firmly weights are held at zero; larger moves less. Found by folds over the sources of real items. */
const HOLD = 5;
/** Of each field these first words may be learned. */
const WORDS_HEARD = 150;
/** How many items that speak of the subject must show a word. */
const WORD_EXAMPLES = 10;
/** What a word must weigh to be kept (log-odds). */
const WORD_LEAST = 0.02;
/** Smaller weights are not written. */
const LEAST = 0.01;
const ROUNDS = 60;

/** An item that speaks of the subject, read once for all that is asked of it in learning. */
interface Read extends RelevanceItem {
  readonly reading: Reading;
}

/** What learning needs of its items. */
export interface Learnable {
  /** Models that know the words to be learned, at weight zero. */
  readonly base: Models;
  readonly examples: readonly RelevanceExample[];
  /** Features that must weigh nothing. */
  readonly frozen: ReadonlySet<number>;
}

/**
 * Reads each item once; those without a word of the subject teach nothing and are let go at once.
 * @param build models with these weights for relevance
 */
export function readRelevance(
  items: Iterable<RelevanceItem>,
  build: (weights: LinearWeights) => Models,
): Learnable {
  const wordless = build(EMPTY);
  const read: Read[] = [];
  for (const item of items) {
    const reading = readItem(wordless.vocabulary, item.input);
    if (featuresOf(wordless, item.input, reading).subject) read.push({ ...item, reading });
  }
  const words = Object.fromEntries(wordsShown(read).map((form) => [form, 0]));
  const base = build({ ...EMPTY, words });
  return { base, ...examplesFrom(base, read) };
}

/** Words that enough of the items show. */
function wordsShown(items: readonly Read[]): string[] {
  const counts = new Map<string, number>();
  for (const { reading } of items) {
    const forms = new Set(
      reading.fields.flatMap(({ tokens }) => [...formsOf(tokens.slice(0, WORDS_HEARD))]),
    );
    for (const form of forms) counts.set(form, (counts.get(form) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= WORD_EXAMPLES).map(([form]) => form);
}

function examplesFrom(
  base: Models,
  items: readonly Read[],
): { examples: RelevanceExample[]; frozen: ReadonlySet<number> } {
  const carriers = carriersOf(base);
  const covered = new Map<number, [number, number]>();
  const examples = items.map(({ input, reading, relevant, weight, source, background }) => {
    const read = featuresOf(base, input, reading);
    countCovered(carriers, read, covered);
    return { input, features: read.features, relevant, weight, source, background };
  });
  return { examples, frozen: frozenFeatures(base, carriers, covered) };
}

/** Concepts whose words name places, institutions and companies: none may carry an item, in whatever clothes. */
function carriersOf({ combinations, vocabulary }: Models): ReadonlySet<number> {
  return new Set([...combinations.carriers, ...vocabulary.places.keys()]);
}

function countCovered(
  carriers: ReadonlySet<number>,
  read: Features,
  covered: Map<number, [number, number]>,
): void {
  for (const field of read.fields) {
    const spans = field.hits.filter(({ concept }) => carriers.has(concept));
    for (const { feature, from, to } of field.words) {
      const counts = covered.get(feature) ?? [0, 0];
      counts[0] += 1;
      if (spans.some((hit) => hit.from <= from && to <= hit.to)) counts[1] += 1;
      covered.set(feature, counts);
    }
  }
}

/** What relevance may not rest on: who, where and in which circumstances, and plain words that mostly stand in such names. */
function frozenFeatures(
  { combinations: { first }, vocabulary, conceptIndex }: Models,
  carriers: ReadonlySet<number>,
  covered: ReadonlyMap<number, readonly [number, number]>,
): ReadonlySet<number> {
  const frozen = new Set<number>();
  for (let concept = 0; concept < first; concept++) {
    const isCircumstance =
      concept >= vocabulary.concepts.length && concept !== conceptIndex.get("weak-subject");
    if (carriers.has(concept) || isCircumstance) frozen.add(2 * concept).add(2 * concept + 1);
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

// Training: what items report of their dossiers, learned from streams that read like real feeds and from our own examples.
import type { ItemInput } from "../domain/item.ts";
import { ACTS, type Act } from "../domain/vocabulary.ts";
import type { LabelledAct, LabelledItem } from "../matching/evaluate.ts";
import { readFeatures } from "../matching/features.ts";
import type { Models } from "../matching/keyword-model.ts";
import type { LinearWeights } from "../matching/model-schema.ts";
import { EMPTY, type Example, learnClasses, type Question } from "./learn-classes.ts";

type Acts = Partial<Record<Act, LinearWeights>>;

/** An item of which it is known what it reports. */
export interface ActItem {
  readonly input: ItemInput;
  readonly act: Act;
  /** True where it comes from a stream: acts are as frequent there as feeds have them. */
  readonly stream: boolean;
}

/** What is held, how firmly, and how much an item of a stream counts: found on the other of two streams. */
const LEARNING: Question = {
  hold: 20,
  open: true,
  words: 4,
  wordLeast: 0.03,
  rounds: 60,
  least: 0.02,
};
const STREAM_WEIGHT = 3;

const ACT_OF: Readonly<Record<LabelledAct, Act>> = {
  open: "open",
  amend: "open",
  "court-for": "open",
  step: "step",
  adopt: "adopt",
  "in-force": "adopt",
  "end-rejected": "end",
  "end-withdrawn": "end",
  "end-lapsed": "end",
  "end-postponed": "end",
  "court-against": "limit",
  counter: "limit",
  statement: "demand",
  none: "none",
};

/** @param official whether it reports an act of somebody with power over the matter; else no statement is a demand */
export function actOfLabel(label: LabelledAct, official: boolean): Act {
  const act = ACT_OF[label];
  return act === "demand" && !official ? "none" : act;
}

/** Our own examples that say what they report. */
export function actItemsOf(items: readonly LabelledItem[]): ActItem[] {
  return items.flatMap(({ labels, ...input }) =>
    labels.act === undefined || !labels.relevant
      ? []
      : [{ input, act: actOfLabel(labels.act, labels.official ?? false), stream: false }],
  );
}

/**
 * Weights of every act, one question; deterministic. Our own examples show all acts in plenty, streams show how frequent
 * each is: an example counts by how much more frequent its act is in the streams than among the examples.
 * @param priors weights set by hand, as in priors.json
 */
export function learnActs(models: Models, priors: Acts, items: readonly ActItem[]): Acts {
  const shares = [sharesOf(items, true), sharesOf(items, false)] as const;
  const { places } = models.vocabulary;
  const examples = items.map(({ input, act, stream }): Example & { readonly act: Act } => ({
    features: readFeatures(models, input).features.filter((feature) => !places.has(feature >> 1)),
    weight: stream ? STREAM_WEIGHT : (shares[0].get(act) ?? 0) / (shares[1].get(act) ?? 1),
    act,
  }));
  const learned = learnClasses(
    models,
    ACTS.map((id) => priors[id] ?? EMPTY),
    examples,
    (one) => ACTS.indexOf(one.act),
    { ...LEARNING, frozen: subjectsOf(models) },
    false,
  );
  return Object.fromEntries(ACTS.map((id, index) => [id, learned[index] ?? EMPTY]));
}

function sharesOf(items: readonly ActItem[], stream: boolean): Map<Act, number> {
  const some = items.filter((one) => one.stream === stream);
  return new Map(
    ACTS.map((act) => [
      act,
      some.filter((one) => one.act === act).length / Math.max(1, some.length),
    ]),
  );
}

/** What the matter is says nothing of what was done with it: concepts of the subject, alone and beside others. */
function subjectsOf({ combinations, concepts }: Models): ReadonlySet<number> {
  const { first, subjectOf } = combinations;
  const isSubject = (concept: number) => concept >= first || (subjectOf[concept] ?? -1) >= 0;
  return new Set(
    concepts.flatMap((_, concept) => (isSubject(concept) ? [2 * concept, 2 * concept + 1] : [])),
  );
}

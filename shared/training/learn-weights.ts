// Training: weights from labelled examples: which questions are asked, of which examples, and what each may use.
import { tokensOf } from "../domain/fold-text.ts";
import { ARGUMENTS_OF, STAGES, type Stage, THEMES } from "../domain/vocabulary.ts";
import type { LabelledItem, Labels } from "../matching/evaluate.ts";
import { readFeatures } from "../matching/features.ts";
import type { Models } from "../matching/keyword-model.ts";
import type { LinearWeights, Priors, WeightFile } from "../matching/model-schema.ts";
import { formsOf } from "../matching/plain-words.ts";
import { EMPTY, type Example as Features, learnClasses, type Question } from "./learn-classes.ts";

type Outputs = WeightFile["outputs"];

export interface Learning {
  /** How firmly weights are held to those set by hand: larger moves less. */
  readonly hold: number;
  /** The same for arguments, most of which have few examples. */
  readonly holdArguments: number;
  /** The same for legislation and its stages. */
  readonly holdSteps: number;
  /** True where an output may use any concept, not only those that its priors name (themes and arguments). */
  readonly open: boolean;
  /** How much firmer than concepts words are held, by question; none where a question does without them. */
  readonly words: Partial<Record<keyof Priors, number>>;
  /** How many examples must show a word: fewer would be learning them by heart. */
  readonly wordExamples: number;
  /** What a word must weigh to be kept (log-odds). */
  readonly wordLeast: number;
  readonly rounds: number;
}

export const LEARNING: Learning = {
  hold: 10,
  holdArguments: 6,
  holdSteps: 7,
  open: false,
  words: { legislation: 1, themes: 1, arguments: 1, stages: 1 },
  wordExamples: 10,
  wordLeast: 0.08,
  rounds: 40,
};

/**
 * Weights from which to learn: those set by hand, and none yet for each word that enough of the examples show. Words stand
 * under `relevant`, which is asked of every item and learned elsewhere (learn-relevance.ts).
 */
export function priorsWithWords(
  priors: Priors,
  items: readonly Pick<LabelledItem, "title" | "summary">[],
  { wordExamples }: Learning = LEARNING,
): Outputs {
  const counts = new Map<string, number>();
  for (const { title, summary } of items) {
    const forms = new Set([title, summary].flatMap((text) => [...formsOf(tokensOf(text))]));
    for (const form of forms) counts.set(form, (counts.get(form) ?? 0) + 1);
  }
  const known = [...counts].filter(([, count]) => count >= wordExamples);
  const words = Object.fromEntries(known.map(([form]) => [form, 0]));
  return { ...priors, relevant: { ...EMPTY, words } };
}

/** An example with what a reader said of it. */
export interface Example extends Features {
  readonly labels: Labels;
}

/** Reads examples with the models' keywords; their weights play no part. */
export function examplesOf(models: Models, items: readonly LabelledItem[]): Example[] {
  return items.map((item) => ({
    features: readFeatures(models, item).features.filter(
      (feature) => !models.vocabulary.places.has(feature >> 1),
    ),
    labels: item.labels,
    weight: item.weight,
  }));
}

/**
 * Learns the weights of every output but relevance and acts; deterministic. Themes, arguments, legislation and stages are learned from relevant
 * items alone, since they are asked of relevant items alone.
 * @param priors weights set by hand, as in priors.json
 */
export function learnWeights(
  models: Models,
  priors: Priors,
  examples: readonly Example[],
  learning: Learning = LEARNING,
): Omit<Priors, "acts"> {
  const relevant = examples.filter((one) => one.labels.relevant);
  const frozen = combinationsOf(models);
  const binary = (
    prior: LinearWeights,
    from: readonly Example[],
    is: (l: Labels) => boolean,
    how: Question,
  ) => {
    const [no, yes] = learnClasses(
      models,
      [EMPTY, prior],
      from,
      (one) => (is(one.labels) ? 1 : 0),
      how,
      true,
    );
    return no === undefined || yes === undefined ? prior : yes;
  };
  // Any word may tell what was done.
  const procedural = { ...learning, hold: learning.holdSteps, open: true, frozen };
  const { words } = learning;
  const themes = THEMES.map((id) => [
    id,
    binary(priors.themes[id], relevant, (l) => l.themes.includes(id), {
      ...learning,
      words: words.themes,
    }),
  ]);
  const found = THEMES.flatMap((theme) =>
    ARGUMENTS_OF[theme].map((id) => [
      id,
      binary(priors.arguments[id] ?? EMPTY, relevant, (l) => l.arguments.includes(id), {
        ...learning,
        hold: learning.holdArguments,
        words: words.arguments,
      }),
    ]),
  );
  return {
    legislation: binary(priors.legislation, relevant, (l) => l.legislation, {
      ...procedural,
      words: words.legislation,
    }),
    themes: Object.fromEntries(themes) as Priors["themes"],
    arguments: Object.fromEntries(found),
    stages: stagesOf(models, priors, relevant, { ...procedural, words: words.stages }),
  };
}

/** What stands beside the subject bears on relevance alone: what was done is said by whoever acts on the text. */
function combinationsOf({ combinations, concepts }: Models): ReadonlySet<number> {
  const features = concepts.slice(combinations.first).flatMap((_, index) => {
    const feature = 2 * (combinations.first + index);
    return [feature, feature + 1];
  });
  return new Set(features);
}

/** All stages in one question: what is no official step (`statement`, `none`) is among the answers. */
function stagesOf(
  models: Models,
  priors: Priors,
  relevant: readonly Example[],
  learning: Question,
): Partial<Record<Stage, LinearWeights>> {
  const learned = learnClasses(
    models,
    STAGES.map((id) => priors.stages[id] ?? EMPTY),
    relevant,
    (one) => STAGES.indexOf(one.labels.stage),
    learning,
    false,
  );
  return Object.fromEntries(STAGES.map((id, index) => [id, learned[index] ?? EMPTY]));
}

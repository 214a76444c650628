// Matching: weights from labelled examples: logistic regression that starts from, and is held to, weights set by hand.
import { ARGUMENTS_OF, STAGES, type Stage, THEMES } from "../domain/vocabulary.ts";
import type { LabelledItem, Labels } from "./evaluate.ts";
import { readItem } from "./features.ts";
import type { Models } from "./keyword-model.ts";
import type { LinearWeights, WeightFile } from "./model-schema.ts";

type Outputs = WeightFile["outputs"];

/** An example as the learner sees it. */
export interface Example {
  readonly features: Int32Array;
  readonly labels: Labels;
  readonly weight: number;
  /** True where a word of the subject itself is met. */
  readonly onSubject: boolean;
}

export interface Learning {
  /** How firmly weights are held to those set by hand: larger moves less. */
  readonly hold: number;
  /** The same for relevance, which may use any concept: many examples, firmly held. */
  readonly holdRelevant: number;
  /** The same for arguments, most of which have few examples. */
  readonly holdArguments: number;
  /** The same for legislation and its stages. */
  readonly holdSteps: number;
  /** True where an output may use any concept, not only those that its priors name (themes and arguments). */
  readonly open: boolean;
  readonly rounds: number;
}

export const LEARNING: Learning = {
  hold: 5,
  holdRelevant: 10,
  holdArguments: 6,
  holdSteps: 7,
  open: false,
  rounds: 80,
};

/** Without one of these, what makes an example relevant is between the lines. */
const SUBJECT: readonly string[] = [
  "encryption",
  "end-to-end",
  "messenger",
  "backdoor",
  "weaken-encryption",
  "access-demand",
  "key-handover",
  "scanning",
  "chat-control",
  "state-trojan",
  "traceability",
  "access-bill",
  "umbrella-bill",
  "ghost",
  "compelled-unlock",
];

/** Reads examples with the models' keywords; their weights play no part. */
export function examplesOf(models: Models, items: readonly LabelledItem[]): Example[] {
  const subject = new Set(SUBJECT.map((id) => models.conceptIndex.get(id)));
  return items.map((item) => {
    const features = readItem(models, item).features.filter(
      (feature) => !models.places.has(feature >> 1),
    );
    const onSubject = features.some((feature) => subject.has(feature >> 1));
    return { features, labels: item.labels, weight: item.weight, onSubject };
  });
}

/**
 * Learns every output's weights; deterministic. Themes, arguments, legislation and stages are learned from relevant
 * items alone, since they are asked of relevant items alone.
 * @param priors weights set by hand, as in priors.json
 */
export function learnWeights(
  models: Models,
  priors: Outputs,
  examples: readonly Example[],
  learning: Learning = LEARNING,
): Outputs {
  const relevant = examples.filter((one) => one.labels.relevant);
  // Relevant without a word of the subject: all it could teach is that anything may be relevant.
  const plain = examples.filter((one) => one.onSubject || !one.labels.relevant);
  const binary = (
    prior: LinearWeights,
    from: readonly Example[],
    is: (l: Labels) => boolean,
    how = learning,
  ) => {
    const [no, yes] = learnClasses(models, [EMPTY, prior], from, (l) => (is(l) ? 1 : 0), how, true);
    return no === undefined || yes === undefined ? prior : yes;
  };
  // Any word may tell what was done.
  const procedural = { ...learning, hold: learning.holdSteps, open: true };
  const themes = THEMES.map((id) => [
    id,
    binary(priors.themes[id], relevant, (l) => l.themes.includes(id)),
  ]);
  const found = THEMES.flatMap((theme) =>
    ARGUMENTS_OF[theme].map((id) => [
      id,
      binary(priors.arguments[id] ?? EMPTY, relevant, (l) => l.arguments.includes(id), {
        ...learning,
        hold: learning.holdArguments,
      }),
    ]),
  );
  return {
    relevant: binary(priors.relevant, plain, (l) => l.relevant, {
      ...learning,
      hold: learning.holdRelevant,
      open: true,
    }),
    legislation: binary(priors.legislation, relevant, (l) => l.legislation, procedural),
    themes: Object.fromEntries(themes) as Outputs["themes"],
    arguments: Object.fromEntries(found),
    stages: stagesOf(models, priors, relevant, procedural),
  };
}

const EMPTY: LinearWeights = { bias: 0, any: {}, title: {} };

/** All stages in one question: what is no official step (`statement`, `none`) is among the answers. */
function stagesOf(
  models: Models,
  priors: Outputs,
  relevant: readonly Example[],
  learning: Learning,
): Partial<Record<Stage, LinearWeights>> {
  const learned = learnClasses(
    models,
    STAGES.map((id) => priors.stages[id] ?? EMPTY),
    relevant,
    (labels) => STAGES.indexOf(labels.stage),
    learning,
    false,
  );
  return Object.fromEntries(STAGES.map((id, index) => [id, learned[index] ?? EMPTY]));
}

/**
 * Softmax over classes by gradient steps that shrink with what each weight has seen (Adagrad), every weight pulled
 * towards its prior.
 * @param fixFirst true where the first class stays at zero (two classes are one question)
 */
function learnClasses(
  models: Models,
  priors: readonly LinearWeights[],
  examples: readonly Example[],
  classOf: (labels: Labels) => number,
  { hold, rounds, open }: Learning,
  fixFirst: boolean,
): LinearWeights[] {
  const size = 2 * models.concepts.length + 1;
  const start = priors.map((prior) => dense(models, prior, size));
  const weights = start.map((row) => row.slice());
  const seen = start.map(() => new Float64Array(size).fill(1e-6));
  const free = open ? Array.from({ length: size }, (_, f) => f) : freeWeights(models, priors, size);
  const gradients = start.map(() => new Float64Array(size));
  const targets = examples.map((one) => classOf(one.labels));
  for (let round = 0; round < rounds; round++) {
    for (const [index, row] of gradients.entries())
      for (let f = 0; f < size; f++)
        row[f] =
          (f === size - 1 ? 0.2 : 1) * hold * at(weights, index, f) -
          hold * (f === size - 1 ? 0.2 : 1) * at(start, index, f);
    for (const [number, example] of examples.entries())
      addGradient(weights, gradients, example, targets[number] ?? 0);
    for (let index = fixFirst ? 1 : 0; index < weights.length; index++)
      step(weights[index], gradients[index], seen[index], free);
  }
  return weights.map((row) => sparse(models, row));
}

function addGradient(
  weights: readonly Float64Array[],
  gradients: readonly Float64Array[],
  { features, weight }: Example,
  target: number,
): void {
  const size = weights[0]?.length ?? 0;
  const logits = weights.map((row) => {
    let sum = row[size - 1] ?? 0;
    for (const feature of features) sum += row[feature] ?? 0;
    return sum;
  });
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  for (const [index, row] of gradients.entries()) {
    const error = weight * ((powers[index] ?? 0) / total - (index === target ? 1 : 0));
    for (const feature of features) row[feature] = (row[feature] ?? 0) + error;
    row[size - 1] = (row[size - 1] ?? 0) + error;
  }
}

const RATE = 0.3;

function step(
  row: Float64Array | undefined,
  gradient: Float64Array | undefined,
  seen: Float64Array | undefined,
  free: readonly number[],
): void {
  if (row === undefined || gradient === undefined || seen === undefined) return;
  for (const f of free) {
    const slope = gradient[f] ?? 0;
    if (slope === 0) continue;
    seen[f] = (seen[f] ?? 0) + slope * slope;
    row[f] = (row[f] ?? 0) - (RATE * slope) / Math.sqrt(seen[f] ?? 1);
  }
}

/**
 * The features that a question may use: the concepts that its priors name, be it with 0. Which words can bear on a
 * question is for people to say where examples are few: left free, a learner makes `opposition` a sign of a theme.
 */
function freeWeights(models: Models, priors: readonly LinearWeights[], size: number): number[] {
  const names = new Set(
    priors.flatMap(({ any, title }) => [...Object.keys(any), ...Object.keys(title)]),
  );
  const features = [...names].flatMap((id) => {
    const concept = models.conceptIndex.get(id);
    if (concept === undefined) throw new RangeError(`no such concept: ${id}`);
    return [2 * concept, 2 * concept + 1];
  });
  return [...features, size - 1];
}

function at(rows: readonly Float64Array[], index: number, feature: number): number {
  return rows[index]?.[feature] ?? 0;
}

function dense(models: Models, source: LinearWeights, size: number): Float64Array {
  const row = new Float64Array(size);
  for (const [offset, table] of [source.any, source.title].entries())
    for (const [id, weight] of Object.entries(table)) {
      const concept = models.conceptIndex.get(id);
      if (concept === undefined) throw new RangeError(`no such concept: ${id}`);
      row[2 * concept + offset] = weight;
    }
  row[size - 1] = source.bias;
  return row;
}

/** Two decimals, and nothing that rounds to less than 0.05: what a reviewer can read. */
function sparse(models: Models, row: Float64Array): LinearWeights {
  const any: Record<string, number> = {};
  const title: Record<string, number> = {};
  for (const [concept, id] of models.concepts.entries()) {
    const everywhere = round(row[2 * concept] ?? 0);
    const inTitle = round(row[2 * concept + 1] ?? 0);
    if (Math.abs(everywhere) >= 0.05) any[id] = everywhere;
    if (Math.abs(inTitle) >= 0.05) title[id] = inTitle;
  }
  return { bias: round(row[row.length - 1] ?? 0), any, title };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

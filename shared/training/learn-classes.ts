// Training: one question to the learner: logistic regression that starts from, and is held to, weights set by hand.
import type { Models } from "../matching/keyword-model.ts";
import type { LinearWeights } from "../matching/model-schema.ts";
import { minimize, type Slope } from "./minimize.ts";

/** An example as the learner sees it: whatever else a caller knows of it says which class it is of. */
export interface Example {
  readonly features: Int32Array;
  readonly weight: number;
}

/** One question put to the learner. */
export interface Question {
  /** How firmly weights are held to those set by hand: larger moves less. */
  readonly hold: number;
  /** True where it may use any concept, not only those that its priors name. */
  readonly open: boolean;
  /** How much firmer than concepts words are held; undefined where it does without them. */
  readonly words?: number | undefined;
  /** What a word must weigh to be kept (log-odds). */
  readonly wordLeast: number;
  readonly rounds: number;
  /** Smaller weights are left out; 0.05 unless told. */
  readonly least?: number;
  /** Features that this question may not use, whatever the examples say. */
  readonly frozen?: ReadonlySet<number>;
}

export const EMPTY: LinearWeights = { bias: 0, any: {}, title: {}, words: {} };

/**
 * Softmax over classes, every weight pulled towards its prior: the likeliest weights under a Gaussian around the priors.
 * What little the many slight words say is then left to those that stay.
 * @param fixFirst true where the first class stays at zero (two classes are one question)
 */
export function learnClasses<E extends Example>(
  models: Models,
  priors: readonly LinearWeights[],
  examples: readonly E[],
  classOf: (example: E) => number,
  question: Question,
  fixFirst: boolean,
): LinearWeights[] {
  const size = models.words.first + models.words.forms.length + 1;
  const start = Float64Array.from(priors.flatMap((prior) => [...dense(models, prior, size)]));
  const free = freeWeights(models, priors, question, size);
  for (const feature of question.frozen ?? [])
    for (let from = 0; from < free.length; from += size) free[from + feature] = 0;
  if (fixFirst) free.fill(0, 0, size);
  const targets = examples.map((one) => classOf(one));
  const holds = holdsOf(models, examples, question.hold, question.words ?? 1);
  const slope: Slope = (point, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (const [number, example] of examples.entries())
      loss += addLoss(point, gradient, size, example, targets[number] ?? 0, fixFirst ? 1 : 0);
    for (let at = 0; at < point.length; at++) {
      const moved = (point[at] ?? 0) - (start[at] ?? 0);
      const held = holds[at % size] ?? 0;
      gradient[at] = free[at] === 0 ? 0 : (gradient[at] ?? 0) + held * moved;
      loss += free[at] === 0 ? 0 : (held * moved * moved) / 2;
    }
    return loss;
  };
  const weights = start.slice();
  minimize(slope, weights, question.rounds);
  dropSlight(models, weights, free, size, question.wordLeast);
  minimize(slope, weights, question.rounds / 2);
  return priors.map((_, index) =>
    sparse(models, weights.subarray(index * size, (index + 1) * size), question.least ?? LEAST),
  );
}

/** Words that weigh little weigh nothing from here on. */
function dropSlight(
  models: Models,
  weights: Float64Array,
  free: Uint8Array,
  size: number,
  least: number,
): void {
  for (let at = 0; at < weights.length; at++) {
    const feature = at % size;
    const isWord = feature >= models.words.first && feature < size - 1;
    if (!isWord || Math.abs(weights[at] ?? 0) >= least) continue;
    free[at] = 0;
    weights[at] = 0;
  }
}

/** Cross-entropy of one example; its slope is added to the gradient of every class from the first that may move. */
function addLoss(
  point: Float64Array,
  gradient: Float64Array,
  size: number,
  { features, weight }: Example,
  target: number,
  first: number,
): number {
  const logits: number[] = [];
  for (let from = 0; from < point.length; from += size) {
    let sum = point[from + size - 1] ?? 0;
    for (let at = 0; at < features.length; at++) sum += point[from + (features[at] ?? 0)] ?? 0;
    logits.push(sum);
  }
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  for (let index = first; index < powers.length; index++) {
    const error = weight * ((powers[index] ?? 0) / total - (index === target ? 1 : 0));
    const from = index * size;
    for (let at = 0; at < features.length; at++) {
      const place = from + (features[at] ?? 0);
      gradient[place] = (gradient[place] ?? 0) + error;
    }
    gradient[from + size - 1] = (gradient[from + size - 1] ?? 0) + error;
  }
  return weight * (Math.log(total) + most - (logits[target] ?? 0));
}

/**
 * How firmly each weight is held: a word the more the commoner it is (its inverse document frequency, 6 being that of
 * one in 400, stands for a scale), so that `the` says nothing; the bias hardly.
 */
function holdsOf(
  models: Models,
  examples: readonly Example[],
  hold: number,
  words: number,
): Float64Array {
  const { first, forms } = models.words;
  const holds = new Float64Array(first + forms.length + 1).fill(hold);
  const counts = new Float64Array(forms.length);
  for (const { features } of examples)
    for (const feature of features)
      if (feature >= first) counts[feature - first] = (counts[feature - first] ?? 0) + 1;
  for (const [index, count] of counts.entries()) {
    const rarity = Math.log(examples.length / Math.max(1, count)) / 6;
    holds[first + index] = Math.min(1e6, (hold * words) / (rarity * rarity + 1e-9));
  }
  holds[holds.length - 1] = 0.2 * hold;
  return holds;
}

/**
 * The weights that a question may move, by class and feature: the concepts that its priors name, be it with 0. Which
 * concepts can bear on a question is for people to say where examples are few: left free, a learner makes `opposition` a
 * sign of a theme. Words are many and each is held, so that none of them alone can.
 */
function freeWeights(
  models: Models,
  priors: readonly LinearWeights[],
  { open, words }: Question,
  size: number,
): Uint8Array {
  const free = new Uint8Array(size);
  if (open) free.fill(1, 0, models.words.first);
  for (const id of priors.flatMap(({ any, title }) => [...Object.keys(any), ...Object.keys(title)]))
    free.fill(1, 2 * conceptOf(models, id), 2 * conceptOf(models, id) + 2);
  if (words !== undefined) free.fill(1, models.words.first);
  free[size - 1] = 1;
  return Uint8Array.from(priors.flatMap(() => [...free]));
}

function conceptOf(models: Models, id: string): number {
  const concept = models.conceptIndex.get(id);
  if (concept === undefined) throw new RangeError(`no such concept: ${id}`);
  return concept;
}

function dense(models: Models, source: LinearWeights, size: number): Float64Array {
  const row = new Float64Array(size);
  for (const [offset, table] of [source.any, source.title].entries())
    for (const [id, weight] of Object.entries(table))
      row[2 * conceptOf(models, id) + offset] = weight;
  row[size - 1] = source.bias;
  return row;
}

/** What rounds to less is not written. */
const LEAST = 0.05;

/** Two decimals: what a reviewer can read. */
function sparse(models: Models, row: Float64Array, least: number): LinearWeights {
  const any: Record<string, number> = {};
  const title: Record<string, number> = {};
  for (const [concept, id] of models.concepts.entries()) {
    const everywhere = round(row[2 * concept] ?? 0);
    const inTitle = round(row[2 * concept + 1] ?? 0);
    if (Math.abs(everywhere) >= least) any[id] = everywhere;
    if (Math.abs(inTitle) >= least) title[id] = inTitle;
  }
  const words: Record<string, number> = {};
  for (const [index, form] of models.words.forms.entries()) {
    const weight = round(row[models.words.first + index] ?? 0);
    if (Math.abs(weight) >= least) words[form] = weight;
  }
  return { bias: round(row[row.length - 1] ?? 0), any, title, words };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

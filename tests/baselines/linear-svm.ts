// Baselines: a linear support vector machine, one against the rest; no maintained library of npm does this alone.
import type { Learner } from "./ask-each.ts";
import { randomFrom } from "./random.ts";
import { tfIdfReader, type Vector } from "./tf-idf.ts";

/** Cost of an error: of 0.3 to 30 the kindest to it on items that it had not seen; scikit-learn's default is 1. */
const COST = 10;
const PASSES = 200;
/** Passes end where no step would move further than this (liblinear's stopping rule, its default). */
const CLOSE_ENOUGH = 0.01;

export const svm: Learner<Vector> = {
  name: "TF-IDF and linear SVM",
  reader: tfIdfReader,
  learn: (docs, classes) => {
    const ids = [...new Set(classes)].sort();
    const machines = ids.map((id) =>
      learnMachine(
        docs,
        classes.map((one) => (one === id ? 1 : -1)),
      ),
    );
    return (doc) => {
      const margins = machines.map((machine) => machine(doc));
      return ids[margins.indexOf(Math.max(...margins))] ?? "";
    };
  },
};

/**
 * Squared hinge loss with an L2 penalty, by dual coordinate descent: Hsieh et al., "A Dual Coordinate Descent Method
 * for Large-scale Linear SVM", ICML 2008, algorithm 1, which is what liblinear and LinearSVC do. Deterministic.
 * @param signs 1 or -1 for each document
 * @returns the margin of a document: above 0 where it is of the class
 */
export function learnMachine(
  docs: readonly Vector[],
  signs: readonly (1 | -1)[],
): (doc: Vector) => number {
  const size = Math.max(0, ...docs.map((doc) => doc.indexes.at(-1) ?? 0)) + 1;
  // The last weight is the bias: every document has a 1 there.
  const weights = new Float64Array(size + 1);
  const duals = new Float64Array(docs.length);
  const diagonal = 1 / (2 * COST);
  const order = docs.map((_, at) => at);
  const random = randomFrom(1);
  for (let pass = 0; pass < PASSES; pass++) {
    let furthest = 0;
    shuffle(order, random);
    for (const at of order) {
      const [doc, sign, dual] = [docs[at] as Vector, signs[at] as number, duals[at] as number];
      const slope = sign * marginOf(weights, doc) - 1 + diagonal * dual;
      const projected = dual === 0 ? Math.min(slope, 0) : slope;
      furthest = Math.max(furthest, Math.abs(projected));
      if (projected === 0) continue;
      const next = Math.max(dual - slope / (squareOf(doc) + diagonal), 0);
      duals[at] = next;
      add(weights, doc, (next - dual) * sign);
    }
    if (furthest < CLOSE_ENOUGH) break;
  }
  return (doc) => marginOf(weights, doc);
}

function marginOf(weights: Float64Array, { indexes, values }: Vector): number {
  let sum = weights.at(-1) ?? 0;
  for (let at = 0; at < indexes.length; at++)
    // A word of a later vocabulary lies beyond the weights: it says nothing.
    if ((indexes[at] ?? 0) < weights.length - 1)
      sum += (weights[indexes[at] ?? 0] ?? 0) * (values[at] ?? 0);
  return sum;
}

function add(weights: Float64Array, { indexes, values }: Vector, factor: number): void {
  for (let at = 0; at < indexes.length; at++) {
    const index = indexes[at] ?? 0;
    weights[index] = (weights[index] ?? 0) + factor * (values[at] ?? 0);
  }
  weights[weights.length - 1] = (weights.at(-1) ?? 0) + factor;
}

function squareOf({ values }: Vector): number {
  return values.reduce((sum, value) => sum + value * value, 1);
}

/** Fisher and Yates. */
function shuffle(order: number[], random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] as number, order[at] as number];
  }
}

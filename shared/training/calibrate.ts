// Training: how sure a score is: judged by sources that the weights have not seen, and put right by two numbers.
import type { LinearWeights } from "../matching/model-schema.ts";
import { minimize } from "./minimize.ts";

/** Log-odds that a model gave an item which it had not learned from, and what was true. */
export interface Judged {
  readonly logOdds: number;
  readonly relevant: boolean;
}

/** Sources go to folds by a hash, so that a new source moves none of the others. */
export function foldOf(source: string, folds: number): number {
  let hash = 2166136261;
  for (let index = 0; index < source.length; index++)
    hash = Math.imul(hash ^ source.charCodeAt(index), 16777619) >>> 0;
  return hash % folds;
}

/**
 * Slope and offset by which log-odds become probabilities (Platt, Probabilistic outputs for support vector machines, 1999).
 * @returns the identity where either class is empty
 */
export function calibrationOf(judged: readonly Judged[]): { slope: number; offset: number } {
  if (judged.every((one) => one.relevant) || !judged.some((one) => one.relevant))
    return { slope: 1, offset: 0 };
  const point = Float64Array.from([1, 0]);
  minimize(
    (at, gradient) => {
      gradient.fill(0);
      let loss = 0;
      for (const { logOdds, relevant } of judged) {
        const z = (at[0] ?? 0) * logOdds + (at[1] ?? 0);
        loss += Math.log1p(Math.exp(-Math.abs(z))) + Math.max(z, 0) - (relevant ? z : 0);
        const error = 1 / (1 + Math.exp(-z)) - (relevant ? 1 : 0);
        gradient[0] = (gradient[0] ?? 0) + error * logOdds;
        gradient[1] = (gradient[1] ?? 0) + error;
      }
      return loss;
    },
    point,
    50,
  );
  return { slope: point[0] ?? 1, offset: point[1] ?? 0 };
}

/** The same model, calibrated: its log-odds times the slope, plus the offset. */
export function calibrated(
  weights: LinearWeights,
  { slope, offset }: { readonly slope: number; readonly offset: number },
): LinearWeights {
  const scaled = (table: Readonly<Record<string, number>>) =>
    Object.fromEntries(
      Object.entries(table).map(([id, weight]) => [id, Math.round(weight * slope * 100) / 100]),
    );
  return {
    bias: Math.round((weights.bias * slope + offset) * 100) / 100,
    any: scaled(weights.any),
    title: scaled(weights.title),
    words: scaled(weights.words),
  };
}

/** One line of the reliability table: items scored between two bounds, how many were right, and what was promised. */
export interface Reliability {
  readonly from: number;
  readonly to: number;
  readonly items: number;
  readonly relevant: number;
  readonly promised: number;
}

const BOUNDS = [0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 1.01];

/** How often an item of such a score was relevant. */
export function reliabilityOf(judged: readonly Judged[]): Reliability[] {
  const scored = judged.map(({ logOdds, relevant }) => ({
    score: 1 / (1 + Math.exp(-logOdds)),
    relevant,
  }));
  return BOUNDS.slice(1).map((to, index) => {
    const from = BOUNDS[index] ?? 0;
    const within = scored.filter(({ score }) => score >= from && score < to);
    const promised = within.reduce((sum, { score }) => sum + score, 0) / Math.max(1, within.length);
    const relevant = within.filter((one) => one.relevant).length;
    return { from, to: Math.min(1, to), items: within.length, relevant, promised };
  });
}

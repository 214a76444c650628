// Training: relevance learned, judged by sources left out, and calibrated by what that showed.

import type { Models } from "../matching/keyword-model.ts";
import type { LinearWeights } from "../matching/model-schema.ts";
import { logOddsOf } from "../matching/score.ts";
import { calibrated, calibrationOf, foldOf, type Judged } from "./calibrate.ts";
import { learnRelevance, type RelevanceExample } from "./learn-relevance.ts";

const FOLDS = 5;

export interface RelevanceLearned {
  readonly weights: LinearWeights;
  /** Items of real feeds, each by a model that had seen nothing of its source, after calibration. */
  readonly judged: readonly (Judged & { readonly source: string; readonly index: number })[];
}

/**
 * @param build models with these weights for relevance
 */
export function learnAndJudge(
  base: Models,
  examples: readonly RelevanceExample[],
  frozen: ReadonlySet<number>,
  build: (weights: LinearWeights) => Models,
): RelevanceLearned {
  const judged: (Judged & { source: string; index: number })[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const seen = examples.filter((one) => foldOf(one.source, FOLDS) !== fold);
    const model = build(learnRelevance(base, seen, frozen)).relevant;
    for (const [index, one] of examples.entries()) {
      if (!one.background || foldOf(one.source, FOLDS) !== fold) continue;
      const logOdds = logOddsOf(model, one.features);
      judged.push({ logOdds, relevant: one.relevant, source: one.source, index });
    }
  }
  const calibration = calibrationOf(judged);
  const weights = calibrated(learnRelevance(base, examples, frozen), calibration);
  return {
    weights,
    judged: judged.map((one) => ({
      ...one,
      logOdds: one.logOdds * calibration.slope + calibration.offset,
    })),
  };
}

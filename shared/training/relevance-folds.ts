// Training: relevance learned, judged by sources left out, and calibrated by what that showed.

import type { ItemInput } from "../domain/item.ts";
import type { Models } from "../matching/keyword-model.ts";
import type { LinearWeights } from "../matching/model-schema.ts";
import { logOddsOf } from "../matching/score.ts";
import { calibrated, calibrationOf, foldOf, type Judged } from "./calibrate.ts";
import { learnRelevance, type RelevanceItem, readRelevance } from "./learn-relevance.ts";

/** Sources are told apart into so many parts. */
export const FOLDS = 5;

export interface RelevanceLearned {
  readonly weights: LinearWeights;
  /** Items of real feeds, each by a model that had seen nothing of its source, after calibration. */
  readonly judged: readonly (Judged & { readonly input: ItemInput; readonly source: string })[];
}

/**
 * @param build models with these weights for relevance
 */
export function learnAndJudge(
  items: Iterable<RelevanceItem>,
  build: (weights: LinearWeights) => Models,
): RelevanceLearned {
  const { base, examples, frozen } = readRelevance(items, build);
  const words = Object.fromEntries(base.words.forms.map((form) => [form, 0]));
  const modelOf = (learned: LinearWeights) =>
    build({ ...learned, words: { ...words, ...learned.words } }).relevant;
  const judged: (Judged & { input: ItemInput; source: string })[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const seen = examples.filter((one) => foldOf(one.source, FOLDS) !== fold);
    const model = modelOf(learnRelevance(base, seen, frozen));
    for (const { input, features, relevant, source, background } of examples) {
      if (!background || foldOf(source, FOLDS) !== fold) continue;
      judged.push({ logOdds: logOddsOf(model, features), relevant, input, source });
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

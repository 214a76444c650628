// Baselines: the product's own models, their weights learned from the same items as everybody else's.
import { readFileSync } from "node:fs";
import { buildModels } from "../../shared/matching/build-models.ts";
import { classifyItem } from "../../shared/matching/classify-item.ts";
import type { LabelledItem } from "../../shared/matching/evaluate.ts";
import type { Models } from "../../shared/matching/keyword-model.ts";
import { MODEL_FILES } from "../../shared/matching/load-models.ts";
import { PriorFile, WeightFile } from "../../shared/matching/model-schema.ts";
import { examplesOf, learnWeights, priorsWithWords } from "../../shared/training/learn-weights.ts";
import type { Way } from "./way.ts";

const PRIORS = new URL("../../shared/catalog/models/priors.json", import.meta.url);

/** @param models with weights that `learnModels` made of the very items that the other ways are taught by */
export function oursWith(models: Models): Way {
  return {
    name: "these models",
    silent: [],
    learn: () => (item) => {
      const found = classifyItem(models, item);
      return {
        ...found,
        themes: found.themes.map(({ id }) => id),
        arguments: found.arguments.map(({ id }) => id),
      };
    },
  };
}

/**
 * What `train` does without a background of real feeds, kept in memory: themes, arguments, legislation and stages are
 * learned from these items; relevance and acts, a matter of the base rate, are as shipped.
 */
export function learnModels(items: readonly LabelledItem[]): Models {
  const { outputs: byHand } = PriorFile.parse(JSON.parse(readFileSync(PRIORS, "utf8")));
  const priors = { about: "priors", outputs: priorsWithWords(byHand, items) };
  const models = buildModels({ ...MODEL_FILES, weights: priors });
  // What the shipped file says of itself, so that the same weights are the same version.
  const { about, outputs: shipped } = WeightFile.parse(MODEL_FILES.weights);
  const learned = learnWeights(models, priors.outputs, examplesOf(models, items));
  const outputs = { relevant: shipped.relevant, ...learned, acts: shipped.acts };
  return buildModels({ ...MODEL_FILES, weights: { about, outputs } });
}

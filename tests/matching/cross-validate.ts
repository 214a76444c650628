// Test kit: figures on examples that the weights have not seen: each fifth is judged by what the others taught.
import { readdirSync, readFileSync } from "node:fs";
import { buildModels } from "../../shared/matching/build-models.ts";
import { classifyItem } from "../../shared/matching/classify-item.ts";
import {
  type Evaluation,
  evaluate,
  type Judged,
  LabelledItem,
} from "../../shared/matching/evaluate.ts";
import { MODEL_FILES } from "../../shared/matching/load-models.ts";
import { PriorFile, WeightFile } from "../../shared/matching/model-schema.ts";
import { examplesOf, learnWeights, priorsWithWords } from "../../shared/training/learn-weights.ts";

const FOLDS = 5;
const MODELS = new URL("../../shared/catalog/models/", import.meta.url);
const EXAMPLES = new URL("../examples/", import.meta.url);

export function readLabelled(file: string | URL): LabelledItem[] {
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => LabelledItem.parse(JSON.parse(line)));
}

/** The repository's own labelled examples, in the order of their files. */
export function ownExamples(): LabelledItem[] {
  return readdirSync(EXAMPLES)
    .sort()
    .flatMap((name) => readLabelled(new URL(name, EXAMPLES)));
}

/** @param taught items that teach in every fold and are judged in none */
export function crossValidate(
  items: readonly LabelledItem[],
  taught: readonly LabelledItem[] = [],
): Evaluation {
  const byHand = PriorFile.parse(JSON.parse(readFileSync(new URL("priors.json", MODELS), "utf8")));
  const priors = priorsWithWords(byHand.outputs, [...items, ...taught]);
  const base = buildModels({ ...MODEL_FILES, weights: { ...byHand, outputs: priors } });
  const examples = examplesOf(base, items);
  const always = examplesOf(base, taught);
  const { relevant, acts } = WeightFile.parse(MODEL_FILES.weights).outputs;
  const judged: Judged[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const seen = examples.filter((_, index) => index % FOLDS !== fold);
    // Relevance is a matter of real feeds and not learned from examples: these are the shipped weights.
    const outputs = { relevant, ...learnWeights(base, priors, [...seen, ...always]), acts };
    const models = buildModels({ ...MODEL_FILES, weights: { about: "one fold", outputs } });
    for (const [index, item] of items.entries()) {
      if (index % FOLDS !== fold) continue;
      const found = classifyItem(models, item);
      judged.push({ labels: item.labels, found, language: item.feed.language });
    }
  }
  return evaluate(judged);
}

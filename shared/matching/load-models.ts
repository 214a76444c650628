// Matching: the models that ship with the product: words from their files, weights bundled with the code that reads them.
import combinations from "../catalog/models/combinations.json" with { type: "json" };
import weights from "../catalog/models/weights.json" with { type: "json" };
import { loadWords } from "../reading/words.ts";
import { buildModels, type ModelFiles } from "./build-models.ts";
import type { Models } from "./keyword-model.ts";

/** What the product's models are made of. */
export const MODEL_FILES: ModelFiles = {
  get words() {
    return loadWords();
  },
  combinations,
  weights,
};

let loaded: Models | undefined;

/** The product's models, checked and compiled once per process. */
export function loadModels(): Models {
  loaded ??= buildModels(MODEL_FILES);
  return loaded;
}

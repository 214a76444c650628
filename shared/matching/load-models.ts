// Matching: the models that ship with the product, imported so that they are bundled with the code that reads them.
import argumentWords from "../catalog/models/arguments.json" with { type: "json" };
import buildingBlocks from "../catalog/models/building-blocks.json" with { type: "json" };
import context from "../catalog/models/context.json" with { type: "json" };
import core from "../catalog/models/core.json" with { type: "json" };
import pairs from "../catalog/models/pairs.json" with { type: "json" };
import places from "../catalog/models/places.json" with { type: "json" };
import procedure from "../catalog/models/procedure.json" with { type: "json" };
import weights from "../catalog/models/weights.json" with { type: "json" };
import { buildModels, type ModelFiles } from "./build-models.ts";
import type { Models } from "./keyword-model.ts";

/** The model files as they stand in shared/catalog/models. */
export const MODEL_FILES: ModelFiles = {
  concepts: [core, procedure, context, argumentWords, buildingBlocks],
  pairs,
  places,
  weights,
};

let loaded: Models | undefined;

/** The product's models, checked and compiled once per process. */
export function loadModels(): Models {
  loaded ??= buildModels(MODEL_FILES);
  return loaded;
}

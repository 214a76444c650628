// Matching: the models that ship with the product, read from shared/catalog once per process.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import combinations from "../catalog/models/combinations.json" with { type: "json" };
import { type Keep, keepCompiled } from "../reading/keep-compiled.ts";
import { loadWords, type Words } from "../reading/words.ts";
import { type ModelFiles, modelsOf, plainModels } from "./build-models.ts";
import type { Models } from "./keyword-model.ts";

/** Beside the bundle where this is part of one (infra/bundle-functions.ts), else in the catalog. */
const WEIGHTS = ["./weights.json", "../catalog/models/weights.json"]
  .map((path) => new URL(path, import.meta.url))
  .find((file) => existsSync(file));

/** As text, a megabyte of numbers is read many times faster than as a module. */
function weightsText(): string {
  if (WEIGHTS === undefined) throw new RangeError("no weights: shared/catalog/models is not there");
  return readFileSync(WEIGHTS, "utf8");
}

/** What the product's models are made of. */
export const MODEL_FILES: ModelFiles = {
  get words() {
    return loadWords();
  },
  combinations,
  get weights() {
    return JSON.parse(weightsText());
  },
};

let loaded: Models | undefined;

/** The product's models, checked and compiled once, be it by this process or by an earlier one. */
export function loadModels(): Models {
  loaded ??= keptModels(loadWords(), keepCompiled("models"));
  return loaded;
}

/** @param keep where weights that were checked are kept */
export function keptModels(words: Words, keep: Keep): Models {
  const text = weightsText();
  const read = createHash("sha256")
    .update(words.version)
    .update(JSON.stringify(combinations))
    .update(text);
  const version = read.digest("hex").slice(0, 10);
  const files = { words, combinations };
  const plain = keep(version, "weights", () =>
    plainModels({ ...files, weights: JSON.parse(text) }),
  );
  return modelsOf(files, plain);
}

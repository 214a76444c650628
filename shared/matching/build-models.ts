// Matching: from checked model files to the models that classification runs on.
import { createHash } from "node:crypto";
import type { ArgumentId, Stage, ThemeId } from "../domain/vocabulary.ts";
import type { Words } from "../reading/words.ts";
import { CombinationFile, combinationIds, compileCombinations } from "./combinations.ts";
import { contextConcepts } from "./features.ts";
import type { Linear, LinearTable, Models } from "./keyword-model.ts";
import { type LinearWeights, WeightFile } from "./model-schema.ts";
import { compileWords, type PlainWords } from "./plain-words.ts";

export interface ModelFiles {
  readonly words: Words;
  /** As combinations.json. */
  readonly combinations: unknown;
  readonly weights: unknown;
}

/**
 * Checks and compiles model files.
 * @throws ZodError naming the field, RangeError for a concept that no file of words defines
 */
export function buildModels(files: ModelFiles): Models {
  const weights = WeightFile.parse(files.weights).outputs;
  const { words: vocabulary } = files;
  const groups = CombinationFile.parse(files.combinations);
  const single = [...vocabulary.concepts, ...contextConcepts(groups.acts)];
  const concepts = [...single, ...combinationIds(groups)];
  const conceptIndex = new Map(concepts.map((id, index) => [id, index]));
  const words = compileWords(wordsOf(weights), 2 * concepts.length);
  const linear = (source: LinearWeights) => linearOf(conceptIndex, words, source);
  const asked = {
    legislation: linear(weights.legislation),
    themes: new Map(entries<ThemeId>(weights.themes).map(([id, one]) => [id, linear(one)])),
    arguments: new Map(
      entries<ArgumentId>(weights.arguments).map(([id, one]) => [id, linear(one)]),
    ),
    stages: new Map(entries<Stage>(weights.stages).map(([id, one]) => [id, linear(one)])),
  };
  return {
    version: versionOf(files),
    concepts,
    conceptIndex,
    vocabulary,
    combinations: compileCombinations(groups, conceptIndex, vocabulary.places, single.length),
    words,
    relevant: linear(weights.relevant),
    ...asked,
    asked: tableOf([
      asked.legislation,
      ...asked.themes.values(),
      ...asked.arguments.values(),
      ...asked.stages.values(),
    ]),
  };
}

function tableOf(linears: readonly Linear[]): LinearTable {
  const starts = [0];
  const models: number[] = [];
  const weights: number[] = [];
  for (let feature = 0; feature < (linears[0]?.weights.length ?? 0); feature++) {
    for (const [model, linear] of linears.entries()) {
      const weight = linear.weights[feature] ?? 0;
      if (weight === 0) continue;
      models.push(model);
      weights.push(weight);
    }
    starts.push(weights.length);
  }
  return {
    biases: Float64Array.from(linears, ({ bias }) => bias),
    starts: Int32Array.from(starts),
    models: Uint8Array.from(models),
    weights: Float64Array.from(weights),
  };
}

function entries<Id extends string>(record: Partial<Record<string, LinearWeights>>) {
  return Object.entries(record) as [Id, LinearWeights][];
}

function numberOf(conceptIndex: ReadonlyMap<string, number>, id: string): number {
  const index = conceptIndex.get(id);
  if (index === undefined) throw new RangeError(`no such concept: ${id}`);
  return index;
}

/** Every word that any output weighs, in the order of the alphabet. */
function wordsOf(outputs: WeightFile["outputs"]): string[] {
  const { relevant, legislation, themes, arguments: points, stages } = outputs;
  const linears = [themes, points, stages].flatMap((group) => Object.values(group));
  return [
    ...new Set([relevant, legislation, ...linears].flatMap(({ words }) => Object.keys(words))),
  ].sort();
}

function linearOf(
  conceptIndex: ReadonlyMap<string, number>,
  words: PlainWords,
  source: LinearWeights,
): Linear {
  const weights = new Float32Array(words.first + words.forms.length);
  for (const [index, form] of words.forms.entries())
    if (Object.hasOwn(source.words, form)) weights[words.first + index] = source.words[form] ?? 0;
  for (const [id, weight] of Object.entries(source.any))
    weights[2 * numberOf(conceptIndex, id)] = weight;
  for (const [id, weight] of Object.entries(source.title))
    weights[2 * numberOf(conceptIndex, id) + 1] = weight;
  return { bias: source.bias, weights };
}

/** Ten hexadecimal digits of all that decides: a changed keyword or weight is another version. */
function versionOf({ words, combinations, weights }: ModelFiles): string {
  const hash = createHash("sha256")
    .update(words.version)
    .update(JSON.stringify(combinations))
    .update(JSON.stringify(weights));
  return hash.digest("hex").slice(0, 10);
}

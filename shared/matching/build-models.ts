// Matching: from checked model files to the models that classification runs on.
import { createHash } from "node:crypto";
import type { Act, ArgumentId, Stage, ThemeId } from "../domain/vocabulary.ts";
import type { Look } from "../reading/quick-look.ts";
import type { Words } from "../reading/words.ts";
import {
  CombinationFile,
  combinationIds,
  compileCombinations,
  subjectConcepts,
} from "./combinations.ts";
import { contextConcepts } from "./features.ts";
import type { Linear, LinearTable, Models } from "./keyword-model.ts";
import { type LinearWeights, WeightFile } from "./model-schema.ts";
import { compileWords } from "./plain-words.ts";

export interface ModelFiles {
  readonly words: Words;
  /** As combinations.json. */
  readonly combinations: unknown;
  readonly weights: unknown;
}

/** A linear model with the features that it weighs; numbers are packed, since as text they take long to read. */
interface PlainLinear {
  readonly bias: number;
  /** An Int32Array. */
  readonly features: string;
  /** A Float32Array. */
  readonly weights: string;
}

/** Weights by the numbers of what they weigh: what another process can go on from. */
export interface PlainModels {
  readonly version: string;
  /** One a line. */
  readonly forms: string;
  readonly relevant: PlainLinear;
  readonly legislation: PlainLinear;
  readonly themes: readonly (readonly [ThemeId, PlainLinear])[];
  readonly arguments: readonly (readonly [ArgumentId, PlainLinear])[];
  readonly stages: readonly (readonly [Stage, PlainLinear])[];
  readonly acts: readonly (readonly [Act, PlainLinear])[];
}

/**
 * Checks and compiles model files.
 * @throws ZodError naming the field, RangeError for a concept that no file of words defines
 */
export function buildModels(files: ModelFiles): Models {
  return modelsOf(files, plainModels(files));
}

/** Checks the weights, and gives what they weigh its numbers. @throws as buildModels */
export function plainModels(files: ModelFiles): PlainModels {
  const {
    relevant,
    legislation,
    themes,
    arguments: points,
    stages,
    acts,
  } = WeightFile.parse(files.weights).outputs;
  const { concepts, conceptIndex } = conceptsOf(files);
  const linears = [relevant, legislation, ...[themes, points, stages, acts].flatMap(Object.values)];
  const forms = formsOf(linears);
  const formIndex = new Map(forms.map((form, index) => [form, 2 * concepts.length + index]));
  const linear = (source: LinearWeights) => linearOf(conceptIndex, formIndex, source);
  const group = <Id extends string>(record: Partial<Record<string, LinearWeights>>) =>
    (Object.entries(record) as [Id, LinearWeights][]).map(
      ([id, one]) => [id, linear(one)] as const,
    );
  return {
    version: versionOf(files),
    forms: forms.join("\n"),
    relevant: linear(relevant),
    legislation: linear(legislation),
    themes: group<ThemeId>(themes),
    arguments: group<ArgumentId>(points),
    stages: group<Stage>(stages),
    acts: group<Act>(acts),
  };
}

/** Every concept: those that words make, those that no word makes, and what two make together. */
function conceptsOf({ words, combinations }: Pick<ModelFiles, "words" | "combinations">) {
  const groups = CombinationFile.parse(combinations);
  const single = [...words.concepts, ...contextConcepts(groups.acts)];
  const concepts = [...single, ...combinationIds(groups)];
  const conceptIndex = new Map(concepts.map((id, index) => [id, index]));
  return { groups, concepts, conceptIndex, first: single.length };
}

/** The models that run, from weights that were checked. */
export function modelsOf(
  files: Pick<ModelFiles, "words" | "combinations">,
  plain: PlainModels,
): Models {
  const { words: vocabulary } = files;
  const { groups, concepts, conceptIndex, first } = conceptsOf(files);
  const forms = plain.forms === "" ? [] : plain.forms.split("\n");
  const size = 2 * concepts.length + forms.length;
  const given: Sparse[] = [];
  const dense = (linear: PlainLinear): Linear => {
    const features = new Int32Array(unpacked(linear.features));
    const weights = new Float32Array(unpacked(linear.weights));
    given.push({ bias: linear.bias, features, weights });
    const all = new Float32Array(size);
    for (let index = 0; index < features.length; index++)
      all[features[index] ?? 0] = weights[index] ?? 0;
    return { bias: linear.bias, weights: all };
  };
  const group = <Id>(list: readonly (readonly [Id, PlainLinear])[]): ReadonlyMap<Id, Linear> =>
    new Map(list.map(([id, one]) => [id, dense(one)]));
  const asked = {
    legislation: dense(plain.legislation),
    themes: group(plain.themes),
    arguments: group(plain.arguments),
    stages: group(plain.stages),
  };
  const combinations = compileCombinations(groups, conceptIndex, vocabulary.places, first);
  let look: Look | undefined;
  return {
    version: plain.version,
    concepts,
    conceptIndex,
    vocabulary,
    combinations,
    look: () => {
      look ??= vocabulary.lookFor(subjectConcepts(combinations));
      return look;
    },
    words: compileWords(forms, 2 * concepts.length),
    ...asked,
    asked: tableOf(given, size),
    relevant: dense(plain.relevant),
    acts: group(plain.acts),
  };
}

interface Sparse {
  readonly bias: number;
  readonly features: Int32Array;
  readonly weights: Float32Array;
}

/** @param size how many features there are */
function tableOf(linears: readonly Sparse[], size: number): LinearTable {
  const starts = new Int32Array(size + 1);
  for (const { features } of linears)
    for (const feature of features) starts[feature + 1] = (starts[feature + 1] ?? 0) + 1;
  for (let feature = 0; feature < size; feature++)
    starts[feature + 1] = (starts[feature + 1] ?? 0) + (starts[feature] ?? 0);
  const next = starts.slice();
  const models = new Uint8Array(starts[size] ?? 0);
  const weights = new Float64Array(models.length);
  for (const [model, linear] of linears.entries())
    for (let index = 0; index < linear.features.length; index++) {
      const feature = linear.features[index] ?? 0;
      const at = next[feature] ?? 0;
      models[at] = model;
      weights[at] = linear.weights[index] ?? 0;
      next[feature] = at + 1;
    }
  return { biases: Float64Array.from(linears, ({ bias }) => bias), starts, models, weights };
}

const packed = (numbers: Int32Array | Float32Array): string =>
  Buffer.from(numbers.buffer).toString("base64");

function unpacked(text: string): ArrayBuffer {
  const bytes = Buffer.from(text, "base64");
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

function numberOf(conceptIndex: ReadonlyMap<string, number>, id: string): number {
  const index = conceptIndex.get(id);
  if (index === undefined) throw new RangeError(`no such concept: ${id}`);
  return index;
}

/** Every word that any output weighs, in the order of the alphabet. */
const formsOf = (linears: readonly LinearWeights[]): string[] =>
  [...new Set(linears.flatMap(({ words }) => Object.keys(words)))].sort();

function linearOf(
  conceptIndex: ReadonlyMap<string, number>,
  formIndex: ReadonlyMap<string, number>,
  source: LinearWeights,
): PlainLinear {
  const all: [number, number][] = [
    ...Object.entries(source.any).map(([id, weight]): [number, number] => [
      2 * numberOf(conceptIndex, id),
      weight,
    ]),
    ...Object.entries(source.title).map(([id, weight]): [number, number] => [
      2 * numberOf(conceptIndex, id) + 1,
      weight,
    ]),
    ...Object.entries(source.words).map(([form, weight]): [number, number] => [
      formIndex.get(form) ?? 0,
      weight,
    ]),
  ];
  return {
    bias: source.bias,
    features: packed(Int32Array.from(all, ([feature]) => feature)),
    weights: packed(Float32Array.from(all, ([, weight]) => weight)),
  };
}

/** Ten hexadecimal digits of all that decides: a changed keyword or weight is another version. */
function versionOf({ words, combinations, weights }: ModelFiles): string {
  const hash = createHash("sha256")
    .update(words.version)
    .update(JSON.stringify(combinations))
    .update(JSON.stringify(weights));
  return hash.digest("hex").slice(0, 10);
}

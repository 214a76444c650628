// Matching: from checked model files to the models that classification runs on.
import { createHash } from "node:crypto";
import type { z } from "zod";
import type { ArgumentId, Stage, ThemeId } from "../domain/vocabulary.ts";
import { type ConceptSource, compileVocabulary } from "./compile-vocabulary.ts";
import { CONTEXT_CONCEPTS } from "./features.ts";
import type { Linear, LinearTable, Models, PlaceConcept } from "./keyword-model.ts";
import {
  ConceptFile,
  type LinearWeights,
  PairFile,
  PlaceFile,
  WeightFile,
} from "./model-schema.ts";
import { compileWords, type PlainWords } from "./plain-words.ts";

export interface ModelFiles {
  readonly concepts: readonly unknown[];
  readonly pairs: unknown;
  readonly places: unknown;
  readonly weights: unknown;
}

/**
 * Checks and compiles model files.
 * @throws ZodError naming the field, RangeError for a name that no file defines
 */
export function buildModels(files: ModelFiles): Models {
  const pairFile = PairFile.parse(files.pairs);
  const weights = WeightFile.parse(files.weights).outputs;
  const sources = [...conceptSources(files.concepts), ...placeSources(files.places)];
  const concepts = [
    ...sources.map((source) => source.id),
    ...pairFile.pairs.map((pair) => pair.id),
    ...CONTEXT_CONCEPTS,
  ];
  const conceptIndex = new Map(concepts.map((id, index) => [id, index]));
  if (conceptIndex.size < concepts.length) {
    const twice = concepts.find((id, index) => concepts.indexOf(id) !== index);
    throw new RangeError(`concept defined twice: ${twice}`);
  }
  const numbers = (ids: readonly string[]) => ids.map((id) => numberOf(conceptIndex, id));
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
    ...compileVocabulary(sources),
    pairs: pairFile.pairs.map((pair, index) => {
      const [first, second] = [numbers(pair.first), numbers(pair.second)];
      const earlier = pairFile.pairs.slice(0, index).map(({ id }) => id);
      return {
        concept: numberOf(conceptIndex, pair.id),
        first,
        second,
        within: pair.within,
        ordered: pair.ordered,
        roles: rolesOf(concepts.length, first, second),
        nested: [...pair.first, ...pair.second].some((id) => earlier.includes(id)),
      };
    }),
    vetoes: pairFile.vetoes.map((veto) => ({
      drop: numbers(veto.drop),
      by: numbers(veto.by),
      within: veto.within,
      unless: numbers(veto.unless),
    })),
    places: placesOf(conceptIndex),
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

function rolesOf(size: number, first: readonly number[], second: readonly number[]): Uint8Array {
  const roles = new Uint8Array(size);
  for (const concept of first) roles[concept] = 1;
  for (const concept of second) roles[concept] = (roles[concept] ?? 0) | 2;
  return roles;
}

function entries<Id extends string>(record: Partial<Record<string, LinearWeights>>) {
  return Object.entries(record) as [Id, LinearWeights][];
}

function conceptSources(files: readonly unknown[]): ConceptSource[] {
  return files.flatMap((file) => {
    const { concepts }: z.infer<typeof ConceptFile> = ConceptFile.parse(file);
    return Object.entries(concepts).map(([id, terms]) => ({ id, terms }) as ConceptSource);
  });
}

function placeSources(file: unknown): ConceptSource[] {
  return Object.entries(PlaceFile.parse(file).places).flatMap(([id, byWeight]) =>
    Object.entries(byWeight).map(([weight, any]) => ({
      id: `place-${id.toLowerCase()}-${weight}`,
      terms: { any: any ?? [] },
    })),
  );
}

function placesOf(conceptIndex: ReadonlyMap<string, number>): Map<number, PlaceConcept> {
  const places = new Map<number, PlaceConcept>();
  for (const [id, index] of conceptIndex) {
    const [, jurisdiction, weight] = /^place-([a-z]+)-(\d)$/.exec(id) ?? [];
    if (jurisdiction !== undefined)
      places.set(index, { jurisdiction: jurisdiction.toUpperCase(), weight: Number(weight) });
  }
  return places;
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
function versionOf(files: ModelFiles): string {
  return createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, 10);
}

// Matching: linear models over features: a score, and which words made it.
import type { Token } from "../domain/fold-text.ts";
import type { Evidence } from "../domain/item.ts";
import type { PairHit } from "../reading/find-pairs.ts";
import type { Hit } from "../reading/word-model.ts";
import type { Features, FieldFeatures } from "./features.ts";
import type { Linear, LinearTable, Models } from "./keyword-model.ts";
import { beginRound, isFirst } from "./marks.ts";
import type { WordHit } from "./plain-words.ts";

/** Log-odds of one model for one item's features. */
export function logOddsOf(model: Linear, features: Int32Array): number {
  let sum = model.bias;
  for (let index = 0; index < features.length; index++)
    sum += model.weights[features[index] ?? 0] ?? 0;
  return sum;
}

/** Log-odds of every model of a table, in its order. */
export function sumsOf(table: LinearTable, features: Int32Array): Float64Array {
  const { starts, models, weights } = table;
  const sums = table.biases.slice();
  for (let index = 0; index < features.length; index++) {
    const feature = features[index] ?? 0;
    const end = starts[feature + 1] ?? 0;
    for (let at = starts[feature] ?? 0; at < end; at++) {
      const model = models[at] ?? 0;
      sums[model] = (sums[model] ?? 0) + (weights[at] ?? 0);
    }
  }
  return sums;
}

/** From 0 to 1; never NaN for finite log-odds. */
export function probabilityOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** Rounded for people and for storage. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Words shown per decision; a text of half a megabyte would otherwise carry a hundred thousand. */
const EVIDENCE_MAX = 24;

/** Where the things that features stand for are met first, the title before the summary. */
export interface Spots {
  readonly fields: readonly {
    readonly field: FieldFeatures;
    readonly concepts: readonly (Hit | PairHit)[];
    readonly words: readonly WordHit[];
  }[];
  /** What says whose matter it is, as PLACE_CONCEPTS: the concept, or -1 where it does not hold. */
  readonly places: readonly number[];
}

/** Found once per item, for all its decisions. */
export function spotsOf(models: Models, { fields, features }: Features): Spots {
  const { marks } = models.words;
  beginRound(marks);
  return {
    fields: fields.map((field) => ({
      field,
      concepts: [...field.hits, ...field.pairs].filter((hit) => isFirst(marks, 2 * hit.concept)),
      words: field.words.filter((hit) => isFirst(marks, hit.feature)),
    })),
    places: PLACE_CONCEPTS.map((id) => {
      const concept = models.conceptIndex.get(id) ?? -1;
      return features.includes(2 * concept) ? concept : -1;
    }),
  };
}

/**
 * The words that made a decision: per concept its first place in the title, else in the summary, with what it added
 * (log-odds). A near-pair shows both its words, the weight at the first; where the jurisdiction decided, the words that
 * name it are shown; a word that examples taught adds to what is shown at its place already.
 * @param sign 1 for what spoke for it, -1 for what spoke against it
 */
export function evidenceOf(
  models: Models,
  model: Linear,
  reading: Features,
  spots: Spots,
  sign: 1 | -1,
): Evidence[] {
  const evidence: Evidence[] = [];
  const placed = placeWeights(models, model, reading, spots);
  for (const { field, concepts, words } of spots.fields) {
    const inTitle = field.name === "title";
    const from = evidence.length;
    for (const hit of concepts) {
      const own = weightOf(model, hit.concept, inTitle);
      const weight = sign * own < WEIGHT_SHOWN && placed !== null ? placed(hit) : own;
      // Most hits say nothing to most questions.
      if (sign * weight < WEIGHT_SHOWN) continue;
      const first = "members" in hit ? hit.members[0] : hit;
      show(models, evidence, from, field, first, weight);
      if (!("members" in hit)) continue;
      const second = hit.members[1];
      show(models, evidence, from, field, second, null);
    }
    for (const hit of words) {
      const weight = model.weights[hit.feature] ?? 0;
      if (sign * weight >= WORD_SHOWN) show(models, evidence, from, field, hit, weight);
    }
  }
  return evidence;
}

/**
 * Adds a place, once; a word that examples taught adds its weight to what is shown there already.
 * @param first where the field's evidence begins
 */
function show(
  models: Models,
  evidence: Evidence[],
  first: number,
  field: FieldFeatures,
  hit: Hit | WordHit,
  weight: number | null,
): void {
  const start = field.tokens[hit.from]?.start ?? 0;
  const end = field.tokens[hit.to - 1]?.end ?? 0;
  for (let index = first; index < evidence.length; index++) {
    const shown = evidence[index];
    if (shown === undefined || shown.start !== start || shown.end !== end) continue;
    if ("feature" in hit) shown.weight = rounded((shown.weight ?? 0) + (weight ?? 0));
    return;
  }
  if (evidence.length >= EVIDENCE_MAX) return;
  const term = "feature" in hit ? formOf(models, hit.feature) : termOf(models, hit, field.tokens);
  const added = weight === null ? null : rounded(weight);
  evidence.push({ term, field: field.name, start, end, weight: added });
}

/** Less than this changes nothing that anybody could see. */
const WEIGHT_SHOWN = 0.05;
/** Of single words there are many: those that count. */
const WORD_SHOWN = 0.25;

/** A word that examples taught, as the weights write it. */
export function formOf(models: Models, feature: number): string {
  return models.words.forms[feature - models.words.first] ?? "";
}

function weightOf(model: Linear, concept: number, inTitle: boolean): number {
  return (model.weights[2 * concept] ?? 0) + (inTitle ? (model.weights[2 * concept + 1] ?? 0) : 0);
}

/**
 * What place names add by way of `in-…` and `names-…`: those of the jurisdiction found, and of what else is named.
 * @returns null where this model asks nothing of places
 */
function placeWeights(
  models: Models,
  model: Linear,
  { jurisdiction }: Features,
  { places }: Spots,
): ((hit: Hit) => number) | null {
  const weights = places.map((concept) => (concept < 0 ? 0 : weightOf(model, concept, false)));
  if (weights.every((weight) => weight === 0)) return null;
  return (hit) => {
    const place = models.vocabulary.places.get(hit.concept);
    if (place === undefined) return 0;
    const { jurisdiction: id } = place;
    const column = id === "FR" ? 0 : id === "EU" ? 1 : id === "INT" ? 3 : 2;
    const inside = id === jurisdiction.id ? (weights[column] ?? 0) : 0;
    return inside + (weights[4 + Math.min(column, 2)] ?? 0);
  };
}

const PLACE_CONCEPTS = [
  "in-fr",
  "in-eu",
  "in-country",
  "in-int",
  "names-fr",
  "names-eu",
  "names-country",
] as const;

/** The keyword as the model writes it; where that has alternatives, the one that was met. */
export function termOf(models: Models, hit: Hit, tokens: readonly Token[]): string {
  const term = models.vocabulary.terms[hit.term];
  if (term !== undefined && !term.text.includes("|")) return term.text;
  return tokens
    .slice(hit.from, hit.to)
    .map((token) => token.text)
    .join(" ");
}

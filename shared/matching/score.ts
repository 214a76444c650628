// Matching: linear models over features: a score, and which words made it.
import type { Token } from "../domain/fold-text.ts";
import type { Evidence } from "../domain/item.ts";
import type { Reading } from "./features.ts";
import type { Hit, Linear, Models } from "./keyword-model.ts";

/** Log-odds of one model for one item's features. */
export function logOddsOf(model: Linear, features: Int32Array): number {
  let sum = model.bias;
  for (let index = 0; index < features.length; index++)
    sum += model.weights[features[index] ?? 0] ?? 0;
  return sum;
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

/**
 * The words that made a decision: per concept its first place in the title, else in the summary, with what it added
 * (log-odds). A near-pair shows both its words, the weight at the first; where the jurisdiction decided, the words that
 * name it are shown.
 * @param sign 1 for what spoke for it, -1 for what spoke against it
 */
export function evidenceOf(
  models: Models,
  model: Linear,
  reading: Reading,
  sign: 1 | -1,
): Evidence[] {
  const evidence: Evidence[] = [];
  const places = new Set<number>();
  const placed = placeWeights(models, model, reading);
  const seen = new Set<number>();
  for (const field of reading.fields) {
    const inTitle = field.name === "title";
    const show = (hit: Hit, weight: number | null) => {
      const start = field.tokens[hit.from]?.start;
      const end = field.tokens[hit.to - 1]?.end;
      if (start === undefined || end === undefined || evidence.length >= EVIDENCE_MAX) return;
      const place = start * 2 ** 26 + end + (field.name === "title" ? 0.5 : 0);
      if (places.has(place)) return;
      places.add(place);
      evidence.push({
        term: termOf(models, hit, field.tokens),
        field: field.name,
        start,
        end,
        weight,
      });
    };
    for (const list of [field.hits, field.pairs])
      for (const hit of list) {
        // Most hits say nothing to most questions.
        const weight = sign * weightOf(model, hit.concept, inTitle);
        if (weight < WEIGHT_SHOWN || seen.has(hit.concept)) continue;
        seen.add(hit.concept);
        if ("members" in hit) {
          const [first, second] = hit.members as readonly [Hit, Hit];
          show(first, rounded(weight * sign));
          show(second, null);
        } else show(hit, rounded(weight * sign));
      }
    if (placed === null) continue;
    for (const hit of field.hits) {
      const weight = placed(hit);
      if (weight * sign < WEIGHT_SHOWN || seen.has(hit.concept)) continue;
      seen.add(hit.concept);
      show(hit, rounded(weight));
    }
  }
  return evidence;
}

/** Less than this changes nothing that anybody could see. */
const WEIGHT_SHOWN = 0.05;

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
  { jurisdiction, features }: Reading,
): ((hit: Hit) => number) | null {
  const weights = PLACE_CONCEPTS.map((id) => {
    const concept = models.conceptIndex.get(id) ?? -1;
    const weight = weightOf(model, concept, false);
    return weight !== 0 && features.includes(2 * concept) ? weight : 0;
  });
  if (weights.every((weight) => weight === 0)) return null;
  return (hit) => {
    const place = models.places.get(hit.concept);
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
  const term = models.terms[hit.term];
  if (term !== undefined && !term.text.includes("|")) return term.text;
  return tokens
    .slice(hit.from, hit.to)
    .map((token) => token.text)
    .join(" ");
}

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
  const places = new Set<string>();
  const seen = new Set<number>();
  for (const field of reading.fields) {
    const show = (hit: Hit, weight: number | null) => {
      const start = field.tokens[hit.from]?.start;
      const end = field.tokens[hit.to - 1]?.end;
      if (start === undefined || end === undefined || evidence.length >= EVIDENCE_MAX) return;
      const place = `${field.name} ${start} ${end}`;
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
        if (seen.has(hit.concept)) continue;
        const weight = sign * weightOf(model, hit.concept, field.name === "title");
        if (weight < WEIGHT_SHOWN) continue;
        seen.add(hit.concept);
        if ("members" in hit) {
          const [first, second] = hit.members as readonly [Hit, Hit];
          show(first, rounded(weight * sign));
          show(second, null);
        } else show(hit, rounded(weight * sign));
      }
    for (const [hit, weight] of placesThatCount(models, model, reading, field.hits))
      if (weight * sign >= WEIGHT_SHOWN && !seen.has(hit.concept)) {
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

/** Place names behind `in-…` and `names-…`: those of the jurisdiction found, and of what else is named. */
function placesThatCount(
  models: Models,
  model: Linear,
  { jurisdiction, features }: Reading,
  hits: readonly Hit[],
): [Hit, number][] {
  const weightNamed = (id: string) => {
    const concept = models.conceptIndex.get(id) ?? -1;
    return features.includes(2 * concept) ? weightOf(model, concept, false) : 0;
  };
  const kindOf = (id: string) => (id === "FR" ? "fr" : id === "EU" ? "eu" : "country");
  return hits.flatMap((hit): [Hit, number][] => {
    const place = models.places.get(hit.concept);
    if (place === undefined) return [];
    const { jurisdiction: id } = place;
    const inside =
      id === jurisdiction.id ? weightNamed(id === "INT" ? "in-int" : `in-${kindOf(id)}`) : 0;
    return [[hit, inside + weightNamed(`names-${kindOf(id)}`)]];
  });
}

/** The keyword as the model writes it; where that has alternatives, the one that was met. */
export function termOf(models: Models, hit: Hit, tokens: readonly Token[]): string {
  const term = models.terms[hit.term];
  if (term !== undefined && !term.text.includes("|")) return term.text;
  return tokens
    .slice(hit.from, hit.to)
    .map((token) => token.text)
    .join(" ");
}

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
 * (log-odds). A near-pair shows both its words, the weight at the first.
 * @param sign 1 for what spoke for it, -1 for what spoke against it
 */
export function evidenceOf(
  models: Models,
  model: Linear,
  reading: Reading,
  sign: 1 | -1,
): Evidence[] {
  const evidence: Evidence[] = [];
  const seen = new Set<number>();
  for (const field of reading.fields) {
    const show = (hit: Hit, term: string, weight: number | null) => {
      const start = field.tokens[hit.from]?.start;
      const end = field.tokens[hit.to - 1]?.end;
      if (start === undefined || end === undefined) return;
      if (
        evidence.some((one) => one.field === field.name && one.start === start && one.end === end)
      )
        return;
      evidence.push({ term, field: field.name, start, end, weight });
    };
    const weightOf = (concept: number) => {
      const any = model.weights[2 * concept] ?? 0;
      return any + (field.name === "title" ? (model.weights[2 * concept + 1] ?? 0) : 0);
    };
    for (const list of [field.hits, field.pairs])
      for (const hit of list) {
        if (seen.has(hit.concept) || evidence.length >= EVIDENCE_MAX) continue;
        const weight = weightOf(hit.concept) * sign;
        if (weight < 0.05) continue;
        seen.add(hit.concept);
        if ("members" in hit) {
          const [first, second] = hit.members as readonly [Hit, Hit];
          show(first, termOf(models, first, field.tokens), rounded(weight * sign));
          show(second, termOf(models, second, field.tokens), null);
        } else show(hit, termOf(models, hit, field.tokens), rounded(weight * sign));
      }
  }
  return evidence;
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

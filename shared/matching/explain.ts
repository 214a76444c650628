// Matching: why an item matched, or what was missing: the sums behind each decision, as data.
import type { Classification, Evidence, ItemInput } from "../domain/item.ts";
import { ANY, type Language } from "../reading/word-model.ts";
import { decide, THRESHOLDS } from "./classify-item.ts";
import { type FieldFeatures, readFeatures } from "./features.ts";
import type { Linear, Models } from "./keyword-model.ts";
import { LEGISLATION_THRESHOLD } from "./read-step.ts";
import { formOf, logOddsOf, probabilityOf, rounded, termOf } from "./score.ts";

/** What one concept, or one word that examples taught, added to one decision. */
export interface Contribution {
  /** A word is in quotation marks. */
  readonly concept: string;
  /** Log-odds. */
  readonly weight: number;
  /** The words that made it, with their place; none for what the feed or the jurisdiction says. */
  readonly words: readonly {
    term: string;
    field: "title" | "summary";
    start: number;
    end: number;
  }[];
}

export interface Explained {
  /** `relevant`, `legislation`, a theme or an argument. */
  readonly output: string;
  readonly yes: boolean;
  readonly score: number;
  readonly threshold: number;
  /** The score before any word is read, as log-odds. */
  readonly bias: number;
  /** The strongest first. */
  readonly contributions: readonly Contribution[];
}

/** A concept that would have carried the item over the bar, with some of its keywords in the item's language. */
export interface Missing {
  readonly concept: string;
  readonly weight: number;
  readonly keywords: readonly string[];
}

export interface Explanation {
  readonly model: string;
  readonly classification: Classification;
  /** The words of the subject that stand in it, the weightiest first; without any it is not relevant. */
  readonly subject: readonly Evidence[];
  readonly decisions: readonly Explained[];
  /** For an item that is not relevant: log-odds short of the bar, and what could have made them up. */
  readonly short: number;
  readonly missing: readonly Missing[];
}

const MISSING_MAX = 6;
const KEYWORDS_MAX = 5;

/** Explains every decision that holds, and for an item that is not relevant why it is not. */
export function explainItem(models: Models, input: ItemInput): Explanation {
  const reading = readFeatures(models, input);
  const { classification } = decide(models, input, reading);
  const explain = (output: string, model: Linear, threshold: number): Explained => {
    const score = probabilityOf(logOddsOf(model, reading.features));
    return {
      output,
      yes: score >= threshold,
      score: rounded(score),
      threshold,
      bias: model.bias,
      contributions: contributionsOf(models, model, reading.fields, reading.features),
    };
  };
  const decisions = [explain("relevant", models.relevant, THRESHOLDS.relevant)];
  if (classification.relevant) {
    decisions.push(explain("legislation", models.legislation, LEGISLATION_THRESHOLD));
    for (const [id, model] of models.themes) decisions.push(explain(id, model, THRESHOLDS.theme));
    for (const { id } of classification.arguments) {
      const model = models.arguments.get(id);
      if (model !== undefined) decisions.push(explain(id, model, THRESHOLDS.argument));
    }
  }
  const bar = Math.log(THRESHOLDS.relevant / (1 - THRESHOLDS.relevant));
  const short = Math.max(0, bar - logOddsOf(models.relevant, reading.features));
  return {
    model: models.version,
    classification,
    subject: subjectOf(models, input, reading.fields),
    decisions,
    short: rounded(short),
    missing: classification.relevant
      ? []
      : missingOf(models, reading.features, reading.languages[0] ?? "en"),
  };
}

/** Each as it is written in the item, once. */
function subjectOf(
  models: Models,
  input: ItemInput,
  fields: readonly FieldFeatures[],
): readonly Evidence[] {
  const { subjectOf: groups } = models.combinations;
  const { weights } = models.relevant;
  const found = new Map<string, Evidence>();
  for (const { name, tokens, hits } of fields)
    for (const { concept, from, to } of hits) {
      const start = tokens[from]?.start;
      const end = tokens[to - 1]?.end;
      if ((groups[concept] ?? -1) < 0 || start === undefined || end === undefined) continue;
      const term = input[name].slice(start, end);
      const inTitle = name === "title" ? (weights[2 * concept + 1] ?? 0) : 0;
      const weight = rounded((weights[2 * concept] ?? 0) + inTitle);
      const known = found.get(term.toLowerCase());
      if ((known?.weight ?? Number.NEGATIVE_INFINITY) < weight)
        found.set(term.toLowerCase(), { term, field: name, start, end, weight });
    }
  return [...found.values()].sort((a, b) => (b.weight ?? 0) - (a.weight ?? 0));
}

function contributionsOf(
  models: Models,
  model: Linear,
  fields: readonly FieldFeatures[],
  features: Int32Array,
): Contribution[] {
  const sums = new Map<number, number>();
  for (const feature of features) {
    const weight = model.weights[feature] ?? 0;
    if (weight !== 0 && feature < models.words.first)
      sums.set(feature >> 1, (sums.get(feature >> 1) ?? 0) + weight);
  }
  const concepts = [...sums].map(([concept, weight]) => ({
    concept: models.concepts[concept] ?? "",
    weight: rounded(weight),
    words: fields.flatMap((field) => wordsOf(models, field, concept)).slice(0, KEYWORDS_MAX),
  }));
  return [...concepts, ...taughtOf(models, model, fields)].sort(
    (a, b) => Math.abs(b.weight) - Math.abs(a.weight),
  );
}

/** Words that examples taught, each where it stands first. */
function taughtOf(models: Models, model: Linear, fields: readonly FieldFeatures[]): Contribution[] {
  const found = new Map<number, Contribution>();
  for (const { name, tokens, words } of fields)
    for (const { feature, from, to } of words) {
      const weight = model.weights[feature] ?? 0;
      const start = tokens[from]?.start;
      const end = tokens[to - 1]?.end;
      if (weight === 0 || start === undefined || end === undefined || found.has(feature)) continue;
      const term = formOf(models, feature);
      const word = { term, field: name, start, end };
      found.set(feature, { concept: `"${term}"`, weight: rounded(weight), words: [word] });
    }
  return [...found.values()];
}

function wordsOf(models: Models, field: FieldFeatures, concept: number): Contribution["words"] {
  const { name, tokens } = field;
  const hits = [
    ...field.hits.filter((hit) => hit.concept === concept),
    ...field.pairs.filter((pair) => pair.concept === concept).flatMap((pair) => pair.members),
  ];
  const shown = new Set<string>();
  return hits.flatMap((hit) => {
    const start = tokens[hit.from]?.start;
    const end = tokens[hit.to - 1]?.end;
    if (start === undefined || end === undefined || shown.has(`${start} ${end}`)) return [];
    shown.add(`${start} ${end}`);
    return [{ term: termOf(models, hit, tokens), field: name, start, end }];
  });
}

function missingOf(models: Models, features: Int32Array, language: Language): Missing[] {
  const present = new Set(features);
  return models.concepts
    .map((concept, index) => ({ concept, index, weight: models.relevant.weights[2 * index] ?? 0 }))
    .filter(({ index, weight }) => weight > 0 && !present.has(2 * index))
    .map((one) => ({ ...one, keywords: keywordsOf(models, one.index, language) }))
    .filter(({ keywords }) => keywords.length > 0)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MISSING_MAX)
    .map(({ concept, weight, keywords }) => ({ concept, weight: rounded(weight), keywords }));
}

function keywordsOf(models: Models, concept: number, language: Language): string[] {
  const { vocabulary } = models;
  vocabulary.lexicon(language);
  return vocabulary.terms
    .filter((term) => term.concept === concept && [language, ANY].includes(term.language))
    .slice(0, KEYWORDS_MAX)
    .map((term) => term.text);
}

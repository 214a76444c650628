// Matching: one item in, one classification out, every decision with the words that made it.
import type { Classification, ItemInput, StepFound } from "../domain/item.ts";
import {
  ARGUMENTS_OF,
  type ArgumentId,
  type Stage,
  THEMES,
  type ThemeId,
} from "../domain/vocabulary.ts";
import { type Reading, readItem, tokensOfItem } from "../reading/read-item.ts";
import { hasSubject } from "./combinations.ts";
import { type Features, featuresOf } from "./features.ts";
import { dismissed, languageOf, mayConcern, offTheSubject } from "./first-look.ts";
import type { Models } from "./keyword-model.ts";
import { readStep } from "./read-step.ts";
import {
  evidenceOf,
  logOddsOf,
  probabilityOf,
  rounded,
  type Spots,
  spotsOf,
  sumsOf,
} from "./score.ts";
import { impliesTheme, sideOf } from "./side.ts";

/**
 * Relevance is calibrated at the base rate of real feeds, two items in a thousand: 0.2 is where four in five of what is
 * shown are right and nine in ten of what there is are shown. The others, asked of relevant items alone, are fixed:
 * such thresholds travel better to unread items than fitted ones.
 */
export const THRESHOLDS = {
  relevant: 0.2,
  theme: 0.5,
  argument: 0.35,
} as const;

/** Classifies one item; synchronous, pure, linear in the length of its text. */
export function classifyItem(models: Models, input: ItemInput): Classification {
  const tokens = tokensOfItem(input);
  if (!mayConcern(models, tokens)) return dismissed(models, input, tokens);
  const reading = readItem(models.vocabulary, input, tokens);
  return judgeReading(models, input, reading).classification;
}

/** Everything that the models say of one item. */
export interface Judgement {
  readonly classification: Classification;
  /** What it reports of its bill; null where it is not relevant. */
  readonly step: StepFound | null;
}

/** The same of an item that is relevant. */
export interface Relevant extends Judgement {
  readonly step: StepFound;
}

/** Judges an item that has been read already, with the models' own vocabulary. */
export function judgeReading(models: Models, input: ItemInput, reading: Reading): Judgement {
  const { fields, languages, jurisdiction } = reading;
  if (fields.some((field) => hasSubject(models.combinations, field)))
    return decide(models, input, featuresOf(models, input, reading));
  const classification = offTheSubject(models, input, languages[0] ?? null, jurisdiction.id);
  return { classification, step: null };
}

/**
 * The decisions that follow from an item's features.
 * @param named true where it is of a file of the debate by its name or number: then all is asked of it, whatever its score
 */
export function decide(models: Models, input: ItemInput, reading: Features): Judgement;
export function decide(models: Models, input: ItemInput, reading: Features, named: true): Relevant;
export function decide(
  models: Models,
  input: ItemInput,
  reading: Features,
  named = false,
): Judgement {
  // Places, institutions and companies never carry an item: without a word of the subject there is nothing to weigh.
  const score = reading.subject ? probabilityOf(logOddsOf(models.relevant, reading.features)) : 0;
  const relevant = named || score >= THRESHOLDS.relevant;
  const spots = spotsOf(models, reading);
  const facts = {
    relevant,
    score: rounded(score),
    jurisdiction: reading.jurisdiction.id,
    language: languageOf(input, reading.languages[0] ?? null),
    model: models.version,
  };
  if (!relevant) {
    const evidence = evidenceOf(models, models.relevant, reading, spots, -1);
    const nothing = { themes: [], arguments: [], legislation: false, stage: "none" as const };
    return { classification: { ...facts, evidence, ...nothing }, step: null };
  }
  const evidence = evidenceOf(models, models.relevant, reading, spots, 1);
  const answers = answersOf(models, reading);
  const step = readStep(models, reading, answers.legislation, answers.stages);
  const { legislation, stage } = step;
  const points = themesOf(models, reading, answers, spots, evidence);
  return { classification: { ...facts, evidence, ...points, legislation, stage }, step };
}

/** What every question but relevance is answered, as log-odds. */
interface Answers {
  readonly legislation: number;
  readonly themes: ReadonlyMap<ThemeId, number>;
  readonly arguments: ReadonlyMap<ArgumentId, number>;
  readonly stages: ReadonlyMap<Stage, number>;
}

function answersOf(models: Models, { features }: Features): Answers {
  const sums = sumsOf(models.asked, features);
  let at = 1;
  const next = <Id>(ids: Iterable<Id>) => new Map([...ids].map((id) => [id, sums[at++] ?? 0]));
  return {
    legislation: sums[0] ?? 0,
    themes: next(models.themes.keys()),
    arguments: next(models.arguments.keys()),
    stages: next(models.stages.keys()),
  };
}

/** @param subject the words that made the item relevant: shown for a theme that follows from whose matter it is */
function themesOf(
  models: Models,
  reading: Features,
  answers: Answers,
  spots: Spots,
  subject: Classification["evidence"],
): Pick<Classification, "themes" | "arguments"> {
  const themes: Classification["themes"] = [];
  const found: Classification["arguments"] = [];
  for (const id of THEMES) {
    const model = models.themes.get(id);
    if (model === undefined) continue;
    const points = argumentsOf(models, reading, answers, spots, id);
    found.push(...points);
    const score = probabilityOf(answers.themes.get(id) ?? 0);
    const implied = points.find((point) => impliesTheme(point.id));
    if (score >= THRESHOLDS.theme) {
      const words = evidenceOf(models, model, reading, spots, 1);
      themes.push({ id, score: rounded(score), evidence: words.length > 0 ? words : subject });
    } else if (implied !== undefined)
      themes.push({ id, score: implied.score, evidence: implied.evidence });
  }
  return { themes, arguments: found };
}

function argumentsOf(
  models: Models,
  reading: Features,
  answers: Answers,
  spots: Spots,
  theme: ThemeId,
): Classification["arguments"] {
  const found: Classification["arguments"] = [];
  for (const id of ARGUMENTS_OF[theme] as readonly ArgumentId[]) {
    const model = models.arguments.get(id);
    if (model === undefined) continue;
    const score = probabilityOf(answers.arguments.get(id) ?? 0);
    if (score < THRESHOLDS.argument) continue;
    found.push({
      id,
      side: sideOf(models, id, reading),
      score: rounded(score),
      evidence: evidenceOf(models, model, reading, spots, 1),
    });
  }
  return found;
}

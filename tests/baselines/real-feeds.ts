// Baselines: relevance on items of real feeds, each way judged by sources that it has not seen.
import type { ItemInput } from "../../shared/domain/item.ts";
import { THRESHOLDS } from "../../shared/matching/classify-item.ts";
import type { Models } from "../../shared/matching/keyword-model.ts";
import type { LinearWeights } from "../../shared/matching/model-schema.ts";
import { foldOf } from "../../shared/training/calibrate.ts";
import type { RelevanceItem } from "../../shared/training/learn-relevance.ts";
import { FOLDS, learnAndJudge } from "../../shared/training/relevance-folds.ts";
import type { Learner } from "./ask-each.ts";
import { keywordAlert } from "./keyword-alert.ts";
import { learnMachine } from "./linear-svm.ts";
import { tfIdfReader } from "./tf-idf.ts";

/** What a way found among the items of real feeds. */
export interface Found {
  readonly name: string;
  readonly relevant: ReadonlySet<RelevanceItem>;
}

/** The product's own: learned, folded and calibrated as `train` does it. */
export function ours(
  items: readonly RelevanceItem[],
  build: (weights: LinearWeights) => Models,
): Found {
  const { judged } = learnAndJudge(items, build);
  const byInput = new Map(items.map((item) => [item.input, item]));
  const relevant = judged.flatMap(({ input, logOdds }) =>
    1 / (1 + Math.exp(-logOdds)) >= THRESHOLDS.relevant ? (byInput.get(input) ?? []) : [],
  );
  return { name: "these models", relevant: new Set(relevant) };
}

/** What one types into an alert service; it learns nothing. */
export function alerted(items: readonly RelevanceItem[]): Found {
  const answer = keywordAlert.learn([]);
  const relevant = realOf(items).filter(({ input }) => answer(unlabelled(input)).relevant);
  return { name: keywordAlert.name, relevant: new Set(relevant) };
}

/** A learner of classes, taught by all items of other sources. */
export function found<Doc>(learner: Learner<Doc>, items: readonly RelevanceItem[]): Found {
  const relevant = scored(items, (seen) => {
    const read = learner.reader(seen.map(({ input }) => unlabelled(input)));
    const docs = seen.map(({ input }) => read(unlabelled(input)));
    const answer = learner.learn(
      docs,
      seen.map((item) => String(item.relevant)),
    );
    return (input) => (answer(read(unlabelled(input))) === "true" ? 1 : -1);
  });
  return { name: learner.name, relevant: new Set(above(relevant, 0)) };
}

/**
 * The support vector machine twice: at its own bar, and at the bar that suits it best on the very items that judge it,
 * which no bar chosen beforehand could beat.
 */
export function machines(items: readonly RelevanceItem[]): Found[] {
  const margins = scored(items, (seen) => {
    const read = tfIdfReader(seen.map(({ input }) => unlabelled(input)));
    const docs = seen.map(({ input }) => read(unlabelled(input)));
    const margin = learnMachine(
      docs,
      seen.map(({ relevant }) => (relevant ? 1 : -1)),
    );
    return (input) => margin(read(unlabelled(input)));
  });
  const bars = [...margins].filter(([item]) => item.relevant).map(([, margin]) => margin);
  const best = bars
    .map((bar) => ({ bar, f1: figuresOf(realOf(items), new Set(above(margins, bar))).f1 }))
    .reduce((one, other) => (other.f1 > one.f1 ? other : one), { bar: 0, f1: 0 });
  const name = "TF-IDF and linear SVM";
  return [
    { name, relevant: new Set(above(margins, 0)) },
    { name: `${name}, at its best bar`, relevant: new Set(above(margins, best.bar)) },
  ];
}

type Score = (input: ItemInput) => number;

function scored(
  items: readonly RelevanceItem[],
  learn: (seen: readonly RelevanceItem[]) => Score,
): Map<RelevanceItem, number> {
  const scores = new Map<RelevanceItem, number>();
  for (let fold = 0; fold < FOLDS; fold++) {
    const isJudged = (item: RelevanceItem) => foldOf(item.source, FOLDS) === fold;
    const score = learn(items.filter((item) => !isJudged(item)));
    for (const item of realOf(items).filter(isJudged)) scores.set(item, score(item.input));
  }
  return scores;
}

const above = (scores: ReadonlyMap<RelevanceItem, number>, bar: number): RelevanceItem[] =>
  [...scores].flatMap(([item, score]) => (score >= bar ? [item] : []));

const realOf = (items: readonly RelevanceItem[]): RelevanceItem[] =>
  items.filter((item) => item.background);

const unlabelled = (input: ItemInput) => ({ ...input, weight: 1 });

export interface Figures {
  readonly items: number;
  readonly labelled: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** False alarms in ten thousand items. */
  readonly alarms: number;
}

/** @param items those to be judged by: all of them, or those of one language */
export function figuresOf(
  items: readonly RelevanceItem[],
  relevant: ReadonlySet<RelevanceItem>,
): Figures {
  const labelled = items.filter((item) => item.relevant).length;
  const flagged = items.filter((item) => relevant.has(item));
  const right = flagged.filter((item) => item.relevant).length;
  const precision = right / Math.max(1, flagged.length);
  const recall = right / Math.max(1, labelled);
  return {
    items: items.length,
    labelled,
    precision,
    recall,
    f1: (2 * right) / Math.max(1, flagged.length + labelled),
    alarms: (1e4 * (flagged.length - right)) / Math.max(1, items.length),
  };
}

/** Languages with fewer items than this stand together. */
const LANGUAGE_LEAST = 500;

/** Precision, recall and false alarms of each way, on all items and by language, as Markdown. */
export function realTable(items: readonly RelevanceItem[], ways: readonly Found[]): string {
  const real = realOf(items);
  const byLanguage = new Map<string, RelevanceItem[]>();
  for (const item of real) {
    const list = byLanguage.get(languageOf(item.input)) ?? [];
    list.push(item);
    byLanguage.set(languageOf(item.input), list);
  }
  const few = [...byLanguage].filter(([, list]) => list.length < LANGUAGE_LEAST);
  const rows = [
    ["**all**", real] as const,
    ...[...byLanguage]
      .filter(([, list]) => list.length >= LANGUAGE_LEAST)
      .sort(([, a], [, b]) => b.length - a.length),
    [`${few.length} others`, few.flatMap(([, list]) => list)] as const,
  ];
  const lines = rows.map(([name, list]) => {
    const labelled = list.filter((item) => item.relevant).length;
    const cells = ways.map(({ relevant }) => cellOf(figuresOf(list, relevant)));
    return [name, list.length.toLocaleString("en"), String(labelled), ...cells];
  });
  const head = ["language", "items", "relevant", ...ways.map(({ name }) => name)];
  return [head, head.map(() => "---"), ...lines].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

const languageOf = (input: ItemInput): string => input.feed.language?.split("-")[0] ?? "none told";

/** Where nothing is labelled there is no recall to speak of, and precision is nought by nature. */
const cellOf = ({ labelled, precision, recall, alarms }: Figures): string =>
  labelled === 0
    ? `– / – / ${alarms.toFixed(1)}`
    : `${precision.toFixed(2)} / ${recall.toFixed(2)} / ${alarms.toFixed(1)}`;

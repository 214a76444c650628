// Baselines: several ways taught by the same items, judged on the same others, by the scorer that `eval` uses.
import { createHash } from "node:crypto";
import {
  type Evaluation,
  evaluate,
  type Judged,
  type LabelledItem,
} from "../../shared/matching/evaluate.ts";
import { randomFrom } from "./random.ts";
import { classificationOf, type Question, type Way } from "./way.ts";

export interface Column {
  readonly way: Way;
  readonly judged: readonly Judged[];
  readonly evaluation: Evaluation;
}

/** Teaches each way and judges it; an item to be judged never teaches. */
export function compare(
  ways: readonly Way[],
  taught: readonly LabelledItem[],
  judged: readonly LabelledItem[],
): Column[] {
  const fresh = freshOf(taught, judged);
  return ways.map((way) => {
    const answer = way.learn(taught);
    const found = fresh.map(
      ({ labels, ...item }): Judged => ({
        labels,
        found: classificationOf(way.name, answer(item)),
        language: item.feed.language,
      }),
    );
    return { way, judged: found, evaluation: evaluate(found) };
  });
}

/** What of `judged` is not among `taught`. */
export function freshOf(
  taught: readonly LabelledItem[],
  judged: readonly LabelledItem[],
): LabelledItem[] {
  const known = new Set(taught.map(textOf));
  return judged.filter((item) => !known.has(textOf(item)));
}

/** One in five is held out, chosen by its text, so that adding an example moves no other one. */
export function splitOf(items: readonly LabelledItem[]): {
  taught: LabelledItem[];
  judged: LabelledItem[];
} {
  const isHeldOut = (item: LabelledItem) =>
    (createHash("sha256").update(textOf(item)).digest()[0] ?? 0) % 5 === 0;
  return {
    taught: items.filter((item) => !isHeldOut(item)),
    judged: items.filter(isHeldOut),
  };
}

function textOf({ title, summary }: LabelledItem): string {
  return `${title}\n${summary}`;
}

const ROWS: readonly (readonly [string, Question, (evaluation: Evaluation) => number | null])[] = [
  ["relevant, F1", "relevant", ({ relevant }) => relevant.f1],
  ["legislation, F1", "legislation", ({ legislation }) => legislation.f1],
  ["themes, micro F1", "themes", ({ themes }) => themes.micro.f1],
  [
    "themes but government-intent, macro F1",
    "themesButIntent",
    ({ themes }) => themes.macroButIntent,
  ],
  ["stage on legislation, accuracy", "stage", ({ stage }) => stage.onLegislation.accuracy],
  [
    "jurisdiction on relevant, accuracy",
    "jurisdiction",
    ({ jurisdiction }) => jurisdiction.accuracy,
  ],
  ["arguments, micro F1", "arguments", (evaluation) => evaluation.arguments.micro.f1],
];

const RESAMPLES = 500;

/**
 * How far the lead of the first column is more than the luck of which items were judged: the share of resamples (as many
 * items, drawn with repetition: Efron's bootstrap) in which its figure is above that of every other way that answers.
 */
export function leads(columns: readonly Column[], resamples = RESAMPLES): Map<Question, number> {
  const random = randomFrom(1);
  const size = columns[0]?.judged.length ?? 0;
  const ahead = new Map<Question, number>();
  for (let round = 0; round < resamples; round++) {
    const drawn = Array.from({ length: size }, () => Math.floor(random() * size));
    const evaluations = columns.map(({ judged }) =>
      evaluate(drawn.flatMap((at) => judged[at] ?? [])),
    );
    for (const [, question, figureOf] of ROWS) {
      const [first = 0, ...others] = evaluations.flatMap((evaluation, at) =>
        columns[at]?.way.silent.includes(question) ? [] : [figureOf(evaluation) ?? 0],
      );
      if (others.every((other) => other < first))
        ahead.set(question, (ahead.get(question) ?? 0) + 1);
    }
  }
  return new Map([...ahead].map(([question, times]) => [question, times / resamples]));
}

/** The figures as a Markdown table, a column for each way, and at the end how often the first stays ahead. */
export function tableOf(columns: readonly Column[]): string {
  const lead = leads(columns);
  const rows = ROWS.map(([name, question, figureOf]) => [
    name,
    ...columns.map(({ way, evaluation }) =>
      way.silent.includes(question) ? "–" : (figureOf(evaluation)?.toFixed(2) ?? "–"),
    ),
    `${Math.round(100 * (lead.get(question) ?? 0))} %`,
  ]);
  const lines = [["", ...columns.map(({ way }) => way.name), "first ahead"], ...rows];
  const [head, ...body] = lines.map((cells) => `| ${cells.join(" | ")} |`.replace("|  |", "| |"));
  return [head, `|${"---|".repeat(columns.length + 2)}`, ...body].join("\n");
}

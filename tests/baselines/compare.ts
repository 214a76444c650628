// Baselines: several ways taught by the same items, judged on the same others, by the scorer that `eval` uses.
import { createHash } from "node:crypto";
import { type Evaluation, evaluate, type LabelledItem } from "../../shared/matching/evaluate.ts";
import { classificationOf, type Question, type Way } from "./way.ts";

export interface Column {
  readonly way: Way;
  readonly evaluation: Evaluation;
}

/** Teaches each way and judges it; an item to be judged never teaches. */
export function compare(
  ways: readonly Way[],
  taught: readonly LabelledItem[],
  judged: readonly LabelledItem[],
): Column[] {
  const known = new Set(taught.map(textOf));
  const fresh = judged.filter((item) => !known.has(textOf(item)));
  return ways.map((way) => {
    const answer = way.learn(taught);
    const found = fresh.map(({ labels, ...item }) => ({
      labels,
      found: classificationOf(way.name, answer(item)),
      language: item.feed.language,
    }));
    return { way, evaluation: evaluate(found) };
  });
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

const ROWS: readonly (readonly [string, Question, (evaluation: Evaluation) => number])[] = [
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

/** The figures as a Markdown table, a column for each way. */
export function tableOf(columns: readonly Column[]): string {
  const rows = ROWS.map(([name, question, figureOf]) => [
    name,
    ...columns.map(({ way, evaluation }) =>
      way.silent.includes(question) ? "–" : figureOf(evaluation).toFixed(2),
    ),
  ]);
  const lines = [["", ...columns.map(({ way }) => way.name)], ...rows];
  const [head, ...body] = lines.map((cells) => `| ${cells.join(" | ")} |`.replace("|  |", "| |"));
  return [head, `|${"---|".repeat(columns.length + 1)}`, ...body].join("\n");
}

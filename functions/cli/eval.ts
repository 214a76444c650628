// `eval [--registry FILE] [--json] LABELLED`: how right the models are, and the detection where the file is a stream.
import { createReadStream } from "node:fs";
import { parseArgs } from "node:util";
import { classifyItem } from "../../shared/matching/classify-item.ts";
import {
  type Counts,
  type Evaluation,
  evaluate,
  type Judged,
  LabelledItem,
} from "../../shared/matching/evaluate.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import { evalStream, isStream } from "./eval-stream.ts";
import type { Io } from "./io.ts";
import { fileProblem, type LineReport, readLines } from "./read-items.ts";
import { usageOf } from "./usage.ts";

/** @returns 0; 1 where the file cannot be read; 2 where a line was bad or the arguments are */
export async function runEval(argv: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    options: { json: { type: "boolean" }, registry: { type: "string" } },
    allowPositionals: true,
  });
  const [file, more] = positionals;
  if (file === undefined || more !== undefined) {
    io.stderr.write(usageOf("eval"));
    return 2;
  }
  const problem = fileProblem(file);
  if (problem !== null) {
    io.stderr.write(`eval: ${problem}\n`);
    return 1;
  }
  if (await isStream(file)) return evalStream(file, values, io);
  const models = loadModels();
  const report: LineReport = { bad: 0 };
  const judged: Judged[] = [];
  const lines = readLines("eval", createReadStream(file), LabelledItem, io.stderr, report);
  for await (const { value } of lines) {
    const found = classifyItem(models, value);
    judged.push({ labels: value.labels, found, language: value.feed.language ?? found.language });
  }
  const evaluation = evaluate(judged);
  io.stdout.write(
    values.json === true
      ? `${JSON.stringify({ model: models.version, ...evaluation })}\n`
      : tableOf(models.version, evaluation),
  );
  return report.bad > 0 ? 2 : 0;
}

/** The figures for people: one row per decision. */
export function tableOf(version: string, evaluation: Evaluation): string {
  const { themes, stage, jurisdiction } = evaluation;
  const rows = [
    `models ${version}, ${evaluation.items} items`,
    `${"".padEnd(40)}precision  recall     F1  labelled  found`,
    rowOf("relevant", evaluation.relevant),
    ...Object.entries(evaluation.relevantByLanguage).map(([tag, one]) => rowOf(`  ${tag}`, one)),
    rowOf("themes (micro)", themes.micro),
    ...Object.entries(themes.each).map(([id, one]) => rowOf(`  ${id}`, one)),
    `${"themes (macro F1)".padEnd(56)}${figure(themes.macro).padStart(5)}`,
    `${"themes but government-intent (macro F1)".padEnd(56)}${figure(themes.macroButIntent).padStart(5)}`,
    rowOf("arguments (micro)", evaluation.arguments.micro),
    ...Object.entries(evaluation.arguments.each).map(([id, one]) => rowOf(`  ${id}`, one)),
    rowOf("legislation", evaluation.legislation),
    ...Object.entries(stage.each).map(([id, one]) => rowOf(`  stage ${id}`, one)),
    `stage on legislation, accuracy ${figure(stage.onLegislation.accuracy)} of ${stage.onLegislation.of}`,
    `stage on relevant, accuracy ${figure(stage.onRelevant.accuracy)} of ${stage.onRelevant.of}`,
    `jurisdiction on relevant, accuracy ${figure(jurisdiction.accuracy)} of ${jurisdiction.of}`,
  ];
  return `${rows.join("\n")}\n`;
}

function rowOf(name: string, one: Counts): string {
  const cells = [one.precision, one.recall, one.f1].map((value) => figure(value).padStart(7));
  return `${name.padEnd(40)}  ${cells.join(" ")}  ${String(one.labelled).padStart(8)} ${String(one.found).padStart(6)}`;
}

/** A dash where there is nothing to be right about. */
function figure(value: number | null): string {
  return value === null ? "–" : value.toFixed(3);
}

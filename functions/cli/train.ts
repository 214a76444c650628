// `train [FILE …]`: weights of the keyword models from labelled items, written back as reviewable data.
import { createReadStream } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildModels } from "../../shared/matching/build-models.ts";
import { LabelledItem } from "../../shared/matching/evaluate.ts";
import type { Models } from "../../shared/matching/keyword-model.ts";
import { MODEL_FILES } from "../../shared/matching/load-models.ts";
import {
  type LinearWeights,
  PriorFile,
  type Priors,
  WeightFile,
} from "../../shared/matching/model-schema.ts";
import { type Judged, reliabilityOf } from "../../shared/training/calibrate.ts";
import { learnActs } from "../../shared/training/learn-acts.ts";
import { examplesOf, learnWeights, priorsWithWords } from "../../shared/training/learn-weights.ts";
import { learnAndJudge } from "../../shared/training/relevance-folds.ts";
import type { Io } from "./io.ts";
import { fileProblem, type LineReport, readLines } from "./read-items.ts";
import { type RelevanceFiles, readRelevance } from "./read-relevance.ts";
import { usageOf } from "./usage.ts";

const ROOT = new URL("../../", import.meta.url);
const MODELS = new URL("shared/catalog/models/", ROOT);
const EXAMPLES = new URL("tests/examples/", ROOT);
const ABOUT =
  "Learned by `npm run train` from labelled examples, starting at priors.json; never edited by hand. Log-odds.";

/**
 * Themes, arguments, legislation and stages are learned from our own examples and the files given; relevance and acts only where
 * the background of real feeds and streams are given, since they are a matter of the base rate. Without them, their weights
 * stay as they are.
 * @returns 0; 2 where a line was bad: nothing is written then, since weights must come from what was reviewed
 */
export async function runTrain(argv: string[], io: Io): Promise<number> {
  const asked = optionsOf(argv);
  if (asked === null) {
    io.stderr.write(usageOf("train"));
    return 2;
  }
  const { files, relevance } = asked;
  const named = relevance === null ? files : [...files, ...filesOf(relevance)];
  const unread = named.map(fileProblem).filter((problem) => problem !== null);
  for (const problem of unread) io.stderr.write(`train: ${problem}\n`);
  if (unread.length > 0) return 2;
  const report: LineReport = { bad: 0 };
  const items = await readExamples(files, io, report);
  const real = relevance === null ? null : await readRelevance(relevance, items, io, report);
  if (report.bad > 0) return 2;
  const byHand = PriorFile.parse(
    JSON.parse(await readFile(new URL("priors.json", MODELS), "utf8")),
  ).outputs;
  const shipped = WeightFile.parse(MODEL_FILES.weights).outputs;
  const relevant = real === null ? shipped.relevant : learnedRelevance(real.items, byHand, io);
  const texts = [...items, ...(real?.acts ?? []).flatMap((one) => (one.stream ? [one.input] : []))];
  const priors = priorsWithWords(byHand, texts);
  const models = buildModels({ ...MODEL_FILES, weights: { about: ABOUT, outputs: priors } });
  const acts = real === null ? shipped.acts : learnActs(models, byHand.acts, real.acts);
  const outputs = { relevant, ...learnWeights(models, priors, examplesOf(models, items)), acts };
  const weights: WeightFile = { about: ABOUT, outputs };
  await writeFile(new URL("weights.json", MODELS), linesOf(weights));
  const { version } = buildModels({ ...MODEL_FILES, weights });
  io.stdout.write(`learned from ${items.length} examples: models ${version}\n`);
  return 0;
}

interface Asked {
  readonly files: readonly string[];
  readonly relevance: RelevanceFiles | null;
}

/** @returns null where an option is unknown, or the background's labels are missing */
function optionsOf(argv: string[]): Asked | null {
  const many = { type: "string", multiple: true, default: [] as string[] } as const;
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { background: { type: "string" }, labelled: many, stream: many },
    });
    const { background, labelled, stream } = values;
    if (background === undefined)
      return labelled.length + stream.length > 0 ? null : { files: positionals, relevance: null };
    if (labelled.length === 0) return null;
    return { files: positionals, relevance: { background, labelled, streams: stream } };
  } catch {
    return null;
  }
}

const filesOf = ({ background, labelled, streams }: RelevanceFiles): string[] => [
  background,
  ...labelled,
  ...streams,
];

async function readExamples(
  files: readonly string[],
  io: Io,
  report: LineReport,
): Promise<LabelledItem[]> {
  const own = (await readdir(EXAMPLES)).filter((name) => name.endsWith(".jsonl")).sort();
  const items: LabelledItem[] = [];
  for (const file of [...own.map((name) => fileURLToPath(new URL(name, EXAMPLES))), ...files])
    for await (const { value } of readLines(
      `train: ${file}`,
      createReadStream(file),
      LabelledItem,
      io.stderr,
      report,
    ))
      items.push(value);
  return items;
}

/** Learns relevance, and says how it does on real feeds whose source it has not seen. */
function learnedRelevance(
  items: Awaited<ReturnType<typeof readRelevance>>["items"],
  byHand: Priors,
  io: Io,
): LinearWeights {
  const build = (relevant: LinearWeights): Models =>
    buildModels({
      ...MODEL_FILES,
      weights: { about: ABOUT, outputs: { ...byHand, relevant } },
    });
  const { weights, judged } = learnAndJudge(items, build);
  const real = items.filter((one) => one.background);
  const relevant = real.filter((one) => one.relevant).length;
  io.stdout.write(reportOf(judged, real.length, relevant));
  return weights;
}

/** By sources left out: precision and recall at some thresholds, then how often an item of a score is relevant. */
function reportOf(judged: readonly Judged[], items: number, relevant: number): string {
  const lines = [
    `${items} items of real feeds, ${relevant} relevant; each judged by other sources`,
  ];
  for (const threshold of [0.1, 0.2, 0.3, 0.5, 0.7]) {
    const found = judged.filter((one) => 1 / (1 + Math.exp(-one.logOdds)) >= threshold);
    const right = found.filter((one) => one.relevant).length;
    const wrong = found.length - right;
    lines.push(
      `score ${threshold}: precision ${(right / Math.max(1, found.length)).toFixed(3)}, recall ${(right / Math.max(1, relevant)).toFixed(3)}, false in 10,000 ${((1e4 * wrong) / Math.max(1, items)).toFixed(2)}`,
    );
  }
  for (const row of reliabilityOf(judged))
    lines.push(
      `scored ${row.from} to ${row.to}: ${row.items} items, ${row.relevant} relevant, ${(row.promised * row.items).toFixed(1)} promised`,
    );
  return `${lines.join("\n")}\n`;
}

/** Lines that a review can read: per output its concepts on one, its words on one per first letter. */
export function linesOf(weights: WeightFile): string {
  const { relevant, legislation, themes, arguments: points, stages, acts } = weights.outputs;
  const one = (indent: string, id: string, { words, ...concepts }: LinearWeights) =>
    `${indent}${JSON.stringify(id)}: ${JSON.stringify(concepts).slice(0, -1)},"words":{${linesOfWords(words, indent)}}}`;
  const group = (id: string, linears: Record<string, LinearWeights>) =>
    `    ${JSON.stringify(id)}: {\n${Object.entries(linears)
      .map(([key, linear]) => one("      ", key, linear))
      .join(",\n")}\n    }`;
  const parts = [
    one("    ", "relevant", relevant),
    one("    ", "legislation", legislation),
    group("themes", themes),
    group("arguments", points as Record<string, LinearWeights>),
    group("stages", stages as Record<string, LinearWeights>),
    group("acts", acts as Record<string, LinearWeights>),
  ];
  return `{\n  "about": ${JSON.stringify(weights.about)},\n  "outputs": {\n${parts.join(",\n")}\n  }\n}\n`;
}

function linesOfWords(words: Readonly<Record<string, number>>, indent: string): string {
  const lines = new Map<string, Record<string, number>>();
  for (const [word, weight] of Object.entries(words).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const line = lines.get(word.slice(0, 1)) ?? {};
    line[word] = weight;
    lines.set(word.slice(0, 1), line);
  }
  return [...lines.values()]
    .map((line) => `\n${indent}  ${JSON.stringify(line).slice(1, -1)}`)
    .join(",");
}

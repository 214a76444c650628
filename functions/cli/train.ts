// `train [FILE …]`: weights of the keyword models from labelled items, written back as reviewable data.
import { createReadStream } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { buildModels } from "../../shared/matching/build-models.ts";
import { LabelledItem } from "../../shared/matching/evaluate.ts";
import { examplesOf, learnWeights, priorsWithWords } from "../../shared/matching/learn-weights.ts";
import { MODEL_FILES } from "../../shared/matching/load-models.ts";
import { type LinearWeights, WeightFile } from "../../shared/matching/model-schema.ts";
import type { Io } from "./io.ts";
import { fileProblem, type LineReport, readLines } from "./read-items.ts";

const ROOT = new URL("../../", import.meta.url);
const MODELS = new URL("shared/catalog/models/", ROOT);
const EXAMPLES = new URL("tests/examples/", ROOT);

/** @returns 0; 2 where a line was bad: nothing is written then, since weights must come from what was reviewed */
export async function runTrain(argv: string[], io: Io): Promise<number> {
  const unread = argv.map(fileProblem).filter((problem) => problem !== null);
  for (const problem of unread) io.stderr.write(`train: ${problem}\n`);
  if (unread.length > 0) return 2;
  const own = (await readdir(EXAMPLES)).filter((name) => name.endsWith(".jsonl")).sort();
  const files = [...own.map((name) => fileURLToPath(new URL(name, EXAMPLES))), ...argv];
  const report: LineReport = { bad: 0 };
  const items: LabelledItem[] = [];
  for (const file of files)
    for await (const { value } of readLines(
      `train: ${file}`,
      createReadStream(file),
      LabelledItem,
      io.stderr,
      report,
    ))
      items.push(value);
  if (report.bad > 0) return 2;
  const byHand = WeightFile.parse(
    JSON.parse(await readFile(new URL("priors.json", MODELS), "utf8")),
  );
  const priors = priorsWithWords(byHand.outputs, items);
  const models = buildModels({ ...MODEL_FILES, weights: { ...byHand, outputs: priors } });
  const outputs = learnWeights(models, priors, examplesOf(models, items));
  const weights: WeightFile = {
    about:
      "Learned by `npm run train` from labelled examples, starting at priors.json; never edited by hand. Log-odds.",
    outputs,
  };
  await writeFile(new URL("weights.json", MODELS), linesOf(weights));
  const { version } = buildModels({ ...MODEL_FILES, weights });
  io.stdout.write(
    `learned from ${items.length} items of ${files.length} files: models ${version}\n`,
  );
  return 0;
}

/** Lines that a review can read: per output its concepts on one, its words on one per first letter. */
export function linesOf(weights: WeightFile): string {
  const { relevant, legislation, themes, arguments: points, stages } = weights.outputs;
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

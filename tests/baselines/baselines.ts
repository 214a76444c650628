// `npm run baselines -- [--only] [--block ID] [TRAIN.jsonl …] [TEST.jsonl]`: these models beside simpler ways, on the same items.
import { createReadStream, existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type LineReport, readLines } from "../../functions/cli/read-items.ts";
import { LabelledItem } from "../../shared/matching/evaluate.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import { ownExamples } from "../matching/cross-validate.ts";
import { withBlock } from "../matching/figures.ts";
import { askEach } from "./ask-each.ts";
import { bayes } from "./bayes.ts";
import { compare, freshOf, splitOf, tableOf } from "./compare.ts";
import { keywordAlert } from "./keyword-alert.ts";
import { svm } from "./linear-svm.ts";
import { learnModels, oursWith } from "./ours.ts";

const PAGE = new URL("../../docs/accuracy.md", import.meta.url);
const SIMPLER = [keywordAlert, askEach(svm), askEach(bayes)];

/**
 * Our own examples teach (`--only`: they do not), with every file but the last, which is judged; without a file, one in
 * five of our own examples is judged and the rest teach. Nothing of an item but the figures is printed.
 * `--block` puts it between the marks of that name in docs/accuracy.md as well.
 * @returns 0; 1 where a file is missing; 2 where a line was bad, or nothing is left to teach or to judge
 */
async function run(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: { only: { type: "boolean" }, block: { type: "string" } },
    allowPositionals: true,
  });
  const report: LineReport = { bad: 0 };
  const files: LabelledItem[][] = [];
  for (const file of positionals) {
    if (!existsSync(file)) return complain(`${file}: no such file`, 1);
    files.push(await readLabelledFile(file, report));
  }
  const own = values.only === true ? [] : ownExamples();
  const test = files.pop();
  const { taught, judged } =
    test === undefined ? splitOf(own) : { taught: [...own, ...files.flat()], judged: test };
  if (!taught.some((item) => item.labels.relevant)) return complain("nothing to learn from", 2);
  const count = freshOf(taught, judged).length;
  if (count === 0) return complain("nothing to judge that did not teach", 2);
  const models = learnModels(taught);
  const columns = compare([oursWith(models), ...SIMPLER], taught, judged);
  const shipped = loadModels().version;
  const figures =
    `${taught.length} items teach, ${count} that are not among them judge; ` +
    `models ${models.version}${models.version === shipped ? ", as shipped" : ` (shipped: ${shipped})`}.\n\n` +
    `${tableOf(columns)}\n`;
  process.stdout.write(figures);
  if (values.block !== undefined)
    writeFileSync(PAGE, withBlock(readFileSync(PAGE, "utf8"), values.block, figures));
  return report.bad > 0 ? 2 : 0;
}

function complain(what: string, code: number): number {
  process.stderr.write(
    `baselines: ${what}\nusage: npm run baselines -- [--only] [--block ID] [TRAIN.jsonl …] [TEST.jsonl]\n`,
  );
  return code;
}

async function readLabelledFile(file: string, report: LineReport): Promise<LabelledItem[]> {
  const items: LabelledItem[] = [];
  const lines = readLines(
    `baselines: ${file}`,
    createReadStream(file),
    LabelledItem,
    process.stderr,
    report,
  );
  for await (const { value } of lines) items.push(value);
  return items;
}

process.exitCode = await run(process.argv.slice(2));

// `npm run baselines:real -- --background FILE --labelled FILE [--stream FILE]`: relevance on real feeds, beside simpler ways.
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { LineReport } from "../../functions/cli/read-items.ts";
import { readRelevance } from "../../functions/cli/read-relevance.ts";
import { buildModels } from "../../shared/matching/build-models.ts";
import { MODEL_FILES } from "../../shared/matching/load-models.ts";
import { type LinearWeights, PriorFile } from "../../shared/matching/model-schema.ts";
import { ownExamples } from "../matching/cross-validate.ts";
import { withBlock } from "../matching/figures.ts";
import { bayes } from "./bayes.ts";
import { alerted, type Found, found, machines, ours, realTable } from "./real-feeds.ts";

const PAGE = new URL("../../docs/accuracy.md", import.meta.url);
const PRIORS = new URL("../../shared/catalog/models/priors.json", import.meta.url);
const many = { type: "string", multiple: true, default: [] as string[] } as const;

/**
 * What `train` learns relevance from, each source judged by the others. Nothing of an item but the figures is printed;
 * `--block` puts them on docs/accuracy.md as well.
 * @returns 0; 2 where a file is not named or a line was bad
 */
async function run(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      background: { type: "string" },
      labelled: many,
      stream: many,
      block: { type: "boolean" },
    },
  });
  const { background, labelled, stream: streams } = values;
  if (background === undefined || labelled.length === 0) {
    process.stderr.write("baselines: --background FILE and --labelled FILE are needed\n");
    return 2;
  }
  const io = { stdout: process.stdout, stderr: process.stderr, stdin: process.stdin };
  const report: LineReport = { bad: 0 };
  const own = ownExamples();
  const { items } = await readRelevance({ background, labelled, streams }, own, io, report);
  const { about, outputs } = PriorFile.parse(JSON.parse(readFileSync(PRIORS, "utf8")));
  const build = (relevant: LinearWeights) =>
    buildModels({ ...MODEL_FILES, weights: { about, outputs: { ...outputs, relevant } } });
  // Our own examples, half of them relevant, may teach the others more harm than good: each has the better of both.
  const real = items.filter((item) => item.background);
  const ways = [
    ours(items, build),
    alerted(items),
    ...machines(items),
    ...named(machines(real), "real feeds alone"),
    found(bayes, items),
    ...named([found(bayes, real)], "real feeds alone"),
  ];
  const table = `${realTable(items, ways)}\n`;
  process.stdout.write(table);
  if (values.block === true)
    writeFileSync(PAGE, withBlock(readFileSync(PAGE, "utf8"), "baselines-real", table));
  return report.bad > 0 ? 2 : 0;
}

const named = (ways: readonly Found[], taughtBy: string): Found[] =>
  ways.map((way) => ({ ...way, name: `${way.name}, ${taughtBy}` }));

process.exitCode = await run(process.argv.slice(2));

// `classify < ITEMS`: what is decided of each item, with the words that made it, a line each.
import { type Classification, ItemInput } from "../../shared/domain/item.ts";
import { classifyItem } from "../../shared/matching/classify-item.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import type { Io } from "./io.ts";
import { type LineReport, readLines } from "./read-items.ts";

/** @returns 0; 2 where a line was bad (told on stderr with its number and field, the rest is classified) */
export async function runClassify(argv: string[], io: Io): Promise<number> {
  if (argv.length > 0) {
    io.stderr.write("usage: backdoor-watch classify < ITEMS\n");
    return 2;
  }
  const models = loadModels();
  const report: LineReport = { bad: 0 };
  for await (const { value } of readLines("classify", io.stdin, ItemInput, io.stderr, report))
    io.stdout.write(`${JSON.stringify(lineOf(value, classifyItem(models, value), null))}\n`);
  return report.bad > 0 ? 2 : 0;
}

function lineOf(input: ItemInput, classification: Classification, dossier: string | null) {
  const { relevant, score, themes, arguments: found } = classification;
  const { legislation, stage, jurisdiction, language, model, evidence } = classification;
  return {
    id: input.id,
    relevant,
    score,
    themes,
    arguments: found,
    legislation,
    stage,
    jurisdiction,
    language,
    dossier,
    model,
    evidence,
  };
}

// `classify < ITEMS`: what is decided of each item, with the words that made it, a line each.
import { type Decision, ItemInput } from "../../shared/domain/item.ts";
import { NOTHING_LEARNED } from "../../shared/dossiers/index-names.ts";
import { decideItem, readAndClassify } from "../../shared/flows/decide-item.ts";
import { dismissItem } from "../../shared/flows/dismiss-item.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import type { Io } from "./io.ts";
import { type LineReport, readLines } from "./read-items.ts";
import { readRegistryFor } from "./replay.ts";
import { usageOf } from "./usage.ts";

/** @returns 0; 2 where a line was bad (told on stderr with its number and field, the rest is classified) */
export async function runClassify(argv: string[], io: Io): Promise<number> {
  if (argv.length > 0) {
    io.stderr.write(usageOf("classify"));
    return 2;
  }
  const models = loadModels();
  const report: LineReport = { bad: 0 };
  const registry = readRegistryFor("classify", undefined, io, report) ?? [];
  const known = { dossiers: registry, learned: NOTHING_LEARNED };
  const decisionOf = (input: ItemInput): Decision =>
    (
      dismissItem(models, registry, input) ??
      decideItem(known, input, readAndClassify(models, input), {
        at: input.published ?? UNDATED,
        backfill: false,
      })
    ).decision;
  for await (const { value } of readLines("classify", io.stdin, ItemInput, io.stderr, report))
    io.stdout.write(`${JSON.stringify(lineOf(value, decisionOf(value)))}\n`);
  return report.bad > 0 ? 2 : 0;
}

/** Stands in for the date of an item that has none: which dossier it belongs to does not depend on it. */
const UNDATED = "1970-01-01T00:00:00.000Z";

/** Keys in the contract's order; what stands beside them comes last. */
function lineOf(input: ItemInput, decision: Decision) {
  const { relevant, score, themes, arguments: points, legislation, stage } = decision;
  const { jurisdiction, language, dossier, model, evidence, because } = decision;
  const first = { id: input.id, relevant, score, themes, arguments: points, legislation, stage };
  return { ...first, jurisdiction, language, dossier, model, evidence, because };
}

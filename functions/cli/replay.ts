// `replay [--registry FILE] < STREAM`: the events that a stream of items raises, a line each, as they are raised.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Dossier, DossierEvent } from "../../shared/domain/dossier.ts";
import { ItemInput } from "../../shared/domain/item.ts";
import {
  builtInRegistry,
  parseRegistry,
  type Registry,
  RegistryError,
} from "../../shared/dossiers/registry.ts";
import { beginReplay } from "../../shared/flows/replay.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import type { Io } from "./io.ts";
import { type LineReport, readLines } from "./read-items.ts";
import { usageOf } from "./usage.ts";

/** @returns 0; 1 where the registry cannot be read; 2 where a line of it or of the stream was bad, or the arguments are */
export async function runReplay(argv: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    options: { registry: { type: "string" } },
    allowPositionals: true,
  });
  if (positionals.length > 0) {
    io.stderr.write(usageOf("replay"));
    return 2;
  }
  const report: LineReport = { bad: 0 };
  const registry = readRegistryFor("replay", values.registry, io, report);
  if (registry === null) return 1;
  const replay = beginReplay({ models: loadModels(), registry });
  let clock: string | null = null;
  for await (const { line, value } of readLines("replay", io.stdin, ItemInput, io.stderr, report)) {
    const at: string | null = value.published ?? clock;
    const problem = problemOf(at, clock);
    if (at === null || problem !== null) {
      report.bad += 1;
      io.stderr.write(`replay: line ${line}: published: ${problem}\n`);
      continue;
    }
    clock = at;
    for (const event of replay({ ...value, published: at }))
      io.stdout.write(`${JSON.stringify(lineOf(event))}\n`);
  }
  return report.bad > 0 ? 2 : 0;
}

/** The stream's clock is its items' own; one without a date stands where the clock stands. */
function problemOf(at: string | null, clock: string | null): string | null {
  if (at === null) return "missing on the first item; a stream runs on its items' own clock";
  if (clock !== null && Date.parse(at) < Date.parse(clock))
    return `${at} is before the item ahead of it (${clock})`;
  return null;
}

/** The keys of the contract first; evidence and what was before it after them. */
function lineOf(event: DossierEvent): Record<string, unknown> {
  const { backfill: _, ...line } = event;
  return line;
}

/**
 * The registry named on the command line, or the built-in one. An entry that is wrong is told with its field and counted;
 * the others are followed.
 * @returns null where it cannot be read, and said
 */
export function readRegistryFor(
  command: string,
  file: string | undefined,
  io: Io,
  report: LineReport,
): readonly Dossier[] | null {
  try {
    const { dossiers, problems }: Registry =
      file === undefined ? builtInRegistry() : parseRegistry(readFileSync(file, "utf8"));
    for (const problem of problems)
      io.stderr.write(`${command}: ${file ?? "the built-in registry"}: ${problem}\n`);
    report.bad += problems.length;
    return dossiers;
  } catch (error) {
    if (!(error instanceof RegistryError) && (error as NodeJS.ErrnoException).code === undefined)
      throw error;
    io.stderr.write(`${command}: ${file}: ${(error as Error).message}\n`);
    return null;
  }
}

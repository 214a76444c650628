// `eval` on a labelled stream: resurfacings found, false alarms, and the delay to each.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { DossierEvent } from "../../shared/domain/dossier.ts";
import { beginReplay } from "../../shared/flows/replay.ts";
import { StreamItem, type StreamScore, scoreStream } from "../../shared/flows/score-stream.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import type { Io } from "./io.ts";
import { type LineReport, readLines } from "./read-items.ts";
import { readRegistryFor } from "./replay.ts";

/** True where the file's first readable line says whether it is a resurfacing. */
export async function isStream(file: string): Promise<boolean> {
  const input = createReadStream(file);
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line.trim() === "") continue;
      try {
        const value: unknown = JSON.parse(line);
        return typeof value === "object" && value !== null && "resurfacing" in value;
      } catch {
        // Told when the file is read; the next line decides.
      }
    }
    return false;
  } finally {
    input.destroy();
  }
}

/** @returns 0; 1 where the registry cannot be read; 2 where a line was bad */
export async function evalStream(
  file: string,
  options: { json?: boolean | undefined; registry?: string | undefined },
  io: Io,
): Promise<number> {
  const report: LineReport = { bad: 0 };
  const registry = readRegistryFor("eval", options.registry, io, report);
  if (registry === null) return 1;
  const replay = beginReplay({ models: loadModels(), registry });
  const items: StreamItem[] = [];
  const events = new Map<string, DossierEvent>();
  const lines = readLines("eval", createReadStream(file), StreamItem, io.stderr, report);
  for await (const { value } of lines) {
    items.push(value);
    for (const event of replay(value)) events.set(event.id, event);
  }
  const score = scoreStream(registry, items, [...events.values()]);
  io.stdout.write(options.json === true ? `${JSON.stringify(score)}\n` : tableOfStream(score));
  return report.bad > 0 ? 2 : 0;
}

/** The figures for people. */
export function tableOfStream(score: StreamScore): string {
  const share = (value: number | null): string => (value === null ? "–" : value.toFixed(3));
  const rows: [string, string][] = [
    ["items", String(score.items)],
    ["resurfacings labelled", String(score.moves)],
    ["recall", share(score.recall)],
    ["recall with possible", share(score.recallWithPossible)],
    ["recall, dossiers not in the registry", share(score.recallUnregistered)],
    ["precision", share(score.precision)],
    ["events raised", String(score.events)],
    ["possible ones besides", String(score.possible)],
    ["false alarms", String(score.falseAlarms)],
    ["of them, repeated", String(score.repeated)],
    ["median delay, hours", score.medianDelayHours === null ? "–" : String(score.medianDelayHours)],
  ];
  return `${rows.map(([name, value]) => `${name.padEnd(40)}${value.padStart(8)}`).join("\n")}\n`;
}

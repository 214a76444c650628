// `explain TEXT | --item ID`: how an item is read, what follows from it, and the sums behind it; `--json` gives it as data.
import { parseArgs } from "node:util";
import { findDossier } from "../../shared/archive/look-up.ts";
import type { ItemId } from "../../shared/domain/ids.ts";
import { ItemInput, inputOf } from "../../shared/domain/item.ts";
import { NOTHING_LEARNED } from "../../shared/dossiers/index-names.ts";
import { explainReading, type ItemExplained } from "../../shared/flows/explain-item.ts";
import { explainStored } from "../../shared/flows/explain-stored.ts";
import type { Ports } from "../../shared/flows/ports.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import { explainedText } from "./explained-text.ts";
import type { Io } from "./io.ts";
import { readRegistryFor } from "./replay.ts";
import { usageOf } from "./usage.ts";

const OPTIONS = {
  item: { type: "string" },
  summary: { type: "string" },
  language: { type: "string" },
  kind: { type: "string" },
  jurisdiction: { type: "string" },
  date: { type: "string" },
  json: { type: "boolean" },
} as const;

/**
 * @param now the day of a text that is given none
 * @returns 0; 1 where no such item is stored; 2 where the arguments are wrong
 */
export async function runExplain(
  argv: string[],
  io: Io,
  now: () => Date = () => new Date(),
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    options: OPTIONS,
    allowPositionals: true,
  });
  const title = positionals.join(" ");
  if ((values.item === undefined) === (title === "")) {
    io.stderr.write(usageOf("explain"));
    return 2;
  }
  if (values.item !== undefined) return await runStored(values.item, io, values.json === true);
  const { summary, language, kind, jurisdiction, date } = values;
  // The day tells the session of a number that leaves it out, as it does of what is polled.
  const at = date === undefined ? now().toISOString() : `${date}T00:00:00.000Z`;
  const given = ItemInput.safeParse({
    title,
    summary,
    published: at,
    feed: { language, kind, jurisdiction },
  });
  if (!given.success) {
    for (const { path, message } of given.error.issues)
      io.stderr.write(`explain: --${nameOf(path)}: ${message}\n`);
    return 2;
  }
  const report = { bad: 0 };
  const dossiers = readRegistryFor("explain", undefined, io, report) ?? [];
  const known = { dossiers, learned: NOTHING_LEARNED };
  const explained = explainReading(loadModels(), known, given.data, { at, backfill: false });
  write(io, given.data, explained, values.json === true, { title, at });
  return report.bad > 0 ? 2 : 0;
}

const nameOf = (path: readonly PropertyKey[]): string =>
  path[0] === "published" ? "date" : String(path.at(-1) ?? "title");

async function runStored(id: string, io: Io, json: boolean): Promise<number> {
  const stored = await withWorld(io, (ports) => explainById(ports, id as ItemId));
  if (stored === null) {
    io.stderr.write(`explain: no item ${id} is stored\n`);
    return 1;
  }
  write(io, stored.input, stored.explained, json, { decided: stored.decided });
  return 0;
}

/** @returns null where no such item is stored */
export async function explainById(ports: Ports, id: ItemId) {
  const item = await ports.store.loadItem(id);
  if (item === null) return null;
  const decided = item.decision?.dossier ?? null;
  const known = decided === null ? null : await findDossier(ports, decided);
  const explained = await explainStored(ports, item, known?.dossier ?? null);
  return { input: inputOf(item), explained, decided };
}

/** What is told beside the reading: of a text the day that it is taken for, of a stored item the dossier that it was given. */
export type Beside =
  | { readonly title: string; readonly at: string }
  | { readonly decided: string | null };

function write(
  io: Io,
  input: ItemInput,
  explained: ItemExplained,
  json: boolean,
  beside: Beside,
): void {
  const { sums, ...reading } = explained;
  io.stdout.write(
    json
      ? `${JSON.stringify({ ...reading, ...beside, ...sums })}\n`
      : explainedText(input, explained, beside),
  );
}

async function withWorld<T>(io: Io, work: (ports: Ports) => Promise<T>): Promise<T> {
  const { openWorld } = await import("./world.ts");
  const world = await openWorld(io, { access: "reads", catalogue: false });
  try {
    return await work(world.ports);
  } finally {
    await world.close();
  }
}

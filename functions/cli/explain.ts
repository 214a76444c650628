// `explain TEXT | --item ID`: why an item matched, or what was missing; `--json` gives it as data.
import { parseArgs } from "node:util";
import { findDossier } from "../../shared/archive/look-up.ts";
import type { ItemId } from "../../shared/domain/ids.ts";
import { ItemInput, inputOf } from "../../shared/domain/item.ts";
import { explainMove } from "../../shared/dossiers/explain-move.ts";
import type { Ports } from "../../shared/flows/ports.ts";
import { type Contribution, type Explanation, explainItem } from "../../shared/matching/explain.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import type { Io } from "./io.ts";
import { usageOf } from "./usage.ts";

/** @returns 0; 1 where no such item is stored; 2 where the arguments are wrong */
export async function runExplain(argv: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    options: {
      item: { type: "string" },
      summary: { type: "string" },
      language: { type: "string" },
      json: { type: "boolean" },
    },
    allowPositionals: true,
  });
  const title = positionals.join(" ");
  if ((values.item === undefined) === (title === "")) {
    io.stderr.write(usageOf("explain"));
    return 2;
  }
  const stored =
    values.item === undefined
      ? null
      : await withWorld(io, (ports) => explainStored(ports, values.item as ItemId));
  const input =
    values.item === undefined
      ? ItemInput.parse({
          title,
          summary: values.summary,
          feed: { language: values.language },
        })
      : (stored?.input ?? null);
  if (input === null) {
    io.stderr.write(`explain: no item ${values.item} is stored\n`);
    return 1;
  }
  const explanation = explainItem(loadModels(), input);
  io.stdout.write(
    values.json === true
      ? `${JSON.stringify({ ...explanation, ...(stored === null ? {} : { move: stored.move }) })}\n`
      : textOf(input, explanation) + (stored === null ? "" : moveText(stored.move)),
  );
  return 0;
}

/** What a stored item did on its dossier, as it was decided; null where it belongs to none. */
export interface StoredMove {
  readonly dossier: string;
  /** Why it raised an event or none. */
  readonly why: string | null;
}

/** @returns null where no such item is stored */
export async function explainStored(
  ports: Ports,
  id: ItemId,
): Promise<{ readonly input: ItemInput; readonly move: StoredMove | null } | null> {
  const item = await ports.store.loadItem(id);
  if (item === null) return null;
  const dossier = item.decision?.dossier ?? null;
  const known = dossier === null ? null : await findDossier(ports, dossier);
  if (known === null) return { input: inputOf(item), move: null };
  const moves = await ports.store.listMoves(known.dossier.id);
  const why = explainMove(known.dossier, moves, item.id);
  return { input: inputOf(item), move: { dossier: known.dossier.id, why } };
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

function moveText(move: StoredMove | null): string {
  if (move === null) return "\nIt belongs to no dossier, so it raised no event.\n";
  return `\ndossier ${move.dossier}\n${move.why ?? "It has left no move there."}\n`;
}

/** The explanation for people. */
export function textOf(input: ItemInput, explanation: Explanation): string {
  const { classification: found, decisions, missing, short, model } = explanation;
  const lines = [
    `${found.relevant ? "relevant" : "not relevant"} (score ${found.score}, models ${model})`,
    `language ${found.language ?? "unknown"}, jurisdiction ${found.jurisdiction ?? "unknown"}, ` +
      `stage ${found.stage}, legislation ${found.legislation ? "yes" : "no"}`,
  ];
  for (const one of decisions) {
    lines.push(
      "",
      `${one.output}: ${one.yes ? "yes" : "no"}, ${one.score} against ${one.threshold} (starts at ${one.bias})`,
    );
    for (const contribution of one.contributions.slice(0, SHOWN_MAX))
      lines.push(`  ${lineOf(input, contribution)}`);
    lines.push(...restOf(one.contributions.slice(SHOWN_MAX)));
  }
  if (missing.length > 0) {
    lines.push("", `What was missing: ${short} (log-odds); any of these would have helped:`);
    for (const { concept, weight, keywords } of missing)
      lines.push(`  +${weight} ${concept}: ${keywords.join(", ")}`);
  }
  return `${lines.join("\n")}\n`;
}

/** The strongest are shown one by one, the others as one sum: so that the lines add up to the score. */
const SHOWN_MAX = 12;

function restOf(smaller: readonly Contribution[]): string[] {
  if (smaller.length === 0) return [];
  const sum = smaller.reduce((total, { weight }) => total + weight, 0);
  return [`  ${signed(sum)} from ${smaller.length} more, each of less weight`];
}

function signed(weight: number): string {
  return `${weight > 0 ? "+" : ""}${Math.round(weight * 1000) / 1000}`.padStart(7);
}

function lineOf(input: ItemInput, { concept, weight, words }: Contribution): string {
  const quoted = words.map(
    ({ field, start, end }) => `“${input[field].slice(start, end)}” ${field} ${start}–${end}`,
  );
  return `${signed(weight)} ${concept}${quoted.length > 0 ? `: ${quoted.join(", ")}` : ""}`;
}

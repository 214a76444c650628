// `explain TEXT | --item ID`: why an item matched, or what was missing; `--json` gives it as data.
import { parseArgs } from "node:util";
import type { ItemId } from "../../shared/domain/ids.ts";
import { ItemInput, inputOf } from "../../shared/domain/item.ts";
import { type Contribution, type Explanation, explainItem } from "../../shared/matching/explain.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import type { Io } from "./io.ts";

const USAGE =
  "usage: backdoor-watch explain [--json] [--summary TEXT] [--language TAG] TITLE | --item ID\n";

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
    io.stderr.write(USAGE);
    return 2;
  }
  const input =
    values.item === undefined
      ? ItemInput.parse({
          title,
          summary: values.summary,
          feed: { language: values.language },
        })
      : await storedInput(values.item, io);
  if (input === null) {
    io.stderr.write(`explain: no item ${values.item} is stored\n`);
    return 1;
  }
  const explanation = explainItem(loadModels(), input);
  io.stdout.write(
    values.json === true ? `${JSON.stringify(explanation)}\n` : textOf(input, explanation),
  );
  return 0;
}

async function storedInput(id: string, io: Io): Promise<ItemInput | null> {
  const { openWorld } = await import("./world.ts");
  const world = await openWorld(io);
  try {
    const item = await world.ports.store.loadItem(id as ItemId);
    return item === null ? null : inputOf(item);
  } finally {
    await world.close();
  }
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
    for (const contribution of one.contributions.slice(0, 12))
      lines.push(`  ${lineOf(input, contribution)}`);
  }
  if (missing.length > 0) {
    lines.push("", `What was missing: ${short} (log-odds); any of these would have helped:`);
    for (const { concept, weight, keywords } of missing)
      lines.push(`  +${weight} ${concept}: ${keywords.join(", ")}`);
  }
  return `${lines.join("\n")}\n`;
}

function lineOf(input: ItemInput, { concept, weight, words }: Contribution): string {
  const sign = weight > 0 ? "+" : "";
  const quoted = words.map(
    ({ field, start, end }) => `“${input[field].slice(start, end)}” ${field} ${start}–${end}`,
  );
  return `${`${sign}${weight}`.padStart(7)} ${concept}${quoted.length > 0 ? `: ${quoted.join(", ")}` : ""}`;
}

// Test kit: an evaluation as tables for docs/accuracy.md, and what is kept of the last one.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Counts, Evaluation } from "../../shared/matching/evaluate.ts";

/** What the last measuring found; teaching models five times over takes minutes, so that `npm test` reads it here. */
export const KEPT = new URL("../fixtures/accuracy.json", import.meta.url);
const Kept = z.strictObject({ examples: z.string(), block: z.string() });

export const keptFigures = (): z.infer<typeof Kept> =>
  Kept.parse(JSON.parse(readFileSync(KEPT, "utf8")));

/** Which examples figures stand for: a changed text or label is another one. */
export const taughtBy = (items: readonly unknown[]): string =>
  createHash("sha256").update(JSON.stringify(items)).digest("hex").slice(0, 16);

/** The tables of one evaluation, in Markdown. */
export function blockOf(evaluation: Evaluation): string {
  const { relevantByLanguage, themes, stage, jurisdiction, legislation } = evaluation;
  const rows = (group: Readonly<Record<string, Counts>>) =>
    Object.entries(group).map(([id, one]) => row(id, one));
  return [
    `${evaluation.items} items.`,
    "",
    ...HEAD,
    row("**relevant**", evaluation.relevant),
    ...rows(relevantByLanguage),
    row("**legislation**", legislation),
    row("**themes, micro**", themes.micro),
    ...rows(themes.each),
    row("**arguments, micro**", evaluation.arguments.micro),
    ...rows(evaluation.arguments.each),
    "",
    `Themes, macro F1: ${two(themes.macro)}; but for government-intent: ${two(themes.macroButIntent)}.`,
    `Stage on legislation: ${two(stage.onLegislation.accuracy)} of ${stage.onLegislation.of}; ` +
      `jurisdiction on relevant: ${two(jurisdiction.accuracy)} of ${jurisdiction.of}.`,
    "",
    "Themes (micro) by language:",
    "",
    ...HEAD,
    ...rows(themes.byLanguage),
    "",
  ].join("\n");
}

const HEAD = ["| | precision | recall | F1 | labelled | found |", "|---|---|---|---|---|---|"];

function row(name: string, one: Counts): string {
  const cells = [one.precision, one.recall, one.f1].map(two);
  return `| ${[name, ...cells, one.labelled, one.found].join(" | ")} |`;
}

function two(value: number | null): string {
  return value === null ? "–" : value.toFixed(2);
}

/** The page with what stands between `<!-- id -->` and `<!-- /id -->` replaced. */
export function withBlock(page: string, id: string, block: string): string {
  const [start, end] = [`<!-- ${id} -->`, `<!-- /${id} -->`];
  const from = page.indexOf(start) + start.length;
  const to = page.indexOf(end);
  if (from < start.length || to < from) throw new Error(`no block ${id} on the page`);
  return `${page.slice(0, from)}\n\n${block}\n${page.slice(to)}`;
}

// Test kit: an evaluation as tables for docs/accuracy.md.
import type { Counts, Evaluation } from "../../shared/matching/evaluate.ts";

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

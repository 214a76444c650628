// `explain` for people: the reading in plain sentences first, the sums behind each decision last.
import type { ItemInput } from "../../shared/domain/item.ts";
import type { ItemExplained } from "../../shared/flows/explain-item.ts";
import {
  sayClause,
  sayDossier,
  sayOutcome,
  sayRelevance,
  sayReport,
} from "../../shared/flows/say-explained.ts";
import type { Contribution, Explanation } from "../../shared/matching/explain.ts";
import type { Beside } from "./explain.ts";

/** Clauses of a long text that are shown; the data has all. */
const CLAUSES_MAX = 8;

/** The whole explanation. */
export function explainedText(input: ItemInput, explained: ItemExplained, beside: Beside): string {
  const lines = [
    sayRelevance(explained.relevance),
    "",
    ...reportLines(explained),
    ...clauseLines(explained),
    "Dossier",
    `  ${sayDossier(explained.dossier, explained.relevance)}`,
    ...movedLines(explained, beside),
    "",
    ...outcomeLines(explained, beside),
    "",
    ...sumLines(input, explained.sums),
  ];
  return `${lines.join("\n")}\n`;
}

function reportLines({ report }: ItemExplained): string[] {
  if (report === null) return [];
  return [
    "What it reports",
    ...sayReport(report).map(([name, said]) => `  ${`${name}:`.padEnd(12)}${said}`),
    "",
  ];
}

function clauseLines({ clauses }: ItemExplained): string[] {
  if (clauses.length === 0) return [];
  const rest = clauses.length - CLAUSES_MAX;
  return [
    "Clause by clause",
    ...clauses.slice(0, CLAUSES_MAX).flatMap((clause) => {
      const [text, said] = sayClause(clause);
      return [`  ${clause.field}: ${text}`, `    ${said}`];
    }),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
    "",
  ];
}

/** A stored item stays where it was given when it came, whatever is known since. */
function movedLines({ dossier }: ItemExplained, beside: Beside): string[] {
  if (!("decided" in beside)) return [];
  const today = dossier?.given === true ? dossier.dossier : null;
  return beside.decided === today
    ? []
    : [
        `  That is how it reads today. When it was stored it was given to ${beside.decided ?? "none"}, and there it is.`,
      ];
}

function outcomeLines({ outcome }: ItemExplained, beside: Beside): string[] {
  const [said, ...ways] = sayOutcome(outcome);
  const alone =
    "at" in beside && outcome !== null
      ? [`  As the only item of ${beside.at.slice(0, 10)}, after what the registry tells:`]
      : [];
  return [
    "What comes of it",
    ...alone,
    `  ${said}`,
    ...(ways.length === 0 ? [] : ["  What would have made it news:"]),
    ...ways.map((way, at) => `  ${at === 0 ? "-" : "- or"} ${way}`),
  ];
}

function sumLines(input: ItemInput, explanation: Explanation): string[] {
  const { classification: found, decisions, missing, short, model } = explanation;
  const lines = [
    `The sums (models ${model})`,
    `language ${found.language ?? "unknown"}, jurisdiction ${found.jurisdiction ?? "unknown"}`,
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
  return lines;
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

// Dossiers: what an item says was done, by whom, and whether that is an official move.
import type { Move } from "../domain/dossier.ts";
import type { Classification, Evidence, ItemInput } from "../domain/item.ts";
import type { Stage } from "../domain/vocabulary.ts";
import type { Assignment } from "./assign-dossier.ts";
import {
  type Counts,
  countsOf,
  ENDING,
  isInstitution,
  NOISE,
  OPENING,
  POWERS,
} from "./count-cues.ts";
import { confidenceOf } from "./move-confidence.ts";
import { type Act, actOf } from "./read-act.ts";
import type { Category, ReadText } from "./read-text.ts";
import { reportOf } from "./reports.ts";

export interface MoveContext {
  /** The item's own date, or first-seen where that is absent or in the future. */
  readonly at: string;
  readonly backfill: boolean;
}

/** An end that is missed hides the comeback after it; one that is told wrongly is seldom followed by anything. */
const END_BAR = 0.42;

/** What a dossier's story quotes of an item. */
const LONGEST_TITLE = 200;

/** Reads one item of one dossier; pure. */
export function recogniseMove(
  input: ItemInput,
  classification: Classification,
  assignment: Assignment,
  text: ReadText,
  context: MoveContext,
): Move {
  const title = countsOf(text, "title");
  const summary = countsOf(text, "summary");
  const act = actOf(input, title, summary);
  const confidence = confidenceOf(input, classification, assignment, text, title, summary, act);
  const official = confidence >= 0.5;
  const evidence = evidenceOf(act, input, text);
  const reportedBy = isInstitution(input) ? "institution" : "press";
  return {
    item: input.id ?? input.url ?? input.title,
    dossier: assignment.dossier,
    at: context.at,
    stage: openingStageOf(act, stageOf(act, title, summary), classification.stage),
    official: official && (act === "open" || act === "adopt" || act === "step"),
    counts:
      (official || (act === "end" && confidence >= END_BAR)) && act !== "limit" && act !== "none",
    reportedBy,
    report: reportOf(input),
    confidence: rounded(confidence),
    actor: bodyOf(input, title, summary),
    reason: reasonOf(act, input, text, evidence),
    evidence,
    backfill: context.backfill,
    traits: {
      act,
      revive: title.has("act-revive"),
      fresh: freshOf(act, title, summary),
      by: assignment.by,
      title: input.title.slice(0, LONGEST_TITLE),
    },
  };
}

/** The kind of body that acts. */
function bodyOf(input: ItemInput, title: Counts, summary: Counts): string | null {
  for (const field of [title, summary]) {
    if (field.has("who-court")) return "court";
    if (field.has("who-panel")) return "chamber";
    if (field.has("who-agency")) return "agency";
  }
  if (input.feed.kind === "parliament") return "chamber";
  return title.has("who-official") || summary.has("who-official") ? "government" : null;
}

/** What speaks for itself after six weeks (corpus guide 13): a judge's order, a government's new text. */
function freshOf(act: Act, title: Counts, summary: Counts): "order" | "text" | null {
  if (act !== "open") return null;
  const court = title.has("who-court") || summary.has("who-court");
  if (court && (title.has("act-order") || title.has("act-uphold"))) return "order";
  const official = title.has("who-official") || summary.has("who-official");
  if (official && title.has("act-revive") && (title.has("what-text") || title.has("act-propose")))
    return "text";
  return null;
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

function endOf(title: Counts, summary: Counts): string | null {
  for (const field of [title, summary]) {
    for (const [category, state] of [
      ["act-lapse", "lapsed"],
      ["act-withdraw", "withdrawn"],
      ["act-postpone", "postponed"],
      ["act-reject", "rejected"],
      ["act-strike", "rejected"],
    ] as const)
      if (field.has(category)) return state;
  }
  return null;
}

const STEPS: readonly Stage[] = ["proposed", "committee", "amended", "vote"];

/** "Detection orders" are what a text proposes: an order is one only where the models see no step of a text. */
function openingStageOf(act: Act, stage: Stage, classified: Stage): Stage {
  const vague = stage === "order" || stage === "statement";
  return act === "open" && vague && STEPS.includes(classified) ? classified : stage;
}

function stageOf(act: Act, title: Counts, summary: Counts): Stage {
  if (act === "end") return (endOf(title, summary) ?? "rejected") as Stage;
  if (act === "adopt") return "adopted";
  if (act === "step") return "committee";
  if (act !== "open") return "statement";
  for (const field of [title, summary]) {
    if (field.has("act-leak")) return "leak";
    if (field.has("act-order")) return "order";
    if (field.has("act-uphold")) return "court";
    if (field.has("act-propose")) return "proposed";
  }
  return "statement";
}

const READ_AS: Readonly<Record<Act, string>> = {
  open: "a new official move",
  adopt: "an adoption",
  step: "a next step of what is under way",
  end: "an end: rejected, withdrawn, postponed or lapsed",
  limit: "a limit to the demand, which wakes nothing",
  none: "no official step",
};
const MOST_WORDS = 6;

/** For people: what it was read as, by which of its own words, and which words say that nothing happens. */
function reasonOf(
  act: Act,
  input: ItemInput,
  text: ReadText,
  evidence: readonly Evidence[],
): string {
  const read = `read as ${READ_AS[act]}${quoted(" by ", evidence)}`;
  return `${read}${quoted("; signs of quiet: ", quotesOf(input, text, NOISE))}`;
}

function quoted(before: string, evidence: readonly Evidence[]): string {
  const words = [...new Set(evidence.map(({ term }) => `“${term}”`))].slice(0, MOST_WORDS);
  return words.length === 0 ? "" : `${before}${words.join(", ")}`;
}

/** Which cues make an act. */
const MADE_BY: Readonly<Record<Act, readonly Category[]>> = {
  open: [...OPENING, ...POWERS, "act-amend"],
  adopt: ["act-adopt", "act-enact", ...POWERS],
  step: ["act-step", "who-panel", "act-adopt", ...POWERS],
  end: [...ENDING, "act-refusal", ...POWERS],
  limit: ["act-limit", "act-curb", ...POWERS],
  none: POWERS,
};
const MOST_EVIDENCE = 12;

function evidenceOf(act: Act, input: ItemInput, text: ReadText): Evidence[] {
  return quotesOf(input, text, MADE_BY[act]).slice(0, MOST_EVIDENCE);
}

function quotesOf(input: ItemInput, text: ReadText, categories: readonly Category[]): Evidence[] {
  const evidence: Evidence[] = [];
  for (const field of ["title", "summary"] as const)
    for (const { category, first, last } of text.cues[field]) {
      if (!categories.includes(category)) continue;
      const start = text[field][first]?.start ?? 0;
      const end = text[field][last]?.end ?? start + 1;
      evidence.push({ term: input[field].slice(start, end), field, start, end, weight: null });
    }
  return evidence;
}

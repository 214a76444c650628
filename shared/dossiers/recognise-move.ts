// Dossiers: what an item says was done, by whom, and whether that is an official move.
import type { Move } from "../domain/dossier.ts";
import type { Evidence, ItemInput, StepFound } from "../domain/item.ts";
import { type Act, isAwakening, type Stage } from "../domain/vocabulary.ts";
import type { Assignment } from "./assign-dossier.ts";
import { type Counts, countsOf, isInstitution } from "./count-cues.ts";
import type { ReadText } from "./read-text.ts";
import { reportOf } from "./reports.ts";

export interface MoveContext {
  /** The item's own date, or first-seen where that is absent or in the future. */
  readonly at: string;
  readonly backfill: boolean;
}

/** At or above, what an item reports is taken for an official move. */
const OFFICIAL = 0.5;
/**
 * The odds of an official move, as learned, are raised by half: on streams left out of learning, what was given 0.4 was one
 * half of the time, since it also belongs to a dossier.
 */
const KNOWN_FILE = 1.5;

/** What a dossier's story quotes of an item. */
const LONGEST_TITLE = 200;

/** Reads one item of one dossier; pure. */
export function recogniseMove(
  input: ItemInput,
  step: StepFound,
  assignment: Assignment,
  text: ReadText,
  context: MoveContext,
): Move {
  const title = countsOf(text, "title");
  const summary = countsOf(text, "summary");
  const { act, stage } = step;
  const confidence = confidenceOf(step);
  const official = confidence >= OFFICIAL;
  const evidence = step.evidence
    .slice(0, MOST_EVIDENCE)
    .map((one) => ({ ...one, term: input[one.field].slice(one.start, one.end) }));
  return {
    item: input.id ?? input.url ?? input.title,
    dossier: assignment.dossier,
    at: context.at,
    stage,
    official: official && (isAwakening(act) || act === "adopt" || act === "step"),
    counts: (official || act === "end") && act !== "limit" && act !== "none",
    reportedBy: isInstitution(input) ? "institution" : "press",
    report: reportOf(input),
    confidence: rounded(confidence),
    actor: bodyOf(input, title, summary),
    reason: reasonOf(act, stage, evidence),
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

/** How sure it is that an official did what the item is read as: anew, by a step, by an adoption, or an end. */
function confidenceOf({ act, acts }: StepFound): number {
  const anew = acts.open + acts.demand;
  if (act === "end") return acts.end;
  const known = act === "adopt" || act === "step" ? anew + acts.adopt + acts.step : anew;
  return (KNOWN_FILE * known) / (KNOWN_FILE * known + 1 - known);
}

/** The kind of body that acts. */
export function bodyOf(input: ItemInput, title: Counts, summary: Counts): string | null {
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
  if (!isAwakening(act)) return null;
  const court = title.has("who-court") || summary.has("who-court");
  if (court && (title.has("act-order") || title.has("act-uphold"))) return "order";
  const official = title.has("who-official") || summary.has("who-official");
  if (official && title.has("act-revive") && (title.has("what-text") || title.has("act-propose")))
    return "text";
  return null;
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

const READ_AS: Readonly<Record<Act, string>> = {
  open: "a new official move",
  demand: "an official demand",
  adopt: "an adoption",
  step: "a next step of what is under way",
  end: "an end",
  limit: "a limit to the demand, which wakes nothing",
  none: "no official step",
};
const MOST_EVIDENCE = 12;
const MOST_WORDS = 6;

/** For people: what it was read as, and the words that weighed most for it. */
function reasonOf(act: Act, stage: Stage, evidence: readonly Evidence[]): string {
  const heaviest = [...evidence].sort((a, b) => (b.weight ?? 0) - (a.weight ?? 0));
  const words = [...new Set(heaviest.map(({ term }) => `“${term}”`))].slice(0, MOST_WORDS);
  const read = `read as ${READ_AS[act]}${stage === "none" ? "" : ` (${stage})`}`;
  return words.length === 0 ? read : `${read} by ${words.join(", ")}`;
}

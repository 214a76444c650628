// Dossiers: where a dossier stands after the moves so far.
import type { Dossier, FromState, HistoryEntry, Move } from "../domain/dossier.ts";
import { isAwakening, type Stage } from "../domain/vocabulary.ts";

export type Ended = Exclude<FromState, "quiet">;

export interface Standing {
  /** The end state that a comeback is measured from: a hearing or a statement after an end leaves it. */
  ended: Ended | null;
  /** What the latest step by itself left behind: where the dossier is said to stand. */
  outcome: Ended | null;
  stage: Stage;
  /** Of the last move that counted, in milliseconds; null before the first entry. */
  last: number | null;
  what: string | null;
  /** The kind of body that made it. */
  body: string | null;
}

export function nowhere(): Standing {
  return { ended: null, outcome: null, stage: "none", last: null, what: null, body: null };
}

/** A line of the registry's history as a step in time. */
export interface RegistryStep {
  readonly entry: HistoryEntry;
  readonly at: number;
  /** The end state in which the registry's own story stands after it. */
  readonly ended: Ended | null;
}

/** The registry's history, oldest first. */
export function stepsOf(dossier: Dossier): RegistryStep[] {
  let ended: Ended | null = null;
  return [...dossier.history]
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
    .map((entry) => {
      ended = endedBy(entry.stage, ended);
      return { entry, at: Date.parse(entry.date), ended };
    });
}

/** The registry's word on where the dossier stands is whole: an item that tells of an older end changes nothing in it. */
export function enterStep(standing: Standing, { entry, at, ended }: RegistryStep): void {
  standing.ended = endedBy(entry.stage, standing.ended);
  standing.outcome = ended;
  standing.stage = entry.stage;
  standing.last = at;
  standing.what = entry.what;
  standing.body = null;
}

/** What a stage leaves behind: a statement or a ruling alone neither ends nor reopens. */
export function endedBy(stage: Stage, before: Ended | null): Ended | null {
  switch (stage) {
    case "rejected":
    case "withdrawn":
    case "postponed":
    case "lapsed":
    case "adopted":
      return stage;
    case "in-force":
      return "adopted";
    case "statement":
    case "court":
    case "none":
      return before;
    default:
      return null;
  }
}

/** The item's own title says best what it was. */
function quoteOf({ traits, reason }: Move): string {
  const title = traits["title"];
  return typeof title === "string" && title !== "" ? `“${title}”` : reason;
}

/** Changes the standing by a move that counts; others leave no trace (corpus guide 12). */
export function applyMove(dossier: Dossier, standing: Standing, move: Move): void {
  openAt(dossier, standing, Date.parse(move.at));
  if (!move.counts || isEcho(standing, move)) return;
  const act = move.traits["act"];
  if (act === "end") standing.ended = endedBy(move.stage, standing.ended);
  else if (act === "adopt") standing.ended = "adopted";
  else if (isAwakening(act)) standing.ended = null;
  standing.outcome = act === "end" ? endedBy(move.stage, null) : act === "adopt" ? "adopted" : null;
  standing.stage = move.stage;
  standing.last = Date.parse(move.at);
  standing.what = quoteOf(move);
  standing.body = move.actor;
}

/** Reports of an end state go on for a day or two: what seems to reopen so soon must say so. */
export const ECHO_DAYS = 2;

/** True for a report that reads like a reopening and comes too soon after the end to be one. */
export function isEcho(standing: Standing, move: Move): boolean {
  // Of the end itself, not of a step after it: else an old end that comes to be known late would silence what followed the step.
  if (standing.last === null || standing.outcome === null || standing.outcome === "adopted")
    return false;
  const soon = Date.parse(move.at) - standing.last < ECHO_DAYS * 86_400_000;
  return soon && move.traits["act"] !== "end" && move.traits["revive"] !== true;
}

/** Days around its opening in which items report the opening itself. */
const OPENING_DAYS = 4;

/**
 * The registry says when a dossier was opened: what comes long after is not its first entry, though the first was missed, and
 * what an old item tells of the years before is no entry of it.
 */
export function openAt(dossier: Dossier, standing: Standing, now: number): void {
  const opened = Date.parse(dossier.opened);
  const margin = OPENING_DAYS * 86_400_000;
  if (now < opened + margin) return;
  if (standing.last !== null && standing.last >= opened - margin) return;
  Object.assign(standing, nowhere(), { last: opened, stage: "proposed", what: dossier.title });
}

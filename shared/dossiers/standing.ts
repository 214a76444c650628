// Dossiers: where a dossier stands after the moves so far.
import type { Dossier, FromState, HistoryEntry, Move } from "../domain/dossier.ts";
import type { Stage } from "../domain/vocabulary.ts";

export type Ended = Exclude<FromState, "quiet">;

export interface Standing {
  ended: Ended | null;
  stage: Stage;
  /** Of the last move that counted, in milliseconds; null before the first entry. */
  last: number | null;
  what: string | null;
  /** The kind of body that made it. */
  body: string | null;
}

export function startOf(dossier: Dossier): Standing {
  const standing: Standing = { ended: null, stage: "none", last: null, what: null, body: null };
  const history = [...dossier.history].sort((a, b) => (a.date < b.date ? -1 : 1));
  for (const entry of history) enter(standing, entry);
  return standing;
}

function enter(standing: Standing, entry: HistoryEntry): void {
  standing.ended = endedBy(entry.stage, standing.ended);
  standing.stage = entry.stage;
  standing.last = Date.parse(entry.date);
  standing.what = entry.what;
}

/** What a stage leaves behind: a statement or a ruling alone neither ends nor reopens. */
function endedBy(stage: Stage, before: Ended | null): Ended | null {
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
  else if (act === "open") standing.ended = null;
  standing.stage = move.stage;
  standing.last = Date.parse(move.at);
  standing.what = quoteOf(move);
  standing.body = move.actor;
}

/** Reports of an end state go on for a day or two: what seems to reopen so soon must say so. */
export const ECHO_DAYS = 2;

/** True for a report that reads like a reopening and comes too soon after the end to be one. */
export function isEcho(standing: Standing, move: Move): boolean {
  if (standing.last === null || standing.ended === null || standing.ended === "adopted")
    return false;
  const soon = Date.parse(move.at) - standing.last < ECHO_DAYS * 86_400_000;
  return soon && move.traits["act"] !== "end" && move.traits["revive"] !== true;
}

/** Days around its opening in which items report the opening itself. */
const OPENING_DAYS = 4;

/** The registry says when a dossier was opened: what comes long after is not its first entry, though the first was missed. */
export function openAt(dossier: Dossier, standing: Standing, now: number): void {
  const opened = Date.parse(dossier.opened);
  if (standing.last !== null || now < opened + OPENING_DAYS * 86_400_000) return;
  standing.last = opened;
  standing.stage = "proposed";
  standing.what = dossier.title;
}

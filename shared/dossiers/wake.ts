// Dossiers: whether a move wakes a dossier, and from what (corpus guide 1 to 13; docs/adr/0005).
import type { Dossier, FromState, Move } from "../domain/dossier.ts";
import { isAwakening } from "../domain/vocabulary.ts";
import { isEcho, openAt, type Standing } from "./standing.ts";

const DAY = 86_400_000;
/** "About 180 days" and "about 90" mean within a fifth. */
export const QUIET_DAYS = 180;
const BORDER_DAYS = 120;
const SHORT_QUIET_DAYS = 72;
/** Six weeks: a state may have changed with no item to say so (corpus guide 13). */
const FRESH_DAYS = 42;
/** A step or a vote this soon after an end state belongs to the run that ended. */
const STEP_DAYS = 14;

export interface Wake {
  readonly from: FromState;
  /** How far the silence and the kind of move make a comeback, were the report certain: 0 to 1. */
  readonly sureness: number;
}

/** True where a move starts or resumes something. */
export function isAwake({ traits }: Move): boolean {
  return isAwakening(traits["act"]);
}

export function quietDaysOf({ last }: Standing, { at }: Move): number {
  return last === null ? 0 : daysBetween(new Date(last).toISOString(), at);
}

/** Whole days from one instant to a later one. */
export function daysBetween(before: string, at: string): number {
  return Math.max(0, Math.floor((Date.parse(at) - Date.parse(before)) / DAY));
}

/** @returns null where the dossier was awake, or the move is none that wakes */
export function wakeOf(dossier: Dossier, standing: Standing, move: Move): Wake | null {
  openAt(dossier, standing, Date.parse(move.at));
  if (standing.last === null) return null;
  const days = quietDaysOf(standing, move);
  const { ended } = standing;
  const sureness = surenessOf(dossier, standing, move, days);
  if (sureness === 0) return null;
  return { from: ended ?? "quiet", sureness };
}

/** How far the silence, and the kind of move that breaks it, make a comeback: 1 surely, 0 not at all. */
function surenessOf(dossier: Dossier, standing: Standing, move: Move, days: number): number {
  const act = move.traits["act"];
  const opens = isAwake(move);
  const { ended } = standing;
  const long =
    dossier.quietDays === undefined ? QUIET_DAYS : Math.max(BORDER_DAYS + 1, dossier.quietDays);
  if (ended !== null && ended !== "adopted") {
    if (isEcho(standing, move)) return 0;
    // Any new official move counts, a next step included; but soon after, it may be of the run that ended.
    if (opens) return 1;
    return days < STEP_DAYS ? 0 : act === "adopt" ? 1 : act === "step" ? 0.5 : 0;
  }
  if (ended === "adopted") {
    if (days < SHORT_QUIET_DAYS) return 0;
    return opens ? 1 : act === "adopt" ? 0.45 : 0;
  }
  if (days >= long) return opens ? 1 : act === "adopt" ? 0.4 : act === "step" ? 0.35 : 0;
  if (!opens || days < FRESH_DAYS) return 0;
  const fresh = move.traits["fresh"];
  if (fresh === "order") return 0.9;
  if (days < SHORT_QUIET_DAYS) return fresh === "text" ? 0.5 : 0;
  // Between "about 90", which asks for a different body and a new start, and "about 180", which asks for neither.
  const other = move.actor !== null && standing.body !== null && move.actor !== standing.body;
  const floor = other || fresh === "text" ? 0.6 : 0.5;
  return floor + ((1 - floor) * Math.max(0, days - BORDER_DAYS)) / (long - BORDER_DAYS);
}

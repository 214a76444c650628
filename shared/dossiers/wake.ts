// Dossiers: whether a move wakes a dossier, and from what (corpus guide 1 to 13; docs/adr/0005).
import type { Dossier, FromState, Move } from "../domain/dossier.ts";
import { openAt, type Standing } from "./standing.ts";

const DAY = 86_400_000;
/** "About 180 days" and "about 90" mean within a fifth. */
const QUIET_DAYS = 144;
const SHORT_QUIET_DAYS = 72;
/** Reports of an end state go on for a day or two: what reopens so soon must say so. */
const ECHO_DAYS = 2;

export interface Wake {
  readonly from: FromState;
  readonly confidence: number;
}

/** True where a move starts or resumes something. */
export function isAwake(move: Move): boolean {
  return move.traits["act"] === "open";
}

export function quietDaysOf(standing: Standing, move: Move): number {
  if (standing.last === null) return 0;
  return Math.max(0, Math.floor((Date.parse(move.at) - standing.last) / DAY));
}

/** @returns null where the dossier was awake, or the move is none that wakes */
export function wakeOf(dossier: Dossier, standing: Standing, move: Move): Wake | null {
  openAt(dossier, standing, Date.parse(move.at));
  if (standing.last === null || !isAwake(move)) return null;
  const days = quietDaysOf(standing, move);
  const { ended } = standing;
  if (ended !== null && ended !== "adopted") {
    if (days < ECHO_DAYS && move.traits["revive"] !== true) return null;
    return { from: ended, confidence: move.confidence };
  }
  const long = dossier.quietDays === undefined ? QUIET_DAYS : dossier.quietDays * 0.8;
  if (ended === "adopted")
    return days >= SHORT_QUIET_DAYS ? { from: "adopted", confidence: move.confidence } : null;
  return days >= long ? { from: "quiet", confidence: move.confidence } : null;
}

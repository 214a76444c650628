// Dossiers: history, state and events of a dossier, as a function of the set of its moves.
import type { Dossier, DossierEvent, DossierState, Move } from "../domain/dossier.ts";
import { eventIdOf } from "../domain/ids.ts";
import { applyMove, type Standing, startOf } from "./standing.ts";
import {
  isVerdict,
  judgesEvents,
  NO_VERDICTS,
  setStanding,
  type Verdicts,
  verdictsOf,
} from "./verdicts.ts";
import { isAwake, quietDaysOf, wakeOf } from "./wake.ts";

/** At or above, an event is news; below, it is for the operator. docs/accuracy.md shows the curve. */
export const NEWS_BAR = 0.5;
/** Below, nothing is said at all. */
export const POSSIBLE_BAR = 0.3;
/** Reports of one move come within a week of each other. */
const SAME_MOVE = 7 * 86_400_000;

/** A dossier being followed, move after move in order of time. */
export interface Following {
  readonly dossier: Dossier;
  readonly standing: Standing;
  /** The newest event, until a week has passed: further reports of its move upgrade it. */
  recent: Recent | null;
}

interface Recent {
  readonly event: DossierEvent;
  /** Of its wake, at best. */
  readonly sureness: number;
  /** Where the dossier stood before it: what further reports are measured against. */
  readonly before: Standing;
  /** How likely all reports of it so far are wrong. */
  readonly doubt: number;
}

export function beginFollowing(dossier: Dossier): Following {
  return { dossier, standing: startOf(dossier), recent: null };
}

/** The standing events of a dossier, and the state in which they leave it. Order and repetition of moves never matter. */
export function followDossier(
  dossier: Dossier,
  moves: readonly Move[],
): { state: DossierState; events: DossierEvent[] } {
  return follow(dossier, moves, verdictsAmong(dossier, moves));
}

/** What operators said, read beside the events that these moves make when each is judged by its own name. */
export function verdictsAmong(dossier: Dossier, moves: readonly Move[]): Verdicts {
  const byName = verdictsOf(moves, null);
  if (!judgesEvents(moves)) return byName;
  const { events } = follow(dossier, moves, byName);
  return verdictsOf(moves, new Set(events.map((event) => event.id)));
}

function follow(dossier: Dossier, moves: readonly Move[], verdicts: Verdicts) {
  const following = beginFollowing(dossier);
  const events = new Map<string, DossierEvent>();
  for (const move of inOrder(moves)) {
    const event = advance(following, move, verdicts);
    if (event !== null) events.set(event.id, event);
  }
  return { state: stateOf(following.standing), events: [...events.values()] };
}

/** By date, then item id; one move per item, the last one given (a later revision replaces an earlier one). */
export function inOrder(moves: readonly Move[]): Move[] {
  const byItem = new Map<string, Move>();
  for (const move of moves) byItem.set(move.item, move);
  return [...byItem.values()].sort(
    (a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.item < b.item ? -1 : 1),
  );
}

/**
 * Takes the next move in order of time.
 * @returns the event that it raises, or the recent one as it now reads; null where nothing changes
 */
export function advance(
  following: Following,
  move: Move,
  verdicts: Verdicts = NO_VERDICTS,
): DossierEvent | null {
  const { dossier, standing } = following;
  if (isVerdict(move)) {
    setStanding(standing, move);
    return null;
  }
  const at = Date.parse(move.at);
  const { recent } = following;
  if (recent !== null && at - Date.parse(recent.event.at) > SAME_MOVE) following.recent = null;
  const raised = upgraded(dossier, following.recent, move) ?? eventOf(following, move);
  const event = raised === null || verdicts.isMutedAt(at) ? null : verdicts.judge(raised.event);
  if (raised !== null && event?.state === "standing") following.recent = { ...raised, event };
  // A false alarm leaves no trace; a confirmed possible one counts like any other move.
  if (event?.state !== "retracted")
    applyMove(dossier, standing, event?.event === "resurfaced" ? { ...move, counts: true } : move);
  return event;
}

/** A second report halves less of the doubt than a first one: papers copy each other. */
const SECOND = 0.6;

/** A possible event that further reports confirm, or a press-only one that the institution's item follows. */
function upgraded(dossier: Dossier, recent: Recent | null, move: Move): Recent | null {
  if (recent === null || !isAwake(move) || move.confidence < POSSIBLE_BAR) return null;
  const { event, before } = recent;
  // The same item again is no second report.
  if (event.item === move.item) return null;
  const wake = wakeOf(dossier, { ...before }, move);
  const sureness = Math.max(recent.sureness, wake?.sureness ?? 0);
  const doubt = Math.min(recent.doubt * (1 - SECOND * move.confidence), 1 - move.confidence);
  const confidence = rounded(Math.max(event.confidence, (1 - doubt) * sureness));
  const reportedBy = move.reportedBy === "institution" ? "institution" : event.reportedBy;
  if (event.event === "possible") {
    const news = confidence >= NEWS_BAR;
    const told = news ? tellingOf(event, move) : {};
    return {
      event: { ...event, ...told, event: news ? "resurfaced" : "possible", confidence, reportedBy },
      sureness,
      before,
      doubt,
    };
  }
  if (event.event === "opened") return null;
  if (event.reportedBy === "institution" || reportedBy === "press") return null;
  return { event: { ...event, reportedBy, confidence }, sureness, before, doubt };
}

/** The report that made a possible event news is the one that is told. */
function tellingOf(event: DossierEvent, move: Move): Partial<DossierEvent> {
  return {
    item: move.item,
    at: move.at,
    stage: move.stage,
    reason: `${wakeReason(event)}; ${reporterOf(move)} ${move.reason}`,
    evidence: [...move.evidence],
    backfill: event.backfill && move.backfill,
  };
}

/** A dossier that the registry does not hold is said to have opened. */
function openingOf({ dossier, standing }: Following, move: Move): Recent | null {
  if (standing.last !== null || !dossier.id.startsWith("auto:") || !move.official) return null;
  const event: DossierEvent = {
    ...factsOf(dossier, move),
    event: "opened",
    from: null,
    quietDays: null,
    confidence: move.confidence,
    reason: `First seen; ${reporterOf(move)} ${move.reason}`,
    previous: null,
  };
  return { event, sureness: 1, before: { ...standing }, doubt: 1 - move.confidence };
}

function factsOf(dossier: Dossier, move: Move) {
  return {
    id: eventIdOf(dossier.id, move.item),
    dossier: dossier.id,
    at: move.at,
    item: move.item,
    stage: move.stage,
    reportedBy: move.reportedBy,
    state: "standing" as const,
    evidence: [...move.evidence],
    backfill: move.backfill,
  };
}

function eventOf(following: Following, move: Move): Recent | null {
  if (move.confidence < POSSIBLE_BAR) return null;
  const { dossier, standing } = following;
  const opening = openingOf(following, move);
  if (opening !== null) return opening;
  const wake = wakeOf(dossier, standing, move);
  if (wake === null) return null;
  const confidence = rounded(move.confidence * wake.sureness);
  if (confidence < POSSIBLE_BAR) return null;
  const quietDays = quietDaysOf(standing, move);
  const event: DossierEvent = {
    ...factsOf(dossier, move),
    event: confidence >= NEWS_BAR ? "resurfaced" : "possible",
    from: wake.from,
    quietDays,
    confidence,
    reason: `${wakeReason({ from: wake.from, quietDays })}; ${reporterOf(move)} ${move.reason}`,
    previous: {
      at: new Date(standing.last ?? 0).toISOString(),
      stage: standing.stage,
      what: standing.what ?? "",
    },
  };
  const before = { ...standing };
  return { event, sureness: wake.sureness, before, doubt: 1 - move.confidence };
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

function wakeReason({ from, quietDays }: Pick<DossierEvent, "from" | "quietDays">): string {
  const days = `${quietDays} ${quietDays === 1 ? "day" : "days"}`;
  const state = from === null ? "" : `${from.charAt(0).toUpperCase()}${from.slice(1)}`;
  return from === "quiet" ? `No official move for ${days}` : `${state} ${days} before`;
}

const reporterOf = ({ reportedBy }: Move): string =>
  reportedBy === "institution" ? "an institution's item" : "a press report";

function stateOf(standing: Standing): DossierState {
  return {
    stage: standing.stage,
    ended: standing.ended,
    lastMoveAt: standing.last === null ? null : new Date(standing.last).toISOString(),
    lastMove: standing.what,
  };
}

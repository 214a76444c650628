// Dossiers: history, state and events of a dossier, as a function of the set of its moves.
import type { Dossier, DossierEvent, DossierState, Move } from "../domain/dossier.ts";
import {
  eventOf,
  kindOf,
  NEWS_BAR,
  POSSIBLE_BAR,
  type Recent,
  rounded,
  tellingOf,
} from "./make-event.ts";
import { SAME_MOVE, type ToldStep, tellsOfSameMove } from "./registry-tells.ts";
import { isEchoOf, isVoice, toldBy } from "./reports.ts";
import {
  applyMove,
  enterStep,
  nowhere,
  type RegistryStep,
  type Standing,
  stepsOf,
} from "./standing.ts";
import {
  isVerdict,
  judgesEvents,
  NO_VERDICTS,
  setStanding,
  type Verdicts,
  verdictsOf,
} from "./verdicts.ts";
import { isAwake, wakeOf } from "./wake.ts";

/** A dossier being followed, step after step in order of time: the registry's and those that items tell. */
export interface Following {
  readonly dossier: Dossier;
  /** What silence is measured from: also what unsure reports make news together, so that it is not told as news twice. */
  readonly standing: Standing;
  /**
   * Where the dossier is said to stand: only what counts by itself. Whether unsure reports are news together hangs on the
   * silence before them, which an old item may shorten whenever it arrives.
   */
  readonly settled: Standing;
  /** The registry's steps that are still to come, the next one first. */
  readonly ahead: RegistryStep[];
  /** The registry's newest step, until a week or another move has passed: items report it, too. */
  told: ToldStep | null;
  /** The newest event, until a week has passed: further reports of its move upgrade it. */
  recent: Recent | null;
}

export function beginFollowing(dossier: Dossier): Following {
  return {
    dossier,
    standing: nowhere(),
    settled: nowhere(),
    ahead: stepsOf(dossier),
    told: null,
    recent: null,
  };
}

/** Takes the registry's steps up to an instant, each in its place among the moves. */
export function reach(following: Following, at: number): void {
  const { standing, settled, ahead } = following;
  for (let step = ahead[0]; step !== undefined && step.at <= at; step = ahead[0]) {
    following.told = { step, before: { ...standing } };
    enterStep(standing, step);
    enterStep(settled, step);
    ahead.shift();
  }
}

/**
 * Where a dossier stands for who looks at it now.
 * @param stored as its moves left it, by the registry of that day; one that has since been told more knows better
 */
export function standsAt(dossier: Dossier, stored: DossierState | null): DossierState {
  const { state } = followDossier(dossier, []);
  if (stored === null) return state;
  return (state.lastMoveAt ?? "") > (stored.lastMoveAt ?? "") ? state : stored;
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
  reach(following, Number.POSITIVE_INFINITY);
  return { state: stateOf(following.settled), events: [...events.values()] };
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
  const { dossier, standing, settled } = following;
  const at = Date.parse(move.at);
  reach(following, at);
  if (isVerdict(move)) {
    setStanding(standing, move);
    setStanding(settled, move);
    return null;
  }
  const { recent } = following;
  if (recent !== null && at - Date.parse(recent.event.at) > SAME_MOVE) following.recent = null;
  const raised =
    upgraded(dossier, following.recent, move) ?? eventOf(dossier, measureOf(following, move), move);
  const event = raised === null || verdicts.isMutedAt(at) ? null : verdicts.judge(raised.event);
  if (raised !== null && event?.state === "standing") following.recent = { ...raised, event };
  // A false alarm leaves no trace.
  if (event?.state !== "retracted") {
    const isNews = event?.event === "resurfaced";
    // A confirmed possible one counts like any other move.
    const confirmed = isNews && raised?.event.event === "possible";
    applyMove(dossier, settled, { ...move, counts: move.counts || confirmed });
    applyMove(dossier, standing, { ...move, counts: move.counts || isNews });
    if (move.counts || isNews) following.told = null;
  }
  return event;
}

/** What a move is measured against: a report of what the registry tells, against where the dossier stood before that step. */
export function measureOf({ told, standing }: Following, move: Move): Standing {
  if (told === null || !isAwake(move)) return standing;
  const same = tellsOfSameMove(told.step, move.stage, Date.parse(move.at));
  return same ? { ...told.before } : standing;
}

/** A second report halves less of the doubt than a first one: papers copy each other. */
const SECOND = 0.6;
/** Organisations and communities pass on what papers write. */
const VOICE = 0.2;

/** A possible event that further reports confirm, or a press-only one that the institution's item follows. */
function upgraded(dossier: Dossier, recent: Recent | null, move: Move): Recent | null {
  if (recent === null || !isAwake(move) || move.confidence < POSSIBLE_BAR) return null;
  const { event, before } = recent;
  // The same item again is no second report.
  if (event.item === move.item) return null;
  if (event.event === "opened") return null;
  const surer = surerBy(dossier, recent, move);
  const { confidence, told } = surer;
  const reportedBy = move.reportedBy === "press" ? event.reportedBy : move.reportedBy;
  if (event.event === "possible") {
    const kind = kindOf(event.from, confidence, told);
    const telling = kind === "possible" ? {} : tellingOf(event, move);
    return {
      ...surer,
      before,
      event: { ...event, ...telling, event: kind, confidence, reportedBy },
    };
  }
  if (event.reportedBy !== "press" || reportedBy === "press") return null;
  return { ...surer, before, event: { ...event, reportedBy, confidence } };
}

/** How sure the recent event is with one more report of its move. */
function surerBy(dossier: Dossier, recent: Recent, move: Move) {
  const { event, before } = recent;
  const own = event.from === null ? 1 : (wakeOf(dossier, { ...before }, move)?.sureness ?? 0);
  const told = toldBy(recent.told, move, rounded(move.confidence * own) >= NEWS_BAR);
  if (isEchoOf(recent.told, move))
    return { told, doubt: recent.doubt, sureness: recent.sureness, confidence: event.confidence };
  const sureness = Math.max(recent.sureness, own);
  const doubt = isVoice(move)
    ? recent.doubt * (1 - VOICE * move.confidence)
    : Math.min(recent.doubt * (1 - SECOND * move.confidence), 1 - move.confidence);
  const confidence = rounded(Math.max(event.confidence, (1 - doubt) * sureness));
  return { told, doubt, sureness, confidence };
}

function stateOf(standing: Standing): DossierState {
  return {
    stage: standing.stage,
    ended: standing.outcome,
    lastMoveAt: standing.last === null ? null : new Date(standing.last).toISOString(),
    lastMove: standing.what,
  };
}

// Dossiers: history, state and events of a dossier, as a function of the set of its moves.
import type {
  Dossier,
  DossierEvent,
  DossierState,
  FromState,
  HistoryEntry,
  Move,
} from "../domain/dossier.ts";
import { eventIdOf } from "../domain/ids.ts";
import type { Stage } from "../domain/vocabulary.ts";

const DAY = 86_400_000;
/** At or above, an event is news; below, it is for the operator. docs/accuracy.md shows the curve. */
export const NEWS_BAR = 0.5;
/** Below, nothing is said at all. */
export const POSSIBLE_BAR = 0.35;
/** "About 180 days" and "about 90" mean within a fifth (corpus guide 12). */
const QUIET_DAYS = 144;
const SHORT_QUIET_DAYS = 72;

type Ended = Exclude<FromState, "quiet">;

interface Standing {
  ended: Ended | null;
  stage: Stage;
  /** Milliseconds; null before the first entry. */
  last: number | null;
  what: string | null;
  lastStage: Stage;
}

/** The standing events of a dossier, and the state in which they leave it. Order and repetition of moves never matter. */
export function followDossier(
  dossier: Dossier,
  moves: readonly Move[],
): { state: DossierState; events: DossierEvent[] } {
  const sorted = inOrder(moves);
  const standing = startOf(dossier, sorted[0]);
  const events: DossierEvent[] = [];
  for (const move of sorted) {
    const event = eventOf(dossier, standing, move);
    if (event !== null) events.push(event);
    apply(standing, move);
  }
  return { state: stateOf(standing), events };
}

/** By date, then item id; one move per item, the last one given (a later revision replaces an earlier one). */
export function inOrder(moves: readonly Move[]): Move[] {
  const byItem = new Map<string, Move>();
  for (const move of moves) byItem.set(move.item, move);
  return [...byItem.values()].sort(
    (a, b) =>
      Date.parse(a.at) - Date.parse(b.at) || (a.item < b.item ? -1 : a.item > b.item ? 1 : 0),
  );
}

function startOf(dossier: Dossier, _first: Move | undefined): Standing {
  const standing: Standing = {
    ended: null,
    stage: "none",
    last: null,
    what: null,
    lastStage: "none",
  };
  const history = [...dossier.history].sort((a, b) => (a.date < b.date ? -1 : 1));
  for (const entry of history) enter(standing, entry);
  return standing;
}

function enter(standing: Standing, entry: HistoryEntry): void {
  standing.ended = endedBy(entry.stage, standing.ended);
  standing.stage = entry.stage;
  standing.lastStage = entry.stage;
  standing.last = Date.parse(entry.date);
  standing.what = entry.what;
}

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

function apply(standing: Standing, move: Move): void {
  if (!move.counts) return;
  const act = move.traits["act"];
  if (act === "end") standing.ended = move.stage as Ended;
  else if (act === "adopt") standing.ended = "adopted";
  else if (act === "open" || standing.ended !== "adopted") standing.ended = null;
  standing.stage = move.stage;
  standing.lastStage = move.stage;
  standing.last = Date.parse(move.at);
  standing.what = move.reason;
}

function eventOf(dossier: Dossier, standing: Standing, move: Move): DossierEvent | null {
  const act = move.traits["act"];
  if (standing.last === null || (act !== "open" && act !== "adopt" && act !== "step")) return null;
  if (move.confidence < POSSIBLE_BAR) return null;
  const quietDays = Math.max(0, Math.floor((Date.parse(move.at) - standing.last) / DAY));
  const from = wakes(dossier, standing, act, quietDays);
  if (from === null) return null;
  return {
    id: eventIdOf(dossier.id, move.item),
    event: move.confidence >= NEWS_BAR ? "resurfaced" : "possible",
    dossier: dossier.id,
    at: move.at,
    item: move.item,
    stage: move.stage,
    from,
    quietDays,
    confidence: move.confidence,
    reportedBy: move.reportedBy,
    reason: `${from} for ${quietDays} days, then ${move.reason}`,
    state: "standing",
    evidence: [...move.evidence],
    previous: {
      at: new Date(standing.last).toISOString(),
      stage: standing.lastStage,
      what: standing.what ?? "",
    },
    backfill: move.backfill,
  };
}

function wakes(
  dossier: Dossier,
  standing: Standing,
  act: string,
  quietDays: number,
): FromState | null {
  const { ended } = standing;
  const long = dossier.quietDays ?? QUIET_DAYS;
  if (ended !== null && ended !== "adopted") return act === "open" && quietDays >= 2 ? ended : null;
  if (ended === "adopted")
    return act === "open" && quietDays >= SHORT_QUIET_DAYS ? "adopted" : null;
  return act === "open" && quietDays >= long ? "quiet" : null;
}

function stateOf(standing: Standing): DossierState {
  return {
    stage: standing.stage,
    ended: standing.ended,
    lastMoveAt: standing.last === null ? null : new Date(standing.last).toISOString(),
    lastMove: standing.what,
  };
}

// Dossiers: why an item raised an event of its dossier or raised none, in one sentence for people.
import type { Dossier, DossierEvent, Move } from "../domain/dossier.ts";
import {
  advance,
  beginFollowing,
  inOrder,
  measureOf,
  reach,
  verdictsAmong,
} from "./follow-dossier.ts";
import { NEWS_BAR, POSSIBLE_BAR } from "./make-event.ts";
import { type Need, needsOf } from "./news-needs.ts";
import { isToldByRegistry } from "./registry-tells.ts";
import { isEcho, type Standing } from "./standing.ts";
import { isVerdict, type Verdicts } from "./verdicts.ts";
import { isAwake, quietDaysOf, wakeOf } from "./wake.ts";

/** What came of an item's move on its dossier. */
export interface MoveExplained {
  /** In one sentence, for people. */
  readonly said: string;
  /** What would have made it news, in ways of which each is enough; empty where it is news, or is never any. */
  readonly needs: readonly (readonly Need[])[];
}

/**
 * Follows the dossier up to the item's move with the live rules, and says what came of it.
 * @param moves all moves of the dossier
 * @returns null where the item left no move on it
 */
export function explainMove(
  dossier: Dossier,
  moves: readonly Move[],
  item: string,
): MoveExplained | null {
  const following = beginFollowing(dossier);
  const verdicts = verdictsAmong(dossier, moves);
  let explained: MoveExplained | null = null;
  for (const move of inOrder(moves)) {
    reach(following, Date.parse(move.at));
    const before = { ...following.standing };
    const measured = { ...measureOf(following, move) };
    const recent = following.recent?.event ?? null;
    const event = advance(following, move, verdicts);
    if (move.item !== item || isVerdict(move)) continue;
    const silent = silencedBy(dossier, verdicts, move, event);
    const run = following.recent?.event ?? null;
    const said =
      silent ??
      (event !== null
        ? sayRaised(event, recent, item)
        : `It raised no event: ${whyNot(dossier, before, run, move)}.`);
    const open = silent === null && (event === null ? !isOfRun(run, move) : isPossible(event));
    explained = { said, needs: open ? needsOf(dossier, measured, move) : [] };
  }
  return explained;
}

const isPossible = ({ event, state }: DossierEvent): boolean =>
  event === "possible" && state === "standing";

/** What keeps a dossier from telling anything, whatever an item says. */
function silencedBy(
  dossier: Dossier,
  verdicts: Verdicts,
  move: Move,
  event: DossierEvent | null,
): string | null {
  if (verdicts.isMutedAt(Date.parse(move.at)))
    return "It raised no event: an operator muted the dossier.";
  return event !== null && isToldByRegistry(dossier, event)
    ? "It raises no event: the registry's history tells already what happened then."
    : null;
}

const isOfRun = (run: DossierEvent | null, move: Move): run is DossierEvent =>
  run !== null && move.confidence >= POSSIBLE_BAR && Date.parse(move.at) >= Date.parse(run.at);

function sayRaised(event: DossierEvent, recent: DossierEvent | null, item: string): string {
  if (event.state === "retracted")
    return `The event that it raised was taken back: ${event.reason}.`;
  if (recent?.id !== event.id) {
    const kind =
      event.event === "possible" ? `a possible event, ${whyPossible(event)}` : "an event";
    return `It raised ${kind}: ${event.reason}.`;
  }
  if (event.item === item) return `With it, a possible event became news: ${event.reason}.`;
  const said =
    recent.confidence < event.confidence
      ? "made that one surer"
      : "says nothing that was not said already";
  return `It raised no event of its own: it reports the same move as the event of ${dayOf(event.at)}, and ${said}.`;
}

const whyPossible = ({ confidence }: DossierEvent): string =>
  confidence < NEWS_BAR
    ? "below the bar for news"
    : "no news before an institution or a second paper in words of its own tells it too";

const dayOf = (instant: string): string => instant.slice(0, 10);
const sure = (value: number): string => `${Math.round(value * 100)} %`;

/** Why a move that changed no event did not, the first rule that stopped it. */
function whyNot(
  dossier: Dossier,
  standing: Standing,
  recent: DossierEvent | null,
  move: Move,
): string {
  const bar = sure(POSSIBLE_BAR);
  if (move.confidence < POSSIBLE_BAR)
    return `not an official move: ${move.reason} (${sure(move.confidence)} sure, ${bar} needed)`;
  if (isOfRun(recent, move))
    return `same run as the event of ${dayOf(recent.at)}, which is told already`;
  const held = { ...standing };
  const wake = wakeOf(dossier, held, move);
  if (held.last === null) return "nothing is known of the dossier before it";
  const days = quietDaysOf(held, move);
  const after = `${days} ${days === 1 ? "day" : "days"} after the last move (${dayOf(new Date(held.last).toISOString())}, ${held.stage})`;
  if (wake !== null)
    return `too unsure: ${sure(move.confidence)} that it is an official move, and ${sure(wake.sureness)} that such a move brings it back ${after}; together ${bar} are needed, and ${sure(NEWS_BAR)} for news`;
  if (isEcho(held, move)) return `too soon: ${after}, it reads as a report of that end`;
  const act = move.traits["act"];
  if (act === "end") return `it ends the dossier and starts nothing: ${move.reason}`;
  if (!isAwake(move) && act !== "adopt" && act !== "step")
    return `not an official move: ${move.reason}`;
  return `too soon for this kind of move: ${after}; ${move.reason}`;
}

// Dossiers: why an item raised an event of its dossier or raised none, in one sentence for people.
import type { Dossier, DossierEvent, Move } from "../domain/dossier.ts";
import { advance, beginFollowing, inOrder, reach, verdictsAmong } from "./follow-dossier.ts";
import { NEWS_BAR, POSSIBLE_BAR } from "./make-event.ts";
import { isToldByRegistry } from "./registry-tells.ts";
import { isEcho, type Standing } from "./standing.ts";
import { isVerdict } from "./verdicts.ts";
import { isAwake, quietDaysOf, wakeOf } from "./wake.ts";

/**
 * Follows the dossier up to the item's move with the live rules, and says what came of it.
 * @param moves all moves of the dossier
 * @returns null where the item left no move on it
 */
export function explainMove(dossier: Dossier, moves: readonly Move[], item: string): string | null {
  const following = beginFollowing(dossier);
  const verdicts = verdictsAmong(dossier, moves);
  let said: string | null = null;
  for (const move of inOrder(moves)) {
    reach(following, Date.parse(move.at));
    const before = { ...following.standing };
    const recent = following.recent?.event ?? null;
    const event = advance(following, move, verdicts);
    if (move.item !== item || isVerdict(move)) continue;
    if (verdicts.isMutedAt(Date.parse(move.at)))
      said = "It raised no event: an operator muted the dossier.";
    else if (event !== null && isToldByRegistry(dossier, event))
      said = "It raises no event: the registry's history tells already what happened then.";
    else if (event !== null) said = sayRaised(event, recent, item);
    else
      said = `It raised no event: ${whyNot(dossier, before, following.recent?.event ?? null, move)}.`;
  }
  return said;
}

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
  if (recent !== null && Date.parse(move.at) >= Date.parse(recent.at))
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

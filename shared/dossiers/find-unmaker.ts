// Dossiers: what unmade an event that no longer stands, for who was told of it.
import type { Dossier, DossierEvent, Move } from "../domain/dossier.ts";
import { DossierId } from "../domain/ids.ts";
import { followDossier } from "./follow-dossier.ts";
import { isVerdict } from "./verdicts.ts";

export type Unmaking =
  | { readonly kind: "operator"; readonly words: string }
  | { readonly kind: "item"; readonly item: string }
  /** Its own move is no longer here; where an operator has given moves to, the latest first. */
  | { readonly kind: "gone"; readonly to: readonly DossierId[] }
  | { readonly kind: "unclear" };

/** Each try follows the dossier once more: those nearest to the event are asked, and no more of them. */
const MOST_TRIED = 40;
/** Several reports of one late move unmake an event together. */
const MOST_TOGETHER = 5;

/** The event as it would read without some moves stands, and is news. */
function standsAmong(dossier: Dossier, moves: readonly Move[], event: DossierEvent): boolean {
  return followDossier(dossier, moves).events.some(
    (one) =>
      (one.id === event.id || one.item === event.item) &&
      one.event === "resurfaced" &&
      one.state === "standing",
  );
}

/**
 * Why an event is retracted or superseded: the operator's words, or the move without which it would still stand. A function of
 * the set of moves, like the event itself.
 */
export function unmakingOf(
  dossier: Dossier,
  moves: readonly Move[],
  event: DossierEvent,
): Unmaking {
  if (event.state === "retracted")
    return { kind: "operator", words: event.reason.replace(/^retracted: /, "") };
  if (!moves.some(({ item }) => item === event.item)) return { kind: "gone", to: givenTo(moves) };
  const at = Date.parse(event.at);
  const near = moves
    .filter(({ item }) => item !== event.item)
    .sort((a, b) => Math.abs(Date.parse(a.at) - at) - Math.abs(Date.parse(b.at) - at))
    .slice(0, MOST_TRIED);
  const alone = near.find((move) =>
    standsAmong(
      dossier,
      moves.filter((other) => other !== move),
      event,
    ),
  );
  const unmaker = alone ?? lastOfSeveral(dossier, moves, near.slice(0, MOST_TOGETHER), event);
  if (unmaker === null) return { kind: "unclear" };
  return isVerdict(unmaker)
    ? { kind: "operator", words: unmaker.reason }
    : { kind: "item", item: unmaker.item };
}

function givenTo(moves: readonly Move[]): DossierId[] {
  return moves
    .filter((move) => isVerdict(move) && move.traits["verdict"] === "give")
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
    .map((move) => DossierId.parse(move.traits["into"]));
}

function lastOfSeveral(
  dossier: Dossier,
  moves: readonly Move[],
  near: readonly Move[],
  event: DossierEvent,
): Move | null {
  let left = moves;
  for (const move of near) {
    left = left.filter((other) => other !== move);
    if (standsAmong(dossier, left, event)) return move;
  }
  return null;
}

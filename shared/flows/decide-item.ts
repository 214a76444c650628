// Flows: one item and what the models say of it, to its dossier and its move. No I/O.
import type { Dossier, Move } from "../domain/dossier.ts";
import type { DossierId } from "../domain/ids.ts";
import type { Classification, Decision, ItemInput } from "../domain/item.ts";
import { assignRead } from "../dossiers/assign-dossier.ts";
import { openDossier } from "../dossiers/open-dossier.ts";
import { readText } from "../dossiers/read-text.ts";
import { type MoveContext, recogniseMove } from "../dossiers/recognise-move.ts";

/** What follows from an item, before anything is stored. */
export interface Decided {
  readonly decision: Decision;
  /** What the item says was done on its dossier; null where it belongs to none. */
  readonly move: Move | null;
  /** The dossier that this item opens, where the registry lacks one. */
  readonly opens: Dossier | null;
}

/**
 * @param autos dossiers that opened themselves in the item's jurisdiction
 * @param context `at`: the item's own date, or first-seen where that is absent or in the future
 */
export function decideItem(
  registry: readonly Dossier[],
  autos: readonly Dossier[],
  input: ItemInput,
  classification: Classification,
  context: MoveContext,
): Decided {
  const text = readText(input, classification);
  const assignment =
    assignRead(registry, input, classification, text) ??
    assignRead(autos, input, classification, text);
  if (assignment !== null) {
    const move = recogniseMove(input, classification, assignment, text, context);
    return { decision: decisionOf(classification, assignment.dossier, move), move, opens: null };
  }
  const opened = openDossier(input, classification, text, context);
  if (opened === null)
    return { decision: decisionOf(classification, null, null), move: null, opens: null };
  const { dossier, move } = opened;
  return { decision: decisionOf(classification, dossier.id, move), move, opens: dossier };
}

function decisionOf(
  classification: Classification,
  dossier: DossierId | null,
  move: Move | null,
): Decision {
  const because: string[] = [];
  if (dossier === null)
    because.push("no dossier: neither a reference, a name nor a subject of one");
  else if (move !== null) because.push(`${dossier} by ${String(move.traits["by"])}`, move.reason);
  return { ...classification, dossier, because };
}

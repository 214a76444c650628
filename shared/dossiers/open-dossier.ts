// Dossiers: an official move on a bill that the registry does not hold opens a dossier by itself.
import type { Dossier, Move } from "../domain/dossier.ts";
import { DossierId } from "../domain/ids.ts";
import type { Classification, ItemInput } from "../domain/item.ts";
import type { ReadText } from "./read-text.ts";
import { type MoveContext, recogniseMove } from "./recognise-move.ts";

/** The subject must be named: a title word, or two in the summary. */
const TOPIC = 2;

/** @returns null where the item is no official move, or nobody's */
export function openDossier(
  input: ItemInput,
  classification: Classification,
  text: ReadText,
  context: MoveContext,
): { dossier: Dossier; move: Move } | null {
  const { jurisdiction } = classification;
  if (jurisdiction === null || text.topic < TOPIC) return null;
  if (!classification.relevant && text.topic < 2 * TOPIC) return null;
  const id = DossierId.parse(`auto:${jurisdiction}:access`);
  const assignment = { dossier: id, by: "subject", score: 1, margin: 1, evidence: [] } as const;
  const move = recogniseMove(input, classification, assignment, text, context);
  if (!move.official) return null;
  const dossier: Dossier = {
    id,
    title: input.title,
    jurisdiction,
    opened: context.at.slice(0, 10),
    aliases: [],
    references: [],
    history: [],
  };
  return { dossier, move };
}

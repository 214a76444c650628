// Flows: one item and what the models say of it, to its dossier and its move. No I/O.
import type { Dossier, Move } from "../domain/dossier.ts";
import type { Classification, Decision, ItemInput } from "../domain/item.ts";
import { assignDossier } from "../dossiers/assign-dossier.ts";
import { openDossier } from "../dossiers/open-dossier.ts";
import { readText } from "../dossiers/read-text.ts";
import { type MoveContext, recogniseMove } from "../dossiers/recognise-move.ts";
import { classifyReading } from "../matching/classify-item.ts";
import type { Models } from "../matching/keyword-model.ts";
import { type Reading, readItem } from "../reading/read-item.ts";
import type { Words } from "../reading/words.ts";

/** What follows from an item, before anything is stored. */
export interface Decided {
  readonly decision: Decision;
  /** What the item says was done on its dossier; null where it belongs to none. */
  readonly move: Move | null;
  /** The dossier that this item opens, where the registry lacks one. */
  readonly opens: Dossier | null;
}

/** An item read once, for its classification and its dossier alike. */
export interface ReadItem {
  readonly words: Words;
  readonly reading: Reading;
  readonly classification: Classification;
}

/** Reads an item and classifies it. */
export function readAndClassify(models: Models, input: ItemInput): ReadItem {
  const reading = readItem(models.vocabulary, input);
  const classification = classifyReading(models, input, reading);
  return { words: models.vocabulary, reading, classification };
}

/**
 * @param autos dossiers that opened themselves in the item's jurisdiction
 * @param context `at`: the item's own date, or first-seen where that is absent or in the future
 */
export function decideItem(
  registry: readonly Dossier[],
  autos: readonly Dossier[],
  input: ItemInput,
  { words, reading, classification }: ReadItem,
  context: MoveContext,
): Decided {
  const text = readText(words, input, reading);
  const assignment = assignDossier(registry, input, classification, { words, reading, text });
  // What is not relevant is no news of any file, unless it names one; a law of many parts is named for any of them.
  const named = assignment?.named === true && !speaksOfUmbrella(words, reading);
  if (assignment !== null && (classification.relevant || named)) {
    const move = recogniseMove(input, classification, assignment, text, context);
    return { decision: decisionOf(classification, move), move, opens: null };
  }
  const registered = registry.some((one) => one.jurisdiction === classification.jurisdiction);
  const opened = openDossier(registered, autos, input, classification, text, context);
  const move = opened?.move ?? null;
  return { decision: decisionOf(classification, move), move, opens: opened?.dossier ?? null };
}

function speaksOfUmbrella({ conceptIndex }: Words, { fields }: Reading): boolean {
  const umbrella = conceptIndex.get("umbrella-bill");
  return fields.some(({ hits }) => hits.some(({ concept }) => concept === umbrella));
}

/** The decision of an item with its move, or with none. */
export function decisionOf(classification: Classification, move: Move | null): Decision {
  if (move === null) {
    const because = ["no dossier: neither a reference, a name nor a subject of one"];
    return { ...classification, dossier: null, because };
  }
  const because = [
    `${move.dossier} by ${String(move.traits["by"])}`,
    move.reason,
    `${move.official ? "an official move" : "no official move"}, ${move.confidence.toFixed(2)} sure`,
  ];
  return { ...classification, dossier: move.dossier, because };
}

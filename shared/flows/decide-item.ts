// Flows: one item and what the models say of it, to its dossier and its move. No I/O.
import type { Dossier, Move } from "../domain/dossier.ts";
import type { Classification, Decision, ItemInput, StepFound } from "../domain/item.ts";
import {
  type Assignment,
  assignDossier,
  isCertain,
  isNearSubject,
  type Known,
} from "../dossiers/assign-dossier.ts";
import type { Read } from "../dossiers/claim-by-name.ts";
import { isInstitution } from "../dossiers/count-cues.ts";
import { NOTHING_LEARNED } from "../dossiers/index-names.ts";
import { namesGiven, traitOf } from "../dossiers/learn-names.ts";
import { openDossier } from "../dossiers/open-dossier.ts";
import { readText } from "../dossiers/read-text.ts";
import { type MoveContext, recogniseMove } from "../dossiers/recognise-move.ts";
import { decide, type Judgement, judgeReading } from "../matching/classify-item.ts";
import { featuresOf } from "../matching/features.ts";
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
export interface ReadItem extends Judgement {
  readonly models: Models;
  readonly words: Words;
  readonly reading: Reading;
}

/** Reads an item and classifies it. */
export function readAndClassify(models: Models, input: ItemInput): ReadItem {
  const reading = readItem(models.vocabulary, input);
  return { models, words: models.vocabulary, reading, ...judgeReading(models, input, reading) };
}

/**
 * @param known the dossiers there are, and what items have told of them
 * @param context `at`: the item's own date, or first-seen where that is absent or in the future
 */
export function decideItem(
  known: Known,
  input: ItemInput,
  item: ReadItem,
  context: MoveContext,
): Decided {
  const { words, reading } = item;
  const read = { words, reading, text: readText(words, input, reading) };
  const assignment = assignItem(known, input, item.classification, read);
  // What is not relevant is no news of any file, unless it names one, or nearly is and could hardly be another thing.
  if (assignment !== null && isNearSubject(assignment, item.classification)) {
    const { classification } = item;
    const step = stepOf(item, input);
    const said = recogniseMove(input, step, assignment, read.text, context);
    const move = teaching(said, assignment, known, input, classification, read);
    return { decision: decisionOf(classification, move), move, opens: null };
  }
  const { classification, step } = item;
  const opened =
    step === null ? null : openDossier(known, input, { classification, step }, read, context);
  const move = opened?.move ?? null;
  return { decision: decisionOf(classification, move), move, opens: opened?.dossier ?? null };
}

/** The dossier that an item would be given to, were it on the subject. */
export function assignItem(
  known: Known,
  input: ItemInput,
  classification: Classification,
  read: Read,
): Assignment | null {
  // What items taught counts for items on the subject, and for the dry lines of those who act themselves.
  const taught = classification.relevant || isInstitution(input);
  const usable = taught ? known : { ...known, learned: NOTHING_LEARNED };
  return assignDossier(usable, input, classification, read);
}

/** What an item of a dossier reports: asked also where it says too little of the subject to be relevant by itself. */
export function stepOf({ models, reading, step }: ReadItem, input: ItemInput): StepFound {
  return step ?? decide(models, input, featuresOf(models, input, reading), true).step;
}

/** An item that is certain to be a dossier's own teaches the names that it uses. */
function teaching(
  move: Move,
  assignment: Assignment,
  { dossiers }: Known,
  input: ItemInput,
  { relevant }: Classification,
  { words, reading }: Read,
): Move {
  if (!relevant || !isCertain(assignment, input)) return move;
  const home = dossiers.find(({ id }) => id === assignment.dossier)?.jurisdiction ?? "";
  const names = namesGiven(input, words, reading, home);
  return names.length === 0 ? move : { ...move, traits: { ...move.traits, names: traitOf(names) } };
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

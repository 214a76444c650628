// Dossiers: an official move on a bill that the registry does not hold opens a dossier by itself; follow-ups join it.
import type { Dossier, Move } from "../domain/dossier.ts";
import { foldText } from "../domain/fold-text.ts";
import { DossierId } from "../domain/ids.ts";
import type { Classification, ItemInput } from "../domain/item.ts";
import type { Assignment } from "./assign-dossier.ts";
import { isInstitution } from "./count-cues.ts";
import type { ReadText } from "./read-text.ts";
import { type MoveContext, recogniseMove } from "./recognise-move.ts";

/** The subject must be named: a title word, or two in the summary. */
const TOPIC = 2;

/** How bills and files are numbered: Ottawa, Washington, the states, Brussels, Berlin, Stockholm, Brasília, Warsaw, Paris. */
const NUMBER =
  /\b(?:Bill\s+[CS]-\d{1,3}|H\.?\s?R\.?\s?\d{2,5}|S\.\s?\d{2,5}|[SH]B\s?\d{2,5}|\d{4}\/\d{3,4}\s?\((?:COD|NLE|INI)\)|(?:BT-)?Drs\.?\s?\d{2}\/\d{2,5}|SOU\s\d{4}:\d{1,3}|PL\s?\d{3,5}\/\d{4}|druk\s(?:nr\s)?\d{3,4}|projet de loi n°\s?\d{2,5}|Ds\s\d{4}:\d{1,3})/i;

interface Opened {
  /** Null where it joins one that is open. */
  readonly dossier: Dossier | null;
  readonly move: Move;
}

/**
 * @param registered whether the registry holds dossiers of this jurisdiction: then only a bill with a number of its own
 *   opens another
 * @param autos dossiers that opened themselves in this jurisdiction
 * @returns null where the item is about something else, or no official move opens anything
 */
export function openDossier(
  registered: boolean,
  autos: readonly Dossier[],
  input: ItemInput,
  classification: Classification,
  text: ReadText,
  context: MoveContext,
): Opened | null {
  const { jurisdiction, relevant } = classification;
  if (jurisdiction === null || text.topic < TOPIC) return null;
  if (!relevant) return null;
  const number = NUMBER.exec(`${input.title} ${input.summary}`)?.[0] ?? null;
  if (registered && number === null) return null;
  const slug = registered && number !== null ? foldText(number).replaceAll(" ", "-") : "access";
  const id = DossierId.parse(`auto:${jurisdiction}:${slug}`);
  const assignment: Assignment = {
    dossier: id,
    by: "subject",
    score: 1,
    margin: 1,
    evidence: [],
    named: false,
  };
  const move = recogniseMove(input, classification, assignment, text, context);
  if (autos.some((dossier) => dossier.id === id)) return { dossier: null, move };
  return move.official
    ? { dossier: dossierOf(id, jurisdiction, number, input, context), move }
    : null;
}

function dossierOf(
  id: DossierId,
  jurisdiction: string,
  number: string | null,
  input: ItemInput,
  context: MoveContext,
): Dossier {
  return {
    id,
    title: input.title,
    jurisdiction,
    opened: context.at.slice(0, 10),
    aliases: [],
    references: number === null ? [] : [number],
    history: [],
  };
}

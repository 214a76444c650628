// Dossiers: an official move on a bill that the registry does not hold opens a dossier by itself; follow-ups join it.
import type { Dossier, Move } from "../domain/dossier.ts";
import { foldText } from "../domain/fold-text.ts";
import { DossierId } from "../domain/ids.ts";
import type { Classification, ItemInput, StepFound } from "../domain/item.ts";
import type { Assignment, Known } from "./assign-dossier.ts";
import type { Read } from "./claim-by-name.ts";
import { namesGiven, numberOf } from "./learn-names.ts";
import { type MoveContext, recogniseMove } from "./recognise-move.ts";

/** The subject must be named: a title word, or two in the summary. */
const TOPIC = 2;

interface Opened {
  /** Null where it joins one that is open. */
  readonly dossier: Dossier | null;
  readonly move: Move;
}

/**
 * Where the registry holds a dossier of the country, only what bears a number or a name of its own opens another.
 * @returns null where the item is about something else, or no official move opens anything
 */
export function openDossier(
  { dossiers }: Known,
  input: ItemInput,
  { classification, step }: { classification: Classification; step: StepFound },
  { words, reading, text }: Read,
  context: MoveContext,
): Opened | null {
  const { jurisdiction } = classification;
  if (jurisdiction === null || text.topic < TOPIC) return null;
  const registered = dossiers.some(
    ({ id, jurisdiction: home }) => home === jurisdiction && !id.startsWith(AUTO),
  );
  const [name = null] = namesGiven(input, words, reading, jurisdiction);
  if (registered && name === null) return null;
  const slug = registered && name !== null ? slugOf(name) : "access";
  const id = DossierId.parse(`${AUTO}${jurisdiction}:${slug}`);
  const assignment: Assignment = {
    dossier: id,
    by: "subject",
    score: 1,
    margin: 1,
    evidence: [],
    named: false,
    runnerUp: null,
  };
  const move = recogniseMove(input, step, assignment, text, context);
  if (dossiers.some((dossier) => dossier.id === id)) return { dossier: null, move };
  return move.official
    ? { dossier: dossierOf(id, jurisdiction, name, input, context), move }
    : null;
}

const AUTO = "auto:";
const SLUG_MAX = 40;
const slugOf = (name: string): string =>
  foldText(name).replaceAll(" ", "-").slice(0, SLUG_MAX).replace(/-$/, "");

function dossierOf(
  id: DossierId,
  jurisdiction: string,
  name: string | null,
  input: ItemInput,
  context: MoveContext,
): Dossier {
  return {
    id,
    title: input.title,
    jurisdiction,
    opened: context.at.slice(0, 10),
    aliases: name === null || numberOf(name) !== null ? [] : [name],
    references: name === null || numberOf(name) === null ? [] : [name],
    history: [],
  };
}

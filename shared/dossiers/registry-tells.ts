// Dossiers: what the registry's history tells already, so that an item that tells it again is no news.
import type { Dossier, DossierEvent } from "../domain/dossier.ts";
import type { Stage } from "../domain/vocabulary.ts";
import { endedBy, type RegistryStep, type Standing, stepsOf } from "./standing.ts";

/** Reports of one move come within a week of each other. */
export const SAME_MOVE = 7 * 86_400_000;

/** A step of the registry that items of the same week may report, too. */
export interface ToldStep {
  readonly step: RegistryStep;
  /** Where the dossier stood before it: what reports of it are measured against. */
  readonly before: Standing;
}

/** A ruling or a statement is the same move only where the item is one, too; an end is never what brings a dossier back. */
export function tellsOfSameMove({ entry, at }: RegistryStep, stage: Stage, when: number): boolean {
  if (when < at || when - at > SAME_MOVE) return false;
  const reopens = endedBy(entry.stage, "lapsed") === null;
  return reopens || (endedBy(entry.stage, null) === null && entry.stage === stage);
}

/**
 * True for an event of the time that the registry's history covers, whose author knew how the story went on; and for one whose
 * silence ended with a step of that history.
 */
export function isToldByRegistry(
  dossier: Dossier,
  { at, stage, previous }: Pick<DossierEvent, "at" | "stage" | "previous">,
): boolean {
  const when = Date.parse(at);
  const isAcross = (step: RegistryStep): boolean =>
    previous !== null && Date.parse(previous.at) < step.at && tellsOfSameMove(step, stage, when);
  return stepsOf(dossier).some((step) => at.slice(0, 10) < step.entry.date || isAcross(step));
}

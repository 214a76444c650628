// Flows: most of what feeds carry is about something else; what a first look can tell is not read any further.
import type { Dossier } from "../domain/dossier.ts";
import type { ItemInput } from "../domain/item.ts";
import { mayName } from "../dossiers/claim-by-name.ts";
import { indexOf, NOTHING_LEARNED } from "../dossiers/index-names.ts";
import { dismissed, mayConcern } from "../matching/first-look.ts";
import type { Models } from "../matching/keyword-model.ts";
import { tokensOfItem } from "../reading/read-item.ts";
import { type Decided, decisionOf } from "./decide-item.ts";

/**
 * @returns what is decided of an item that neither shows a word of the subject nor names a dossier; null where it may,
 *   and has to be read
 */
export function dismissItem(
  models: Models,
  registry: readonly Dossier[],
  input: ItemInput,
): Decided | null {
  const tokens = tokensOfItem(input);
  if (mayConcern(models, tokens)) return null;
  if (mayName(indexOf(registry, NOTHING_LEARNED), input, tokens)) return null;
  const decision = decisionOf(dismissed(models, input, tokens), null);
  return { decision, move: null, opens: null };
}

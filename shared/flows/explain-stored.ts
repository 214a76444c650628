// Flows: how a stored item was read and what came of it on its dossier, by what is stored and learned since.
import type { Dossier } from "../domain/dossier.ts";
import { inputOf, type StoredItem } from "../domain/item.ts";
import { classifyItem } from "../matching/classify-item.ts";
import { explainReading, type ItemExplained } from "./explain-item.ts";
import { knownFor } from "./known-dossiers.ts";
import type { Ports } from "./ports.ts";

/** @param dossier the one that the item was given to; null where it belongs to none */
export async function explainStored(
  ports: Pick<Ports, "models" | "registry" | "store">,
  item: StoredItem,
  dossier: Dossier | null,
): Promise<ItemExplained> {
  const { models, store } = ports;
  const input = inputOf(item);
  const [known, moves] = await Promise.all([
    knownFor(ports, classifyItem(models, input), input),
    dossier === null ? [] : store.listMoves(dossier.id),
  ]);
  const context = { at: item.effectiveAt, backfill: item.backfill };
  const stored = dossier === null ? null : { dossier, moves };
  return explainReading(models, known, input, context, stored);
}

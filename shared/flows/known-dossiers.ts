// Flows: the dossiers there are and what items taught of them, as an item's decision needs them.
import type { Dossier } from "../domain/dossier.ts";
import type { Classification, ItemInput } from "../domain/item.ts";
import { type Known, NEAR_NAME } from "../dossiers/assign-dossier.ts";
import { isInstitution } from "../dossiers/count-cues.ts";
import { NOTHING_LEARNED } from "../dossiers/index-names.ts";
import type { Ports } from "./ports.ts";

/** What was read last of each registry: an index is made of it, which the next item needs as well. */
const kept = new WeakMap<readonly Dossier[], { readonly key: string; readonly known: Known }>();

/**
 * What items taught is asked for where it can count: a few items in a thousand, and what institutions publish.
 * @returns the same object as before where nothing was learned or opened meanwhile
 */
export async function knownFor(
  { registry, store }: Pick<Ports, "registry" | "store">,
  { score, jurisdiction }: Classification,
  input: ItemInput,
): Promise<Known> {
  if (score < NEAR_NAME && !isInstitution(input)) return withoutLessons(registry);
  const records = await store.listDossiers();
  const autos = new Map<string, Dossier>();
  for (const { auto } of records) if (auto !== null) autos.set(auto.id, auto);
  // The list may lag behind what opened a moment ago.
  if (jurisdiction !== null)
    for (const auto of await store.listAuto(jurisdiction)) autos.set(auto.id, auto);
  const learned = records.flatMap(({ id, learned: names }) =>
    names ? [[id, names] as const] : [],
  );
  const opened = [...autos.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const key = JSON.stringify([opened, learned]);
  const last = kept.get(registry);
  if (last?.key === key) return last.known;
  const dossiers = opened.length === 0 ? registry : [...registry, ...opened];
  const known = { dossiers, learned: learned.length === 0 ? NOTHING_LEARNED : new Map(learned) };
  kept.set(registry, { key, known });
  return known;
}

const withoutLessons = (registry: readonly Dossier[]): Known => ({
  dossiers: registry,
  learned: NOTHING_LEARNED,
});

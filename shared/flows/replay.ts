// Flows: a stream of items through the live classification and detection, with state in memory.
import type { Dossier, DossierEvent } from "../domain/dossier.ts";
import type { ItemInput } from "../domain/item.ts";
import { advance, beginFollowing, type Following } from "../dossiers/follow-dossier.ts";
import { isToldByRegistry } from "../dossiers/registry-tells.ts";
import type { Models } from "../matching/keyword-model.ts";
import { decideItem, readAndClassify } from "./decide-item.ts";
import { dismissItem } from "./dismiss-item.ts";

export interface Knowledge {
  readonly models: Models;
  readonly registry: readonly Dossier[];
}

/** Items in time order; each event as it is raised, and once more where a possible one becomes news. */
export function* replayStream(
  knowledge: Knowledge,
  items: Iterable<ItemInput>,
): Generator<DossierEvent> {
  const replay = beginReplay(knowledge);
  for (const item of items) yield* replay(item);
}

/**
 * Takes items one by one, in time order, each with `published`. Of each history only what is dated before the first item
 * counts. Memory grows with dossiers, not with items.
 */
export function beginReplay(knowledge: Knowledge): (item: ItemInput) => DossierEvent[] {
  const following = new Map<string, Following>();
  const autos = new Map<string, readonly Dossier[]>();
  const told = new Map<string, DossierEvent["event"]>();
  let registry: readonly Dossier[] | undefined;
  return (item) => {
    const at = item.published ?? "1970-01-01T00:00:00Z";
    if (registry === undefined) {
      registry = knownBefore(knowledge.registry, at);
      for (const dossier of registry) following.set(dossier.id, beginFollowing(dossier));
    }
    if (dismissItem(knowledge.models, registry, item) !== null) return [];
    const read = readAndClassify(knowledge.models, item);
    const home = read.classification.jurisdiction ?? "";
    const { move, opens } = decideItem(registry, autos.get(home) ?? [], item, read, {
      at,
      backfill: false,
    });
    if (move === null) return [];
    const events: DossierEvent[] = [];
    if (opens !== null && !following.has(opens.id)) {
      autos.set(home, [...(autos.get(home) ?? []), opens]);
      following.set(opens.id, beginFollowing(opens));
    }
    const followed = following.get(move.dossier);
    const event = followed === undefined ? null : advance(followed, move);
    if (event === null || followed === undefined || isToldByRegistry(followed.dossier, event))
      return [];
    if (told.get(event.id) !== event.event) {
      told.set(event.id, event.event);
      events.push(event);
    }
    return events;
  };
}

/** The registry as it stood before an instant. */
export function knownBefore(registry: readonly Dossier[], at: string): readonly Dossier[] {
  const date = at.slice(0, 10);
  return registry.map((dossier) => ({
    ...dossier,
    history: dossier.history.filter((entry) => entry.date < date),
  }));
}

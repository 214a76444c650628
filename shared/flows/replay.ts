// Flows: a stream of items through the live classification and detection, with state in memory.
import type { Dossier, DossierEvent, Move } from "../domain/dossier.ts";
import type { ItemInput } from "../domain/item.ts";
import type { Known } from "../dossiers/assign-dossier.ts";
import { advance, beginFollowing, type Following } from "../dossiers/follow-dossier.ts";
import { type Learned, NOTHING_LEARNED } from "../dossiers/index-names.ts";
import { learn } from "../dossiers/learn-names.ts";
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
  const told = new Map<string, DossierEvent["event"]>();
  let known: Known | undefined;
  return (item) => {
    const at = item.published ?? "1970-01-01T00:00:00Z";
    if (known === undefined) {
      known = { dossiers: knownBefore(knowledge.registry, at), learned: NOTHING_LEARNED };
      for (const dossier of known.dossiers) following.set(dossier.id, beginFollowing(dossier));
    }
    if (dismissItem(knowledge.models, known.dossiers, item) !== null) return [];
    const read = readAndClassify(knowledge.models, item);
    const { move, opens } = decideItem(known, item, read, { at, backfill: false });
    if (move === null) return [];
    const events: DossierEvent[] = [];
    if (opens !== null && !following.has(opens.id)) {
      known = { ...known, dossiers: [...known.dossiers, opens] };
      following.set(opens.id, beginFollowing(opens));
    }
    known = { ...known, learned: withLessons(known.learned, move) };
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

/** @returns the same where the move teaches nothing */
export function withLessons(learned: Learned, move: Move): Learned {
  const before = learned.get(move.dossier) ?? [];
  const after = learn(before, move);
  return after === before ? learned : new Map(learned).set(move.dossier, after);
}

/** The registry as it stood before an instant. */
export function knownBefore(registry: readonly Dossier[], at: string): readonly Dossier[] {
  const date = at.slice(0, 10);
  return registry.map((dossier) => ({
    ...dossier,
    history: dossier.history.filter((entry) => entry.date < date),
  }));
}

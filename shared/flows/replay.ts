// Flows: a stream of items through the live classification and detection, with state in memory.
import type { Dossier, DossierEvent, Move } from "../domain/dossier.ts";
import type { ItemInput } from "../domain/item.ts";
import { followDossier } from "../dossiers/follow-dossier.ts";
import { reconcileEvents } from "../dossiers/reconcile-events.ts";
import { classifyItem } from "../matching/classify-item.ts";
import type { Models } from "../matching/keyword-model.ts";
import { decideItem } from "./decide-item.ts";

export interface Knowledge {
  readonly models: Models;
  readonly registry: readonly Dossier[];
}

/** Items in time order; events as they are raised, upgraded or superseded. Of each history, what the stream's start could know. */
export function* replayStream(
  knowledge: Knowledge,
  items: Iterable<ItemInput>,
): Generator<DossierEvent> {
  const moves = new Map<string, Move[]>();
  const events = new Map<string, DossierEvent[]>();
  const autos = new Map<string, Dossier>();
  let registry: readonly Dossier[] | undefined;
  let byId = new Map<string, Dossier>();
  for (const input of items) {
    const at = input.published ?? "1970-01-01T00:00:00Z";
    if (registry === undefined) {
      registry = knownBefore(knowledge.registry, at);
      byId = new Map(registry.map((dossier) => [dossier.id as string, dossier]));
    }
    const classification = classifyItem(knowledge.models, input);
    const known = [...autos.values()].filter(
      (auto) => auto.jurisdiction === classification.jurisdiction,
    );
    const { move, opens } = decideItem(registry, known, input, classification, {
      at,
      backfill: false,
    });
    if (opens !== null && !autos.has(opens.id)) autos.set(opens.id, opens);
    if (move === null) continue;
    const dossier = byId.get(move.dossier) ?? autos.get(move.dossier);
    if (dossier === undefined) continue;
    const all = [...(moves.get(dossier.id) ?? []), move];
    moves.set(dossier.id, all);
    const stored = events.get(dossier.id) ?? [];
    const changes = reconcileEvents(stored, followDossier(dossier, all).events);
    if (changes.length === 0) continue;
    const byEvent = new Map(stored.map((event) => [event.id as string, event]));
    for (const change of changes) byEvent.set(change.id, change);
    events.set(dossier.id, [...byEvent.values()]);
    yield* changes;
  }
}

/** The registry as it stood before an instant. */
export function knownBefore(registry: readonly Dossier[], at: string): readonly Dossier[] {
  const date = at.slice(0, 10);
  return registry.map((dossier) => ({
    ...dossier,
    history: dossier.history.filter((entry) => entry.date < date),
  }));
}

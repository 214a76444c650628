// Dossiers: what to write so that the stored events say what the moves now say.
import type { Dossier, DossierEvent, DossierState } from "../domain/dossier.ts";
import { isToldByRegistry, SAME_MOVE } from "./registry-tells.ts";

/** What is known of a dossier besides its events. */
export interface Known {
  readonly dossier: Dossier;
  readonly state: DossierState;
}

/**
 * The events to write: new ones, changed ones, and stored ones that the moves no longer make, as `superseded`.
 * An event of the past is not raised anew where the registry tells of its time, and is filed, not told, where later steps
 * are known; unless it takes the place of a later event that was taken for the comeback (docs/adr/0005).
 * What an operator retracted stays so. Where the same move is now seen first in another item (within seven days), the stored
 * event is upgraded under its own id, so that nobody is told twice.
 */
export function reconcileEvents(
  stored: readonly DossierEvent[],
  computed: readonly DossierEvent[],
  known: Known,
): DossierEvent[] {
  const changes: DossierEvent[] = [];
  const taken = new Set<string>();
  for (const event of computed) {
    const before =
      stored.find((old) => old.id === event.id) ?? twinOf(stored, computed, event, taken);
    if (before === undefined) {
      if (isToldByRegistry(known.dossier, event)) continue;
      const filed = isPast(event, known.state) && !takesOver(stored, computed, event);
      changes.push({ ...event, backfill: event.backfill || filed });
      continue;
    }
    taken.add(before.id);
    if (before.state === "retracted") continue;
    const next: DossierEvent = { ...event, id: before.id, backfill: isFiled(before, event, known) };
    if (!isSame(before, next)) changes.push(next);
  }
  for (const old of stored)
    if (old.state === "standing" && !taken.has(old.id))
      changes.push({ ...old, state: "superseded" });
  return changes;
}

/** A step is known that is no report of the same move, and newer. */
function isPast(event: DossierEvent, { lastMoveAt }: DossierState): boolean {
  return lastMoveAt !== null && Date.parse(lastMoveAt) - Date.parse(event.at) > SAME_MOVE;
}

/** Two items of one comeback that came in the wrong order: the older one is what there is to tell. */
function takesOver(
  stored: readonly DossierEvent[],
  computed: readonly DossierEvent[],
  event: DossierEvent,
): boolean {
  const isNews = (one: DossierEvent): boolean =>
    one.event === "resurfaced" && one.state === "standing" && !one.backfill;
  return stored.some(
    (old) =>
      isNews(old) && old.at > event.at && !computed.some((one) => one.id === old.id && isNews(one)),
  );
}

/** What was to be told stays so, whatever is known later; what was filed is told where a report of today makes it news. */
function isFiled(before: DossierEvent, event: DossierEvent, { state }: Known): boolean {
  return before.backfill && (event.backfill || isPast(event, state));
}

/** The stored event of the same move, where another item raised it. */
function twinOf(
  stored: readonly DossierEvent[],
  computed: readonly DossierEvent[],
  event: DossierEvent,
  taken: ReadonlySet<string>,
): DossierEvent | undefined {
  return stored.find(
    (old) =>
      !taken.has(old.id) &&
      old.state !== "superseded" &&
      !computed.some((other) => other.id === old.id) &&
      Math.abs(Date.parse(old.at) - Date.parse(event.at)) <= SAME_MOVE,
  );
}

function isSame(a: DossierEvent, b: DossierEvent): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

const sorted = (event: DossierEvent): [string, unknown][] =>
  Object.entries(event).sort(([a], [b]) => (a < b ? -1 : 1));

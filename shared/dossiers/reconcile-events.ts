// Dossiers: what to write so that the stored events say what the moves now say.
import type { DossierEvent } from "../domain/dossier.ts";

const WEEK = 7 * 86_400_000;

/**
 * The events to write: new ones, changed ones, and stored ones that the moves no longer make, as `superseded`.
 * What an operator retracted stays so. Where the same move is now seen first in another item (within seven days), the stored
 * event is upgraded under its own id, so that nobody is told twice.
 */
export function reconcileEvents(
  stored: readonly DossierEvent[],
  computed: readonly DossierEvent[],
): DossierEvent[] {
  const changes: DossierEvent[] = [];
  const taken = new Set<string>();
  for (const event of computed) {
    const before =
      stored.find((old) => old.id === event.id) ?? twinOf(stored, computed, event, taken);
    if (before === undefined) {
      changes.push(event);
      continue;
    }
    taken.add(before.id);
    if (before.state === "retracted") continue;
    const next: DossierEvent = { ...event, id: before.id };
    if (!isSame(before, next)) changes.push(next);
  }
  for (const old of stored)
    if (old.state === "standing" && !taken.has(old.id))
      changes.push({ ...old, state: "superseded" });
  return changes;
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
      Math.abs(Date.parse(old.at) - Date.parse(event.at)) <= WEEK,
  );
}

function isSame(a: DossierEvent, b: DossierEvent): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

const sorted = (event: DossierEvent): [string, unknown][] =>
  Object.entries(event).sort(([a], [b]) => (a < b ? -1 : 1));

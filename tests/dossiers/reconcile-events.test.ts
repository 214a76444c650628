import { expect, test } from "vitest";
import { followDossier } from "../../shared/dossiers/follow-dossier.ts";
import { reconcileEvents } from "../../shared/dossiers/reconcile-events.ts";
import { DOSSIER, move } from "./moves.ts";

const eventsOf = (...moves: ReturnType<typeof move>[]) => followDossier(DOSSIER, moves).events;

test("nothing is written where nothing has changed", () => {
  const events = eventsOf(move("open", 200));

  expect(reconcileEvents(events, events)).toEqual([]);
});

test("an event that a late item unmakes is superseded, and said to be", () => {
  const stored = eventsOf(move("open", 200));
  const late = move("open", 150, { confidence: 0.95 });

  const changes = reconcileEvents(stored, eventsOf(late, move("open", 200)));

  expect(changes.find((event) => event.id === stored[0]?.id)?.state).toBe("superseded");
});

test("an older report of the same move keeps the id under which it was told, so that nobody is mailed twice", () => {
  const stored = eventsOf(move("open", 200));

  const changes = reconcileEvents(stored, eventsOf(move("open", 199), move("open", 200)));

  expect(changes).toHaveLength(1);
  expect(changes[0]).toMatchObject({ id: stored[0]?.id, item: "open-199", state: "standing" });
});

test("a retracted event stays retracted when it is computed again", () => {
  const events = eventsOf(move("open", 200));
  const stored = events.map((event) => ({ ...event, state: "retracted" as const }));

  expect(reconcileEvents(stored, events)).toEqual([]);
});

test("an event that comes back after it was superseded is the same event, not a second one", () => {
  const events = eventsOf(move("open", 200));
  const stored = events.map((event) => ({ ...event, state: "superseded" as const }));

  expect(reconcileEvents(stored, events)).toEqual(events);
});

import { expect, test } from "vitest";
import type { DossierEvent, Move } from "../../shared/domain/dossier.ts";
import { followDossier } from "../../shared/dossiers/follow-dossier.ts";
import { reconcileEvents } from "../../shared/dossiers/reconcile-events.ts";
import { DOSSIER, move } from "./moves.ts";

const known = { dossier: DOSSIER, state: followDossier(DOSSIER, []).state };
const eventsOf = (...moves: ReturnType<typeof move>[]) => followDossier(DOSSIER, moves).events;

test("nothing is written where nothing has changed", () => {
  const events = eventsOf(move("open", 200));

  expect(reconcileEvents(events, events, known)).toEqual([]);
});

test("an event that a late item unmakes is superseded, and said to be", () => {
  const stored = eventsOf(move("open", 200));
  const late = move("open", 150, { confidence: 0.95 });

  const changes = reconcileEvents(stored, eventsOf(late, move("open", 200)), known);

  expect(changes.find((event) => event.id === stored[0]?.id)?.state).toBe("superseded");
});

test("an older report of the same move keeps the id under which it was told, so that nobody is mailed twice", () => {
  const stored = eventsOf(move("open", 200));

  const changes = reconcileEvents(stored, eventsOf(move("open", 199), move("open", 200)), known);

  expect(changes).toHaveLength(1);
  expect(changes[0]).toMatchObject({ id: stored[0]?.id, item: "open-199", state: "standing" });
});

test("a retracted event stays retracted when it is computed again", () => {
  const events = eventsOf(move("open", 200));
  const stored = events.map((event) => ({ ...event, state: "retracted" as const }));

  expect(reconcileEvents(stored, events, known)).toEqual([]);
});

test("an event that comes back after it was superseded is the same event, not a second one", () => {
  const events = eventsOf(move("open", 200));
  const stored = events.map((event) => ({ ...event, state: "superseded" as const }));

  expect(reconcileEvents(stored, events, known)).toEqual(events);
});

/** A poll after which these moves are known. */
const afterPoll = (stored: readonly DossierEvent[], ...moves: Move[]): DossierEvent[] => {
  const { state, events } = followDossier(DOSSIER, moves);
  const changed = reconcileEvents(stored, events, { dossier: DOSSIER, state });
  return [...stored.filter(({ id }) => !changed.some((one) => one.id === id)), ...changed];
};
const toldOf = (events: readonly DossierEvent[]): string[] =>
  events.filter((one) => one.state === "standing" && !one.backfill).map(({ item }) => item);

test("a comeback of long ago that comes to light when later steps are known is filed, and told to nobody", () => {
  const later = [move("step", 500, { confidence: 0.8 }), move("end", 520)];
  const events = afterPoll(afterPoll([], ...later), ...later, move("open", 300));

  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({ state: "standing", quietDays: 300, backfill: true });
  expect(afterPoll(events, ...later, move("open", 300), move("step", 530))[0]?.backfill).toBe(true);
});

test("a comeback of weeks ago that nothing later is known of is told, late as it is", () => {
  expect(toldOf(afterPoll([], move("open", 300)))).toEqual(["open-300"]);
});

test("two items of one comeback that come newest first are told once, by the older one", () => {
  const newestFirst = afterPoll(
    afterPoll([], move("open", 310)),
    move("open", 310),
    move("open", 300),
  );

  expect(toldOf(newestFirst)).toEqual(["open-300"]);
});

test("a comeback that waits to be told is not filed by the steps that follow it", () => {
  const waiting = afterPoll([], move("open", 300));

  expect(toldOf(afterPoll(waiting, move("open", 300), move("step", 320)))).toEqual(["open-300"]);
});

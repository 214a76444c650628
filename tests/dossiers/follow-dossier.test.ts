import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DossierEvent, Move } from "../../shared/domain/dossier.ts";
import { followDossier } from "../../shared/dossiers/follow-dossier.ts";
import { reconcileEvents } from "../../shared/dossiers/reconcile-events.ts";
import { verdictMoveOf } from "../../shared/dossiers/verdicts.ts";
import { type Act, DOSSIER, move } from "./moves.ts";

interface Row {
  readonly name: string;
  readonly moves: readonly Move[];
  /** `from` of each event, `?` after it where it is only possible. */
  readonly events: readonly string[];
}

// The numbers are the guide's rules (docs/adr/0005-what-counts-as-resurfacing.md).
const ROWS: readonly Row[] = [
  {
    name: "1: a rejected bill that is tabled again",
    moves: [move("end", 20), move("open", 40)],
    events: ["rejected"],
  },
  {
    name: "2: a withdrawn one, five days later",
    moves: [move("end", 20, { stage: "withdrawn" }), move("open", 25)],
    events: ["withdrawn"],
  },
  {
    name: "2: a postponed one that a committee puts on its agenda is for the operator where the report is weak",
    moves: [move("end", 20, { stage: "postponed" }), move("step", 60, { confidence: 0.7 })],
    events: ["postponed?"],
  },
  { name: "3: silence of 200 days", moves: [move("open", 200)], events: ["quiet"] },
  {
    name: "3: silence of 100 days is not enough to be news",
    moves: [move("open", 100)],
    events: ["quiet?"],
  },
  { name: "3: silence of 50 days is none", moves: [move("open", 50)], events: [] },
  {
    name: "4: an adopted law that is extended after 90 days",
    moves: [move("adopt", 10), move("open", 100)],
    events: ["adopted"],
  },
  { name: "4: but not after 30", moves: [move("adopt", 10), move("open", 40)], events: [] },
  {
    name: "6: the adoption of what was quietly under way",
    moves: [move("adopt", 100)],
    events: [],
  },
  {
    name: "6: a hearing after a long silence",
    moves: [move("step", 300, { confidence: 0.8 })],
    events: [],
  },
  {
    name: "9: a ruling that limits wakes nothing, and the next text does",
    moves: [move("end", 20), move("limit", 60), move("open", 90)],
    events: ["rejected"],
  },
  {
    name: "10: a second rejection is no comeback",
    moves: [move("end", 20), move("end", 400)],
    events: [],
  },
  {
    name: "12: what does not count does not reset the clock",
    moves: [move("none", 100), move("limit", 150), move("open", 200)],
    events: ["quiet"],
  },
  {
    name: "reports of one move raise one event",
    moves: [move("open", 200), move("open", 201), move("open", 203, { item: "third" })],
    events: ["quiet"],
  },
  {
    name: "an end state reported late, on the day after, does not look like a comeback",
    moves: [move("end", 20), move("open", 21)],
    events: [],
  },
  {
    name: "an unsure report is for the operator",
    moves: [move("open", 200, { confidence: 0.4 })],
    events: ["quiet?"],
  },
  {
    name: "an unsure report does not reset the clock",
    moves: [move("open", 200, { confidence: 0.2 }), move("open", 230)],
    events: ["quiet"],
  },
];

describe("a dossier wakes when, and only when, the guide says so", () => {
  test.each(ROWS)("$name", ({ moves, events }) => {
    const found = followDossier(DOSSIER, moves).events;

    expect(found.map((e) => `${e.from}${e.event === "possible" ? "?" : ""}`)).toEqual(events);
  });

  test("its first entry is none, and what comes years after an opening that was missed is one", () => {
    const unknown = { ...DOSSIER, history: [] };

    expect(followDossier(unknown, [move("open", 1)]).events).toEqual([]);
    expect(followDossier(unknown, [move("open", 400)]).events).toHaveLength(1);
  });

  test("a dossier that is quiet sooner, or later, wakes by its own measure", () => {
    const patient = { ...DOSSIER, quietDays: 400 };

    expect(followDossier(patient, [move("open", 390)]).events[0]?.confidence).toBeLessThan(0.9);
    expect(followDossier(patient, [move("open", 410)]).events[0]?.confidence).toBe(0.9);
  });
});

describe("an event is upgraded, not repeated", () => {
  test("press first, the institution's item two days later", () => {
    const events = followDossier(DOSSIER, [
      move("open", 200, { item: "paper", reportedBy: "press", confidence: 0.6 }),
      move("open", 202, { item: "ministry", confidence: 0.95 }),
    ]).events;

    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ item: "paper", reportedBy: "institution", confidence: 0.95 });
  });

  test("a possible one becomes news by a credible report, under its own id", () => {
    const unsure = move("open", 200, { item: "blog", reportedBy: "press", confidence: 0.4 });
    const before = followDossier(DOSSIER, [unsure]).events[0];
    const after = followDossier(DOSSIER, [unsure, move("open", 201, { item: "paper" })]).events;

    expect(before?.event).toBe("possible");
    expect(after).toHaveLength(1);
    expect(after[0]).toMatchObject({ id: before?.id, event: "resurfaced", item: "paper" });
  });
});

describe("what an operator says holds", () => {
  const unsure = move("open", 200, { item: "blog", confidence: 0.4 });
  const eventOf = (moves: readonly Move[]): DossierEvent => {
    const event = followDossier(DOSSIER, moves).events[0];
    if (event === undefined) throw new Error("no event");
    return event;
  };
  const verdict = (kind: "confirm" | "retract", event: DossierEvent): Move =>
    verdictMoveOf(
      DOSSIER.id,
      { kind, event, reason: "seen the paper" },
      "2021-01-01T00:00:00.000Z",
    );

  test("a confirmed possible event is news, and counts as a move", () => {
    const moves = [unsure, verdict("confirm", eventOf([unsure]))];

    expect(eventOf(moves)).toMatchObject({ event: "resurfaced", confidence: 1 });
    expect(followDossier(DOSSIER, moves).state.lastMoveAt).toBe(unsure.at);
  });

  test("a retracted event stays so when a late item becomes the first to report it, and its move leaves no trace", () => {
    const first = move("open", 200);
    const late = move("open", 199, { item: "late" });
    const moves = [first, verdict("retract", eventOf([first])), late];

    expect(eventOf(moves)).toMatchObject({
      state: "retracted",
      reason: "retracted: seen the paper",
    });
    expect(followDossier(DOSSIER, moves).state.stage).toBe("proposed");
    expect(followDossier(DOSSIER, [...moves, move("open", 230)]).events.at(-1)?.state).toBe(
      "standing",
    );
  });

  test("a retraction leaves a true event of days before alone", () => {
    const before = move("open", 200, { item: "true" });
    const ended = move("end", 203, { item: "ended" });
    const false_ = move("open", 205, { item: "parody" });
    const moves = [before, ended, false_];
    const wrong = followDossier(DOSSIER, moves).events.find(({ item }) => item === "parody");
    if (wrong === undefined) throw new Error("no event");

    const { events } = followDossier(DOSSIER, [...moves, verdict("retract", wrong)]);

    expect(events.map(({ item, state }) => [item, state])).toEqual([
      ["true", "standing"],
      ["parody", "retracted"],
    ]);
  });

  test.each([
    ["press", "retracted"],
    ["institution", "standing"],
  ] as const)(
    "what the %s tells in the week after a retraction is %s, and no news by itself",
    (reportedBy, state) => {
      const first = move("open", 200);
      const again = move("open", 203, { item: "again", reportedBy });
      const moves = [first, verdict("retract", eventOf([first])), again];
      const event = followDossier(DOSSIER, moves).events.find(({ item }) => item === "again");

      expect(event?.state).toBe(state);
      if (reportedBy === "institution") {
        expect(event?.event).toBe("possible");
        if (event === undefined) throw new Error("no event");
        const confirmed = followDossier(DOSSIER, [...moves, verdict("confirm", event)]).events;
        expect(confirmed.find(({ item }) => item === "again")?.event).toBe("resurfaced");
      }
    },
  );

  test("a stage set by hand is where the dossier stands from then on", () => {
    const set = verdictMoveOf(
      DOSSIER.id,
      { kind: "set-stage", stage: "withdrawn", reason: "the ministry said so" },
      "2020-02-01T00:00:00.000Z",
    );

    expect(eventOf([set, move("open", 60)])).toMatchObject({ from: "withdrawn", quietDays: 29 });
  });

  test("a muted dossier raises nothing until it is unmuted", () => {
    const mute = verdictMoveOf(
      DOSSIER.id,
      { kind: "mute", reason: "" },
      "2020-06-01T00:00:00.000Z",
    );
    const unmute = verdictMoveOf(
      DOSSIER.id,
      { kind: "unmute", reason: "" },
      "2021-06-01T00:00:00.000Z",
    );
    const moves = [mute, unmute, move("open", 300), move("open", 900)];

    expect(followDossier(DOSSIER, moves).events.map((event) => event.item)).toEqual(["open-900"]);
  });
});

const ACTS: readonly Act[] = ["open", "adopt", "step", "end", "limit", "none"];
const someMove = fc
  .record({
    item: fc.nat(30),
    act: fc.constantFrom(...ACTS),
    day: fc.nat(900),
    confidence: fc.constantFrom(0.2, 0.4, 0.6, 0.95),
    press: fc.boolean(),
    revive: fc.boolean(),
    stage: fc.constantFrom("rejected", "withdrawn", "postponed", "lapsed"),
  })
  .map(({ item, act, day, confidence, press, revive, stage }) =>
    move(act, day, {
      item: `item-${item}`,
      confidence,
      reportedBy: press ? "press" : "institution",
      traits: { revive },
      ...(act === "end" ? { stage: stage as Move["stage"] } : {}),
    }),
  );

/** Standing events without the id under which they were first told. */
const standing = (events: readonly DossierEvent[]): unknown[] =>
  events
    .filter((event) => event.state === "standing")
    .map(({ id: _, ...event }) => event)
    .sort((a, b) => (a.at + a.item < b.at + b.item ? -1 : 1));

test("any order, repetition and split into polls leaves the same history and the same standing events", () => {
  const history = fc
    .uniqueArray(someMove, { selector: ({ item }) => item, minLength: 1, maxLength: 14 })
    .chain((moves) =>
      fc.record({
        moves: fc.constant(moves),
        arrivals: fc
          .shuffledSubarray([...moves, ...moves], {
            minLength: moves.length,
            maxLength: 2 * moves.length,
          })
          .map((some) => [...some, ...moves.filter((one) => !some.includes(one))]),
        polls: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 }),
      }),
    );
  fc.assert(
    fc.property(history, ({ moves, arrivals, polls }) => {
      const known: Move[] = [];
      const stored = new Map<string, DossierEvent>();
      let state: unknown;
      for (let at = 0, poll = 0; at < arrivals.length; poll += 1) {
        const size = polls[poll % polls.length] ?? 1;
        known.push(...arrivals.slice(at, at + size));
        at += size;
        const followed = followDossier(DOSSIER, known);
        state = followed.state;
        for (const change of reconcileEvents([...stored.values()], followed.events))
          stored.set(change.id, change);
      }

      const whole = followDossier(DOSSIER, moves);
      expect(state).toEqual(whole.state);
      expect(standing([...stored.values()])).toEqual(standing(whole.events));
    }),
    { numRuns: 10_000 },
  );
});

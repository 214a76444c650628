import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Dossier, type DossierEvent, type Move } from "../../shared/domain/dossier.ts";
import { followDossier, standsAt } from "../../shared/dossiers/follow-dossier.ts";
import { reconcileEvents } from "../../shared/dossiers/reconcile-events.ts";
import { isToldByRegistry } from "../../shared/dossiers/registry-tells.ts";
import { verdictMoveOf } from "../../shared/dossiers/verdicts.ts";
import { type Act, DOSSIER, move, reportBy } from "./moves.ts";

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
      move("open", 200, { item: "paper", ...reportBy("daily"), confidence: 0.6 }),
      move("open", 202, { item: "ministry", confidence: 0.95 }),
    ]).events;

    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      item: "ministry",
      event: "resurfaced",
      reportedBy: "institution",
      confidence: 0.95,
    });
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

/** Its registry ends six years after its beginning: rejected, revived, called off, revived by a decree. */
const CHRONICLE = Dossier.parse({
  ...DOSSIER,
  history: [
    { date: "2020-01-01", stage: "proposed", what: "The bill was tabled." },
    { date: "2021-03-20", stage: "rejected", what: "The chamber rejected it." },
    { date: "2023-06-05", stage: "amended", what: "An amendment brought it back." },
    { date: "2024-02-10", stage: "postponed", what: "The vote was called off." },
    { date: "2026-01-21", stage: "order", what: "A decree ordered a study." },
  ],
});

describe("an old item fills in the history and never rewinds the dossier", () => {
  const now = followDossier(CHRONICLE, []).state;
  const told = (moves: readonly Move[]) => {
    const { state, events } = followDossier(CHRONICLE, moves);
    return reconcileEvents([], events, { dossier: CHRONICLE, state });
  };

  test("a dossier stands at the registry's last step until an item tells of a later one", () => {
    expect(now).toMatchObject({ stage: "order", lastMoveAt: "2026-01-21T00:00:00.000Z" });
    expect(followDossier(CHRONICLE, [move("end", "2026-02-03")]).state).toMatchObject({
      stage: "rejected",
      ended: "rejected",
      lastMoveAt: "2026-02-03T09:00:00.000Z",
    });
  });

  test.each<[string, Move]>([
    ["an end of before the registry's last step", move("end", "2025-03-20")],
    ["an end of before the dossier began", move("end", "2016-01-13")],
    ["a revival between two steps", move("open", "2022-09-01")],
    ["an adoption on the day before", move("adopt", "2026-01-20")],
    ["a report of the last step on its own day", move("open", "2026-01-21", { stage: "order" })],
  ])("%s leaves it where it stood", (_name, old) => {
    const { state } = followDossier(CHRONICLE, [old]);

    expect({ stage: state.stage, ended: state.ended }).toEqual({
      stage: now.stage,
      ended: now.ended,
    });
    expect(state.lastMoveAt?.slice(0, 10)).toBe("2026-01-21");
    expect(told([old])).toEqual([]);
  });

  test("an unsure report never moves it: an old item may make it part of a comeback, or no part of one", () => {
    const standing = (...moves: Move[]) => followDossier(DOSSIER, moves).state.lastMoveAt;
    const sure = move("open", 124, { confidence: 0.95 });
    const unsure = move("open", 125, { confidence: 0.4 });
    const old = move("open", 1, { confidence: 0.95 });

    expect([standing(sure, unsure), standing(sure, unsure, old)]).toEqual([sure.at, sure.at]);

    const two = [200, 201].map((day) => move("open", day, { confidence: 0.4 }));
    const between = move("open", 150, { confidence: 0.95 });

    expect(followDossier(DOSSIER, two).events[0]?.event).toBe("resurfaced");
    expect(standing(...two, between)).toBe(between.at);
    expect(standing(...two)).toBe("2020-01-01T00:00:00.000Z");
  });

  test("what two unsure reports made news together is not told again by the next one", () => {
    const reports = [200, 201, 215].map((day) => move("open", day, { confidence: 0.4 }));

    expect(followDossier(DOSSIER, reports).events).toHaveLength(1);
  });

  test("a registry that ends with a ruling is not sent back to an end that an item tells of before it", () => {
    const ruled = Dossier.parse({
      ...CHRONICLE,
      history: [...CHRONICLE.history, { date: "2026-04-01", stage: "court", what: "Dismissed." }],
    });

    expect(followDossier(ruled, [move("end", "2026-03-01")]).state).toEqual(
      followDossier(ruled, []).state,
    );
  });

  test("a comeback is measured to the last step before its own date, though the registry knows later ones", () => {
    const [event] = followDossier(CHRONICLE, [move("open", "2022-09-01")]).events;

    expect(event).toMatchObject({
      from: "rejected",
      quietDays: 530,
      previous: { at: "2021-03-20T00:00:00.000Z", stage: "rejected" },
    });
    expect(event?.reason).toMatch(/^Rejected 530 days before/);
  });

  test("a comeback is measured to the registry's last step where items told of none after it", () => {
    const moves = [move("step", "2025-01-10"), move("open", "2026-09-01")];

    expect(told(moves)[0]).toMatchObject({ from: "quiet", quietDays: 223, backfill: false });
  });

  test("a comeback that was told is not unsaid by a registry that has since learned of it", () => {
    const moves = [move("open", "2026-01-22", { item: "decree", stage: "order" })];
    const before = { ...CHRONICLE, history: CHRONICLE.history.slice(0, -1) };
    const stored = followDossier(before, moves).events;
    const { state, events } = followDossier(CHRONICLE, moves);

    expect(stored).toHaveLength(1);
    expect(isToldByRegistry(CHRONICLE, events[0] as DossierEvent)).toBe(true);
    expect(reconcileEvents(stored, events, { dossier: CHRONICLE, state })).toEqual([]);
  });

  test("a report that made a possible comeback news says the silence that ended with it", () => {
    const first = move("open", 200, { item: "blog", reportedBy: "press", confidence: 0.4 });
    const [event] = followDossier(DOSSIER, [first, move("open", 204, { item: "paper" })]).events;

    expect(event).toMatchObject({ item: "paper", quietDays: 204 });
    expect(event?.reason).toMatch(/^No official move for 204 days/);
  });

  test("a new text on the very day of the withdrawal is back the same day, not after 0 days", () => {
    const withdrawn = move("end", 20, { stage: "withdrawn" });
    const again = move("open", 20, { item: "z-again", traits: { revive: true } });

    expect(followDossier(DOSSIER, [withdrawn, again]).events[0]?.reason).toMatch(
      /^Withdrawn earlier that day;/,
    );
  });

  test("a registry that was told of later steps than the stored state says where the dossier stands", () => {
    const stale = followDossier(CHRONICLE, []).state;
    const rewound = {
      ...stale,
      stage: "rejected" as const,
      lastMoveAt: "2025-03-20T09:00:00.000Z",
    };
    const newer = { ...stale, stage: "vote" as const, lastMoveAt: "2026-05-01T09:00:00.000Z" };

    expect(standsAt(CHRONICLE, rewound)).toEqual(stale);
    expect(standsAt(CHRONICLE, newer)).toEqual(newer);
    expect(standsAt(CHRONICLE, null)).toEqual(stale);
  });
});

const ACTS: readonly Act[] = ["open", "adopt", "step", "end", "limit", "none"];
const someMove = fc
  .record({
    item: fc.nat(30),
    act: fc.constantFrom(...ACTS),
    day: fc.nat(900),
    confidence: fc.constantFrom(0.2, 0.4, 0.6, 0.95),
    feed: fc.constantFrom("ministry", "daily", "journal", "ngo"),
    title: fc.constantFrom("One", "Another", "Third"),
    revive: fc.boolean(),
    stage: fc.constantFrom("rejected", "withdrawn", "postponed", "lapsed"),
  })
  .map(({ item, act, day, confidence, feed, title, revive, stage }) =>
    move(act, day, {
      item: `item-${item}`,
      confidence,
      ...reportBy(
        feed,
        feed === "ministry" ? "government" : feed === "ngo" ? "ngo" : "press",
        `${title} headline on the bill`,
      ),
      traits: { revive },
      ...(act === "end" ? { stage: stage as Move["stage"] } : {}),
    }),
  );

/** Standing events without the id under which they were first told, and whether they came in time to be. */
const standing = (events: readonly DossierEvent[]): unknown[] =>
  events
    .filter((event) => event.state === "standing")
    .map(({ id: _, backfill: __, ...event }) => event)
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
        const said = { dossier: DOSSIER, state: followed.state };
        for (const change of reconcileEvents([...stored.values()], followed.events, said))
          stored.set(change.id, change);
      }

      const whole = followDossier(DOSSIER, moves);
      expect(state).toEqual(whole.state);
      expect(standing([...stored.values()])).toEqual(standing(whole.events));
    }),
    // The whole ten thousand in `npm run test:long`.
    { numRuns: process.env["MANY_RUNS"] === "1" ? 10_000 : 2_000 },
  );
});

/** For two days after an end its reports echo: there the older of two items says better what happened. */
const ECHO = 2 * 86_400_000;

test.each([
  ["whose story items alone tell", DOSSIER],
  [
    "whose registry goes on to its second year",
    Dossier.parse({
      ...DOSSIER,
      history: [
        ...DOSSIER.history,
        { date: "2020-08-01", stage: "withdrawn", what: "Taken back." },
        { date: "2021-02-01", stage: "proposed", what: "Tabled again." },
        { date: "2021-05-01", stage: "court", what: "Dismissed." },
      ],
    }),
  ],
])(
  "a move older than the newest known one never changes where a dossier stands: one %s",
  (_name, dossier) => {
    const known = fc.uniqueArray(someMove, { selector: ({ item }) => item, maxLength: 10 });
    fc.assert(
      fc.property(known, someMove, (moves, late) => {
        const before = followDossier(dossier, moves).state;
        const newest = Date.parse(before.lastMoveAt ?? "");
        fc.pre(Date.parse(late.at) < newest - ECHO);
        const old = { ...late, item: "late" };

        expect(followDossier(dossier, [...moves, old]).state).toEqual(before);
      }),
      // A hundred thousand in `npm run test:long`.
      { numRuns: process.env["MANY_RUNS"] === "1" ? 100_000 : 3_000 },
    );
  },
);

test("no event is told after a silence that its own dates belie", () => {
  const moves = fc.uniqueArray(someMove, { selector: ({ item }) => item, maxLength: 12 });
  fc.assert(
    fc.property(moves, (given) => {
      for (const { at, previous, quietDays } of followDossier(CHRONICLE, given).events) {
        const silence = Date.parse(at) - Date.parse(previous?.at ?? "");
        expect(silence).toBeGreaterThanOrEqual(0);
        expect(quietDays).toBe(Math.floor(silence / 86_400_000));
      }
    }),
    { numRuns: 2_000 },
  );
});

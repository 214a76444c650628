import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Move } from "../../shared/domain/dossier.ts";
import { explainMove } from "../../shared/dossiers/explain-move.ts";
import { followDossier } from "../../shared/dossiers/follow-dossier.ts";
import { sayNeeds } from "../../shared/dossiers/news-needs.ts";
import { verdictMoveOf } from "../../shared/dossiers/verdicts.ts";
import { type Act, DOSSIER, move, reportBy } from "./moves.ts";

const mute = verdictMoveOf(
  DOSSIER.id,
  { kind: "mute", reason: "enough" },
  "2020-01-02T00:00:00.000Z",
);
const BACK = [move("end", 20), move("open", 40)];
const [EVENT] = followDossier(DOSSIER, BACK).events;

describe("an item that came says why it raised an event or none", () => {
  it.each<[string, Move[], Move, RegExp]>([
    ["a comeback", BACK, move("open", 40), /^It raised an event: Rejected 20 days before;/],
    ["a weak comeback", [], move("open", 100), /^It raised a possible event, below the bar/],
    [
      "a comeback that one paper tells",
      [],
      move("open", 300, reportBy("daily")),
      /^It raised a possible event, no news before an institution or a second paper/,
    ],
    [
      "a copy of that paper's report",
      [move("open", 300, reportBy("daily"))],
      move("open", 301, reportBy("daily")),
      /^It raised no event of its own: .* says nothing that was not said already\.$/,
    ],
    [
      "a second report of it",
      BACK,
      move("open", 41, { item: "second", reportedBy: "press" }),
      /^It raised no event: same run as the event of 2020-02-10, which is told already\.$/,
    ],
    [
      "a second report that confirms a possible one",
      [move("open", 100, { reportedBy: "press", confidence: 0.7 })],
      move("open", 101, { confidence: 0.95 }),
      /^With it, a possible event became news: |^It raised no event of its own: it reports the same/,
    ],
    [
      "a move soon after the last one",
      [],
      move("open", 30),
      /too soon .*30 days after .*2020-01-01/,
    ],
    [
      "an opinion piece",
      BACK,
      move("none", 300, { confidence: 0.1, reason: "an opinion" }),
      /not an official move: an opinion \(10 % sure, 30 % needed\)/,
    ],
    ["a limiting ruling", [], move("limit", 300), /not an official move: limit/],
    ["a refusal", [], move("end", 300), /it ends the dossier/],
    ["a hearing", [], move("step", 300, { confidence: 0.8 }), /too unsure: 80 % .* and 35 %/],
    ["what a muted dossier did", [mute], move("open", 300), /an operator muted the dossier/],
    [
      "a false alarm",
      [
        ...BACK,
        ...(EVENT === undefined
          ? []
          : [
              verdictMoveOf(
                DOSSIER.id,
                { kind: "retract", event: EVENT, reason: "an old bill" },
                "2020-03-01T00:00:00.000Z",
              ),
            ]),
      ],
      move("open", 40),
      /was taken back: retracted: an old bill/,
    ],
  ])("%s", (_name, others, one, expected) => {
    expect(explainMove(DOSSIER, [...others, one], one.item)?.said).toMatch(expected);
  });

  it("an item of a time that the registry's history tells", () => {
    const told = {
      ...DOSSIER,
      history: [...DOSSIER.history, { date: "2021-01-01", stage: "vote" as const, what: "Voted." }],
    };

    expect(explainMove(told, BACK, "open-40")?.said).toMatch(
      /no event: the registry's history tells/,
    );
    expect(explainMove(told, [move("open", 385)], "open-385")?.said).toMatch(
      /too soon.*2021-01-01, vote/,
    );
  });

  it("and nothing of one that is not among its moves", () => {
    expect(explainMove(DOSSIER, BACK, "elsewhere")).toBeNull();
  });

  it("never says of an item that raised an event that it raised none, nor the reverse", () => {
    const acts: Act[] = ["open", "adopt", "step", "end", "limit", "none"];
    const moves = fc.array(
      fc
        .record({
          act: fc.constantFrom(...acts),
          day: fc.integer({ min: 1, max: 900 }),
          confidence: fc.double({ min: 0, max: 1, noNaN: true }),
        })
        .map(({ act, day, confidence }) => move(act, day, { confidence })),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(moves, (given) => {
        const raisedBy = new Set(followDossier(DOSSIER, given).events.map(({ item }) => item));
        for (const { item } of given) {
          const said = explainMove(DOSSIER, given, item)?.said ?? "";
          expect(said).not.toBe("");
          if (raisedBy.has(item)) expect(said).not.toMatch(/raised no event/);
          else expect(said).not.toMatch(/^(?:It raised an event|With it)/);
        }
      }),
      { numRuns: 500 },
    );
  });
});

const LONE = reportBy("daily");

describe("an item that was no news says what would have made it news", () => {
  const needs = (others: readonly Move[], one: Move) =>
    sayNeeds(explainMove(DOSSIER, [...others, one], one.item)?.needs ?? []);

  it.each<[string, Move[], Move, RegExp[]]>([
    ["one paper alone", [], move("open", 300, LONE), [/^an institution's own item, or a second/]],
    [
      "an organisation's post",
      [],
      move("open", 300, reportBy("club", "ngo")),
      [/^an institution's own item, or two papers of different owners/],
    ],
    ["a move soon after the last one", [], move("open", 30), [/^\d+ more quiet days before it$/]],
    [
      "an unsure one",
      [],
      move("open", 300, { confidence: 0.4 }),
      [/^surer by 10 % .*\(50 % instead of 40 %\)$/],
    ],
    [
      "an unsure one that a paper alone tells",
      [],
      move("open", 300, { ...LONE, confidence: 0.4 }),
      [/^an institution's own item, .*; and surer by 10 %/],
    ],
    [
      "one soon after the last that could be surer, too",
      [],
      move("open", 140, { confidence: 0.6 }),
      [/more quiet days before it$/, /^surer by /],
    ],
    ["a next step", [], move("step", 300), [/^a new official start or demand instead of/]],
    [
      "an end",
      [],
      move("end", 10),
      [/^a new official start or demand instead of what it reports; and \d+ more quiet days/],
    ],
    ["what is news", BACK, move("open", 40), []],
    ["what tells no more than the one before", BACK, move("open", 41, { item: "second" }), []],
    ["what a muted dossier did", [mute], move("open", 300), []],
  ])("%s", (_name, others, one, expected) => {
    const said = needs(others, one);

    expect(said).toHaveLength(expected.length);
    for (const [at, pattern] of expected.entries()) expect(said[at]).toMatch(pattern);
  });

  it("and each way that it names would have been enough, with a day or a share less it would not", () => {
    const given = fc.record({
      act: fc.constantFrom<Act[]>("open", "adopt", "step"),
      day: fc.integer({ min: 5, max: 300 }),
      confidence: fc.integer({ min: 5, max: 100 }).map((percent) => percent / 100),
      press: fc.boolean(),
    });
    const isNews = (one: Move) =>
      followDossier(DOSSIER, [one]).events.some(({ event }) => event === "resurfaced");
    fc.assert(
      fc.property(given, ({ act, day, confidence, press }) => {
        const one = move(act, day, { confidence, ...(press ? LONE : {}) });
        for (const way of explainMove(DOSSIER, [one], one.item)?.needs ?? []) {
          if (way.some(({ kind }) => kind === "start")) continue;
          const told = way.some(({ kind }) => kind === "second-source")
            ? { ...one, reportedBy: "institution" as const }
            : one;
          const by = (days: number, share: number): Move => {
            const at = day + days;
            return { ...told, at: move(act, at).at, confidence: share };
          };
          const days = way.find((need) => need.kind === "quiet-days")?.days ?? 0;
          const share = way.find((need) => need.kind === "surer")?.to ?? confidence;
          expect(isNews(by(days, share))).toBe(true);
          if (days > 0) expect(isNews(by(days - 1, share))).toBe(false);
          if (share > confidence) expect(isNews(by(days, share - 0.011))).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });
});

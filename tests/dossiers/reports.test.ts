import { describe, expect, it, test } from "vitest";
import { type DossierEvent, Move } from "../../shared/domain/dossier.ts";
import { ItemInput } from "../../shared/domain/item.ts";
import { followDossier } from "../../shared/dossiers/follow-dossier.ts";
import { areIndependent, reportOf } from "../../shared/dossiers/reports.ts";
import { verdictMoveOf } from "../../shared/dossiers/verdicts.ts";
import { DOSSIER, move, reportBy } from "./moves.ts";

const AUTO = { ...DOSSIER, id: "auto:FR:access" as typeof DOSSIER.id, history: [] };
const told = (moves: readonly Move[], dossier = DOSSIER): string[] =>
  followDossier(dossier, moves).events.map(({ event, reportedBy }) => `${event} ${reportedBy}`);

const daily = move("open", 200, { item: "a-daily", ...reportBy("daily"), confidence: 0.97 });
const journal = (day: number, more: Partial<Move> = {}): Move =>
  move("open", day, { item: "b-journal", ...reportBy("journal"), ...more });
const ministry = (day: number, more: Partial<Move> = {}): Move =>
  move("open", day, { item: "c-ministry", ...reportBy("ministry", "government"), ...more });
const ngo = (item: string, more: Partial<Move> = {}): Move =>
  move("open", 201, { item, ...reportBy(item, "ngo"), ...more });
const SAME = "Government revives the bill on access to encrypted messages";

describe("what is news, and what only one voice says", () => {
  it.each<[string, Move[], string[]]>([
    ["an institution's own item is news", [ministry(200)], ["resurfaced institution"]],
    ["a record is", [ministry(200, { reportedBy: "record" })], ["resurfaced record"]],
    ["a lone press report is not, however sure", [daily], ["possible press"]],
    ["two papers are", [daily, journal(203)], ["resurfaced press"]],
    [
      "two feeds of one paper are one",
      [daily, journal(203, reportBy("daily"))],
      ["possible press"],
    ],
    [
      "two papers that print one text are one",
      [
        { ...daily, ...reportBy("daily", "press", SAME) },
        journal(201, reportBy("journal", "press", `${SAME} - The Journal`)),
      ],
      ["possible press"],
    ],
    [
      "a second one that is below the bar confirms nothing",
      [daily, journal(203, { confidence: 0.4 })],
      ["possible press"],
    ],
    [
      "a paper and a third one confirm each other, whatever a copy said between them",
      [
        daily,
        journal(201, reportBy("daily")),
        move("open", 202, { item: "weekly", ...reportBy("weekly") }),
      ],
      ["resurfaced press"],
    ],
    ["after more than a week they tell of two things", [daily, journal(208)], ["possible press"]],
    ["an NGO's word is not news", [ngo("league")], ["possible press"]],
    ["nor are three of them", [ngo("league"), ngo("union"), ngo("club")], ["possible press"]],
    ["nor one beside a paper", [daily, ngo("league")], ["possible press"]],
    ["an institution confirms a paper", [daily, ministry(202)], ["resurfaced institution"]],
    [
      "a paper's report that was stored before reports were told apart stays news",
      [move("open", 200, { reportedBy: "press" })],
      ["resurfaced press"],
    ],
  ])("%s", (_name, moves, expected) => {
    expect(told(moves)).toEqual(expected);
    expect(told([...moves].reverse())).toEqual(expected);
  });

  it("an NGO's post makes a possible one a little surer, and less so than a paper does", () => {
    const [weak] = followDossier(DOSSIER, [{ ...daily, confidence: 0.5 }]).events;
    const [beside] = followDossier(DOSSIER, [{ ...daily, confidence: 0.5 }, ngo("league")]).events;
    const [paper] = followDossier(DOSSIER, [{ ...daily, confidence: 0.5 }, journal(201)]).events;

    expect(beside?.confidence).toBeGreaterThan(weak?.confidence ?? 1);
    expect(beside?.confidence).toBeLessThan(paper?.confidence ?? 0);
  });

  it("a copy makes nothing surer", () => {
    const unsure = { ...daily, confidence: 0.5 };
    const copy = journal(201, reportBy("daily"));

    expect(followDossier(DOSSIER, [unsure, copy]).events[0]?.confidence).toBe(0.5);
  });

  it.each([
    ["a paper opens no dossier as news", [daily], ["possible press"]],
    ["a second paper does", [daily, journal(202)], ["opened press"]],
    ["an institution does", [ministry(200)], ["opened institution"]],
    ["an NGO does not", [ngo("league")], ["possible press"]],
  ])("of a bill that nobody follows, %s", (_name, moves, expected) => {
    const own = moves.map((one) => ({ ...one, dossier: AUTO.id, official: true }));
    const since = { ...AUTO, opened: "2020-07-19" };

    expect(told(own, since)).toEqual(expected);
  });

  it("an operator's word makes a lone report news, under the id by which it was shown", () => {
    const [possible] = followDossier(DOSSIER, [daily]).events;
    const confirm = verdictMoveOf(
      DOSSIER.id,
      { kind: "confirm", event: possible as DossierEvent, reason: "seen the text" },
      "2020-09-01T00:00:00.000Z",
    );
    const [news] = followDossier(DOSSIER, [daily, confirm]).events;

    expect(news).toMatchObject({ id: possible?.id, event: "resurfaced" });
  });
});

const item = (feed: string, url: string | null, title: string, summary = "") =>
  reportOf(ItemInput.parse({ title, summary, url, feed: { id: feed, kind: "press" } }));
const LEAD =
  "The interior minister will table the text in May, officials said on Tuesday, and asks providers to hand over messages in readable form within three days.";

describe("two reports are one where owner or words are the same", () => {
  it.each([
    ["two papers", item("a", "https://a.example/1", "One"), item("b", null, "Two"), true],
    [
      "two hosts of one domain",
      item("a", "https://www.paper.example/1", "One"),
      item("b", "https://blog.paper.example/2", "Two"),
      false,
    ],
    [
      "one feed",
      item("a", "https://a.example/1", "One"),
      item("a", "https://b.example/1", "Two"),
      false,
    ],
    [
      "an agency's text under another headline",
      item("a", null, "Minister wants to read chats", LEAD),
      item("b", null, "Encryption: new bill in May", `${LEAD} (dpa)`),
      false,
    ],
    [
      "their own words on one subject",
      item("a", null, "Minister wants to read chats", LEAD),
      item(
        "b",
        null,
        "Encryption bill is back",
        "Police would get access to messages, says the draft.",
      ),
      true,
    ],
  ])("%s", (_name, a, b, expected) => {
    expect(areIndependent(a, b)).toBe(expected);
    expect(areIndependent(b, a)).toBe(expected);
  });

  test("a long text is kept in a few hundred letters, and its copy is still known", () => {
    const long = Array.from({ length: 900 }, (_, i) => `word${i}`).join(" ");
    const [a, b] = [item("a", null, "One", long), item("b", null, "Two", `${long} more`)];

    expect(JSON.stringify(a).length).toBeLessThan(500);
    expect(areIndependent(a, b)).toBe(false);
  });

  test("a stored move without a report is read", () => {
    const { report: _, ...old } = { ...daily };

    expect(Move.parse(old).report).toBeUndefined();
  });
});

import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { runEval } from "../../functions/cli/eval.ts";
import { runReplay } from "../../functions/cli/replay.ts";
import type { DossierEvent } from "../../shared/domain/dossier.ts";
import { Dossier } from "../../shared/domain/dossier.ts";
import { ItemInput } from "../../shared/domain/item.ts";
import { loadRegistry } from "../../shared/dossiers/registry.ts";
import { beginReplay, knownBefore, replayStream } from "../../shared/flows/replay.ts";
import { StreamItem, scoreStream } from "../../shared/flows/score-stream.ts";
import { loadModels } from "../../shared/matching/load-models.ts";

const knowledge = { models: loadModels(), registry: loadRegistry() };

function item(id: string, published: string, title: string, jurisdiction = "US", kind = "press") {
  return ItemInput.parse({
    id,
    title,
    published: `${published}T09:00:00Z`,
    feed: { id: "paper", kind, jurisdiction, language: "en" },
  });
}

const EARN_IT = [
  item("a", "2021-02-01", "Podcast: the EARN IT Act explained"),
  item("b", "2022-01-31", "Senators reintroduce EARN IT Act", "US", "parliament"),
  item("c", "2022-02-02", "Graham and Blumenthal bring back EARN IT bill"),
];

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(
  command: (argv: string[], io: never) => Promise<number>,
  argv: string[],
  stdin: string,
): Promise<Said> {
  const said = { out: "", err: "" };
  const io = {
    stdin: Readable.from([stdin]),
    stdout: { write: (text: string) => (said.out += text) },
    stderr: { write: (text: string) => (said.err += text) },
  };
  const code = await command(argv, io as never);
  return { code, ...said };
}

const lines = (items: readonly object[]): string =>
  items.map((one) => JSON.stringify(one)).join("\n");

describe("a replayed stream raises what the live system would", () => {
  test("a lapsed bill that is introduced again is told once, with its state before and the days of silence", () => {
    const events = [...replayStream(knowledge, EARN_IT)];

    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      event: "resurfaced",
      dossier: "us-earnit",
      item: "b",
      from: "lapsed",
      state: "standing",
    });
    expect(events[0]?.quietDays).toBe(393);
  });

  test("what the registry knows from after the stream's start is not used", () => {
    const before = knownBefore(knowledge.registry, "2020-12-01T00:00:00Z");
    const earnIt = before.find((dossier) => dossier.id === "us-earnit");

    expect(earnIt?.history.map((entry) => entry.date)).toEqual(["2020-03-05", "2020-07-02"]);
  });

  test("a bill that the registry lacks opens a dossier by itself, and its return resurfaces it", () => {
    const events = [
      ...replayStream({ ...knowledge, registry: [] }, [
        item(
          "a",
          "2020-01-10",
          "Government tables bill on access to encrypted messages",
          "NZ",
          "government",
        ),
        item("b", "2020-02-20", "Government withdraws bill on access to encrypted messages", "NZ"),
        item(
          "c",
          "2021-05-20",
          "Government tables new bill on access to encrypted messages",
          "NZ",
          "government",
        ),
      ]),
    ];

    expect(events.map(({ event, dossier, from }) => [event, dossier.slice(0, 8), from])).toEqual([
      ["opened", "auto:NZ:", null],
      ["resurfaced", "auto:NZ:", "withdrawn"],
    ]);
  });

  test("memory holds dossiers, not items: a thousand reports of one move leave one event", () => {
    const replay = beginReplay(knowledge);
    const events: DossierEvent[] = [];
    for (let hour = 0; hour < 1000; hour += 1) {
      const published = new Date(Date.parse("2022-01-31T00:00:00Z") + hour * 60_000).toISOString();
      const one = {
        ...item(`x${hour}`, "2022-01-31", "Senators reintroduce EARN IT Act"),
        published,
      };
      events.push(...replay(one));
    }

    expect(events).toHaveLength(1);
  });
});

test("an item that comes twice does not confirm itself", () => {
  const unsure = item("a", "2022-01-31", "EARN IT Act may return this spring");

  const events = [...replayStream(knowledge, [unsure, unsure, unsure])];

  expect(events.map(({ event }) => event)).toEqual(["possible"]);
});

describe("replay on the command line", () => {
  test("a bad line is named with its field, the rest is replayed, and the exit says so", async () => {
    const stdin = `${lines(EARN_IT.slice(0, 2))}\n{"title":7}\nnot json\n${lines(EARN_IT.slice(2))}\n`;

    const said = await run(runReplay as never, [], stdin);

    expect(said.code).toBe(2);
    expect(said.err).toContain("replay: line 3: title:");
    expect(said.err).toContain("replay: line 4: not JSON");
    expect(said.out.trim().split("\n")).toHaveLength(1);
  });

  test("an item out of order is said to be, and passed over", async () => {
    const said = await run(runReplay as never, [], lines([...EARN_IT].reverse()));

    expect(said.code).toBe(2);
    expect(said.err).toMatch(/replay: line 2: published: 2022-01-31T09:00:00Z is before/);
  });

  test("an event line has the keys of the contract", async () => {
    const said = await run(runReplay as never, [], lines(EARN_IT));
    const event = JSON.parse(said.out) as Record<string, unknown>;

    expect(said.code).toBe(0);
    expect(Object.keys(event)).toEqual(
      expect.arrayContaining([
        ...["id", "event", "dossier", "at", "item", "stage", "from", "quietDays"],
        ...["confidence", "reportedBy", "reason", "state"],
      ]),
    );
  });

  test("a registry with one bad entry is followed but for that one, which is named, and ends with 2", async () => {
    const [known] = loadRegistry();
    const file = join(mkdtempSync(join(tmpdir(), "registry-")), "dossiers.json");
    writeFileSync(file, JSON.stringify([{ ...known, id: "xx-bad", opened: "once" }, known]));
    const stream = JSON.stringify({ title: "Weather", published: "2025-03-01T00:00:00Z" });

    const said = await run(runReplay as never, ["--registry", file], stream);

    expect(said.code).toBe(2);
    expect(said.err).toContain(`replay: ${file}: entry 1 (xx-bad), opened: `);
    expect(said.err).not.toContain(String(known?.id));
  });

  test("a registry that cannot be read is named", async () => {
    const said = await run(runReplay as never, ["--registry", "/nowhere.json"], "");

    expect(said.code).toBe(1);
    expect(said.err).toContain("/nowhere.json");
  });
});

describe("the score of a stream is counted as the contract says", () => {
  const labelled = (
    id: string,
    day: string,
    resurfacing: boolean,
    dossier = "us-earnit",
  ): StreamItem =>
    StreamItem.parse({
      id,
      title: id,
      published: `${day}T00:00:00Z`,
      dossier,
      resurfacing,
      timeline_date: resurfacing ? day : null,
    });
  const event = (item: string, at: string, more: Partial<DossierEvent> = {}): DossierEvent =>
    ({ id: item, item, at, event: "resurfaced", dossier: "us-earnit", ...more }) as DossierEvent;
  const registry = [Dossier.parse(loadRegistry().find(({ id }) => id === "us-earnit"))];

  test("a second event of a found move is a false alarm, and counted as repeated", () => {
    const items = [labelled("a", "2022-01-31", true), labelled("b", "2022-02-03", false)];
    const score = scoreStream(registry, items, [
      event("a", "2022-01-31"),
      event("b", "2022-02-03"),
    ]);

    expect(score).toMatchObject({
      moves: 1,
      recall: 1,
      precision: 0.5,
      falseAlarms: 1,
      repeated: 1,
    });
  });

  test("an event eight days later, or of another dossier, does not find the move", () => {
    const items = [labelled("a", "2022-01-31", true), labelled("b", "2022-02-08", false)];
    const late = scoreStream(registry, items, [event("b", "2022-02-08")]);
    const other = scoreStream(registry, items, [
      event("a", "2022-01-31", { dossier: "x" as never }),
    ]);

    expect([late.recall, other.recall]).toEqual([0, 0]);
  });

  test("a possible event is neither right nor wrong, and counts in the second recall", () => {
    const items = [labelled("a", "2022-01-31", true)];
    const score = scoreStream(registry, items, [event("a", "2022-01-31", { event: "possible" })]);

    expect(score).toMatchObject({ recall: 0, recallWithPossible: 1, precision: null });
  });

  test("of a dossier that the registry lacks, an event of one opened in its jurisdiction finds it", () => {
    const items = [labelled("a", "2022-01-31", true, "nl-encryptie")];
    const score = scoreStream(registry, items, [
      event("a", "2022-01-31", { dossier: "auto:NL:access" as never }),
    ]);

    expect(score).toMatchObject({ recall: 1, recallUnregistered: 1 });
  });
});

// Figures on streams that were written for this project and tuned on: a floor against backsliding, not a measure. Most of their
// moves are told by one paper alone, and so are possible ones. The floors of recall stood at 0.85 to 0.9 until an item that is
// not relevant by its text (a bare title that names no file) could make no move any more: the price of no false event on real
// feeds (docs/accuracy.md). The precision of `again` stood at 0.9 until acts were learned rather than ruled with these streams at
// hand: one false alarm of seven, a regulation published long after it was agreed.
describe("what was recognised stays recognised", () => {
  test.each([
    ["tests/streams/nineteen.jsonl", 0.88, 0.9],
    ["tests/streams/nineteen-again.jsonl", 0.75, 0.85],
    ["tests/streams/nineteen-terse.jsonl", 0.82, 0.85],
    ["tests/streams/nineteen-abroad.jsonl", 0.75, 0.9],
    ["tests/streams/nineteen-pairs.jsonl", 0.84, 0.9],
    ["tests/streams/nineteen-quiet.jsonl", 1, 0.5],
  ])("%s", async (file, recall, precision) => {
    expect(readFileSync(file, "utf8").length).toBeGreaterThan(0);
    const said = await run(runEval as never, ["--json", file], "");
    const score = JSON.parse(said.out) as {
      recallWithPossible: number;
      precision: number;
      repeated: number;
    };

    expect(score.recallWithPossible).toBeGreaterThanOrEqual(recall);
    expect(score.precision).toBeGreaterThanOrEqual(precision);
    expect(score.repeated).toBeLessThanOrEqual(2);
  });
});

// Matching: the commands on labelled and unlabelled lines: what is bad is named, the rest goes on.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { runClassify } from "../../functions/cli/classify.ts";
import { runEval } from "../../functions/cli/eval.ts";
import { runExplain } from "../../functions/cli/explain.ts";

function terminal(input: string) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    stdin: Readable.from([input]),
    stdout: { write: (text: string) => out.push(text) },
    stderr: { write: (text: string) => err.push(text) },
  };
  return { io, out, err };
}

function labelled(lines: readonly unknown[]): string {
  const file = join(mkdtempSync(join(tmpdir(), "labelled-")), "items.jsonl");
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join("\n"));
  return file;
}

test("classify goes on after a bad line, names it and its field, and ends with 2", async () => {
  const good = JSON.stringify({ id: "x1", title: "Chat control vote postponed by EU Council" });
  const { io, out, err } = terminal(`${good}\n{"id":"x2"}\nnot json\n\n${good}\n`);

  const code = await runClassify([], io);

  expect(code).toBe(2);
  const lines = out.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.map((line) => line["id"])).toEqual(["x1", "x1"]);
  expect(lines[0]).toMatchObject({ relevant: true, dossier: "eu-csar", stage: "postponed" });
  expect(err.join("")).toMatch(/line 2: title:/);
  expect(err.join("")).toMatch(/line 3: not JSON/);
});

test("classify prints the contract's keys in their order", async () => {
  const { io, out } = terminal('{"title":"Backdoor"}\n');

  await runClassify([], io);

  expect(Object.keys(JSON.parse(out[0] ?? "") as object).slice(0, 11)).toEqual([
    "id",
    "relevant",
    "score",
    "themes",
    "arguments",
    "legislation",
    "stage",
    "jurisdiction",
    "language",
    "dossier",
    "model",
  ]);
});

test("eval counts what was right, what was missed and what was wrong", async () => {
  const labels = {
    relevant: true,
    themes: ["eu-international"],
    legislation: true,
    stage: "postponed",
    jurisdiction: "EU",
  };
  const file = labelled([
    { title: "EU Council postpones chat control vote", labels },
    { title: "Cat found safe in a tree", labels },
    { title: "Swiss parliament debates railway timetable", labels: { relevant: false } },
  ]);
  const { io, out } = terminal("");

  const code = await runEval(["--json", file], io);

  expect(code).toBe(0);
  const result = JSON.parse(out.join("")) as Record<string, unknown>;
  expect(result).toMatchObject({
    items: 3,
    relevant: { precision: 1, recall: 0.5, labelled: 2, found: 1, both: 1 },
    stage: { onLegislation: { right: 1, of: 2 } },
    jurisdiction: { right: 1, of: 2 },
  });
});

test("eval praises nobody for a class that no item is of: no figure, and none in the mean", async () => {
  const labels = { relevant: true, themes: ["eu-international"] };
  const file = labelled([
    { title: "EU Council postpones chat control vote", labels },
    { title: "Cat found safe in a tree", labels: { relevant: false } },
  ]);
  const json = terminal("");
  const table = terminal("");

  await runEval(["--json", file], json.io);
  await runEval([file], table.io);

  const { themes, ...result } = JSON.parse(json.out.join("")) as {
    themes: { macro: number; each: Record<string, { f1: number | null; found: number }> };
    arguments: { each: Record<string, unknown> };
  };
  const found = Object.values(themes.each).flatMap(({ f1 }) => (f1 === null ? [] : [f1]));
  expect(result.arguments.each["war-on-drugs-pretext"]).toEqual({
    precision: null,
    recall: null,
    f1: null,
    labelled: 0,
    found: 0,
    both: 0,
  });
  expect(found.length).toBeLessThan(7);
  expect(themes.macro).toBeCloseTo(found.reduce((sum, f1) => sum + f1, 0) / found.length);
  expect(table.out.join("")).toMatch(/war-on-drugs-pretext +– +– +– +0 +0/);
  expect(table.out.join("")).toMatch(/stage on legislation, accuracy – of 0/);
});

test("eval has no figure for precision where nothing was raised, nor for recall where nothing came back", async () => {
  const file = labelled([
    {
      id: "w",
      title: "Weather",
      published: "2025-03-01T00:00:00Z",
      labels: { relevant: false },
      dossier: null,
      resurfacing: false,
      timeline_date: null,
    },
  ]);
  const { io, out } = terminal("");

  expect(await runEval(["--json", file], io)).toBe(0);
  expect(JSON.parse(out.join(""))).toMatchObject({ recall: null, precision: null, moves: 0 });
});

test("eval names a bad label by line and field, scores the rest and ends with 2", async () => {
  const file = labelled([
    { title: "Chat control", labels: { relevant: "yes" } },
    { title: "Weather", labels: { relevant: false } },
  ]);
  const { io, out, err } = terminal("");

  expect(await runEval([file], io)).toBe(2);
  expect(err.join("")).toMatch(/line 1: labels.relevant/);
  expect(out.join("")).toMatch(/1 items/);
});

test("eval of a file that is not there fails and says so", async () => {
  const { io, err } = terminal("");

  expect(await runEval(["/nowhere.jsonl"], io)).toBe(1);
  expect(err.join("")).toContain("/nowhere.jsonl");
});

const WIRE = "Police want a backdoor in WhatsApp";

test("explain quotes the words of a match, and tells what a miss lacked", async () => {
  const match = terminal("");
  const miss = terminal("");

  expect(await runExplain([WIRE], match.io)).toBe(0);
  expect(await runExplain(["Police want more cars"], miss.io)).toBe(0);

  expect(match.out.join("")).toMatch(/^Relevant: .*“backdoor” title 14–22/s);
  expect(miss.out.join("")).toMatch(/^Not relevant: .*What was missing: .*chat-control: /s);
});

test("explain says first, in a sentence, whether a word of the subject stands in the text", async () => {
  const first = async (title: string) => {
    const { io, out } = terminal("");
    await runExplain([title], io);
    return out.join("").split("\n")[0];
  };

  expect(await first(WIRE)).toMatch(/^Relevant: .*“backdoor” .*of the subject\.$/);
  expect(await first("Police want more cars")).toMatch(/no word of the subject/);
  expect(await first("New encryption chip makes laptops faster")).toMatch(
    /^Not relevant: “encryption” is of the subject, but it is .* 20 % are needed\./,
  );
});

const VOTE = "Chatkontrolle: EU-Rat verschiebt Abstimmung über CSA-Verordnung";
const THAT_DAY = () => new Date("2026-11-20T09:00:00Z");

test("explain tells of a bare text what it reports, its dossier, and what would have made it news", async () => {
  const { io, out } = terminal("");

  expect(await runExplain([VOTE], io, THAT_DAY)).toBe(0);

  const said = out.join("");
  expect(said).toMatch(
    /^ {2}Act: +something is ended or put off \(stage: postponed\), \d+ % sure/m,
  );
  expect(said).toMatch(/^ {2}Who acts: +.*“Rat”/m);
  expect(said).toMatch(/^ {2}Which text: +“CSA-Verordnung”/m);
  expect(said).toMatch(/^ {4}who: .*does: “verschiebt” \(puts off\); .*leads: it ends/m);
  expect(said).toMatch(/^Dossier\n.*\(eu-csar\), by its name in “CSA-Verordnung”/m);
  expect(said).toMatch(/^ {2}As the only item of 2026-11-20, .*\n {2}It raised no event: it ends/m);
  expect(said).toMatch(/What would have made it news:\n {2}- a new official start or demand/);
});

test("explain gives the same as data", async () => {
  const { io, out } = terminal("");

  await runExplain(["--json", "--kind", "parliament", "--date", "2026-11-20", VOTE], io);

  expect(JSON.parse(out.join(""))).toMatchObject({
    relevance: { relevant: true, subject: expect.arrayContaining(["CSA-Verordnung"]) },
    report: { act: "end", stage: "postponed", direction: "ends" },
    clauses: [{ text: "Chatkontrolle" }, { direction: "ends", did: [{ term: "verschiebt" }] }],
    dossier: { dossier: "eu-csar", by: "name", learned: false, given: true },
    outcome: { needs: [[{ kind: "start" }]] },
    at: "2026-11-20T00:00:00.000Z",
    classification: { relevant: true },
    decisions: expect.anything(),
  });
});

test.each([
  ["--date", "yesterday"],
  ["--kind", "magazine"],
  ["--jurisdiction", "Narnia"],
  ["--language", "??"],
])("explain names the option whose value it cannot take: %s %s", async (option, value) => {
  const { io, out, err } = terminal("");

  expect(await runExplain([option, value, VOTE], io)).toBe(2);
  expect(err.join("")).toContain(`explain: ${option}: `);
  expect(out).toEqual([]);
});

test("the lines that explain prints for a decision add up to its score", async () => {
  const { io, out } = terminal("");

  await runExplain(
    ["Senate committee votes down bill that would force WhatsApp to decrypt chats"],
    io,
  );

  const relevant =
    out
      .join("")
      .split("\n\n")
      .find((part) => part.startsWith("relevant: ")) ?? "";
  const [, score, bias] = /yes, ([\d.]+) against .*starts at (-?[\d.]+)/.exec(relevant) ?? [];
  const parts = [...relevant.matchAll(/^ +([+-]?[\d.]+) /gm)].map(([, weight]) => Number(weight));
  const sum = parts.reduce((total, weight) => total + weight, Number(bias));
  expect(relevant).toContain("more, each of less weight");
  expect(1 / (1 + Math.exp(-sum))).toBeCloseTo(Number(score), 2);
});

test("explain without a text says how it is used", async () => {
  const { io, err } = terminal("");

  expect(await runExplain([], io)).toBe(2);
  expect(err.join("")).toContain("usage");
});

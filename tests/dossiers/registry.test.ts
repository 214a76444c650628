import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { HistoryEntry } from "../../shared/domain/dossier.ts";
import { builtInRegistry, loadRegistry, parseRegistry } from "../../shared/dossiers/registry.ts";

const GOOD = {
  id: "xx-one",
  title: "One",
  jurisdiction: "FR",
  opened: "2020-01-01",
  aliases: ["one bill"],
  references: [],
  history: [],
};

test("the built-in registry can be read, and every history is in order of time", () => {
  const unordered = loadRegistry().filter(({ history }) =>
    history.some((entry, index) => entry.date < (history[index - 1]?.date ?? "")),
  );

  expect(unordered.map(({ id }) => id)).toEqual([]);
  expect(builtInRegistry().problems).toEqual([]);
});

test("every line of the built-in history names its source, or says outright that it is from memory", async () => {
  const file = new URL("../../shared/catalog/dossiers.json", import.meta.url);
  const written = JSON.parse(await readFile(file, "utf8")) as {
    id: string;
    history: { date: string; source?: string | null }[];
  }[];
  const silent = written.flatMap(({ id, history }) =>
    history.filter(({ source }) => source === undefined).map(({ date }) => `${id} ${date}`),
  );

  expect(silent).toEqual([]);
});

test("every dossier named as predecessor or successor exists", () => {
  const known = new Set<string>(loadRegistry().map(({ id }) => id));
  const named = loadRegistry().flatMap((d) => [...(d.predecessors ?? []), ...(d.successors ?? [])]);

  expect(named.filter((id) => !known.has(id))).toEqual([]);
});

test("a registry is read as an array or as one dossier a line", () => {
  const two = { ...GOOD, id: "xx-two" };

  expect(parseRegistry(JSON.stringify([GOOD])).dossiers).toHaveLength(1);
  expect(
    parseRegistry(`${JSON.stringify(GOOD)}\n\n${JSON.stringify(two)}\n`).dossiers,
  ).toHaveLength(2);
});

const BAD = { ...GOOD, id: "xx-bad", opened: "yesterday" };
const LAST = { ...GOOD, id: "xx-last" };

test.each([
  ["a field", JSON.stringify([GOOD, BAD, LAST]), /^entry 2 \(xx-bad\), opened: /],
  ["its whole", JSON.stringify([GOOD, 7, LAST]), /^entry 2, whole: /],
  ["its id", JSON.stringify([GOOD, GOOD, LAST]), /^entry 2 \(xx-one\), id: xx-one is there twice/],
  ["a line", `${JSON.stringify(GOOD)}\n\n{\n${JSON.stringify(LAST)}`, /^line 3: not JSON/],
  [
    "a field of a line",
    `${JSON.stringify(GOOD)}\n\n${JSON.stringify(BAD)}\n${JSON.stringify(LAST)}`,
    /^line 3 \(xx-bad\), opened: /,
  ],
])("an entry that is wrong in %s is named, and costs no other dossier", (_name, text, problem) => {
  const { dossiers, problems } = parseRegistry(text);

  expect(dossiers.map(({ id }) => id)).toEqual(["xx-one", "xx-last"]);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(problem);
});

test("what is no registry at all is refused whole", () => {
  expect(() => parseRegistry("[{")).toThrow(/not JSON/);
  expect(() => parseRegistry("dossiers")).toThrow(/line 1: not JSON/);
});

test("a history may say outright that a source is not known", () => {
  const entry = { date: "2025-03-20", stage: "rejected", what: "Refused.", source: null };

  expect(HistoryEntry.parse(entry).source).toBeNull();
});

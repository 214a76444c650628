import { expect, test } from "vitest";
import { HistoryEntry } from "../../shared/domain/dossier.ts";
import { loadRegistry, parseRegistry } from "../../shared/dossiers/registry.ts";

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
});

test("every dossier named as predecessor or successor exists", () => {
  const known = new Set<string>(loadRegistry().map(({ id }) => id));
  const named = loadRegistry().flatMap((d) => [...(d.predecessors ?? []), ...(d.successors ?? [])]);

  expect(named.filter((id) => !known.has(id))).toEqual([]);
});

test("a registry is read as an array or as one dossier a line", () => {
  expect(parseRegistry(JSON.stringify([GOOD]))).toHaveLength(1);
  expect(
    parseRegistry(`${JSON.stringify(GOOD)}\n\n${JSON.stringify({ ...GOOD, id: "xx-two" })}\n`),
  ).toHaveLength(2);
});

test("a bad entry is named with its field, so that it can be found", () => {
  const bad = { ...GOOD, opened: "yesterday" };

  expect(() => parseRegistry(JSON.stringify([GOOD, bad]))).toThrow(/entry 2, opened: /);
  expect(() => parseRegistry("[{")).toThrow(/not JSON/);
  expect(() => parseRegistry(`${JSON.stringify(GOOD)}\n{`)).toThrow(/line 2: not JSON/);
  expect(() => parseRegistry(JSON.stringify([GOOD, GOOD]))).toThrow(/xx-one is there twice/);
});

test("a history may say outright that a source is not known", () => {
  const entry = { date: "2025-03-20", stage: "rejected", what: "Refused.", source: null };

  expect(HistoryEntry.parse(entry).source).toBeNull();
});

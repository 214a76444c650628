// Baselines: on real feeds nobody is judged by what taught him, and figures count what a reader would be mailed.
import { expect, test } from "vitest";
import { ItemInput } from "../../shared/domain/item.ts";
import { foldOf } from "../../shared/training/calibrate.ts";
import type { RelevanceItem } from "../../shared/training/learn-relevance.ts";
import { FOLDS } from "../../shared/training/relevance-folds.ts";
import type { Learner } from "./ask-each.ts";
import { alerted, figuresOf, found, machines, realTable } from "./real-feeds.ts";

function item(title: string, relevant: boolean, source: string, background = true): RelevanceItem {
  const input = ItemInput.parse({ title, feed: { id: source, language: "en" } });
  return { input, relevant, weight: 1, source, background };
}

const SOURCES = Array.from({ length: 40 }, (_, at) => `paper-${at}`);
const items = SOURCES.flatMap((source, at) => [
  item(`ripe apple pear ${at}`, true, source),
  item(`iron tin zinc ${at}`, false, source),
]);

test("no item is judged by a learner that has seen its source", () => {
  const lessons: { readonly taught: Set<string>; readonly judged: Set<string> }[] = [];
  const spy: Learner<string> = {
    name: "spy",
    reader: () => (one) => one.feed.id ?? "",
    learn: (docs) => {
      const lesson = { taught: new Set(docs), judged: new Set<string>() };
      lessons.push(lesson);
      return (doc) => {
        lesson.judged.add(doc);
        return "false";
      };
    },
  };

  found(spy, items);

  const judged = lessons.flatMap((lesson) => [...lesson.judged]);
  expect(judged.sort()).toEqual([...SOURCES].sort());
  for (const lesson of lessons)
    expect([...lesson.judged].filter((source) => lesson.taught.has(source))).toEqual([]);
});

test("own examples teach and are not judged", () => {
  const own = item("ripe apple", true, "ours", false);

  const [machine] = machines([...items, own]);

  expect(machine?.relevant.has(own)).toBe(false);
  expect(machine?.relevant.size).toBe(SOURCES.length);
});

test("the best bar in hindsight is never worse than the machine's own", () => {
  const muddled = [
    ...items,
    ...SOURCES.map((source, at) => item(`ripe tin pear ${at}`, at % 5 === 0, source)),
  ];

  const [own, best] = machines(muddled).map(({ relevant }) => figuresOf(muddled, relevant).f1);

  expect(best).toBeGreaterThanOrEqual(own ?? 1);
});

test("figures are of all items, and false alarms of ten thousand", () => {
  const right = items.filter((one) => one.relevant).slice(0, 30);
  const wrong = items.filter((one) => !one.relevant).slice(0, 10);

  const figures = figuresOf(items, new Set([...right, ...wrong]));

  expect(figures).toMatchObject({ items: 80, labelled: 40, precision: 0.75, recall: 0.75 });
  expect(figures.alarms).toBe(1250);
});

test("a table names each language with its number, and tells no title", () => {
  const polish = item("kod źródłowy", false, "gazeta");
  const input = { ...polish.input, feed: { ...polish.input.feed, language: "pl-PL" } };
  const table = realTable([...items, { ...polish, input }], [alerted(items)]);

  expect(table).toContain("| **all** | 81 | 40 | 0.00 / 0.00 / 0.0 |");
  expect(table).toContain("| 2 others | 81 | 40 |");
  expect(table).not.toMatch(/apple|kod/);
});

test("sources fall into every fold, or nothing would be judged", () => {
  expect(new Set(SOURCES.map((source) => foldOf(source, FOLDS))).size).toBe(FOLDS);
});

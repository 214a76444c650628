// Matching: the figures that docs/accuracy.md publishes are the figures of these models; one that falls is seen in review.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ownExamples } from "./cross-validate.ts";
import { keptFigures, taughtBy } from "./figures.ts";

const PAGE = new URL("../../docs/accuracy.md", import.meta.url);
const own = ownExamples();

test("at least 600 examples in twelve languages, half of them hard negatives", () => {
  const relevant = own.filter((item) => item.labels.relevant).length;

  expect(own.length).toBeGreaterThanOrEqual(600);
  expect(relevant / own.length).toBeGreaterThan(0.4);
  expect(relevant / own.length).toBeLessThan(0.6);
  expect(new Set(own.map((item) => item.feed.language)).size).toBe(12);
});

test("no example is there twice, which would judge the models by what they were taught", () => {
  const texts = own.map((item) => `${item.title}\n${item.summary}`);

  expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
});

test("the published figures are those kept of the last learning from these very examples", () => {
  const kept = keptFigures();

  // `npm run goldens:accuracy` measures them anew, and tests/long/accuracy.test.ts that they are still reached.
  expect(kept.examples).toBe(taughtBy(own));
  expect(readFileSync(PAGE, "utf8")).toContain(kept.block);
});

// Words that examples taught: found in any text, explained like keywords, and learned from enough examples alone.
import fc from "fast-check";
import { expect, test } from "vitest";
import { tokensOf } from "../../shared/domain/fold-text.ts";
import { ItemInput } from "../../shared/domain/item.ts";
import { buildModels } from "../../shared/matching/build-models.ts";
import { classifyItem } from "../../shared/matching/classify-item.ts";
import { LabelledItem } from "../../shared/matching/evaluate.ts";
import { explainItem } from "../../shared/matching/explain.ts";
import { MODEL_FILES } from "../../shared/matching/load-models.ts";
import { beginRound, isFirst, marksFor } from "../../shared/matching/marks.ts";
import { WeightFile } from "../../shared/matching/model-schema.ts";
import { compileWords, findWords, formsOf } from "../../shared/matching/plain-words.ts";
import { priorsWithWords } from "../../shared/training/learn-weights.ts";

const shipped = WeightFile.parse(MODEL_FILES.weights);

/** The shipped concepts, with nothing but these words to say what is relevant. */
function modelsOfWords(words: Record<string, number>) {
  const none = { bias: 0, any: {}, title: {}, words: {} };
  const relevant = { ...none, bias: -1, words };
  return buildModels({
    ...MODEL_FILES,
    weights: { about: "a test", outputs: { ...shipped.outputs, relevant } },
  });
}

test.each([
  ["a word", "scan", "They SCAN everything", ["scan"]],
  ["a word with another accent or case", "derobee", "La porte dérobée", ["derobee"]],
  ["two in a row", "hand over", "must hand over keys", ["hand over"]],
  ["two that are not in a row", "hand over", "hand it over", []],
  ["the beginning of a longer word", "verschl*", "Verschlüsselungspflicht", []],
  ["its first six letters", "versch*", "Verschlüsselungspflicht", ["versch*"]],
  ["a word of six letters, which has no beginning", "scanni*", "scanni", []],
  ["a word inside another", "scan", "scandal", []],
  ["constructor, which every object has", "constructor", "The constructor", ["constructor"]],
  ["nothing that was not taught", "scan", "toString constructor __proto__", []],
])("a text shows %s", (_name, form, text, found) => {
  const words = compileWords([form], 100);

  expect(findWords(words, tokensOf(text)).map(({ feature }) => words.forms[feature - 100])).toEqual(
    found,
  );
});

test("every form that a text shows is found in it again, at its place", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("scan", "message", "verschlüsselung", "of", "the", "é"), {
        maxLength: 12,
      }),
      (parts) => {
        const tokens = tokensOf(parts.join(" "));
        const forms = [...formsOf(tokens)];
        const words = compileWords(forms, 0);
        const hits = findWords(words, tokens);

        expect(hits.map(({ feature }) => forms[feature]).sort()).toEqual([...forms].sort());
        for (const { feature, from, to } of hits) {
          const text = tokens.slice(from, to).map((token) => token.text);
          expect(text.join(" ").startsWith((forms[feature] ?? "").replace("*", ""))).toBe(true);
        }
      },
    ),
  );
});

test("a decision that words made shows them, and what each added", () => {
  const models = modelsOfWords({ snooping: 2, "on chats": 1.5 });
  const item = ItemInput.parse({ title: "Snooping on chats", summary: "Zebras graze." });

  const { relevant, score, evidence } = classifyItem(models, item);

  expect(relevant).toBe(true);
  expect(score).toBeCloseTo(1 / (1 + Math.exp(-2.5)), 3);
  expect(evidence).toEqual([
    { term: "snooping", field: "title", start: 0, end: 8, weight: 2 },
    { term: "on chats", field: "title", start: 9, end: 17, weight: 1.5 },
  ]);
});

test("the parts that explain prints add up to the score", () => {
  const models = modelsOfWords({ snooping: 2, "on chats": 1.5, zebras: -0.5 });
  const item = ItemInput.parse({ title: "Snooping on chats", summary: "Zebras graze." });

  const relevant = explainItem(models, item).decisions[0];

  const sum = relevant?.contributions.reduce((total, { weight }) => total + weight, -1) ?? 0;
  expect(relevant?.contributions.map(({ concept }) => concept)).toEqual([
    '"snooping"',
    '"on chats"',
    '"zebras"',
  ]);
  expect(1 / (1 + Math.exp(-sum))).toBeCloseTo(relevant?.score ?? 0, 3);
});

test("a word that few examples show is not learned by heart", () => {
  const items = Array.from({ length: 10 }, (_, index) =>
    LabelledItem.parse({
      title: index === 0 ? "common rare" : "common",
      labels: {
        relevant: false,
        themes: [],
        arguments: [],
        legislation: false,
        stage: "none",
        jurisdiction: null,
      },
    }),
  );

  expect(Object.keys(priorsWithWords(shipped.outputs, items).relevant.words)).toEqual(["common"]);
});

test("what one text showed is not taken for shown by the next", () => {
  const marks = marksFor(3);
  beginRound(marks);
  expect([isFirst(marks, 1), isFirst(marks, 1), isFirst(marks, 2)]).toEqual([true, false, true]);
  beginRound(marks);
  expect(isFirst(marks, 1)).toBe(true);
  marks.round = 2 ** 31 - 2;
  beginRound(marks);
  expect([isFirst(marks, 1), isFirst(marks, 1)]).toEqual([true, false]);
});

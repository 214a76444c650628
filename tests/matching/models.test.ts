// Matching: model files are read whole or not at all, and a keyword that is added does its work.
import { describe, expect, test } from "vitest";
import { ItemInput } from "../../shared/domain/item.ts";
import { ARGUMENTS, THEMES } from "../../shared/domain/vocabulary.ts";
import { buildModels } from "../../shared/matching/build-models.ts";
import { readItem } from "../../shared/matching/features.ts";
import { LANGUAGES } from "../../shared/matching/keyword-model.ts";
import { loadModels, MODEL_FILES } from "../../shared/matching/load-models.ts";

const NONE = { bias: 0, any: {}, title: {} };
const BARE = {
  concepts: [{ about: "test", concepts: { lock: { en: ["lock"] }, key: { en: ["key"] } } }],
  pairs: { about: "test", pairs: [], vetoes: [] },
  places: { about: "test", places: {} },
  weights: {
    about: "test",
    outputs: {
      relevant: NONE,
      legislation: NONE,
      themes: Object.fromEntries(THEMES.map((id) => [id, NONE])),
      arguments: {},
      stages: {},
    },
  },
};
const pair = { id: "lock-key", first: ["lock"], second: ["key"], within: 3 };

describe("a bad model file fails the build and says where", () => {
  test.each([
    ["an unknown language", { concepts: [{ about: "x", concepts: { a: { xx: ["a"] } } }] }, /xx/],
    [
      "an empty keyword",
      { concepts: [{ about: "x", concepts: { a: { en: ["-"] } } }] },
      /empty keyword/,
    ],
    [
      "a pair of an unknown concept",
      { pairs: { about: "x", pairs: [{ ...pair, first: ["nope"] }], vetoes: [] } },
      /no such concept: nope/,
    ],
    [
      "a concept defined twice",
      { pairs: { about: "x", pairs: [{ ...pair, id: "lock" }], vetoes: [] } },
      /defined twice: lock/,
    ],
    [
      "a weight that is no number",
      {
        weights: { ...BARE.weights, outputs: { ...BARE.weights.outputs, relevant: { bias: "1" } } },
      },
      /bias/,
    ],
  ])("%s", (_name, change, message) => {
    expect(() => buildModels({ ...BARE, ...change })).toThrow(message);
  });
});

function conceptsIn(files: Parameters<typeof buildModels>[0], title: string): string[] {
  const models = buildModels(files);
  const input = ItemInput.parse({ title, feed: { language: "en" } });
  const { features } = readItem(models, input);
  return [...features].filter((f) => f % 2 === 1).map((f) => models.concepts[f >> 1] ?? "");
}

test("two concepts near each other make a third, and far apart they do not", () => {
  const files = { ...BARE, pairs: { about: "x", pairs: [pair], vetoes: [] } };

  expect(conceptsIn(files, "a key for the lock")).toContain("lock-key");
  expect(conceptsIn(files, "a key that was lost on the way to the lock")).not.toContain("lock-key");
});

test("a veto takes a word's meaning away beside its neighbour alone", () => {
  const veto = { drop: ["key"], by: ["lock"], within: 1, why: "test" };
  const files = { ...BARE, pairs: { about: "x", pairs: [], vetoes: [veto] } };

  expect(conceptsIn(files, "lock key")).not.toContain("key");
  expect(conceptsIn(files, "lock and then at last a key")).toContain("key");
});

test("any change of a keyword or a weight is another version", () => {
  const changed = { ...BARE, pairs: { about: "x", pairs: [pair], vetoes: [] } };

  expect(buildModels(changed).version).not.toBe(buildModels(BARE).version);
  expect(buildModels(MODEL_FILES).version).toBe(loadModels().version);
});

test("every theme and argument has a model, and every language has words for the core of the debate", () => {
  const models = loadModels();

  expect([...models.themes.keys()]).toEqual([...THEMES]);
  expect([...models.arguments.keys()].sort()).toEqual([...ARGUMENTS].sort());
  for (const id of ["encryption", "messenger", "backdoor", "access-demand", "scanning", "bill"]) {
    const concept = models.conceptIndex.get(id);
    const languages = new Set(
      models.terms.filter((term) => term.concept === concept).map((term) => term.language),
    );
    expect(
      [...LANGUAGES].filter((language) => !languages.has(language)),
      id,
    ).toEqual([]);
  }
});

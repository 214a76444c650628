// Matching: model files are read whole or not at all, and a keyword that is added does its work.
import { describe, expect, test } from "vitest";
import { ItemInput } from "../../shared/domain/item.ts";
import { ARGUMENTS, THEMES } from "../../shared/domain/vocabulary.ts";
import { buildModels } from "../../shared/matching/build-models.ts";
import { readFeatures } from "../../shared/matching/features.ts";
import { loadModels, MODEL_FILES } from "../../shared/matching/load-models.ts";
import { bareWords } from "../reading/bare.ts";

const NONE = { bias: 0, any: {}, title: {} };
const EN = "[lock]\nlock\n[key]\nkey";
const BARE = {
  combinations: { about: "none", subjects: {}, company: {}, weak: [], carriers: [], acts: [] },
  words: bareWords({ en: EN }),
  weights: {
    about: "test",
    outputs: {
      relevant: NONE,
      legislation: NONE,
      themes: Object.fromEntries(THEMES.map((id) => [id, NONE])),
      arguments: {},
      stages: {},
      acts: {},
    },
  },
};
const PAIR = "[lock-key]\nfirst: lock\nsecond: key\nwithin: 3";

describe("a bad model file fails the build and says where", () => {
  test.each([
    [
      "a weight of an unknown concept",
      {
        weights: {
          ...BARE.weights,
          outputs: { ...BARE.weights.outputs, relevant: { bias: 1, any: { nope: 1 } } },
        },
      },
      /no such concept: nope/,
    ],
    [
      "an act of an unknown concept",
      { combinations: { ...BARE.combinations, acts: ["nope"] } },
      /combinations: no such concept: nope/,
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
  const { features } = readFeatures(models, input);
  return [...features].filter((f) => f % 2 === 1).map((f) => models.concepts[f >> 1] ?? "");
}

test("two concepts near each other make a third, and far apart they do not", () => {
  const files = { ...BARE, words: bareWords({ en: EN, pairs: PAIR }) };

  expect(conceptsIn(files, "a key for the lock")).toContain("lock-key");
  expect(conceptsIn(files, "a key that was lost on the way to the lock")).not.toContain("lock-key");
});

test("a veto takes a word's meaning away beside its neighbour alone", () => {
  const vetoes = "[a test]\ndrop: key\nby: lock\nwithin: 1";
  const files = { ...BARE, words: bareWords({ en: EN, vetoes }) };

  expect(conceptsIn(files, "lock key")).not.toContain("key");
  expect(conceptsIn(files, "lock and then at last a key")).toContain("key");
});

test("an act that the title names alone is told from acts that stand side by side", () => {
  const files = { ...BARE, combinations: { ...BARE.combinations, acts: ["lock", "key"] } };
  const wholeItem = (title: string, summary: string) => {
    const models = buildModels(files);
    const input = ItemInput.parse({ title, summary, feed: { language: "en" } });
    return [...readFeatures(models, input).features].map((f) => models.concepts[f >> 1]);
  };

  expect(wholeItem("a lock", "a key")).toContain("sole-lock");
  expect(wholeItem("a lock, a key", "")).not.toContain("sole-lock");
  expect(wholeItem("a door", "a key")).toEqual(expect.arrayContaining(["no-act", "told-key"]));
});

test("any change of a keyword or a weight is another version", () => {
  const changed = { ...BARE, words: bareWords({ en: EN, pairs: PAIR }) };

  expect(buildModels(changed).version).not.toBe(buildModels(BARE).version);
  expect(buildModels(MODEL_FILES).version).toBe(loadModels().version);
});

test("every theme and argument has a model", () => {
  const models = loadModels();

  expect([...models.themes.keys()]).toEqual([...THEMES]);
  expect([...models.arguments.keys()].sort()).toEqual([...ARGUMENTS].sort());
});

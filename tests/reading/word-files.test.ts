// Reading: word files are read whole or not at all, and what ships can be reviewed line by line.
import { describe, expect, test } from "vitest";
import { ItemInput } from "../../shared/domain/item.ts";
import { readFeatures } from "../../shared/matching/features.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import { buildWords, conceptsOf } from "../../shared/reading/build-words.ts";
import { readItem } from "../../shared/reading/read-item.ts";
import { sectionsOf } from "../../shared/reading/word-files.ts";
import { ANY } from "../../shared/reading/word-model.ts";
import { loadWords, readWordFiles } from "../../shared/reading/words.ts";
import { bareFiles, bareWords } from "./bare.ts";
import { coveredAmong } from "./covers.ts";

describe("a bad file is refused, with its name and line", () => {
  test.each<[string, Record<string, string>, string]>([
    [
      "an unknown concept",
      { concepts: "[a]\nmeans: x", en: "[a]\na\n\n[b]\nb" },
      "en.txt:4: no such concept: b",
    ],
    ["an empty keyword", { en: "[a]\na\n-" }, "en.txt:3: empty keyword"],
    ["a gap at an end", { en: "[a]\na .." }, "en.txt:2: a gap stands between words: a .."],
    ["a line too long", { en: `[a]\n${"a".repeat(201)}` }, "en.txt:2: longer than 200 characters"],
    ["a concept twice", { en: "[a]\na\n[a]\nb" }, "en.txt:3: [a] is there twice"],
    ["a fact of no language", { en: "colour: red" }, "en.txt:1: expected one of"],
    ["a home without a weight", { en: "home: GB" }, "en.txt:1: expected a jurisdiction"],
    ["a rank that is none", { en: "common: often" }, "en.txt:1: expected a rank"],
    ["letters that are none", { en: "sign: z-a 1" }, "en.txt:1: Invalid regular expression"],
    [
      "a place without a weight",
      { places: "[FR]\nParis" },
      "places.txt:1: expected a jurisdiction",
    ],
    ["a place that is empty", { places: "[FR 1]\n." }, "places.txt:2: empty keyword"],
    ["a concept without a meaning", { concepts: "[a]" }, "concepts.txt:1: nothing says what [a]"],
    [
      "an example without a language",
      { concepts: "[a]\nmeans: x\nyes: A title" },
      "concepts.txt:3: expected a language",
    ],
    [
      "a pair of an unknown concept",
      { en: "[a]\na", pairs: "[p]\nfirst: a\nsecond: nope\nwithin: 3" },
      "pairs.txt:3: no such concept: nope",
    ],
    [
      "a pair that is a concept already",
      { en: "[a]\na", pairs: "[a]\nfirst: a\nsecond: a\nwithin: 3" },
      "pairs.txt: a is there twice",
    ],
    [
      "a pair of a later pair",
      {
        en: "[a]\na",
        pairs: "[p]\nfirst: a\nsecond: q\nwithin: 3\n[q]\nfirst: a\nsecond: a\nwithin: 1",
      },
      "pairs.txt:1: a pair's members stand before it",
    ],
    [
      "a pair without a distance",
      { en: "[a]\na", pairs: "[p]\nfirst: a\nsecond: a" },
      "pairs.txt:1: expected within",
    ],
    [
      "a veto of an unknown concept",
      { en: "[a]\na", vetoes: "[why]\ndrop: nope\nby: a\nwithin: 3" },
      "vetoes.txt:2: no such concept: nope",
    ],
  ])("%s", (_name, texts, problem) => {
    const compileAll = () => {
      const words = buildWords(bareFiles(texts));
      for (const { id } of [{ id: ANY }, ...words.languages]) words.lexicon(id);
    };

    expect(compileAll).toThrow(problem);
  });
});

const files = readWordFiles();
const words = loadWords();

describe("the words that ship", () => {
  const all = [files.concepts, files.pairs, files.vetoes, files.places, ...files.languages];

  test.each(files.languages.map((file) => [file.name, file] as const))(
    "%s can be compiled, and each keyword stands once, in order",
    (name, file) => {
      words.lexicon(name.replace(".txt", ""));
      const sections = sectionsOf(file).slice(1);
      expect(sections.map(({ heading }) => heading)).toEqual(
        sections.map(({ heading }) => heading).sort(),
      );
      for (const { heading, lines } of sections) {
        const texts = lines.map(({ text }) => text);
        expect(texts, `${name} [${heading}]`).toEqual([...new Set(texts)].sort());
      }
    },
  );

  test.each(files.languages.map((file) => [file.name, file] as const))(
    "%s says nothing that another of its keywords says already",
    (name, file) => {
      const ofAll = new Map(
        files.languages
          .filter((one) => one.name === `${ANY}.txt`)
          .flatMap(sectionsOf)
          .map(({ heading, lines }) => [heading, lines.map(({ text }) => text)]),
      );
      const covered = sectionsOf(file)
        .slice(1)
        .flatMap(({ heading, lines }) => {
          const keywords = lines.map(({ text }) => text);
          const language = name.replace(".txt", "");
          return coveredAmong(language, keywords, ofAll.get(heading) ?? []).map(
            ({ keyword, by }) => `[${heading}] ${keyword}, by ${by}`,
          );
        });

      expect(covered).toEqual([]);
    },
  );

  test("lines are plain: no tab, no space at an end, one empty line between sections", () => {
    for (const { name, text } of all) {
      expect(text, name).not.toMatch(/\t| \n|\n\n\n/);
      expect(text.endsWith("\n"), name).toBe(true);
    }
  });

  test("every concept that a file gives words for is explained, and every one explained has words", () => {
    const given = new Set(files.languages.flatMap(sectionsOf).map(({ heading }) => heading));

    expect(conceptsOf(files.concepts).filter(({ id }) => !given.has(id))).toEqual([]);
  });

  test("every language has words for the core of the debate", () => {
    for (const file of files.languages.filter(({ name }) => name !== `${ANY}.txt`)) {
      const given = sectionsOf(file).map(({ heading }) => heading);
      expect(given, file.name).toEqual(expect.arrayContaining(CORE));
    }
  });
});

const CORE = ["encryption", "messenger", "backdoor", "access-demand", "scanning", "bill"];

describe("what each near-pair means, by example", () => {
  const models = loadModels();
  const conceptsIn = (language: string, title: string): readonly string[] => {
    const { features } = readFeatures(models, ItemInput.parse({ title, feed: { language } }));
    return [...features].map((feature) => models.concepts[feature >> 1] ?? "");
  };

  test.each(
    conceptsOf(files.pairs, ["first", "second", "within"]).map((pair) => [pair.id, pair] as const),
  )("%s", (id, { yes, no }) => {
    expect([yes.length > 0, no.length > 0]).toEqual([true, true]);
    for (const { language, text } of yes) expect(conceptsIn(language, text), text).toContain(id);
    for (const { language, text } of no) expect(conceptsIn(language, text), text).not.toContain(id);
  });
});

test("what is explained anew is the same version: nothing is judged anew for it", () => {
  const texts = { en: "[a]\na", pairs: "[p]\nmeans: x\nfirst: a\nsecond: a\nwithin: 3\n" };
  const explained = { ...texts, pairs: texts.pairs.replace("means: x", "means: y\nyes: en a a") };
  const nearer = { ...texts, pairs: texts.pairs.replace("3", "2") };

  expect(bareWords(explained).version).toBe(bareWords(texts).version);
  expect(bareWords(nearer).version).not.toBe(bareWords(texts).version);
});

describe("what each concept means, by example", () => {
  const conceptsIn = (language: string, title: string): readonly string[] => {
    const reading = readItem(words, ItemInput.parse({ title, feed: { language } }));
    return reading.fields[0].hits.map(({ concept }) => words.concepts[concept] ?? "");
  };

  test.each(conceptsOf(files.concepts).map((concept) => [concept.id, concept] as const))(
    "%s",
    (id, { yes, no }) => {
      expect([yes.length > 0, no.length > 0]).toEqual([true, true]);
      for (const { language, text } of yes) expect(conceptsIn(language, text), text).toContain(id);
      for (const { language, text } of no)
        expect(conceptsIn(language, text), text).not.toContain(id);
    },
  );
});

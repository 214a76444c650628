// Matching: keywords are found however they are written, and never inside another word unless they say so.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tokensOf } from "../../shared/domain/fold-text.ts";
import { compileVocabulary, expand } from "../../shared/matching/compile-vocabulary.ts";
import { findKeywords } from "../../shared/matching/find-keywords.ts";
import type { Language } from "../../shared/matching/keyword-model.ts";
import { stemOf } from "../../shared/matching/stem.ts";

function quotesOf(language: Language, keywords: string[], text: string): string[] {
  const { terms, lexicons } = compileVocabulary([{ id: "k", terms: { [language]: keywords } }]);
  const tokens = tokensOf(text);
  return findKeywords([lexicons[language]], terms, tokens, text).map((hit) =>
    text.slice(tokens[hit.from]?.start, tokens[hit.to - 1]?.end),
  );
}

describe("what a keyword matches", () => {
  test.each<[string, Language, string, string, string[]]>([
    ["a phrase across a hyphen", "en", "back door", "a back-door key", ["back-door"]],
    ["one word or two", "en", "back_door", "backdoor, back door", ["backdoor", "back door"]],
    ["an inflection by its stem", "en", "encrypt", "encrypted", ["encrypted"]],
    ["an accent left out", "fr", "porte dérobée", "portes derobees", ["portes derobees"]],
    [
      "an accent written apart",
      "fr",
      "porte dérobée",
      "porte de\u0301robe\u0301e",
      ["porte de\u0301robe\u0301e"],
    ],
    [
      "a German compound that says so",
      "de",
      "*uberwachung",
      "Messengerüberwachung",
      ["Messengerüberwachung"],
    ],
    ["a start that says so", "pl", "szyfrow*", "szyfrowanych", ["szyfrowanych"]],
    ["an inside that says so", "de", "*schlussel*", "Entschlüsselung", ["Entschlüsselung"]],
    ["either of several", "en", "(break|ban) encryption", "ban encryption", ["ban encryption"]],
    [
      "an optional word, there",
      "en",
      "break (|the )encryption",
      "break the encryption",
      ["break the encryption"],
    ],
    [
      "an optional word, left out",
      "en",
      "break (|the )encryption",
      "break encryption",
      ["break encryption"],
    ],
    ["nothing inside another word", "en", "rat", "demonstration, ratify", []],
    ["nothing of another inflection where it stands alone", "en", "=signal", "signalled", []],
    ["an acronym in capitals", "en", "^US", "the US and us", ["US"]],
    ["nothing for a name of Object.prototype", "en", "constructor", "toString __proto__", []],
  ])("%s", (_name, language, keyword, text, quotes) => {
    expect(quotesOf(language, [keyword], text)).toEqual(quotes);
  });
});

test("a word called constructor is a word like any other", () => {
  expect(quotesOf("en", ["constructor"], "the constructor of it")).toEqual(["constructor"]);
});

test("however many keywords there are, each is found at its place", () => {
  const word = fc.stringMatching(/^[a-z]{3,9}$/);
  fc.assert(
    fc.property(fc.uniqueArray(word, { minLength: 2, maxLength: 30 }), (words) => {
      const text = words.join(" ");

      const quotes = quotesOf(
        "da",
        words.map((one) => `=${one}`),
        text,
      );

      expect(quotes).toEqual(words);
    }),
    { numRuns: 300 },
  );
});

test("alternatives that are whole words stay one way through the tree", () => {
  expect(expand("(a|b|c d) (|of )e_f")).toEqual([
    "⟨a|b⟩ e f",
    "⟨a|b⟩ ef",
    "⟨a|b⟩ of e f",
    "⟨a|b⟩ of ef",
    "c d e f",
    "c d ef",
    "c d of e f",
    "c d of ef",
  ]);
});

test("a keyword with too many alternatives fails the build instead of eating the memory", () => {
  const many = "(aa bb|cc dd|ee ff|gg hh) ".repeat(6);

  expect(() => expand(many)).toThrow(/too many alternatives/);
});

/** Pinned: an upgrade of natural that changes a stem changes what the models find. */
test.each<[Language, string, string]>([
  ["en", "encryption", "encrypt"],
  ["en", "messages", "messag"],
  ["fr", "messageries", "messager"],
  ["de", "gesetze", "gesetz"],
  ["es", "mensajes", "mensaj"],
  ["it", "messaggi", "messagg"],
  ["pt", "mensagens", "mensagens"],
  ["da", "beskeder", "beskeder"],
  ["pl", "szyfrowania", "szyfrowania"],
])("in %s the stem of %s stays %s", (language, word, stem) => {
  expect(stemOf(language, word)).toBe(stem);
});

// Reading: keywords are found however they are written, and never inside another word unless they say so.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tokensOf } from "../../shared/domain/fold-text.ts";
import { findHits, withoutOverlaps } from "../../shared/reading/find-hits.ts";
import { expand, phrasesOf } from "../../shared/reading/notation.ts";
import { stopsOf } from "../../shared/reading/sentence-ends.ts";
import { stemOf } from "../../shared/reading/stem.ts";
import { ANY, type Language } from "../../shared/reading/word-model.ts";
import { bareWords, wordsOf } from "./bare.ts";

function quotesOf(language: Language, keywords: string[], text: string): string[] {
  const words = wordsOf(language, keywords);
  const tokens = tokensOf(text);
  const lexicons = [words.lexicon(language)];
  const stops = stopsOf(words.abbreviations, text, tokens);
  return findHits(lexicons, words.terms, text, tokens, stops).map((hit) =>
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
    [
      "a word after a gap",
      "en",
      "reject* ..2 bill",
      "rejects the whole bill",
      ["rejects the whole bill"],
    ],
    ["nothing after a wider gap", "en", "reject* ..2 bill", "rejects the whole long bill", []],
    ["the nearest word after a gap", "en", "a ..4 b", "a x b b", ["a x b"]],
    ["a gap of four that gives no number", "en", "a .. b", "a 1 2 3 4 b", ["a 1 2 3 4 b"]],
    ["two gaps", "en", "a ..1 b ..1 c", "a x b b c", ["a x b b c"]],
    [
      "alternatives without brackets",
      "en",
      "=ban|break* chats",
      "breaking chats",
      ["breaking chats"],
    ],
    ["nothing over the end of a sentence", "en", "reject bill", "They reject. Bill sleeps.", []],
    ["nothing over a colon after a gap", "en", "reject ..3 bill", "They reject: a bill", []],
    ["a phrase over an abbreviation", "en", "h r 8 bill", "the H. R. 8 bill", ["H. R. 8 bill"]],
    ["a phrase over a short number", "de", "am 5 mai", "am 5. Mai", ["am 5. Mai"]],
    [
      "Chinese inside its clause",
      "zh",
      "*\u52a0\u5bc6*",
      "\u6211\u52a0\u5bc6\u4e86",
      ["\u6211\u52a0\u5bc6\u4e86"],
    ],
    [
      "nothing over a Chinese full stop",
      "zh",
      "\u6cd5\u9662 \u9a73\u56de",
      "\u6cd5\u9662\u3002\u9a73\u56de",
      [],
    ],
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

test.each([
  ["nothing", "-", /empty keyword/],
  ["a gap at its start", "..3 bill", /a gap stands between words/],
  ["a gap at its end", "bill ..", /a gap stands between words/],
])("a keyword of %s is refused", (_name, keyword, problem) => {
  expect(() => phrasesOf(keyword, false)).toThrow(problem);
});

test("a concept that two languages find at one place counts once, and the longest stands first", () => {
  const words = bareWords({ en: "[k]\n=messenger\n=messenger app", de: "[k]\n=messenger" });
  const text = "messenger app";
  const tokens = tokensOf(text);
  const lexicons = ["en", "de", ANY].map((language) => words.lexicon(language));
  const hits = findHits(lexicons, words.terms, text, tokens, [false, true]);

  expect(hits.map(({ from, to }) => [from, to])).toEqual([
    [0, 2],
    [0, 1],
  ]);
  expect(withoutOverlaps(hits)).toHaveLength(1);
});

test("a hostile text of one word repeated is read in linear time: every start, one hit", () => {
  const text = "a ".repeat(20_000);
  const hits = quotesOf("en", ["a ..9 a ..9 b"], text);

  expect(hits).toEqual([]);
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

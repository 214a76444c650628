// Matching: no spelling hides a word, and every word knows where it stood.
import fc from "fast-check";
import { expect, test } from "vitest";
import { foldText, tokensOf } from "../../shared/domain/fold-text.ts";

test.each([
  ["a hyphen is a space", "end-to-end", "end to end"],
  ["an apostrophe of either kind splits", "l’Assemblée d'Irlande", "l assemblee d irlande"],
  ["a slash splits", "2022/0155(COD)", "2022 0155 cod"],
  ["case and accents are nothing", "PORTE DÉROBÉE", "porte derobee"],
  ["decomposed accents are nothing", "de\u0301robe\u0301e", "derobee"],
  ["a soft hyphen and a zero-width space join", "Ver\u00adschlüs\u200bselung", "verschlusselung"],
  ["full-width letters are letters", "Ｂａｃｋｄｏｏｒ", "backdoor"],
  ["ligatures and sharp s are spelled out", "Straße ﬁle œuvre", "strasse file oeuvre"],
  ["Nordic and Polish letters are folded", "bagdør bakdörr złamać", "bagdor bakdorr zlamac"],
  ["Cyrillic is a script like any other", "Роскомнадзор, ключи!", "роскомнадзор ключи"],
  ["marks of other scripts stay with their letters", "ट्रेसेबिलिटी", "ट्रेसेबिलिटी"],
])("%s", (_name, text, folded) => {
  expect(foldText(text)).toBe(folded);
});

test("folding what is folded changes nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      expect(foldText(foldText(text))).toBe(foldText(text));
    }),
    { numRuns: 2_000 },
  );
});

test("every word's offsets quote it in the original text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (text) => {
      let last = 0;
      for (const { text: word, start, end } of tokensOf(text)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        expect(foldText(text.slice(start, end))).toBe(word);
        last = end;
      }
    }),
    { numRuns: 2_000 },
  );
});

// Test kit: words of a few lines, for tests of how they are read.
import { buildWords, type WordFiles } from "../../shared/reading/build-words.ts";
import type { Language, Words } from "../../shared/reading/word-model.ts";

/** Files of words by their name without `.txt`; what is not given is empty, and concepts are those of the headings. */
export function bareFiles(texts: Readonly<Record<string, string>>): WordFiles {
  const file = (name: string, text = "") => ({ name: `${name}.txt`, text });
  const all: Record<string, string> = { any: "", en: "", ...texts };
  const { concepts, pairs, vetoes, places, ...languages } = all;
  const headings = Object.values(languages).flatMap((text) => text.match(/^\[.*\]$/gm) ?? []);
  const own = [...new Set(headings)].map((heading) => `${heading}\nmeans: a test`).join("\n");
  return {
    concepts: file("concepts", concepts ?? own),
    pairs: file("pairs", pairs),
    vetoes: file("vetoes", vetoes),
    places: file("places", places),
    languages: Object.entries(languages).map(([name, text]) => file(name, text)),
  };
}

export const bareWords = (texts: Readonly<Record<string, string>>): Words =>
  buildWords(bareFiles(texts));

/** One concept `k` with these keywords. */
export const wordsOf = (language: Language, keywords: readonly string[]): Words =>
  bareWords({ [language]: `[k]\n${keywords.join("\n")}` });

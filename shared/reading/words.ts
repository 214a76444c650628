// Reading: the words that ship with the product, read from shared/catalog/words once per process.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { WordFile } from "./word-files.ts";
import type { Words } from "./word-model.ts";

export type { Words } from "./word-model.ts";

import { buildWords, type WordFiles } from "./build-words.ts";
import { type Keep, keepCompiled } from "./keep-compiled.ts";

/** Beside the bundle where this is part of one (infra/bundle-functions.ts), else in the catalog. */
const FOLDER = ["./words/", "../catalog/words/"]
  .map((path) => new URL(path, import.meta.url))
  .find((folder) => existsSync(folder));

/** The files whose names are none of a language. */
const OTHERS = ["concepts", "pairs", "vetoes", "places"] as const;

/** The files as they stand in shared/catalog/words: a new language is a new file there. */
export function readWordFiles(folder: URL | undefined = FOLDER): WordFiles {
  if (folder === undefined) throw new RangeError("no words: shared/catalog/words is not there");
  const read = (name: string): WordFile => ({
    name,
    text: readFileSync(new URL(name, folder), "utf8"),
  });
  const [concepts, pairs, vetoes, places] = OTHERS.map((name) => read(`${name}.txt`));
  const languages = readdirSync(folder)
    .filter((name) => name.endsWith(".txt"))
    .filter((name) => !(OTHERS as readonly string[]).includes(name.slice(0, -".txt".length)))
    .sort();
  return {
    concepts: concepts as WordFile,
    pairs: pairs as WordFile,
    vetoes: vetoes as WordFile,
    places: places as WordFile,
    languages: languages.map(read),
  };
}

let loaded: Words | undefined;

/** The product's words, checked once per process. @throws RangeError naming file and line */
export function loadWords(): Words {
  loaded ??= wordsKeptBy(keepCompiled("words"));
  return loaded;
}

/** The product's words, with compiled languages kept where the caller says. @throws RangeError naming file and line */
export const wordsKeptBy = (keep: Keep): Words => buildWords(readWordFiles(), keep);

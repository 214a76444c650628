// Matching: everything that is compiled of words and weights, made when a bundle is built rather than when it starts.
import { keepIn } from "../reading/keep-compiled.ts";
import { ANY } from "../reading/word-model.ts";
import { wordsKeptBy } from "../reading/words.ts";
import { keptModels } from "./load-models.ts";

/**
 * Compiles all languages and weights into a folder; beside a bundle, as `compiled`, it is found there.
 * @throws as buildWords and buildModels, for a bad line of any file
 */
export function compileModels(folder: URL): void {
  const words = wordsKeptBy(keepIn(new URL("words/", folder)));
  for (const { id } of [{ id: ANY }, ...words.languages]) words.lexicon(id);
  const models = keptModels(words, keepIn(new URL("models/", folder)));
  models.look();
}

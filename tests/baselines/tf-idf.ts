// Baselines: a text as a weighted bag of words and pairs of words, the way text classifiers are usually fed.
import { tokensOf } from "../../shared/domain/fold-text.ts";
import type { Unlabelled } from "./way.ts";

/** A sparse vector of length 1: indexes ascending, with their values. */
export interface Vector {
  readonly indexes: Int32Array;
  readonly values: Float64Array;
}

/**
 * TF-IDF over word 1-grams and 2-grams with scikit-learn's defaults: words of two characters or more, idf smoothed
 * (ln((1 + n) / (1 + df)) + 1), vectors scaled to length 1; words that no item of `items` has are passed over.
 * Words are folded like the product's own, which does a baseline no harm.
 */
export function tfIdfReader(items: readonly Unlabelled[]): (item: Unlabelled) => Vector {
  const documents = new Map<string, number>();
  for (const item of items)
    for (const gram of new Set(gramsOf(item))) documents.set(gram, (documents.get(gram) ?? 0) + 1);
  const index = new Map([...documents.keys()].map((gram, at) => [gram, at]));
  const idf = Float64Array.from(
    documents.values(),
    (count) => Math.log((1 + items.length) / (1 + count)) + 1,
  );
  return (item) => {
    const weights = new Map<number, number>();
    for (const gram of gramsOf(item)) {
      const at = index.get(gram);
      if (at !== undefined) weights.set(at, (weights.get(at) ?? 0) + (idf[at] ?? 0));
    }
    const length = Math.hypot(...weights.values()) || 1;
    const entries = [...weights].sort(([a], [b]) => a - b);
    return {
      indexes: Int32Array.from(entries, ([at]) => at),
      values: Float64Array.from(entries, ([, weight]) => weight / length),
    };
  };
}

/** Words and pairs of title and summary, and what the feed says of itself, which the product's models are told too. */
function gramsOf({ title, summary, feed }: Unlabelled): string[] {
  const words = tokensOf(`${title} ${summary}`)
    .map((token) => token.text)
    .filter((word) => word.length > 1);
  const pairs = words.slice(1).map((word, at) => `${words[at]} ${word}`);
  const facts = [`feed-jurisdiction:${feed.jurisdiction}`, `feed-language:${feed.language}`];
  return [...words, ...pairs, ...facts];
}

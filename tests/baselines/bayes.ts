// Baselines: natural's naive Bayes with its own (English) stemmer and stop words.
import BayesClassifier from "natural/lib/natural/classifiers/bayes_classifier.js";
import type { Learner } from "./ask-each.ts";

/**
 * Of 1 to 0.001 the kindest to it on items that it had not seen. Its default of 1 is not weighed against the size of a
 * class, so that a word nobody has seen is likeliest in the rarest class, and every stage and country comes out as that.
 */
const SMOOTHING = 0.01;

/** The constructor as natural has it; the types in use here leave out what it takes. */
const Bayes = BayesClassifier as unknown as new (
  stemmer: undefined,
  smoothing: number,
) => BayesClassifier;

/** A text without any word that natural knows gets its first class; see its `getClassifications`. */
export const bayes: Learner<string> = {
  name: "natural's Bayes",
  reader:
    () =>
    ({ title, summary }) =>
      `${title} ${summary}`.trim(),
  learn: (docs, classes) => {
    const classifier = new Bayes(undefined, SMOOTHING);
    for (const [at, doc] of docs.entries()) classifier.addDocument(doc, classes[at] ?? "");
    classifier.train();
    return (doc) => classifier.classify(doc);
  },
};

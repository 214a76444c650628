// Baselines: natural's naive Bayes with its own (English) stemmer and stop words.
import BayesClassifier from "natural/lib/natural/classifiers/bayes_classifier.js";
import type { Learner } from "./ask-each.ts";

/**
 * Of 1 to 0.001 the kindest to it on items that it had not seen. Its default of 1 is not weighed against the size of a
 * class, so that a word nobody has seen is likeliest in the rarest class, and every stage and country comes out as that.
 */
const SMOOTHING = 0.01;

/** What natural's classifier has inside that its types leave out. */
interface Inside {
  readonly features: Readonly<Record<string, number>>;
  readonly stemmer: { readonly tokenizeAndStem: (text: string) => string[] };
  readonly classifier: {
    readonly classTotals: Record<string, number>;
    totalExamples: number;
    addExample: (observation: Readonly<Record<string, number>>, label: string) => void;
  };
  textToFeatures: (text: string | readonly string[]) => Readonly<Record<string, number>>;
}

/** The constructor as natural has it; the types in use here leave out what it takes. */
const Bayes = BayesClassifier as unknown as new (
  stemmer: undefined,
  smoothing: number,
) => BayesClassifier;

/**
 * natural asks for each text of every word that it ever met, which on a hundred thousand texts takes a day. Its classifier
 * takes the numbers of the words present as well, and comes to the same sums once the texts are counted.
 */
function sparse(classifier: BayesClassifier): BayesClassifier {
  const inside = classifier as unknown as Inside;
  const { classifier: counted } = inside;
  const add = counted.addExample.bind(counted);
  // It counts no text that it is given so, by which every sum is divided.
  counted.addExample = (observation, label) => {
    add(observation, label);
    counted.classTotals[label] = (counted.classTotals[label] ?? 0) + 1;
    counted.totalExamples += 1;
  };
  let numbers: Map<string, number> | undefined;
  inside.textToFeatures = (text) => {
    // All documents are added before the first is read.
    numbers ??= new Map(Object.keys(inside.features).map((word, at) => [word, at]));
    const words = typeof text === "string" ? inside.stemmer.tokenizeAndStem(text) : text;
    return Object.fromEntries(
      [...new Set(words)].flatMap((word) => {
        const number = numbers?.get(word);
        return number === undefined ? [] : [[word, number]];
      }),
    );
  };
  return classifier;
}

/** A text without any word that natural knows gets its first class; see its `getClassifications`. */
export const bayes: Learner<string> = {
  name: "natural's Bayes",
  reader:
    () =>
    ({ title, summary }) =>
      `${title} ${summary}`.trim(),
  learn: (docs, classes) => {
    const classifier = sparse(new Bayes(undefined, SMOOTHING));
    for (const [at, doc] of docs.entries()) classifier.addDocument(doc, classes[at] ?? "");
    classifier.train();
    return (doc) => classifier.classify(doc);
  },
};

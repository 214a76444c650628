// Reading: natural ships types for its root alone, which pulls in five databases; these are the subpaths in use.
declare module "natural/lib/natural/stemmers/*" {
  const stemmer: { stem(word: string): string | undefined };
  export default stemmer;
}

declare module "natural/lib/natural/classifiers/bayes_classifier.js" {
  export default class BayesClassifier {
    addDocument(text: string, label: string): void;
    train(): void;
    classify(text: string): string;
  }
}

// Matching: the shapes of the keyword models, as loaded and as compiled.
import type { ArgumentId, Stage, ThemeId } from "../domain/vocabulary.ts";
import type { PlainWords } from "./plain-words.ts";

/** Languages that the models have words for; `any` is for what is the same in all (names, references). */
export const LANGUAGES = [
  "en",
  "fr",
  "de",
  "es",
  "it",
  "nl",
  "sv",
  "da",
  "pl",
  "pt",
  "no",
  "ru",
] as const;
export type Language = (typeof LANGUAGES)[number];

/** One keyword or phrase of a concept, in one language. */
export interface Term {
  /** As the model writes it. */
  readonly text: string;
  /** `any` for what is written alike in all languages. */
  readonly language: Language | "any";
  readonly concept: number;
  /** True for an acronym that counts in capitals alone: `us` is a word, `US` a country. */
  readonly upper: boolean;
}

/** A node of the phrase tree: what ends here, and which words may follow. */
export interface PhraseNode {
  readonly terms: number[];
  readonly next: Map<number, PhraseNode>;
}

/** The words of one language, compiled: a word is looked up once, whatever the number of keywords. */
export interface Lexicon {
  readonly language: Language;
  readonly exact: Map<string, number[]>;
  readonly stems: Map<string, number[]>;
  readonly prefixes: Map<string, number[]>;
  readonly suffixes: Map<string, number[]>;
  readonly infixes: Map<string, number[]>;
  /** Lengths that occur in `infixes`, shortest first. */
  readonly infixLengths: readonly number[];
  readonly root: PhraseNode;
  /** Patterns that stand behind others in some phrase: most words need not be asked whether they go on with one. */
  readonly later: Set<number>;
  /** Which patterns a word answers to; null for a word that none knows. Bounded, see find-keywords.ts. */
  readonly seen: Map<string, WordPatterns | null>;
}

/** What one word answers to. */
export interface WordPatterns {
  /** The nodes that keywords enter with this word. */
  readonly first: readonly PhraseNode[];
  /** Those of its patterns by which a phrase may go on. */
  readonly later: readonly number[];
}

/** Two concepts near each other make a third. */
export interface NearPair {
  readonly concept: number;
  readonly first: readonly number[];
  readonly second: readonly number[];
  /** Words between them at most; null where both anywhere in the item will do. */
  readonly within: number | null;
  /** True where the first must come first. */
  readonly ordered: boolean;
  /** By concept: 1 where it is a first, 2 where a second, 3 where both. */
  readonly roles: Uint8Array;
  /** True where a member is itself a pair. */
  readonly nested: boolean;
}

/** Hits of one concept are dropped where another stands near, or anywhere (`within` null). */
export interface Veto {
  readonly drop: readonly number[];
  readonly by: readonly number[];
  readonly within: number | null;
  /** Unless one of these is there as well. */
  readonly unless: readonly number[];
}

/** A linear model: bias and a weight per feature (see features.ts for their numbering). */
export interface Linear {
  readonly bias: number;
  /** Single precision: weights have two decimals, and half the memory is half the time. */
  readonly weights: Float32Array;
}

/** Several linear models side by side: one pass over the features sums all. Most words weigh in few of them. */
export interface LinearTable {
  readonly biases: Float64Array;
  /** Where a feature's weights begin; those of feature f end where those of f + 1 begin. */
  readonly starts: Int32Array;
  /** Whose weight it is. */
  readonly models: Uint8Array;
  readonly weights: Float64Array;
}

/** Words that place an item in a jurisdiction, as concepts `place:XX:weight`. */
export interface PlaceConcept {
  readonly jurisdiction: string;
  readonly weight: number;
}

/** All that classification knows; built once by load-models.ts. */
export interface Models {
  /** Changes whenever any keyword, pair, veto or weight does. */
  readonly version: string;
  readonly concepts: readonly string[];
  readonly conceptIndex: ReadonlyMap<string, number>;
  readonly terms: readonly Term[];
  readonly lexicons: Readonly<Record<Language, Lexicon>>;
  readonly pairs: readonly NearPair[];
  readonly vetoes: readonly Veto[];
  readonly places: ReadonlyMap<number, PlaceConcept>;
  /** Words that examples taught; their features come after those of the concepts. */
  readonly words: PlainWords;
  readonly relevant: Linear;
  readonly legislation: Linear;
  readonly themes: ReadonlyMap<ThemeId, Linear>;
  readonly arguments: ReadonlyMap<ArgumentId, Linear>;
  readonly stages: ReadonlyMap<Stage, Linear>;
  /** Legislation, then the themes, arguments and stages in the order of their maps. */
  readonly asked: LinearTable;
}

/** A keyword found: token positions in one field, `to` exclusive. */
export interface Hit {
  readonly concept: number;
  /** Index into terms; -1 for a near-pair. */
  readonly term: number;
  readonly from: number;
  readonly to: number;
}

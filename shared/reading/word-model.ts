// Reading: the shapes of words as loaded and as compiled, and of what is found with them.

import type { Look } from "./quick-look.ts";

/** A language's tag, as its file is called: `en`, `fr` … */
export type Language = string;
/** Where words stand that are written alike in all languages. */
export const ANY = "any";

/** What a language's file says of the language itself. */
export interface LanguageFacts {
  readonly id: Language;
  /** Other tags under which feeds claim it: `nb` for `no`. */
  readonly tags: readonly string[];
  /** Where a text that names no place is probably at home, and how strongly that speaks. */
  readonly home: { readonly jurisdiction: string; readonly weight: number } | null;
  /**
   * Its rank among the languages that most texts are in, the commonest highest; 0 for the others. Of two equally likely
   * the commoner is taken, and what speaks for no language is read with all that have a rank.
   */
  readonly common: number;
  /** Small words and the commonest of political headlines, folded: by them the language is known. */
  readonly small: readonly string[];
  /** Letters that few languages write. */
  readonly signs: readonly { readonly letters: RegExp; readonly weight: number }[];
}

/** One keyword or phrase of a concept, in one language. */
export interface Term {
  /** As it is shown to people: without the marks of the notation. */
  readonly text: string;
  readonly language: Language;
  readonly concept: number;
  /** True for an acronym that counts in capitals alone: `us` is a word, `US` a country. */
  readonly upper: boolean;
}

/** A node of the phrase tree: what ends here, which words may follow, and which after a gap. */
export interface PhraseNode {
  readonly terms: number[];
  next: Map<number, PhraseNode> | null;
  gapped: { readonly gap: number; readonly next: Map<number, PhraseNode> }[] | null;
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
  /** Which patterns a word answers to; null for a word that none knows. Bounded, see find-hits.ts. */
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

/** Words that place an item in a jurisdiction, 1 (a hint) to 4 (its own bill). */
export interface PlaceConcept {
  readonly jurisdiction: string;
  readonly weight: number;
}

/** A keyword found: token positions in one field, `to` exclusive. */
export interface Hit {
  readonly concept: number;
  /** Index into terms; -1 for a near-pair. */
  readonly term: number;
  readonly from: number;
  readonly to: number;
}

/** All that reading knows; built once per process by words.ts. */
export interface Words {
  /** Changes whenever any word does. */
  readonly version: string;
  /** Those of keywords and places, then those that near-pairs make. */
  readonly concepts: readonly string[];
  readonly conceptIndex: ReadonlyMap<string, number>;
  /** Of the languages compiled so far: a language is compiled when the first text in it is met. */
  readonly terms: readonly Term[];
  readonly places: ReadonlyMap<number, PlaceConcept>;
  readonly pairs: readonly NearPair[];
  readonly vetoes: readonly Veto[];
  readonly languages: readonly LanguageFacts[];
  /** Abbreviations whose full stop ends no sentence: anywhere, and before a number. */
  readonly abbreviations: {
    readonly always: ReadonlySet<string>;
    readonly numbered: ReadonlySet<string>;
  };
  /** A quick look for any keyword of these concepts, in all languages. */
  readonly lookFor: (concepts: ReadonlySet<number>) => Look;
  /** @throws RangeError for a language that has no file, or a keyword that is wrong */
  readonly lexicon: (language: Language) => Lexicon;
}

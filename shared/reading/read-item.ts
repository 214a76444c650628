// Reading: an item's words and what is found among them, read once for every question that is asked of it.
import { type Token, tokensOf } from "../domain/fold-text.ts";
import type { ItemInput } from "../domain/item.ts";
import { detectLanguages } from "./detect-language.ts";
import { findHits } from "./find-hits.ts";
import { findJurisdiction, type JurisdictionFound } from "./find-jurisdiction.ts";
import { applyVetoes, findPairs, type PairHit } from "./find-pairs.ts";
import { stopsOf } from "./sentence-ends.ts";
import { ANY, type Hit, type Language, type Words } from "./word-model.ts";

export interface FieldReading {
  readonly name: "title" | "summary";
  readonly tokens: readonly Token[];
  /** For each token, whether a sentence ends after it. */
  readonly stops: readonly boolean[];
  /** In order of where they start; vetoes have taken theirs away. */
  readonly hits: readonly Hit[];
  readonly pairs: readonly PairHit[];
}

export interface Reading {
  readonly fields: readonly [FieldReading, FieldReading];
  /** Those that the text may be in, likeliest first; empty where nothing speaks for any. */
  readonly languages: readonly Language[];
  readonly jurisdiction: JurisdictionFound;
}

/** What is heard of each field for its language. */
const HEARD = 1000;

/** The words of both fields. */
export const tokensOfItem = (input: ItemInput) =>
  [tokensOf(input.title), tokensOf(input.summary)] as const;

/** Those that the text may be in, likeliest first. */
export const languagesOf = (
  words: Words,
  input: ItemInput,
  tokens: readonly (readonly Token[])[],
): readonly Language[] =>
  detectLanguages(
    words.languages,
    `${input.title.slice(0, HEARD)} ${input.summary.slice(0, HEARD)}`,
    tokens,
    input.feed.language,
  );

/** Reads one item; linear in its text. */
export function readItem(
  words: Words,
  input: ItemInput,
  tokens: ReturnType<typeof tokensOfItem> = tokensOfItem(input),
): Reading {
  const [title, summary] = tokens;
  const languages = languagesOf(words, input, tokens);
  const spoken = languages.length > 0 ? languages : fallbackOf(words);
  const lexicons = [ANY, ...spoken].map((language) => words.lexicon(language));
  const stops = [
    stopsOf(words.abbreviations, input.title, title),
    stopsOf(words.abbreviations, input.summary, summary),
  ] as const;
  const [inTitle = [], inSummary = []] = applyVetoes(words.vetoes, [
    findHits(lexicons, words.terms, input.title, title, stops[0]),
    findHits(lexicons, words.terms, input.summary, summary, stops[1]),
  ]);
  const pairsIn = (hits: readonly Hit[]) => (hits.length < 2 ? [] : findPairs(words.pairs, hits));
  const fields = [
    { name: "title", tokens: title, stops: stops[0], hits: inTitle, pairs: pairsIn(inTitle) },
    {
      name: "summary",
      tokens: summary,
      stops: stops[1],
      hits: inSummary,
      pairs: pairsIn(inSummary),
    },
  ] as const;
  const jurisdiction = findJurisdiction(words, fields, input.feed, languages[0] ?? null);
  return { fields, languages, jurisdiction };
}

/** Where nothing speaks for a language, all that are common. */
const fallbackOf = ({ languages }: Words): readonly Language[] =>
  languages.filter(({ common }) => common > 0).map(({ id }) => id);

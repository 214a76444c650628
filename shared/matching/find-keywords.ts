// Matching: which keywords stand where; one pass over the words, whatever the number of keywords.
import type { Token } from "../domain/fold-text.ts";
import type { Hit, Lexicon, PhraseNode, Term, WordPatterns } from "./keyword-model.ts";
import { stemOf } from "./stem.ts";

/** Words remembered per language: enough for a day's feeds; a hostile text only empties it. */
const SEEN_MAX = 50_000;
/** A word longer than this is looked up as it stands, never inside. */
const INSIDE_MAX = 64;

/** What a folded word answers to: where keywords that may begin with it go on, and all its patterns. Null where no model knows it. */
export function patternsOfWord(lexicon: Lexicon, word: string): WordPatterns | null {
  const known = lexicon.seen.get(word);
  if (known !== undefined) return known;
  const all = lookUp(lexicon, word);
  const first = all.flatMap((pattern) => lexicon.root.next.get(pattern) ?? []);
  const later = all.filter((pattern) => lexicon.later.has(pattern));
  const result = all.length === 0 ? null : { first, later };
  if (lexicon.seen.size >= SEEN_MAX) lexicon.seen.clear();
  if (word.length <= INSIDE_MAX) lexicon.seen.set(word, result);
  return result;
}

function lookUp(lexicon: Lexicon, word: string): number[] {
  const found = [...(lexicon.exact.get(word) ?? [])];
  if (word.length > INSIDE_MAX) return found;
  found.push(...(lexicon.stems.get(stemOf(lexicon.language, word)) ?? []));
  for (let length = 2; length <= word.length; length++) {
    found.push(...(lexicon.prefixes.get(word.slice(0, length)) ?? []));
    found.push(...(lexicon.suffixes.get(word.slice(word.length - length)) ?? []));
  }
  for (const length of lexicon.infixLengths)
    for (let start = 0; start + length <= word.length; start++)
      found.push(...(lexicon.infixes.get(word.slice(start, start + length)) ?? []));
  return [...new Set(found)];
}

/**
 * Every keyword of every concept in one field, in order of where it starts. Words are looked up in one lexicon per
 * language that the text may be in; a keyword that two of them know counts once.
 */
export function findKeywords(
  lexicons: readonly Lexicon[],
  terms: readonly Term[],
  tokens: readonly Token[],
  text: string,
): Hit[] {
  const hits: Hit[] = [];
  for (const lexicon of lexicons) {
    const words = tokens.map((token) => patternsOfWord(lexicon, token.text));
    for (let from = 0; from < words.length; from++) {
      const first = words[from]?.first;
      if (first !== undefined)
        for (const node of first) enter(node, words, terms, from, from, hits);
    }
  }
  const isMeant = (hit: Hit) =>
    terms[hit.term]?.upper !== true || inCapitals(text, tokens[hit.from]);
  const checked = hits.every(isMeant) ? hits : hits.filter(isMeant);
  return lexicons.length > 1 ? inOrder(checked) : checked;
}

function inCapitals(text: string, token: Token | undefined): boolean {
  const quoted = token === undefined ? "" : text.slice(token.start, token.end);
  return quoted === quoted.toUpperCase();
}

/** Takes what ends at this node, and goes on with the next word. */
function enter(
  node: PhraseNode,
  words: readonly (WordPatterns | null)[],
  terms: readonly Term[],
  from: number,
  at: number,
  hits: Hit[],
): void {
  for (const term of node.terms) {
    const concept = terms[term]?.concept;
    if (concept !== undefined) hits.push({ concept, term, from, to: at + 1 });
  }
  if (node.next.size === 0) return;
  const following = words[at + 1]?.later;
  if (following === undefined) return;
  for (const pattern of following) {
    const next = node.next.get(pattern);
    if (next !== undefined) enter(next, words, terms, from, at + 1, hits);
  }
}

function inOrder(hits: Hit[]): Hit[] {
  const seen = new Set<string>();
  return hits
    .filter((hit) => {
      const key = `${hit.concept} ${hit.from} ${hit.to}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .sort((a, b) => a.from - b.from || b.to - a.to);
}

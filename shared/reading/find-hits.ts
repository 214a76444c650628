// Reading: which keywords stand where; one pass over the words, whatever the number of keywords.
import type { Token } from "../domain/fold-text.ts";
import { stemOf } from "./stem.ts";
import type { Hit, Lexicon, PhraseNode, Term, WordPatterns } from "./word-model.ts";

/** Words remembered per language: enough for a day's feeds; a hostile text only empties it. */
const SEEN_MAX = 50_000;
/** A word longer than this is looked up as it stands, never inside. */
const INSIDE_MAX = 64;
/** In scripts without spaces a "word" is a clause. */
const CLAUSE_MAX = 400;
const IDEOGRAPHS = 0x2e80;

/** What a folded word answers to: where keywords that may begin with it go on, and all its patterns. Null where none is known. */
export function patternsOfWord(lexicon: Lexicon, word: string): WordPatterns | null {
  const known = lexicon.seen.get(word);
  if (known !== undefined) return known;
  const all = lookUp(lexicon, word);
  const first = all.flatMap((pattern) => lexicon.root.next?.get(pattern) ?? []);
  const later = all.filter((pattern) => lexicon.later.has(pattern));
  const result = all.length === 0 ? null : { first, later };
  if (lexicon.seen.size >= SEEN_MAX) lexicon.seen.clear();
  if (word.length <= INSIDE_MAX) lexicon.seen.set(word, result);
  return result;
}

function lookUp(lexicon: Lexicon, word: string): number[] {
  const found = [...(lexicon.exact.get(word) ?? [])];
  if (word.length > (word.charCodeAt(0) < IDEOGRAPHS ? INSIDE_MAX : CLAUSE_MAX)) return found;
  found.push(...(lexicon.stems.get(stemOf(lexicon.language, word)) ?? []));
  for (let length = 1; length <= word.length; length++) {
    found.push(...(lexicon.prefixes.get(word.slice(0, length)) ?? []));
    found.push(...(lexicon.suffixes.get(word.slice(word.length - length)) ?? []));
  }
  for (const length of lexicon.infixLengths)
    for (let start = 0; start + length <= word.length; start++)
      found.push(...(lexicon.infixes.get(word.slice(start, start + length)) ?? []));
  return [...new Set(found)];
}

/** A field being read. */
interface Pass {
  readonly words: readonly (WordPatterns | null)[];
  readonly stops: readonly boolean[];
  readonly terms: readonly Term[];
  readonly hits: Hit[];
}

/**
 * Every keyword of every concept in one field, in order of where it starts, the longest first. Words are looked up in one
 * lexicon per language that the text may be in, and in that of all languages; a concept that two of them find at one
 * place counts once.
 * @param stops after which tokens a sentence ends: no phrase reaches over one
 */
export function findHits(
  lexicons: readonly Lexicon[],
  terms: readonly Term[],
  text: string,
  tokens: readonly Token[],
  stops: readonly boolean[],
): Hit[] {
  const hits: Hit[] = [];
  let speaking = 0;
  for (const lexicon of lexicons) {
    const before = hits.length;
    const words = tokens.map((token) => patternsOfWord(lexicon, token.text));
    const pass: Pass = { words, stops, terms, hits };
    for (let from = 0; from < words.length; from++) {
      const first = words[from]?.first;
      if (first !== undefined) for (const node of first) enter(pass, node, from, from);
    }
    if (hits.length > before) speaking++;
  }
  const isMeant = (hit: Hit) =>
    terms[hit.term]?.upper !== true || inCapitals(text, tokens[hit.from]);
  const checked = hits.every(isMeant) ? hits : hits.filter(isMeant);
  return speaking > 1 ? inOrder(checked) : checked;
}

function inCapitals(text: string, token: Token | undefined): boolean {
  const quoted = token === undefined ? "" : text.slice(token.start, token.end);
  return quoted === quoted.toUpperCase();
}

/** Takes what ends at this node, and goes on with what follows. @returns whether anything was found */
function enter(pass: Pass, node: PhraseNode, from: number, at: number): boolean {
  let found = node.terms.length > 0;
  for (const term of node.terms) {
    const concept = pass.terms[term]?.concept;
    if (concept !== undefined) pass.hits.push({ concept, term, from, to: at + 1 });
  }
  if (pass.stops[at] === true) return found;
  if (node.next !== null && follow(pass, node.next, from, at + 1, null)) found = true;
  if (node.gapped !== null)
    for (const { gap, next } of node.gapped) if (leap(pass, next, gap, from, at)) found = true;
  return found;
}

/** Each way on is taken to the nearest word that completes it. */
function leap(
  pass: Pass,
  next: ReadonlyMap<number, PhraseNode>,
  gap: number,
  from: number,
  at: number,
): boolean {
  const done = new Set<PhraseNode>();
  for (let place = at + 1; place <= at + 1 + gap; place++) {
    follow(pass, next, from, place, done);
    if (pass.stops[place] !== false) break;
  }
  return done.size > 0;
}

function follow(
  pass: Pass,
  next: ReadonlyMap<number, PhraseNode>,
  from: number,
  at: number,
  done: Set<PhraseNode> | null,
): boolean {
  const patterns = pass.words[at]?.later;
  if (patterns === undefined) return false;
  let found = false;
  for (const pattern of patterns) {
    const node = next.get(pattern);
    if (node === undefined || done?.has(node) === true || !enter(pass, node, from, at)) continue;
    done?.add(node);
    found = true;
  }
  return found;
}

/** Of overlapping hits of one concept the first; `hits` in order of where they start. */
export function withoutOverlaps(hits: readonly Hit[]): Hit[] {
  const reach = new Map<number, number>();
  return hits.filter(({ concept, from, to }) => {
    if ((reach.get(concept) ?? 0) > from) return false;
    reach.set(concept, to);
    return true;
  });
}

/** Larger than any phrase is long, and than there are concepts. */
const LENGTHS = 256;
const CONCEPTS = 8192;

function inOrder(hits: Hit[]): Hit[] {
  const seen = new Set<number>();
  return hits
    .filter(({ concept, from, to }) => {
      const key = (from * LENGTHS + Math.min(to - from, LENGTHS - 1)) * CONCEPTS + concept;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .sort((a, b) => a.from - b.from || b.to - a.to);
}

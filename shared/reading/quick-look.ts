// Reading: a quick look at a text's words: whether any keyword of some concepts can stand in it, whatever its language.
import type { Token } from "../domain/fold-text.ts";
import { stemOf } from "./stem.ts";
import { ANY, type Language, type PhraseNode, type Words } from "./word-model.ts";

const TABLES = ["exact", "prefixes", "suffixes", "infixes"] as const;
type Table = (typeof TABLES)[number];
/** Pieces of words, each with the patterns that it is a way of. */
type Ways = readonly (readonly [piece: string, patterns: readonly number[]])[];

/** The words of all phrases that mean one of the concepts, in all languages; plain JSON. */
export interface PlainLook extends Readonly<Record<Table, Ways>> {
  readonly stems: readonly (readonly [Language, Ways])[];
  /** The patterns of each phrase, the rarest first: no text shows a phrase that lacks one of its words. */
  readonly phrases: readonly (readonly number[])[];
}

interface Pieces {
  readonly patterns: ReadonlyMap<string, readonly number[]>;
  readonly lengths: readonly number[];
}

/** A look, ready to be taken. */
export interface Look extends Readonly<Record<Table, Pieces>> {
  readonly stems: readonly {
    readonly language: Language;
    readonly patterns: ReadonlyMap<string, readonly number[]>;
    readonly heads: ReadonlySet<string>;
  }[];
  /** By the rarest word of a phrase: its other words. */
  readonly phrases: ReadonlyMap<number, readonly (readonly number[])[]>;
  /** By pattern, the last round in which it was met. */
  readonly stamps: Int32Array;
  round: number;
  /** What each word answers to; bounded. */
  readonly met: Map<string, readonly number[] | null>;
}

/** Enough for the words of a week's feeds; a hostile text only empties it. */
const MET_MAX = 200_000;
/** As in find-hits.ts: longer words match as they stand. */
const INSIDE_MAX = 64;
const CLAUSE_MAX = 400;
const IDEOGRAPHS = 0x2e80;

/** Compiles every language: to be kept (keep-compiled.ts). */
export function plainLook(words: Words, concepts: ReadonlySet<number>): PlainLook {
  const tables: Record<Table, Map<string, number[]>> = {
    exact: new Map(),
    prefixes: new Map(),
    suffixes: new Map(),
    infixes: new Map(),
  };
  const stems: [Language, Ways][] = [];
  const phrases = new Map<string, readonly number[]>();
  let first = 0;
  for (const { id } of [{ id: ANY }, ...words.languages]) {
    const lexicon = words.lexicon(id);
    const lengths: number[] = [];
    const used = new Set<number>();
    const all = [...TABLES, "stems" as const].map((table) => [table, lexicon[table]] as const);
    for (const [, pieces] of all)
      for (const [piece, patterns] of pieces)
        for (const pattern of patterns)
          lengths[pattern] = Math.min(lengths[pattern] ?? piece.length, piece.length);
    for (const path of pathsTo(words, lexicon.root, concepts, [])) {
      for (const pattern of path) used.add(pattern);
      // The longer a word, the fewer texts it stands in.
      const phrase = [...new Set(path)]
        .sort((a, b) => (lengths[b] ?? 0) - (lengths[a] ?? 0))
        .map((pattern) => first + pattern);
      phrases.set(phrase.join(" "), phrase);
    }
    const own = new Map<string, number[]>();
    for (const [table, pieces] of all)
      for (const [piece, patterns] of pieces)
        for (const pattern of patterns.filter((one) => used.has(one)))
          addTo(table === "stems" ? own : tables[table], piece, first + pattern);
    if (own.size > 0) stems.push([id, [...own]]);
    first += lengths.length;
  }
  const { exact, prefixes, suffixes, infixes } = tables;
  return {
    exact: [...exact],
    prefixes: [...prefixes],
    suffixes: [...suffixes],
    infixes: [...infixes],
    stems,
    phrases: [...phrases.values()],
  };
}

function addTo<Key, One>(map: Map<Key, One[]>, key: Key, one: One): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [one]);
  else list.push(one);
}

/** The patterns of each phrase that means one of the concepts, word by word. */
function* pathsTo(
  words: Words,
  node: PhraseNode,
  concepts: ReadonlySet<number>,
  path: readonly number[],
): Generator<readonly number[]> {
  // Whatever goes on from a phrase shows that phrase as well.
  if (node.terms.some((term) => concepts.has(words.terms[term]?.concept ?? -1))) return yield path;
  for (const next of [node.next, ...(node.gapped ?? []).map((edge) => edge.next)])
    for (const [pattern, child] of next ?? [])
      yield* pathsTo(words, child, concepts, [...path, pattern]);
}

export function lookOf(plain: PlainLook): Look {
  const pieces = (ways: Ways): Pieces => ({
    patterns: new Map(ways),
    lengths: [...new Set(ways.map(([piece]) => piece.length))].sort((a, b) => a - b),
  });
  const phrases = new Map<number, number[][]>();
  for (const [rarest = 0, ...others] of plain.phrases) addTo(phrases, rarest, others);
  return {
    exact: pieces(plain.exact),
    prefixes: pieces(plain.prefixes),
    suffixes: pieces(plain.suffixes),
    infixes: pieces(plain.infixes),
    stems: plain.stems.map(([language, ways]) => ({
      language,
      patterns: new Map(ways),
      heads: new Set(ways.map(([stem]) => headOf(stem))),
    })),
    phrases,
    stamps: new Int32Array(1 + Math.max(0, ...plain.phrases.map((phrase) => Math.max(...phrase)))),
    round: 0,
    met: new Map(),
  };
}

/** False where no keyword of the concepts can stand in these words, in any language. Linear in the words. */
export function mayShow(look: Look, tokens: readonly Token[]): boolean {
  const { stamps, phrases } = look;
  look.round += 1;
  const rarest: number[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const patterns = patternsOf(look, tokens[index]?.text ?? "");
    if (patterns === null) continue;
    for (const pattern of patterns) {
      if (stamps[pattern] === look.round) continue;
      stamps[pattern] = look.round;
      if (phrases.has(pattern)) rarest.push(pattern);
    }
  }
  const isMet = (pattern: number) => stamps[pattern] === look.round;
  return rarest.some((pattern) => phrases.get(pattern)?.some((others) => others.every(isMet)));
}

function patternsOf(look: Look, word: string): readonly number[] | null {
  const known = look.met.get(word);
  if (known !== undefined) return known;
  const all = lookUp(look, word);
  const patterns = all.length === 0 ? null : all;
  if (look.met.size >= MET_MAX) look.met.clear();
  if (word.length <= INSIDE_MAX) look.met.set(word, patterns);
  return patterns;
}

function lookUp({ exact, prefixes, suffixes, infixes, stems }: Look, word: string): number[] {
  const { length } = word;
  const found = [...(exact.patterns.get(word) ?? [])];
  if (length > (word.charCodeAt(0) < IDEOGRAPHS ? INSIDE_MAX : CLAUSE_MAX)) return found;
  const add = ({ patterns }: Pick<Pieces, "patterns">, piece: string) => {
    const more = patterns.get(piece);
    if (more !== undefined) found.push(...more);
  };
  for (const size of prefixes.lengths) if (size <= length) add(prefixes, word.slice(0, size));
  for (const size of suffixes.lengths) if (size <= length) add(suffixes, word.slice(length - size));
  for (const size of infixes.lengths)
    for (let start = 0; start + size <= length; start++)
      add(infixes, word.slice(start, start + size));
  const head = headOf(word);
  for (const one of stems)
    if (one.heads.has(head) || one.heads.has(head.slice(0, -1)))
      add(one, stemOf(one.language, word));
  return found;
}

/**
 * What a word and its stem have in common: stemmers change ends, `y` to `i` and `oo` to `o`, and leave the rest (a test
 * holds them to it). By it most words are known to have no stem that matters, without being stemmed ten times over.
 */
export const headOf = (word: string): string =>
  word
    .slice(0, 6)
    .replaceAll("y", "i")
    .replaceAll(/(.)\1+/g, "$1")
    .slice(0, 3);

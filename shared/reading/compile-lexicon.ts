// Reading: the keywords of one language as a tree of phrases over numbered word patterns.
import { type MetWords, type PhraseWord, phrasesOf } from "./notation.ts";
import { stemOf } from "./stem.ts";
import { ANY, type Language, type Lexicon, type PhraseNode, type Term } from "./word-model.ts";

/** A concept's keywords, as its file lists them. */
export interface Keywords {
  readonly concept: number;
  /** `where` says where a keyword stands, for whoever wrote it. */
  readonly list: readonly { readonly text: string; readonly where: string }[];
}

interface Building {
  readonly lexicon: Lexicon;
  readonly patterns: Map<string, number>;
  readonly met: MetWords;
}

/**
 * Compiles keywords in the notation of notation.ts; those of `any` are inflected in no language.
 * @param terms where each keyword's phrases are added
 * @throws RangeError naming where a keyword stands that is wrong
 */
export function compileLexicon(
  language: Language,
  keywords: Iterable<Keywords>,
  terms: Term[],
): Lexicon {
  const building = emptyLexicon(language);
  for (const { concept, list } of keywords)
    for (const { text, where } of list) {
      try {
        addKeyword(building, concept, text, terms);
      } catch (cause) {
        throw new RangeError(`${where}: ${(cause as Error).message}`, { cause });
      }
    }
  const { lexicon } = building;
  const lengths = new Set([...lexicon.infixes.keys()].map((text) => text.length));
  return { ...lexicon, infixLengths: [...lengths].sort((a, b) => a - b) };
}

function addKeyword(building: Building, concept: number, text: string, terms: Term[]): void {
  const { language } = building.lexicon;
  for (const phrase of phrasesOf(text, language === ANY, building.met)) {
    const { upper } = phrase;
    const end = nodeOf(building, phrase.words);
    // Two inflections with one stem are one keyword.
    const isKnown = end.terms.some(
      (other) => terms[other]?.concept === concept && terms[other]?.upper === upper,
    );
    if (isKnown) continue;
    end.terms.push(terms.push({ text: phrase.text, language, concept, upper }) - 1);
  }
}

function emptyLexicon(language: Language): Building {
  return {
    patterns: new Map(),
    met: new Map(),
    lexicon: {
      language,
      exact: new Map(),
      stems: new Map(),
      prefixes: new Map(),
      suffixes: new Map(),
      infixes: new Map(),
      infixLengths: [],
      root: { terms: [], next: null, gapped: null },
      later: new Set(),
      seen: new Map(),
    },
  };
}

/** Where a phrase ends in the tree, grown as far as it was not. */
function nodeOf(building: Building, words: readonly PhraseWord[]): PhraseNode {
  let node = building.lexicon.root;
  for (const word of words) {
    const pattern = patternOf(building, word);
    if (node !== building.lexicon.root) building.lexicon.later.add(pattern);
    const followers = followersOf(node, word.gap);
    let next = followers.get(pattern);
    if (next === undefined) {
      next = { terms: [], next: null, gapped: null };
      followers.set(pattern, next);
    }
    node = next;
  }
  return node;
}

function followersOf(node: PhraseNode, gap: number): Map<number, PhraseNode> {
  if (gap === 0) {
    node.next ??= new Map();
    return node.next;
  }
  node.gapped ??= [];
  let edge = node.gapped.find((one) => one.gap === gap);
  if (edge === undefined) {
    edge = { gap, next: new Map() };
    node.gapped.push(edge);
  }
  return edge.next;
}

function patternOf({ lexicon, patterns }: Building, { name, ways }: PhraseWord): number {
  const known = patterns.get(name);
  if (known !== undefined) return known;
  const id = patterns.size;
  patterns.set(name, id);
  for (const { piece, before, after, exact } of ways) {
    const table =
      before && after
        ? lexicon.infixes
        : before
          ? lexicon.suffixes
          : after
            ? lexicon.prefixes
            : exact
              ? lexicon.exact
              : lexicon.stems;
    const key = table === lexicon.stems ? stemOf(lexicon.language, piece) : piece;
    const list = table.get(key);
    if (list === undefined) table.set(key, [id]);
    else if (!list.includes(id)) list.push(id);
  }
  return id;
}

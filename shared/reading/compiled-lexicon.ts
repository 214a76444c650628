// Reading: a compiled lexicon as JSON and back, so that a process need not compile what another one has compiled.
import type { Language, Lexicon, PhraseNode, Term } from "./word-model.ts";

const TABLES = ["exact", "stems", "prefixes", "suffixes", "infixes"] as const;

/** What follows: a pattern and its node, in turn. */
type Followers = readonly (number | PlainNode)[];
/** What ends here; what follows; what follows after gaps. */
type PlainNode = readonly [
  terms: readonly number[],
  next?: Followers | 0,
  gapped?: readonly (readonly [gap: number, next: Followers])[],
];

/** A language's lexicon and its terms, numbered from 0. */
export interface PlainLexicon {
  readonly terms: readonly (readonly [text: string, concept: number, upper: 0 | 1])[];
  readonly tables: Readonly<
    Record<(typeof TABLES)[number], readonly (readonly [string, readonly number[]])[]>
  >;
  readonly infixLengths: readonly number[];
  readonly later: readonly number[];
  readonly root: PlainNode;
}

/** @param terms those of the lexicon, in a list of their own */
export function plainLexicon(lexicon: Lexicon, terms: readonly Term[]): PlainLexicon {
  const tables = Object.fromEntries(TABLES.map((name) => [name, [...lexicon[name]]]));
  return {
    terms: terms.map(({ text, concept, upper }) => [text, concept, upper ? 1 : 0]),
    tables: tables as unknown as PlainLexicon["tables"],
    infixLengths: lexicon.infixLengths,
    later: [...lexicon.later],
    root: plainNode(lexicon.root),
  };
}

function plainNode({ terms, next, gapped }: PhraseNode): PlainNode {
  const followers = (map: ReadonlyMap<number, PhraseNode>): Followers =>
    [...map].flatMap(([pattern, node]) => [pattern, plainNode(node)]);
  if (gapped !== null)
    return [
      terms,
      next === null ? 0 : followers(next),
      gapped.map((edge) => [edge.gap, followers(edge.next)] as const),
    ];
  return next === null ? [terms] : [terms, followers(next)];
}

/** @param terms where the lexicon's terms are added */
export function lexiconOf(language: Language, plain: PlainLexicon, terms: Term[]): Lexicon {
  const first = terms.length;
  for (const [text, concept, upper] of plain.terms)
    terms.push({ text, language, concept, upper: upper === 1 });
  const table = (name: (typeof TABLES)[number]) => new Map(plain.tables[name]) as Lexicon["exact"];
  return {
    language,
    exact: table("exact"),
    stems: table("stems"),
    prefixes: table("prefixes"),
    suffixes: table("suffixes"),
    infixes: table("infixes"),
    infixLengths: plain.infixLengths,
    root: nodeOf(plain.root, first),
    later: new Set(plain.later),
    seen: new Map(),
  };
}

function nodeOf([terms, next = 0, gapped]: PlainNode, first: number): PhraseNode {
  const followers = (list: Followers): Map<number, PhraseNode> => {
    const map = new Map<number, PhraseNode>();
    for (let at = 0; at < list.length; at += 2)
      map.set(list[at] as number, nodeOf(list[at + 1] as PlainNode, first));
    return map;
  };
  return {
    terms: terms.map((term) => first + term),
    next: next === 0 ? null : followers(next),
    gapped: gapped?.map(([gap, list]) => ({ gap, next: followers(list) })) ?? null,
  };
}

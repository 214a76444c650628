// Dossiers: finds phrases in folded words, with inflections and gaps, in one pass.
import { foldText, type Token } from "../domain/fold-text.ts";

/**
 * A pattern is words, folded, separated by spaces. A word may be `stem*` (any ending), `*end` (any beginning, for compounds),
 * `*part*` (anywhere, for scripts without spaces), alternatives `a|b*|c`, or `..4` (up to four words between, never across
 * the end of a sentence).
 */
interface Element {
  readonly exact: ReadonlySet<string>;
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  readonly parts: readonly string[];
  /** How many words may stand before this one. */
  readonly gap: number;
}

interface Pattern<C> {
  readonly category: C;
  readonly text: string;
  readonly elements: readonly Element[];
}

/** Compiled patterns, by what their first word can be. */
export interface Cues<C> {
  readonly exact: ReadonlyMap<string, readonly Pattern<C>[]>;
  readonly prefixes: ReadonlyMap<string, readonly Pattern<C>[]>;
  readonly suffixes: ReadonlyMap<string, readonly Pattern<C>[]>;
  readonly parts: readonly Pattern<C>[];
  /** For words met before, the patterns that can start with them. */
  readonly met: Map<string, readonly Pattern<C>[]>;
}

export interface Cue<C> {
  readonly category: C;
  /** First and last token, inclusive. */
  readonly first: number;
  readonly last: number;
}

const KEY = 2;

export function compileCues<C>(groups: readonly (readonly [C, readonly string[]])[]): Cues<C> {
  const exact = new Map<string, Pattern<C>[]>();
  const prefixes = new Map<string, Pattern<C>[]>();
  const suffixes = new Map<string, Pattern<C>[]>();
  const parts: Pattern<C>[] = [];
  for (const [category, texts] of groups)
    for (const text of texts) {
      const pattern = { category, text, elements: elementsOf(text) };
      const first = pattern.elements[0];
      if (first === undefined) continue;
      for (const word of first.exact) push(exact, word, pattern);
      for (const stem of first.prefixes) push(prefixes, stem.slice(0, KEY), pattern);
      for (const end of first.suffixes) push(suffixes, end.slice(-KEY), pattern);
      if (first.parts.length > 0) parts.push(pattern);
    }
  return { exact, prefixes, suffixes, parts, met: new Map() };
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
}

function elementsOf(text: string): Element[] {
  const elements: Element[] = [];
  let gap = 0;
  for (const word of text.trim().split(/\s+/)) {
    if (word.startsWith("..")) {
      gap = Number(word.slice(2) || 4);
      continue;
    }
    elements.push({ ...elementOf(word), gap });
    gap = 0;
  }
  return elements;
}

function elementOf(word: string): Omit<Element, "gap"> {
  const exact = new Set<string>();
  const prefixes: string[] = [];
  const suffixes: string[] = [];
  const parts: string[] = [];
  for (const option of word.split("|")) {
    const body = foldText(option.replaceAll("*", ""));
    if (body === "" || body.includes(" ")) throw new RangeError(`not one word: ${option}`);
    const open = option.startsWith("*");
    if (open && option.endsWith("*")) parts.push(body);
    else if (open) suffixes.push(body);
    else if (option.endsWith("*")) prefixes.push(body);
    else exact.add(body);
  }
  return { exact, prefixes, suffixes, parts };
}

/**
 * All cues in a text; of the same category, overlapping ones count once.
 * @param stops for each token, whether a sentence ends between it and the next
 */
export function findCues<C>(
  cues: Cues<C>,
  tokens: readonly Token[],
  stops: readonly boolean[],
): Cue<C>[] {
  const found: Cue<C>[] = [];
  const reach = new Map<C, number>();
  for (let at = 0; at < tokens.length; at += 1)
    for (const { category, elements } of startingWith(cues, tokens[at]?.text ?? "")) {
      if ((reach.get(category) ?? -1) >= at) continue;
      const last = matchFrom(elements, 1, tokens, stops, at + 1);
      if (last < 0) continue;
      reach.set(category, last);
      found.push({ category, first: at, last });
    }
  return found;
}

/** Bounds the memo: feeds use few words, a hostile one cannot make it grow. */
const MET_MAX = 30_000;

/** The patterns whose first word fits; looked up once per word. */
function startingWith<C>(cues: Cues<C>, word: string): readonly Pattern<C>[] {
  const known = cues.met.get(word);
  if (known !== undefined) return known;
  const candidates = new Set([
    ...(cues.exact.get(word) ?? []),
    ...(cues.prefixes.get(word.slice(0, KEY)) ?? []),
    ...(cues.suffixes.get(word.slice(-KEY)) ?? []),
    ...cues.parts,
  ]);
  const fitting = [...candidates].filter(({ elements: [first] }) => {
    return first !== undefined && fits(first, word);
  });
  if (cues.met.size >= MET_MAX) cues.met.clear();
  cues.met.set(word, fitting);
  return fitting;
}

/** Index of the last token matched, or -1. */
function matchFrom(
  elements: readonly Element[],
  index: number,
  tokens: readonly Token[],
  stops: readonly boolean[],
  at: number,
): number {
  const element = elements[index];
  if (element === undefined) return at - 1;
  for (let skipped = 0; skipped <= element.gap; skipped++) {
    const position = at + skipped;
    const token = tokens[position];
    if (token === undefined) return -1;
    if (stops[position - 1] === true) return -1;
    if (!fits(element, token.text)) continue;
    const last = matchFrom(elements, index + 1, tokens, stops, position + 1);
    if (last >= 0) return last;
  }
  return -1;
}

function fits(element: Element, word: string): boolean {
  if (element.exact.has(word)) return true;
  for (const stem of element.prefixes) if (word.startsWith(stem)) return true;
  for (const end of element.suffixes) if (word.endsWith(end)) return true;
  for (const part of element.parts) if (word.includes(part)) return true;
  return false;
}

const STOP = /[.!?;:¡¿。！？；।|]/;

/** After which tokens a sentence (or clause set off by a colon) ends. */
export function stopsOf(text: string, tokens: readonly Token[]): boolean[] {
  return tokens.map((token, index) => {
    const next = tokens[index + 1];
    if (next === undefined) return true;
    const between = text.slice(token.end, next.start);
    return between.length > 1 && STOP.test(between);
  });
}

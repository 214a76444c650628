// Matching: words that no list names but examples teach: single ones, two in a row, and how longer ones begin.
import type { Token } from "../domain/fold-text.ts";
import { beginRound, isFirst, type Marks, marksFor } from "./marks.ts";

/** A word known from examples, found: its feature, and its token positions in one field, `to` exclusive. */
export interface WordHit {
  readonly feature: number;
  readonly from: number;
  readonly to: number;
}

/** What is known of a word that examples taught. */
interface WordNode {
  feature: number | null;
  /** What may follow; null for most. */
  next: Map<string, number> | null;
}

/** What a word of a text answers to: its own feature, that of its beginning, and what may follow. */
interface Answered {
  readonly feature: number | null;
  readonly beginning: number | null;
  readonly next: ReadonlyMap<string, number> | null;
}

/** Words learned from examples, compiled: each word of a text is looked up once, whatever their number. */
export interface PlainWords {
  /** As the weights write them: `scan`, `hand over`, `encryp*`; a word's feature is `first` plus its place here. */
  readonly forms: readonly string[];
  readonly first: number;
  readonly nodes: ReadonlyMap<string, WordNode>;
  readonly beginnings: ReadonlyMap<string, number>;
  /** Which features were met in the text at hand. */
  readonly marks: Marks;
  /** Words met before; bounded. */
  readonly met: Map<string, Answered | null>;
}

/** Enough for a day's feeds; a hostile text only empties it. */
const MET_MAX = 50_000;

/** What inflections share, roughly, in every language that we read. */
const BEGINNING = 6;
/** Longer "words" are none. */
const WORD_MAX = 40;

const beginningOf = (word: string): string | null =>
  word.length > BEGINNING && word.length <= WORD_MAX ? word.slice(0, BEGINNING) : null;

/** Every form that a field shows, as the weights write them, each once. */
export function formsOf(tokens: readonly Token[]): Set<string> {
  const forms = new Set<string>();
  for (const [index, { text }] of tokens.entries()) {
    if (text.length > WORD_MAX) continue;
    forms.add(text);
    const beginning = beginningOf(text);
    if (beginning !== null) forms.add(`${beginning}*`);
    const next = tokens[index + 1]?.text;
    if (next !== undefined && next.length <= WORD_MAX) forms.add(`${text} ${next}`);
  }
  return forms;
}

/** @param first the feature of the first form */
export function compileWords(forms: readonly string[], first: number): PlainWords {
  const nodes = new Map<string, WordNode>();
  const beginnings = new Map<string, number>();
  const nodeOf = (word: string): WordNode => {
    let node = nodes.get(word);
    if (node === undefined) {
      node = { feature: null, next: null };
      nodes.set(word, node);
    }
    return node;
  };
  for (const [index, form] of forms.entries()) {
    const space = form.indexOf(" ");
    if (space > 0) {
      const node = nodeOf(form.slice(0, space));
      node.next ??= new Map();
      node.next.set(form.slice(space + 1), first + index);
    } else if (form.endsWith("*")) beginnings.set(form.slice(0, -1), first + index);
    else nodeOf(form).feature = first + index;
  }
  const marks = marksFor(first + forms.length);
  return { forms, first, nodes, beginnings, marks, met: new Map() };
}

/** Each known form in one field, where it stands first; linear in the words. */
export function findWords(words: PlainWords, tokens: readonly Token[]): WordHit[] {
  if (words.forms.length === 0) return [];
  const hits: WordHit[] = [];
  beginRound(words.marks);
  const hit = (feature: number, from: number, to: number) => {
    if (isFirst(words.marks, feature)) hits.push({ feature, from, to });
  };
  for (let at = 0; at < tokens.length; at++) {
    const answered = answerTo(words, tokens[at]?.text ?? "");
    if (answered === null) continue;
    if (answered.feature !== null) hit(answered.feature, at, at + 1);
    const next = answered.next?.get(tokens[at + 1]?.text ?? "");
    if (next !== undefined) hit(next, at, at + 2);
    if (answered.beginning !== null) hit(answered.beginning, at, at + 1);
  }
  return hits;
}

function answerTo(words: PlainWords, word: string): Answered | null {
  const known = words.met.get(word);
  if (known !== undefined) return known;
  const { feature = null, next = null } = words.nodes.get(word) ?? {};
  const beginning = words.beginnings.get(beginningOf(word) ?? "") ?? null;
  const answered =
    feature === null && beginning === null && next === null ? null : { feature, beginning, next };
  if (words.met.size >= MET_MAX) words.met.clear();
  if (word.length <= WORD_MAX) words.met.set(word, answered);
  return answered;
}

// Dossiers: what a reading says of who did what to which text, and which words say that nothing happened.
import type { Token } from "../domain/fold-text.ts";
import type { Evidence, ItemInput } from "../domain/item.ts";
import { withoutOverlaps } from "../reading/find-hits.ts";
import type { FieldReading, Reading } from "../reading/read-item.ts";
import type { Words } from "../reading/words.ts";

/** Concepts by which a move is recognised. Noise first, then who, then what is done, then what it is done to. */
const CUES = [
  "noise-opinion",
  "noise-past",
  "noise-explain",
  "noise-gather",
  "noise-media",
  "noise-react",
  "noise-nonews",
  "who-official",
  "who-panel",
  "who-cabinet",
  "who-state",
  "who-court",
  "who-agency",
  "who-weak",
  "act-revive",
  "act-propose",
  "act-demand",
  "act-order",
  "act-study",
  "act-leak",
  "act-extend",
  "act-uphold",
  "act-adopt",
  "act-enact",
  "act-step",
  "act-reject",
  "act-withdraw",
  "act-postpone",
  "act-lapse",
  "act-refusal",
  "act-rebuff",
  "act-strike",
  "act-curb",
  "act-limit",
  "act-regret",
  "what-text",
  "act-amend",
  "what-topic",
] as const;
export type Category = (typeof CUES)[number];

/** A cue met in a text: first and last token, inclusive. */
export interface Cue {
  readonly category: Category;
  readonly first: number;
  readonly last: number;
}

export interface ReadText {
  readonly title: readonly Token[];
  readonly summary: readonly Token[];
  /** For each word, whether a sentence ends after it. */
  readonly stops: Readonly<Record<Evidence["field"], readonly boolean[]>>;
  readonly quote: (field: Evidence["field"], start: number, end: number) => string;
  readonly cues: Readonly<Record<Evidence["field"], readonly Cue[]>>;
  /** How often the words of the subject (encryption, interception, messengers) occur; the title counts twice. */
  readonly topic: number;
}

/** A summary longer than this is an article: what it reports stands at its start. */
const SUMMARY_MAX = 1200;

/** @param words those that the item was read with */
export function readText(words: Words, input: ItemInput, reading: Reading): ReadText {
  const [title, summary] = reading.fields;
  const start = beginningOf(summary);
  const cues = { title: cuesIn(words, title), summary: cuesIn(words, start) };
  const topicIn = (list: readonly Cue[]) =>
    list.filter(({ category }) => category === "what-topic").length;
  return {
    title: title.tokens,
    summary: start.tokens,
    stops: { title: title.stops, summary: start.stops },
    quote: (field, from, to) => input[field].slice(from, to),
    cues,
    topic: 2 * topicIn(cues.title) + topicIn(cues.summary),
  };
}

type Found = Pick<FieldReading, "tokens" | "stops" | "hits">;

function beginningOf({ tokens, stops, hits }: FieldReading): Found {
  const past = tokens.findIndex(({ end }) => end > SUMMARY_MAX);
  if (past < 0) return { tokens, stops, hits };
  return {
    tokens: tokens.slice(0, past),
    stops: stops.slice(0, past),
    hits: hits.filter(({ to }) => to <= past),
  };
}

const categoriesOf = new WeakMap<Words, ReadonlyMap<number, Category>>();

function cuesIn(words: Words, { hits }: Found): Cue[] {
  let categories = categoriesOf.get(words);
  if (categories === undefined) {
    categories = new Map(CUES.map((id) => [words.conceptIndex.get(id) ?? -1, id]));
    categoriesOf.set(words, categories);
  }
  const cues: Cue[] = [];
  for (const { concept, from, to } of withoutOverlaps(hits)) {
    const category = categories.get(concept);
    if (category !== undefined) cues.push({ category, first: from, last: to - 1 });
  }
  return cues;
}

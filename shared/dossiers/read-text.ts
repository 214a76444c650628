// Dossiers: an item's words and the cues among them, read once for every question that is asked of it.
import { type Token, tokensOf } from "../domain/fold-text.ts";
import type { Classification, Evidence, ItemInput } from "../domain/item.ts";
import { type Cue, findCues, stopsOf } from "./find-cues.ts";
import { type Category, cuesOf } from "./lexicon.ts";

export interface ReadText {
  readonly title: readonly Token[];
  readonly summary: readonly Token[];
  /** For each word, whether a sentence ends after it. */
  readonly stops: Readonly<Record<Evidence["field"], readonly boolean[]>>;
  readonly quote: (field: Evidence["field"], start: number, end: number) => string;
  readonly cues: Readonly<Record<Evidence["field"], readonly Cue<Category>[]>>;
  /** How often the words of the subject (encryption, interception, messengers) occur; the title counts twice. */
  readonly topic: number;
}

/** A summary longer than this is an article: what it reports stands at its start. */
const SUMMARY_MAX = 1200;

export function readText(input: ItemInput, classification: Classification): ReadText {
  const cues = cuesOf(classification.language ?? input.feed.language);
  const short = input.summary.slice(0, SUMMARY_MAX);
  const title = tokensOf(input.title);
  const summary = tokensOf(short);
  const stops = { title: stopsOf(input.title, title), summary: stopsOf(short, summary) };
  const found = {
    title: findCues(cues, title, stops.title),
    summary: findCues(cues, summary, stops.summary),
  };
  const quote = (field: Evidence["field"], start: number, end: number): string =>
    input[field].slice(start, end);
  const topic =
    2 * found.title.filter((cue) => cue.category === "topic").length +
    found.summary.filter((cue) => cue.category === "topic").length;
  return { title, summary, stops, quote, cues: found, topic };
}

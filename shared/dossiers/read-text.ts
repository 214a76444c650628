// Dossiers: an item's words and the cues among them, read once for every question that is asked of it.
import { type Token, tokensOf } from "../domain/fold-text.ts";
import type { Classification, Evidence, ItemInput } from "../domain/item.ts";
import { type Cue, findCues, stopsOf } from "./find-cues.ts";
import { type Category, cuesOf } from "./lexicon.ts";

export interface ReadText {
  readonly title: readonly Token[];
  readonly summary: readonly Token[];
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
  const found = {
    title: findCues(cues, title, stopsOf(input.title, title)),
    summary: findCues(cues, summary, stopsOf(short, summary)),
  };
  const topic =
    2 * found.title.filter((cue) => cue.category === "topic").length +
    found.summary.filter((cue) => cue.category === "topic").length;
  return { title, summary, cues: found, topic };
}

// Dossiers: which kinds of cue a title or a summary holds.
import type { Evidence, ItemInput } from "../domain/item.ts";
import type { Category, ReadText } from "./read-text.ts";

type Field = Evidence["field"];

export interface Counts {
  readonly has: (category: Category) => boolean;
}

export function countsOf(text: ReadText, field: Field): Counts {
  const cues = text.cues[field];
  return {
    has: (category) => cues.some((cue) => cue.category === category),
  };
}

/** Items of those who act themselves, rather than of those who tell of it. */
export function isInstitution(input: ItemInput): boolean {
  const { kind } = input.feed;
  return kind === "parliament" || kind === "government" || kind === "regulator";
}

// Dossiers: which kinds of cue a title or a summary holds, and where the first of them stands.
import type { Evidence, ItemInput } from "../domain/item.ts";
import type { Category, ReadText } from "./read-text.ts";

export const OPENING: readonly Category[] = [
  "act-revive",
  "act-propose",
  "act-demand",
  "act-order",
  "act-study",
  "act-leak",
  "act-extend",
  "act-uphold",
];
export const ENDING: readonly Category[] = [
  "act-reject",
  "act-withdraw",
  "act-postpone",
  "act-lapse",
  "act-strike",
];

/** Who has power over a bill. */
export const POWERS: readonly Category[] = ["who-official", "who-court", "who-agency"];

/** What says that nothing happens: what it weighs against a move in the title, and in the summary (log-odds). */
export const NOISE: readonly Category[] = [
  "noise-opinion",
  "noise-past",
  "noise-explain",
  "noise-gather",
  "noise-media",
  "noise-react",
  "noise-nonews",
];
export const NOISE_WEIGHT: Readonly<Partial<Record<Category, readonly [number, number]>>> = {
  "noise-opinion": [3, 1.6],
  "noise-past": [2.6, 1],
  "noise-explain": [2.4, 1],
  "noise-gather": [2.6, 0.9],
  "noise-media": [2.2, 1.1],
  "noise-react": [2.2, 1],
  "noise-nonews": [2.4, 2.4],
};

type Field = Evidence["field"];

export interface Counts {
  readonly has: (category: Category) => boolean;
  readonly count: (categories: readonly Category[]) => number;
  readonly first: (categories: readonly Category[]) => number;
}

export function countsOf(text: ReadText, field: Field): Counts {
  const cues = text.cues[field];
  return {
    has: (category) => cues.some((cue) => cue.category === category),
    count: (categories) => categories.filter((c) => cues.some((cue) => cue.category === c)).length,
    first: (categories) => {
      const positions = cues.filter((cue) => categories.includes(cue.category)).map((c) => c.first);
      return positions.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...positions);
    },
  };
}

/** Items of those who act themselves, rather than of those who tell of it. */
export function isInstitution(input: ItemInput): boolean {
  const { kind } = input.feed;
  return kind === "parliament" || kind === "government" || kind === "regulator";
}

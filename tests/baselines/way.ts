// Baselines: one way of classifying items, as simple or as clever as it likes, put so that all are scored alike.
import type { Classification } from "../../shared/domain/item.ts";
import type { ArgumentId, Stage, ThemeId } from "../../shared/domain/vocabulary.ts";
import type { LabelledItem } from "../../shared/matching/evaluate.ts";

/** What there is to know of an item: its labels are not in here, so that no way can look at them. */
export type Unlabelled = Omit<LabelledItem, "labels">;

export interface Answers {
  readonly relevant: boolean;
  readonly legislation: boolean;
  readonly themes: readonly ThemeId[];
  readonly arguments: readonly ArgumentId[];
  readonly stage: Stage;
  readonly jurisdiction: string | null;
}

/** The questions that a table has a row for. */
export type Question =
  | "relevant"
  | "legislation"
  | "themes"
  | "themesButIntent"
  | "stage"
  | "jurisdiction"
  | "arguments";

export interface Way {
  readonly name: string;
  /** Questions that this way has no means to answer; printed as such, not as zero. */
  readonly silent: readonly Question[];
  /** @param items the labelled items that it may learn from */
  readonly learn: (items: readonly LabelledItem[]) => (item: Unlabelled) => Answers;
}

export const NOT_RELEVANT: Answers = {
  relevant: false,
  legislation: false,
  themes: [],
  arguments: [],
  stage: "none",
  jurisdiction: null,
};

/** The answers in the shape that the product's own scorer reads; a baseline gives no evidence. */
export function classificationOf(name: string, answers: Answers): Classification {
  return {
    relevant: answers.relevant,
    score: answers.relevant ? 1 : 0,
    evidence: [],
    themes: answers.themes.map((id) => ({ id, score: 1, evidence: [] })),
    arguments: answers.arguments.map((id) => ({ id, side: null, score: 1, evidence: [] })),
    legislation: answers.legislation,
    stage: answers.stage,
    jurisdiction: answers.jurisdiction,
    language: null,
    model: name,
  };
}

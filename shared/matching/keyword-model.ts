// Matching: the shapes of the keyword models, as loaded and as compiled.
import type { Act, ArgumentId, Stage, ThemeId } from "../domain/vocabulary.ts";
import type { Look } from "../reading/quick-look.ts";
import type { Words } from "../reading/words.ts";
import type { Combinations } from "./combinations.ts";
import type { PlainWords } from "./plain-words.ts";

/** A linear model: bias and a weight per feature (see features.ts for their numbering). */
export interface Linear {
  readonly bias: number;
  /** Single precision: weights have two decimals, and half the memory is half the time. */
  readonly weights: Float32Array;
}

/** Several linear models side by side: one pass over the features sums all. Most words weigh in few of them. */
export interface LinearTable {
  readonly biases: Float64Array;
  /** Where a feature's weights begin; those of feature f end where those of f + 1 begin. */
  readonly starts: Int32Array;
  /** Whose weight it is. */
  readonly models: Uint8Array;
  readonly weights: Float64Array;
}

/** All that classification knows; built once by load-models.ts. */
export interface Models {
  /** Changes whenever any keyword, pair, veto or weight does. */
  readonly version: string;
  /** What items are read with. */
  readonly vocabulary: Words;
  /** Those of the vocabulary, then those that no word makes (see features.ts). */
  readonly concepts: readonly string[];
  readonly conceptIndex: ReadonlyMap<string, number>;
  /** Subjects, their company, and what both make together. */
  readonly combinations: Combinations;
  /** For words of the subject; made when the first item is classified. */
  readonly look: () => Look;
  /** Words that examples taught; their features come after those of the concepts. */
  readonly words: PlainWords;
  readonly relevant: Linear;
  readonly legislation: Linear;
  readonly themes: ReadonlyMap<ThemeId, Linear>;
  readonly arguments: ReadonlyMap<ArgumentId, Linear>;
  readonly stages: ReadonlyMap<Stage, Linear>;
  readonly acts: ReadonlyMap<Act, Linear>;
  /** Legislation, then the themes, arguments and stages in the order of their maps. */
  readonly asked: LinearTable;
}

// Matching: what a model file must look like; a bad one fails the build, it is never half-read.
import { z } from "zod";
import { ARGUMENTS, STAGES, THEMES } from "../domain/vocabulary.ts";

const Weights = z.record(z.string(), z.number().min(-20).max(20));
const LinearWeights = z.strictObject({
  bias: z.number().min(-20).max(20),
  any: Weights.default({}),
  title: Weights.default({}),
  /** Words that examples taught, beside the concepts: see plain-words.ts for how they are written. */
  words: Weights.default({}),
});
export type LinearWeights = z.infer<typeof LinearWeights>;

/** A weight (log-odds) per concept and output: `any` where it stands anywhere, `title` on top where in the title. */
export const WeightFile = z.strictObject({
  about: z.string().min(1),
  // One level down: a loader makes each top-level key a variable, and none may be called `arguments`.
  outputs: z.strictObject({
    relevant: LinearWeights,
    legislation: LinearWeights,
    themes: z.record(z.enum(THEMES), LinearWeights),
    arguments: z.partialRecord(z.enum(ARGUMENTS as [string, ...string[]]), LinearWeights),
    stages: z.partialRecord(z.enum(STAGES), LinearWeights),
  }),
});
export type WeightFile = z.infer<typeof WeightFile>;

/** Weights set by hand, from which the others are learned; relevance is learned from nothing but real feeds. */
export const PriorFile = WeightFile.extend({
  outputs: WeightFile.shape.outputs.omit({ relevant: true }),
});
export type Priors = z.infer<typeof PriorFile>["outputs"];

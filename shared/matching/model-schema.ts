// Matching: what a model file must look like; a bad one fails the build, it is never half-read.
import { z } from "zod";
import { ACTS, ARGUMENTS, STAGES, THEMES } from "../domain/vocabulary.ts";

const WEIGHT_MAX = 20;

/** A number per name, checked in one pass: a library that looks at sixty thousand of them one by one takes longer than reading a day's feeds. */
const Weights = z
  .custom<Readonly<Record<string, number>>>(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
    "expected a weight per name",
  )
  .check(({ value, issues }) => {
    for (const [name, weight] of Object.entries<unknown>(value))
      if (typeof weight !== "number" || !(Math.abs(weight) <= WEIGHT_MAX))
        issues.push({
          code: "custom",
          input: weight,
          path: [name],
          message: `expected a weight from -${WEIGHT_MAX} to ${WEIGHT_MAX}`,
        });
  });
const LinearWeights = z.strictObject({
  bias: z.number().min(-WEIGHT_MAX).max(WEIGHT_MAX),
  any: Weights.default({}),
  title: Weights.default({}),
  /** Words that examples taught, beside the concepts: see plain-words.ts for how they are written. */
  words: Weights.default({}),
});
export type LinearWeights = z.infer<typeof LinearWeights>;

/** A weight (log-odds) per concept and output: `any` where it stands anywhere, `title` on top where in the title. */
export const WeightFile = z.strictObject({
  about: z.string().min(1),
  outputs: z.strictObject({
    relevant: LinearWeights,
    legislation: LinearWeights,
    themes: z.record(z.enum(THEMES), LinearWeights),
    arguments: z.partialRecord(z.enum(ARGUMENTS as [string, ...string[]]), LinearWeights),
    stages: z.partialRecord(z.enum(STAGES), LinearWeights),
    acts: z.partialRecord(z.enum(ACTS), LinearWeights),
  }),
});
export type WeightFile = z.infer<typeof WeightFile>;

/** Weights set by hand, from which the others are learned; relevance is learned from nothing but real feeds. */
export const PriorFile = WeightFile.extend({
  outputs: WeightFile.shape.outputs.omit({ relevant: true }),
});
export type Priors = z.infer<typeof PriorFile>["outputs"];

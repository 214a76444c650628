// Matching: what a model file must look like; a bad one fails the build, it is never half-read.
import { z } from "zod";
import { ARGUMENTS, STAGES, THEMES } from "../domain/vocabulary.ts";
import { LANGUAGES } from "./keyword-model.ts";

const Texts = z.array(z.string().min(1).max(600));
const Id = z.string().regex(/^[a-z][a-z0-9-]*$/);

/** Keywords by language; `any` for what is written alike in all. */
export const ConceptFile = z.strictObject({
  about: z.string().min(1),
  concepts: z.record(Id, z.partialRecord(z.enum(["any", ...LANGUAGES]), Texts)),
});

/** Near-pairs and vetoes; their members are concepts, or pairs that stand earlier in the list. */
export const PairFile = z.strictObject({
  about: z.string().min(1),
  pairs: z.array(
    z.strictObject({
      id: Id,
      first: z.array(Id).min(1),
      second: z.array(Id).min(1),
      within: z.number().int().min(0).max(40).nullable(),
      ordered: z.boolean().default(false),
    }),
  ),
  vetoes: z.array(
    z.strictObject({
      drop: z.array(Id).min(1),
      by: z.array(Id).min(1),
      within: z.number().int().min(0).max(40).nullable(),
      unless: z.array(Id).default([]),
      why: z.string().min(1),
    }),
  ),
});

/** Words that place an item: by jurisdiction and by how much they say. */
export const PlaceFile = z.strictObject({
  about: z.string().min(1),
  places: z.record(
    z.string().regex(/^(?:[A-Z]{2}|INT)$/),
    z.partialRecord(z.enum(["1", "2", "3", "4"]), Texts),
  ),
});

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

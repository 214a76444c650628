// Matching: which side of the question of access an argument takes, and which of them bring their theme with them.
import { z } from "zod";
import file from "../catalog/arguments.json" with { type: "json" };
import { ARGUMENTS, type ArgumentId, type Side } from "../domain/vocabulary.ts";
import type { Features } from "./features.ts";
import type { Models } from "./keyword-model.ts";

const Taken = z.enum(["for", "against"]).nullable();
const Known = z.strictObject({
  side: Taken,
  impliesTheme: z.boolean(),
  turns: z.array(z.strictObject({ concept: z.string(), side: Taken })),
});
/** What is known of each argument (shared/catalog/arguments.json). */
export const ArgumentFile = z.strictObject({
  about: z.string(),
  // A loader makes each key a variable, and none may be called `arguments`.
  points: z.record(z.enum(ARGUMENTS as [ArgumentId, ...ArgumentId[]]), Known),
});

let read: z.infer<typeof ArgumentFile> | undefined;
function knownOf(id: ArgumentId): z.infer<typeof Known> {
  read ??= ArgumentFile.parse(file);
  return read.points[id];
}

/**
 * Points that cannot be made without touching their theme. The others can: a chamber against its government is not
 * always French, and a safeguard is as often law as technology.
 */
export const impliesTheme = (id: ArgumentId): boolean => knownOf(id).impliesTheme;

/** The last turn that applies wins: a text that says both is read as answering the first. */
export function sideOf(models: Models, argument: ArgumentId, reading: Features): Side | null {
  const { side: own, turns } = knownOf(argument);
  let side: Side | null = own;
  for (const turn of turns) {
    const concept = models.conceptIndex.get(turn.concept);
    if (concept !== undefined && reading.features.includes(2 * concept)) side = turn.side;
  }
  return side;
}

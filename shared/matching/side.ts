// Matching: which side of the question of access an argument takes.
import type { ArgumentId, Side } from "../domain/vocabulary.ts";
import type { Reading } from "./features.ts";
import type { Models } from "./keyword-model.ts";

/** The side that an argument takes by what it says; null where it can be put by either or by none. */
const SIDES: Readonly<Record<ArgumentId, Side | null>> = {
  "assembly-versus-government": null,
  "cheap-vote": null,
  "reversal-after-attack": "for",
  "inevitable-leak": "against",
  "managed-risk": "for",
  "whose-threat-model": "against",
  "master-key-custody": "against",
  ignorance: "against",
  "deliberate-power": "against",
  "pretext-rhetoric": "against",
  "criminals-move-on": "against",
  "war-on-drugs-pretext": "against",
  "surveillance-works-or-not": "against",
  "opinion-framing": null,
  "privacy-institutions": "against",
  "active-defence": "against",
  "eu-mandate-alive": null,
  "us-dependence": null,
  "covert-capabilities": null,
  "device-exploits-metadata": null,
  "provider-resistance": "against",
  "ai-mass-surveillance": "against",
};
/** Arguments that both sides make, and the concepts by which one is known to make them. */
const TURNS: Readonly<Partial<Record<ArgumentId, { concept: string; side: Side | null }[]>>> = {
  "surveillance-works-or-not": [
    { concept: "access-helps", side: "for" },
    { concept: "access-useless", side: "against" },
  ],
  "whose-threat-model": [{ concept: "domestic-threat", side: "for" }],
  ignorance: [{ concept: "not-stupid", side: "for" }],
  "opinion-framing": [{ concept: "public-would-accept", side: "for" }],
};

/** The last turn that applies wins: a text that says both is read as answering the first. */
export function sideOf(models: Models, argument: ArgumentId, reading: Reading): Side | null {
  let side = SIDES[argument];
  for (const turn of TURNS[argument] ?? []) {
    const concept = models.conceptIndex.get(turn.concept);
    if (concept !== undefined && reading.features.includes(2 * concept)) side = turn.side;
  }
  return side;
}

// Dossiers: in which jurisdictions an item is at home: what it speaks of, where it comes from, who has a say there.
import { z } from "zod";
import file from "../catalog/jurisdictions.json" with { type: "json" };
import type { Dossier } from "../domain/dossier.ts";
import type { Classification, Evidence, ItemInput } from "../domain/item.ts";
import { isInstitution } from "./count-cues.ts";

/** How much of a subject, or of a jurisdiction (`@EU`), the words speak. */
export interface Shared {
  score: number;
  readonly evidence: Evidence[];
}

const HOME = 1;
const ABROAD = -2.6;

/** Jurisdictions that the item speaks of or comes from, with their weight. */
export function homesOf(
  input: ItemInput,
  { jurisdiction }: Classification,
  shared: ReadonlyMap<string, Shared>,
): ReadonlyMap<string, number> {
  const homes = new Map<string, number>();
  if (jurisdiction !== null) homes.set(jurisdiction, 1);
  const { jurisdiction: from } = input.feed;
  if (from !== null && !homes.has(from)) homes.set(from, weightOfOrigin(input, jurisdiction));
  // What Brussels decides is home affairs in a member state.
  if (known().unionMembers.some((member) => homes.has(member)) && !homes.has("EU"))
    homes.set("EU", 0.4);
  for (const [key, { score }] of shared) {
    if (!key.startsWith("@")) continue;
    const id = key.slice(1);
    // A national name beside it is who spoke, or who presides.
    if (score >= 2)
      for (const [other, weight] of homes) if (other !== id) homes.set(other, weight * 0.7);
    homes.set(id, Math.max(homes.get(id) ?? 0, Math.min(1.2, 0.6 + 0.2 * score)));
  }
  return homes;
}

/** An institution speaks of its own country, a paper of any. */
function weightOfOrigin(input: ItemInput, about: string | null): number {
  if (about === null || isInstitution(input)) return 1;
  // Brussels stands in many items on national affairs.
  if (!isCountry(about)) return 0.75;
  return sharesWords(input, about) ? 0.55 : 0.3;
}

/** What a dossier's jurisdiction adds to its claim. */
export function homeOf(
  { jurisdiction }: Dossier,
  homes: ReadonlyMap<string, number>,
  doubtful: boolean,
): number {
  const home = homes.get(jurisdiction);
  if (home !== undefined) return HOME * home;
  if (jurisdiction === "INT") return HOME / 2;
  return homes.size > 0 && doubtful ? ABROAD : 0;
}

/** What another country does is no move here, though a paper here uses the same words for it. */
export function isElsewhere(
  { jurisdiction }: Dossier,
  input: ItemInput,
  { jurisdiction: about }: Classification,
): boolean {
  if (about === null || about === jurisdiction) return false;
  const own = jurisdiction === input.feed.jurisdiction;
  if (own && (isInstitution(input) || sharesWords(input, about))) return false;
  return isCountry(about) && isCountry(jurisdiction);
}

const Jurisdictions = z.strictObject({
  about: z.string(),
  unionMembers: z.array(z.string().regex(/^[A-Z]{2}$/)),
  sharedOffices: z.record(z.string().regex(/^[A-Z]{2}$/), z.string().regex(/^[a-z]{2}$/)),
});

let read: z.infer<typeof Jurisdictions> | undefined;
const known = (): z.infer<typeof Jurisdictions> => {
  read ??= Jurisdictions.parse(file);
  return read;
};

/** Offices have one name in all countries of a language: an Innenminister in a Viennese paper may be either's. */
function sharesWords(input: ItemInput, jurisdiction: string): boolean {
  const language = known().sharedOffices[jurisdiction];
  return language !== undefined && language === input.feed.language;
}

const isCountry = (jurisdiction: string): boolean =>
  jurisdiction !== "EU" && jurisdiction !== "INT";

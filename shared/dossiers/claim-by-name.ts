// Dossiers: what the numbers and names in an item say for each dossier.
import type { Dossier } from "../domain/dossier.ts";
import type { Token } from "../domain/fold-text.ts";
import type { Classification, Evidence, ItemInput } from "../domain/item.ts";
import type { Reading } from "../reading/read-item.ts";
import type { Words } from "../reading/words.ts";
import { isInstitution } from "./count-cues.ts";
import { type FoundName, findNames, standsIn } from "./find-names.ts";
import { type DossierIndex, numberKey, type OwnNumber } from "./index-names.ts";
import { isSameText, type Reference, referencesIn } from "./parse-reference.ts";
import type { ReadText } from "./read-text.ts";

/** An item's text, as both engines read it. */
export interface Read {
  readonly words: Words;
  readonly reading: Reading;
  readonly text: ReadText;
}

/** What speaks for one dossier. */
export interface Claim {
  by: "reference" | "alias" | "subject";
  score: number;
  evidence: Evidence[];
  named: boolean;
}
export type Claims = Map<Dossier, Claim>;

export const REFERENCE = 4;
const ALIAS = 2;
/** A name in the title says what the item is about; in the summary it may stand aside. */
const IN = { title: 1.5, summary: 0.8 } as const;
/** Saying a name twice says it once. */
const AGAIN = 0.3;
/** What a number counts that leaves something to be told: its session (the day tells it), its country, or both. */
const BARE = 0.7;
const LOOSE = 0.3;
/** What items taught of a number may be another's. */
const TAUGHT = 0.8;

/** The claims of numbers and names in title and summary; of what another country's law is called there are none. */
export function claimsByName(
  index: DossierIndex,
  input: ItemInput,
  classification: Classification,
  read: Read,
): Claims {
  const claims: Claims = new Map();
  const { words, reading } = read;
  for (const field of ["title", "summary"] as const)
    for (const reference of referencesIn(input[field], input.published))
      for (const own of index.numbers.get(numberKey(reference)) ?? [])
        if (isSameText(own.reference, reference))
          claimNumber(claims, own, { reference, field, input, classification, read });
  for (const found of findNames(index, words, reading, input)) claimName(claims, found);
  return claims;
}

interface NumberSaid {
  readonly reference: Reference;
  readonly field: Evidence["field"];
  readonly input: ItemInput;
  readonly classification: Classification;
  readonly read: Read;
}

/** A number is a parliament, a session and a number: what the item leaves out, its day and its country must tell. */
function claimNumber(
  claims: Claims,
  { dossier, reference: own, learned }: OwnNumber,
  { reference, field, input, classification, read }: NumberSaid,
): void {
  const { parliament, form, alone, start, end } = reference;
  const whole = form === "full" && alone;
  const atHome = [classification.jurisdiction, input.feed.jurisdiction].includes(parliament);
  if (!whole && !atHome) return;
  const told = form !== "bare" || (reference.session !== null && own.session !== null);
  const strength = whole ? 1 : told && alone ? BARE : LOOSE;
  const score = REFERENCE * strength * IN[field] * (learned ? TAUGHT : 1);
  const term = input[field].slice(start, end);
  const evidence = { term, field, start, end, weight: score };
  const institution = isInstitution(input);
  // Its own parliament need not say which one it is; where many bodies number alike, the subject says it.
  const isTheirs = institution && input.feed.jurisdiction === parliament;
  const completed = isTheirs && told && (alone || read.text.topic > 0);
  const named = field === "title" ? whole || completed : whole && institution;
  add(claims, dossier, "reference", evidence, named);
}

/** A word of its own, or several: shorter ones are words of any language. */
const LEAST_NAMED = 1;

function claimName(claims: Claims, { name, field, start, end, distinctive }: FoundName): void {
  const score = ALIAS * name.weight * IN[field];
  const named = distinctive && !name.learned && field === "title" && name.weight >= LEAST_NAMED;
  add(claims, name.dossier, "alias", { term: name.text, field, start, end, weight: score }, named);
}

function add(
  claims: Claims,
  dossier: Dossier,
  by: Claim["by"],
  evidence: Evidence & { readonly weight: number },
  named: boolean,
): void {
  const claim = claims.get(dossier) ?? { by, score: 0, evidence: [], named: false };
  if (by === "reference") claim.by = by;
  claim.named ||= named;
  claim.score = Math.max(claim.score, evidence.weight) + (claim.score > 0 ? AGAIN : 0);
  claim.evidence.push(evidence);
  claims.set(dossier, claim);
}

/**
 * Whether an item may name a dossier, at a first look: a name or a number of one, or a bill's number in what an institution
 * publishes, which items may have taught.
 */
export function mayName(
  index: DossierIndex,
  input: ItemInput,
  fields: readonly (readonly Token[])[],
): boolean {
  if (fields.some((tokens) => standsIn(index, tokens))) return true;
  const institution = isInstitution(input);
  const text = institution ? `${input.title}\n${input.summary}` : input.title;
  return referencesIn(text, input.published).some(
    (reference) => (institution && reference.bill) || index.numbers.has(numberKey(reference)),
  );
}

// Dossiers: which bill or demand an item is about: numbers first, then names, then jurisdiction with subject.
import type { Dossier } from "../domain/dossier.ts";
import type { DossierId } from "../domain/ids.ts";
import type { Classification, Evidence, ItemInput } from "../domain/item.ts";
import { type Claim, type Claims, claimsByName, REFERENCE, type Read } from "./claim-by-name.ts";
import { isInstitution } from "./count-cues.ts";
import { describeDossiers, sharedTerms, termsIn } from "./describe-dossiers.ts";
import { homeOf, homesOf, isElsewhere, type Shared } from "./homes.ts";
import { indexOf, type Learned } from "./index-names.ts";
import { isOthersName } from "./others-names.ts";
import type { ReadText } from "./read-text.ts";
import { hasList, subjectsIn, subjectsOf } from "./subjects.ts";

/** A dossier, how it was found, and how far ahead of the next it is. */
export interface Assignment {
  readonly dossier: DossierId;
  readonly by: "reference" | "alias" | "subject";
  /** Sum of what spoke for it; 1 is the least that assigns. */
  readonly score: number;
  /** What the next best dossier lacks; below 1 the choice is unsure. */
  readonly margin: number;
  readonly evidence: readonly Evidence[];
  /** True where the item names the file as nothing else is named: it is the file's, though it says nothing of its subject. */
  readonly named: boolean;
  /** The next best dossier, where anything speaks for another one. */
  readonly runnerUp: RunnerUp | null;
}

/** A dossier that an item was not given to, and what spoke for it. */
export interface RunnerUp {
  readonly dossier: DossierId;
  readonly by: Assignment["by"];
  readonly evidence: readonly Evidence[];
}

const PHRASE = 1.5;
const OTHER_COUNTRY = 0.35;
const LEAST = 0.8;
/** Less of the subject than this is a word in passing. */
const TOPIC = 2;

/** Ahead of the next dossier by this much, an item teaches what its own is called. */
const CLEAR = 1;

/**
 * Whether the names that the item uses are its dossier's: it gives a number or a name of it, or it is an institution's, and
 * no other dossier comes near. What names nothing may be another's: were it to teach, one mistake would make the next.
 */
export const isCertain = ({ by, margin }: Assignment, input: ItemInput): boolean =>
  margin >= CLEAR && (by !== "subject" || isInstitution(input));

/**
 * How probable it must be that an item is on the subject before it may be a dossier's, by what gives it to one. Two in a
 * thousand are on the subject; what a dossier's name or its country and words add is not in that figure.
 */
export const isNearSubject = (
  { by, named }: Assignment,
  { relevant, score }: Classification,
): boolean => relevant || named || score >= (by === "subject" ? NEAR_SUBJECT : NEAR_NAME);

export const NEAR_NAME = 0.01;
const NEAR_SUBJECT = 0.05;
/** Below this an item is on something else, whatever words it shares with a dossier. */
const NEAR = 0.02;

/** The dossiers there are, and what items have told of them. */
export interface Known {
  /** The registry's, and those that opened themselves. */
  readonly dossiers: readonly Dossier[];
  readonly learned: Learned;
}

/** @returns null where no dossier is named or meant */
export function assignDossier(
  { dossiers, learned }: Known,
  input: ItemInput,
  classification: Classification,
  read: Read,
): Assignment | null {
  const open = openBy(dossiers, input.published);
  if (open.length === 0) return null;
  const { text } = read;
  const shared = sharedSubjects(dossiers, input, text);
  const claims = claimsByName(indexOf(dossiers, learned), input, classification, read);
  claimByPhrase(dossiers, shared, claims);
  const homes = homesOf(input, classification, shared);
  for (const [dossier, claim] of claims) {
    claim.score += homeOf(dossier, homes, claim.score < REFERENCE);
    if (claim.by === "reference") continue;
    // A paper at home in the country that its item seems to be about, with a phrase of another one's in the title.
    const abroad = input.feed.jurisdiction === classification.jurisdiction;
    if (abroad && (shared.get(`!${dossier.id}`)?.score ?? 0) >= 2) continue;
    if (!isElsewhere(dossier, input, classification)) continue;
    claim.score *= OTHER_COUNTRY;
    claim.named = false;
  }
  const near = classification.score >= NEAR;
  if (text.topic >= TOPIC || near)
    claimBySubject(open, text, withOwnTerms(shared, dossiers, read), homes, claims, near);
  return best(claims, input.published);
}

/** Which subjects (and jurisdictions, `@EU`) the words speak of; the title counts twice. */
function sharedSubjects(
  dossiers: readonly Dossier[],
  input: ItemInput,
  text: ReadText,
): ReadonlyMap<string, Shared> {
  const subjects = subjectsOf(dossiers);
  const byCategory = new Map(
    dossiers.flatMap((dossier) =>
      [dossier.id, `!${dossier.id}`].map((id) => [id, dossier] as const),
    ),
  );
  const shared = new Map<string, Shared>();
  for (const [field, weight] of [
    ["title", 2],
    ["summary", 1],
  ] as const) {
    const tokens = text[field];
    for (const { category, first, last } of subjectsIn(subjects, tokens, text.stops[field])) {
      const named = last > first ? byCategory.get(category) : undefined;
      const at = { tokens, stops: text.stops[field] };
      if (named !== undefined && isOthersName(named, at, input[field], first)) continue;
      const entry = shared.get(category) ?? { score: 0, evidence: [] };
      entry.score += weight * (last > first ? 1.4 : 1);
      const start = tokens[first]?.start ?? 0;
      const end = tokens[last]?.end ?? start + 1;
      entry.evidence.push({ term: text.quote(field, start, end), field, start, end, weight });
      shared.set(category, entry);
    }
  }
  return shared;
}

/** Where nobody wrote down what a dossier's subject is called, its own title, names and history say it. */
function withOwnTerms(
  shared: ReadonlyMap<string, Shared>,
  dossiers: readonly Dossier[],
  { text, words, reading }: Read,
): ReadonlyMap<string, Shared> {
  const all = new Map(shared);
  const terms = termsIn(words, reading);
  for (const [dossier, description] of describeDossiers(words, dossiers)) {
    if (hasList(dossier)) continue;
    const found = sharedTerms(description, terms, text);
    if (found.score > 0) all.set(dossier.id, found);
  }
  return all;
}

/** A phrase as good as a name (`Home Office` with `Apple`). */
function claimByPhrase(
  dossiers: readonly Dossier[],
  shared: ReadonlyMap<string, Shared>,
  claims: Claims,
): void {
  for (const dossier of dossiers) {
    const found = shared.get(`!${dossier.id}`);
    if (found === undefined) continue;
    const score = PHRASE * Math.min(2.8, found.score) ** 0.5;
    const claim = claims.get(dossier);
    if (claim === undefined)
      claims.set(dossier, { by: "alias", score, evidence: found.evidence, named: false });
    else claim.score = Math.max(claim.score, score) + 0.3;
  }
}

/** Items that name nothing: the dossier of their jurisdiction whose subject they speak of. */
function claimBySubject(
  dossiers: readonly Dossier[],
  text: ReadText,
  shared: ReadonlyMap<string, Shared>,
  homes: ReadonlyMap<string, number>,
  claims: Claims,
  near: boolean,
): void {
  const perJurisdiction = new Map<string, number>();
  for (const { jurisdiction } of dossiers)
    perJurisdiction.set(jurisdiction, (perJurisdiction.get(jurisdiction) ?? 0) + 1);
  for (const dossier of dossiers) {
    const home = homes.get(dossier.jurisdiction);
    if (home === undefined) continue;
    const found = shared.get(dossier.id);
    const only = perJurisdiction.get(dossier.jurisdiction) === 1;
    const base = only ? 0.4 + 0.1 * Math.min(3, text.topic) : 0.2 + 0.08 * Math.min(4, text.topic);
    const score = home * (base + Math.min(2, 0.3 * (found?.score ?? 0)) + (near ? 0.2 : 0));
    const claim = claims.get(dossier);
    if (claim !== undefined) claim.score += Math.min(1.2, score);
    else if (score >= LEAST)
      claims.set(dossier, { by: "subject", score, evidence: found?.evidence ?? [], named: false });
  }
}

/** Days before its opening in which items may speak of a dossier that is about to open. */
const AHEAD_DAYS = 30;

/** Ahead of the next by less than this, what an item says tells nothing of the two. */
const TELLING = 0.05;

/** An item from before there was such a bill is about another. */
function openBy(dossiers: readonly Dossier[], published: string | null): readonly Dossier[] {
  if (published === null) return dossiers;
  const horizon = Date.parse(published) + AHEAD_DAYS * 86_400_000;
  return dossiers.filter(({ opened }) => Date.parse(opened) <= horizon);
}

function best(claims: ReadonlyMap<Dossier, Claim>, published: string | null): Assignment | null {
  const horizon = published === null ? null : Date.parse(published) + AHEAD_DAYS * 86_400_000;
  const open = [...claims].filter(
    // An item from before there was such a bill is about another.
    ([{ opened }]) => horizon === null || Date.parse(opened) <= horizon,
  );
  const [first, second] = open.sort(([, one], [, other]) => other.score - one.score);
  if (first === undefined || first[1].score < LEAST) return null;
  const [dossier, { by, score, evidence, named }] = first;
  const margin = score - (second?.[1].score ?? 0);
  // Two bills of one country of which the item says alike: to take either would be a guess.
  if (by === "subject" && margin < TELLING) return null;
  return { dossier: dossier.id, by, score, margin, evidence, named, runnerUp: runnerUpOf(second) };
}

const runnerUpOf = (second: [Dossier, Claim] | undefined): RunnerUp | null =>
  second === undefined
    ? null
    : { dossier: second[0].id, by: second[1].by, evidence: second[1].evidence };

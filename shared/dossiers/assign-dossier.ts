// Dossiers: which bill or demand an item is about: references first, then aliases, then jurisdiction with subject.
import type { Dossier } from "../domain/dossier.ts";
import type { Token } from "../domain/fold-text.ts";
import type { DossierId } from "../domain/ids.ts";
import type { Classification, Evidence, ItemInput } from "../domain/item.ts";
import type { Reading } from "../reading/read-item.ts";
import type { Words } from "../reading/words.ts";
import { describeDossiers, sharedTerms, termsIn } from "./describe-dossiers.ts";
import { homeOf, homesOf, isElsewhere, type Shared } from "./homes.ts";
import { type DossierIndex, indexOf, type Name } from "./index-names.ts";
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
  /** True where the item names the file: by a full reference anywhere, or by a name of its own in the title. */
  readonly named: boolean;
}

interface Claim {
  by: Assignment["by"];
  score: number;
  evidence: Evidence[];
  named: boolean;
}

const REFERENCE = 4;
const ALIAS = 2;
const PHRASE = 1.5;
/** An alias in the title says what the item is about; in the summary it may stand aside. */
const IN_TITLE = 1.5;
const IN_SUMMARY = 0.8;
const OTHER_COUNTRY = 0.35;
const LEAST = 0.8;
/** Less of the subject than this is a word in passing. */
const TOPIC = 2;

/** An item's text, as both engines read it. */
export interface Read {
  readonly words: Words;
  readonly reading: Reading;
  readonly text: ReadText;
}

/** @returns null where no dossier is named or meant */
export function assignDossier(
  dossiers: readonly Dossier[],
  input: ItemInput,
  classification: Classification,
  read: Read,
): Assignment | null {
  if (dossiers.length === 0) return null;
  const { text } = read;
  const index = indexOf(dossiers);
  const claims = new Map<Dossier, Claim>();
  claimByName(index, text.title, "title", IN_TITLE, claims);
  claimByName(index, text.summary, "summary", IN_SUMMARY, claims);
  const shared = sharedSubjects(dossiers, text);
  claimByPhrase(dossiers, shared, claims);
  const homes = homesOf(input, classification, shared);
  for (const [dossier, claim] of claims) {
    claim.score += homeOf(dossier, homes, claim.score < REFERENCE);
    if (claim.by === "reference") continue;
    // A paper at home in the country that its item seems to be about, with a phrase of another one's in the title.
    const abroad = input.feed.jurisdiction === classification.jurisdiction;
    if (abroad && (shared.get(`!${dossier.id}`)?.score ?? 0) >= 2) continue;
    if (isElsewhere(dossier, input, classification)) claim.score *= OTHER_COUNTRY;
  }
  if (text.topic >= TOPIC || classification.relevant)
    claimBySubject(
      openBy(dossiers, input.published),
      text,
      withOwnTerms(shared, dossiers, read),
      homes,
      claims,
      classification.relevant,
    );
  return best(claims, input.published);
}

/** Which subjects (and jurisdictions, `@EU`) the words speak of; the title counts twice. */
function sharedSubjects(dossiers: readonly Dossier[], text: ReadText): ReadonlyMap<string, Shared> {
  const subjects = subjectsOf(dossiers);
  const shared = new Map<string, Shared>();
  for (const [field, weight] of [
    ["title", 2],
    ["summary", 1],
  ] as const) {
    const tokens = text[field];
    for (const { category, first, last } of subjectsIn(subjects, tokens, text.stops[field])) {
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

function claimByName(
  index: DossierIndex,
  tokens: readonly Token[],
  field: Evidence["field"],
  weight: number,
  claims: Map<Dossier, Claim>,
): void {
  let covered = -1;
  let by: Dossier | undefined;
  for (const [at, token] of tokens.entries())
    for (const name of index.names.get(token.text.slice(0, 3)) ?? []) {
      const last = endOf(name, tokens, at);
      if (last === undefined) continue;
      const end = at + name.words.length - 1;
      // Within a longer name of another dossier: `Chatkontrolle` in `freiwillige Chatkontrolle`.
      if (end <= covered && by !== name.dossier) continue;
      if (end > covered) {
        covered = end;
        by = name.dossier;
      }
      claimName(name, { field, start: token.start, end: last.end }, weight, claims);
    }
}

function claimName(
  name: Name,
  span: Pick<Evidence, "field" | "start" | "end">,
  weight: number,
  claims: Map<Dossier, Claim>,
): void {
  const score = (name.kind === "reference" ? REFERENCE : ALIAS) * name.weight * weight;
  const claim = claims.get(name.dossier) ?? { by: "alias", score: 0, evidence: [], named: false };
  if (name.kind === "reference") claim.by = "reference";
  if (name.kind === "reference" ? FULL.test(name.text) : isNamedBy(name, span)) claim.named = true;
  // Saying the name twice says it once.
  claim.score = Math.max(claim.score, score) + (claim.score > 0 ? 0.3 : 0);
  claim.evidence.push({ term: name.text, ...span, weight: score });
  claims.set(name.dossier, claim);
}

/** A number with its year or session: bare ones return in every session of every parliament. */
const FULL = /\d{4}\s?[/:]\s?\d|\d\s?[/:]\s?\d{4}|\(\d{4}\)|\b\d{2}\/\d{3,}/;

/** A word of its own, or several: shorter ones are words of any language. */
const LONG_NAME = 8;

function isNamedBy({ words, weight }: Name, { field }: Pick<Evidence, "field">): boolean {
  if (field !== "title" || weight < 1) return false;
  return words.length > 1 || (words[0]?.length ?? 0) >= LONG_NAME;
}

/** Whether any dossier's reference or name stands in these words. */
export function namesAny(dossiers: readonly Dossier[], tokens: readonly Token[]): boolean {
  const { names } = indexOf(dossiers);
  return tokens.some((token, at) =>
    names.get(token.text.slice(0, 3))?.some((name) => endOf(name, tokens, at) !== undefined),
  );
}

/** The last token of the name, where all of it stands at this place. */
function endOf(name: Name, tokens: readonly Token[], at: number): Token | undefined {
  let last: Token | undefined;
  for (const [offset, word] of name.words.entries()) {
    last = tokens[at + offset];
    if (last === undefined || !isInflected(word, last.text)) return undefined;
  }
  return last;
}

/** True where the second is the first with another ending (datalagring, datalagringens; Яровой, Яровая). */
export function isInflected(word: string, other: string): boolean {
  if (word === other) return true;
  if (word.length < 5 || Math.abs(word.length - other.length) > 3 || /\d/.test(word)) return false;
  if (other.startsWith(word)) return true;
  return (
    CYRILLIC.test(word) && other.startsWith(word.slice(0, -2)) && other.length <= word.length + 2
  );
}

const CYRILLIC = /\p{Script=Cyrillic}/u;

/** A phrase as good as a name (`Home Office` with `Apple`). */
function claimByPhrase(
  dossiers: readonly Dossier[],
  shared: ReadonlyMap<string, Shared>,
  claims: Map<Dossier, Claim>,
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
  claims: Map<Dossier, Claim>,
  relevant: boolean,
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
    const score = home * (base + Math.min(2, 0.3 * (found?.score ?? 0)) + (relevant ? 0.2 : 0));
    const claim = claims.get(dossier);
    if (claim !== undefined) claim.score += Math.min(1.2, score);
    else if (score >= LEAST)
      claims.set(dossier, { by: "subject", score, evidence: found?.evidence ?? [], named: false });
  }
}

/** Days before its opening in which items may speak of a dossier that is about to open. */
const AHEAD_DAYS = 30;

/** An item from before there was such a bill is about another. */
function openBy(dossiers: readonly Dossier[], published: string | null): readonly Dossier[] {
  if (published === null) return dossiers;
  const horizon = Date.parse(published) + AHEAD_DAYS * 86_400_000;
  return dossiers.filter(({ opened }) => Date.parse(opened) <= horizon);
}

function best(claims: ReadonlyMap<Dossier, Claim>, published: string | null): Assignment | null {
  const horizon = published === null ? null : Date.parse(published) + AHEAD_DAYS * 86_400_000;
  let first: [Dossier, Claim] | undefined;
  let second = 0;
  for (const entry of claims) {
    // An item from before there was such a bill is about another.
    if (horizon !== null && Date.parse(entry[0].opened) > horizon) continue;
    if (first === undefined || entry[1].score > first[1].score) {
      if (first !== undefined) second = Math.max(second, first[1].score);
      first = entry;
    } else second = Math.max(second, entry[1].score);
  }
  if (first === undefined || first[1].score < LEAST) return null;
  const [dossier, { by, score, evidence, named }] = first;
  return { dossier: dossier.id, by, score, margin: score - second, evidence, named };
}

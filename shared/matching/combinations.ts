// Matching: what stands beside the subject in one sentence: two things that say little alone and much together.
import { z } from "zod";
import type { PairHit } from "../reading/find-pairs.ts";
import type { FieldReading } from "../reading/read-item.ts";
import type { Hit, PlaceConcept } from "../reading/word-model.ts";

const Groups = z.record(z.string().min(1), z.array(z.string().min(1)).min(1));

/** The groups as reviewed (shared/catalog/models/combinations.json). */
export const CombinationFile = z.strictObject({
  about: z.string().min(1),
  subjects: Groups,
  company: Groups,
  /** Subjects of which most items are about something else. */
  weak: z.array(z.string().min(1)),
  /** Who and where: institutions and companies. */
  carriers: z.array(z.string().min(1)),
  /** What can be done to a text. */
  acts: z.array(z.string().min(1)),
});
export type CombinationFile = z.infer<typeof CombinationFile>;

/** Groups by concept number, and the concept that each two of them make. */
export interface Combinations {
  /** By concept: its subject group, or -1. */
  readonly subjectOf: Int16Array;
  /** By concept: its company group, or -1; places are one group. */
  readonly companyOf: Int16Array;
  /** How many groups of each kind. */
  readonly subjects: number;
  readonly companies: number;
  /** The concept of the first combination; they are numbered subject by subject, company by company. */
  readonly first: number;
  /** Subject groups that alone say little. */
  readonly weak: ReadonlySet<number>;
  /** Concepts that name institutions and companies. */
  readonly carriers: ReadonlySet<number>;
  /** Concepts that name an act of procedure. */
  readonly acts: readonly { readonly id: string; readonly concept: number }[];
}

/** Places beside the subject are company of their own: whose law it is. */
const PLACE = "place";

/** The names of all combinations, in their order: `encryption+state`, and `encryption+backdoor` of two subjects. */
export function combinationIds({ subjects, company }: CombinationFile): string[] {
  const companies = [...Object.keys(company), PLACE, ...Object.keys(subjects)];
  return Object.keys(subjects).flatMap((subject) => companies.map((one) => `${subject}+${one}`));
}

/**
 * @param first the concept number of the first combination
 * @throws RangeError for a concept that no file defines
 */
export function compileCombinations(
  file: CombinationFile,
  conceptIndex: ReadonlyMap<string, number>,
  places: ReadonlyMap<number, PlaceConcept>,
  first: number,
): Combinations {
  const numberOf = (id: string): number => {
    const concept = conceptIndex.get(id);
    if (concept === undefined) throw new RangeError(`combinations: no such concept: ${id}`);
    return concept;
  };
  const groupsOf = (groups: CombinationFile["subjects"]) => {
    const found = new Int16Array(first).fill(-1);
    for (const [group, ids] of Object.values(groups).entries())
      for (const id of ids) found[numberOf(id)] = group;
    return found;
  };
  const companyOf = groupsOf(file.company);
  const named = Object.keys(file.company).length;
  for (const concept of places.keys()) companyOf[concept] = named;
  const subjects = Object.keys(file.subjects).length;
  return {
    subjectOf: groupsOf(file.subjects),
    companyOf,
    subjects,
    companies: named + 1 + subjects,
    first,
    weak: new Set(file.weak.map((group) => groupOf(file, group))),
    carriers: new Set(file.carriers.map(numberOf)),
    acts: file.acts.map((id) => ({ id, concept: numberOf(id) })),
  };
}

function groupOf({ subjects }: CombinationFile, group: string): number {
  const index = Object.keys(subjects).indexOf(group);
  if (index < 0) throw new RangeError(`combinations: no such subject: ${group}`);
  return index;
}

/** The concepts that are of the subject. */
export const subjectConcepts = ({ subjectOf }: Combinations): ReadonlySet<number> =>
  new Set([...subjectOf.keys()].filter((concept) => (subjectOf[concept] ?? -1) >= 0));

/** True where words of the subject stand in the fields, but none that is its own. */
export function isWeak(
  { subjectOf, weak }: Combinations,
  fields: readonly FieldReading[],
): boolean {
  const groups = fields.flatMap(({ hits }) => hits.map((hit) => subjectOf[hit.concept] ?? -1));
  return groups.every((group) => group < 0 || weak.has(group));
}

/** True where some word of the subject stands in the field. */
export function hasSubject({ subjectOf }: Combinations, { hits }: FieldReading): boolean {
  return hits.some((hit) => (subjectOf[hit.concept] ?? -1) >= 0);
}

/** Groups met in one sentence, each with the hit that shows it. */
interface Sentence {
  readonly subjects: Map<number, Hit>;
  readonly company: Map<number, Hit>;
}

/** Each combination that some sentence of the field shows, once, with the two hits that made it. */
export function findCombinations(combinations: Combinations, field: FieldReading): PairHit[] {
  if (!hasSubject(combinations, field)) return [];
  const found = new Map<number, PairHit>();
  for (const { subjects, company } of sentencesOf(combinations, field))
    for (const [subject, one] of subjects) {
      for (const [other, two] of company) add(found, combinations, subject, other, one, two);
      for (const [other, two] of subjects)
        if (other > subject)
          add(
            found,
            combinations,
            subject,
            combinations.companies - combinations.subjects + other,
            one,
            two,
          );
    }
  return [...found.values()];
}

function add(
  found: Map<number, PairHit>,
  { first, companies }: Combinations,
  subject: number,
  company: number,
  one: Hit,
  two: Hit,
): void {
  const concept = first + subject * companies + company;
  if (found.has(concept)) return;
  const members = one.from <= two.from ? ([one, two] as const) : ([two, one] as const);
  const to = Math.max(one.to, two.to);
  found.set(concept, { concept, term: -1, from: members[0].from, to, members });
}

/** Later sentences of an article say less of what it is about, and their number must not add up. */
const TOKENS_MAX = 150;

function sentencesOf(
  { subjectOf, companyOf }: Combinations,
  { hits, stops }: FieldReading,
): Sentence[] {
  const sentences: Sentence[] = [];
  let ends = -1;
  let sentence: Sentence | undefined;
  for (const hit of hits) {
    if (hit.from >= TOKENS_MAX) break;
    if (sentence === undefined || hit.from > ends) {
      const end = stops.indexOf(true, hit.from);
      ends = end < 0 ? stops.length : end;
      sentence = { subjects: new Map(), company: new Map() };
      sentences.push(sentence);
    }
    const subject = subjectOf[hit.concept] ?? -1;
    if (subject >= 0 && !sentence.subjects.has(subject)) sentence.subjects.set(subject, hit);
    const company = companyOf[hit.concept] ?? -1;
    if (company >= 0 && !sentence.company.has(company)) sentence.company.set(company, hit);
  }
  return sentences;
}

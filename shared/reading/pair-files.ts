// Reading: near-pairs and vetoes as their files list them.
import {
  EXPLAINED,
  fail,
  fieldsOf,
  type Section,
  sectionsOf,
  type WordFile,
} from "./word-files.ts";
import type { NearPair, Veto } from "./word-model.ts";

type Index = ReadonlyMap<string, number>;

/** More words apart than this is not near. */
const WITHIN_MAX = 40;

/**
 * `[id]` with what it means and shows (as in concepts.txt), `first`, `second` and `within`; members are concepts, or pairs that stand earlier in the file.
 * @param firstPair the number of the first pair's concept
 * @throws RangeError naming file and line
 */
export function pairsOf(file: WordFile, conceptIndex: Index, firstPair: number): NearPair[] {
  return sectionsOf(file).flatMap((section) => {
    if (section.heading === null) return [];
    const members = membersOf(file, section, conceptIndex);
    const concept = conceptIndex.get(section.heading) ?? 0;
    const [first, second] = [members("first"), members("second")];
    const within = withinOf(file, section);
    const all = [...first, ...second];
    const tooEarly = all.some((member) => member >= concept);
    if (tooEarly) fail(file, section.line, "a pair's members stand before it");
    return [
      {
        concept,
        first,
        second,
        within: within.words,
        ordered: within.ordered,
        roles: rolesOf(conceptIndex.size, first, second),
        nested: all.some((member) => member >= firstPair),
      },
    ];
  });
}

/** `[why]` with `drop`, `by`, `within`, and `unless` where it does not hold. @throws RangeError naming file and line */
export function vetoesOf(file: WordFile, conceptIndex: Index): Veto[] {
  return sectionsOf(file).flatMap((section) => {
    if (section.heading === null) return [];
    const members = membersOf(file, section, conceptIndex);
    return [
      {
        drop: members("drop"),
        by: members("by"),
        within: withinOf(file, section).words,
        unless: members("unless"),
      },
    ];
  });
}

const KEYS = ["first", "second", "drop", "by", "unless", "within", ...EXPLAINED];

function membersOf(file: WordFile, section: Section, conceptIndex: Index) {
  const fields = fieldsOf(file, section, KEYS);
  return (key: string): number[] =>
    fields
      .filter((field) => field.key === key)
      .flatMap(({ value, line }) =>
        value
          .split(/\s+/)
          .map((id) => conceptIndex.get(id) ?? fail(file, line, `no such concept: ${id}`)),
      );
}

/** `within: 7`, `within: 7 in order`, `within: the item`. */
function withinOf(
  file: WordFile,
  section: Section,
): { readonly words: number | null; readonly ordered: boolean } {
  const field = fieldsOf(file, section, KEYS).find(({ key }) => key === "within");
  if (field?.value === "the item") return { words: null, ordered: false };
  const [, words, ordered] = /^(\d+)( in order)?$/.exec(field?.value ?? "") ?? [];
  if (words === undefined || Number(words) > WITHIN_MAX)
    return fail(file, field?.line ?? section.line, "expected within: a number, or the item");
  return { words: Number(words), ordered: ordered !== undefined };
}

function rolesOf(size: number, first: readonly number[], second: readonly number[]): Uint8Array {
  const roles = new Uint8Array(size);
  for (const concept of first) roles[concept] = 1;
  for (const concept of second) roles[concept] = (roles[concept] ?? 0) | 2;
  return roles;
}

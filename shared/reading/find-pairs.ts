// Reading: what hits mean together: vetoes take some away, near-pairs add what two concepts say side by side.
import type { Hit, NearPair, Veto } from "./word-model.ts";

/** Hits left after the vetoes; `hits` in order of `from`. Linear in the hits, times the few vetoes that apply. */
export function applyVetoes(vetoes: readonly Veto[], fields: readonly (readonly Hit[])[]): Hit[][] {
  let left = fields.map((hits) => [...hits]);
  const present = presence(left);
  for (const veto of vetoes) {
    if (!veto.drop.some((concept) => present.has(concept))) continue;
    if (!veto.by.some((concept) => present.has(concept))) continue;
    if (veto.unless.some((concept) => present.has(concept))) continue;
    left = left.map((hits) => {
      if (veto.within === null) return hits.filter((hit) => !veto.drop.includes(hit.concept));
      const by = hits.filter((hit) => veto.by.includes(hit.concept));
      const within = veto.within;
      return dropNear(hits, by, veto.drop, within);
    });
  }
  return left;
}

function presence(fields: readonly (readonly Hit[])[]): Set<number> {
  const present = new Set<number>();
  for (const hits of fields) for (const hit of hits) present.add(hit.concept);
  return present;
}

function dropNear(hits: Hit[], by: Hit[], drop: readonly number[], within: number): Hit[] {
  if (by.length === 0) return hits;
  let first = 0;
  return hits.filter((hit) => {
    if (!drop.includes(hit.concept)) return true;
    while (first < by.length && (by[first]?.to ?? 0) + within < hit.from) first++;
    const near = by[first];
    return near === undefined || near.from > hit.to + within;
  });
}

/** A near-pair found, with the two keywords that made it, in order of place. */
export interface PairHit extends Hit {
  readonly members: readonly [Hit, Hit];
}

/** What a concept is to a pair. */
const FIRST = 1;
const SECOND = 2;
/** Neighbours looked back at per keyword: a text of one word repeated stays linear. */
const LOOK_BACK = 6;

/** The pairs that stand in one field, each at most once: the first place where it is met. `hits` in order of `from`. */
export function findPairs(pairs: readonly NearPair[], hits: readonly Hit[]): PairHit[] {
  const found: PairHit[] = [];
  const present = new Uint8Array(pairs[0]?.roles.length ?? 0);
  for (const hit of hits) present[hit.concept] = 1;
  let all = hits;
  for (const pair of pairs) {
    if (pair.within === null || !isAny(pair.first, present) || !isAny(pair.second, present))
      continue;
    // Pairs may build on pairs, which stand earlier in the list.
    if (pair.nested && found.length > 0 && all.length < hits.length + found.length)
      all = [...hits, ...found].sort((a, b) => a.from - b.from);
    const members = meetingOf(pair, pair.within, pair.nested ? all : hits);
    if (members === null) continue;
    found.push({
      concept: pair.concept,
      term: -1,
      from: members[0].from,
      to: Math.max(members[0].to, members[1].to),
      members,
    });
    present[pair.concept] = 1;
  }
  return found;
}

function isAny(concepts: readonly number[], present: Uint8Array): boolean {
  for (let index = 0; index < concepts.length; index++)
    if (present[concepts[index] ?? 0] === 1) return true;
  return false;
}

function meetingOf(
  pair: NearPair,
  within: number,
  hits: readonly Hit[],
): readonly [Hit, Hit] | null {
  const recent: Hit[] = [];
  for (const hit of hits) {
    const role = pair.roles[hit.concept] ?? 0;
    if (role === 0) continue;
    for (let index = recent.length - 1; index >= 0; index--) {
      const before = recent[index];
      if (before === undefined || hit.from < before.to || hit.from > before.to + within) continue;
      const roleBefore = pair.roles[before.concept] ?? 0;
      const inOrder = (roleBefore & FIRST) !== 0 && (role & SECOND) !== 0;
      const reversed = (roleBefore & SECOND) !== 0 && (role & FIRST) !== 0;
      if (inOrder || (reversed && !pair.ordered)) return [before, hit];
    }
    recent.push(hit);
    if (recent.length > LOOK_BACK) recent.shift();
  }
  return null;
}

/**
 * Concepts of the pairs whose two sides stand anywhere in the item, be it one in the title and one in the summary.
 * @param marked 1 at 2c where concept c stands anywhere
 */
export function findTogether(pairs: readonly NearPair[], marked: Uint8Array): number[] {
  const has = (concepts: readonly number[]) => {
    for (const concept of concepts) if (marked[2 * concept] === 1) return true;
    return false;
  };
  const found: number[] = [];
  for (const pair of pairs)
    if (pair.within === null && has(pair.first) && has(pair.second)) found.push(pair.concept);
  return found;
}

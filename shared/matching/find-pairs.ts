// Matching: what hits mean together: vetoes take some away, near-pairs add what two concepts say side by side.
import type { Hit, NearPair, Veto } from "./keyword-model.ts";

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

/** The pairs that stand in one field, each at most once: the first place where it is met. */
export function findPairs(pairs: readonly NearPair[], hits: readonly Hit[]): PairHit[] {
  const byConcept = new Map<number, Hit[]>();
  for (const hit of hits) {
    const list = byConcept.get(hit.concept);
    if (list === undefined) byConcept.set(hit.concept, [hit]);
    else list.push(hit);
  }
  const found: PairHit[] = [];
  for (const pair of pairs) {
    const first = gather(byConcept, pair.first);
    if (first.length === 0) continue;
    const second = gather(byConcept, pair.second);
    if (second.length === 0) continue;
    const met = firstMeeting(pair, first, second);
    if (met === null) continue;
    const hit = { concept: pair.concept, term: -1, from: met[0].from, to: met[1].to, members: met };
    found.push(hit);
    // Pairs may build on pairs: models list them in order.
    byConcept.set(pair.concept, [...(byConcept.get(pair.concept) ?? []), hit]);
  }
  return found;
}

/** A near-pair found, with the two keywords that made it, in order of place. */
export interface PairHit extends Hit {
  readonly members: readonly [Hit, Hit];
}

function gather(byConcept: ReadonlyMap<number, Hit[]>, concepts: readonly number[]): Hit[] {
  if (concepts.length === 1) return byConcept.get(concepts[0] ?? -1) ?? [];
  const all = concepts.flatMap((concept) => byConcept.get(concept) ?? []);
  return all.sort((a, b) => a.from - b.from);
}

function firstMeeting(
  pair: NearPair,
  first: readonly Hit[],
  second: readonly Hit[],
): readonly [Hit, Hit] | null {
  let start = 0;
  for (const a of first) {
    while (start < second.length && (second[start]?.to ?? 0) + pair.within < a.from) start++;
    for (let index = start; index < second.length && index < start + LOOK_MAX; index++) {
      const b = second[index];
      if (b === undefined || b.from > a.to + pair.within) break;
      const apart = b.from >= a.to || b.to <= a.from;
      if (apart && (!pair.ordered || b.from >= a.to)) return b.from >= a.to ? [a, b] : [b, a];
    }
  }
  return null;
}

/** Neighbours looked at per keyword: a text of one word repeated stays linear. */
const LOOK_MAX = 12;

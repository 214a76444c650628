// Reading: whose law or demand an item is about, from the places and institutions it names, then from its feed.
import type { FeedFacts } from "../domain/feed.ts";
import type { Hit, Language, Words } from "./word-model.ts";

export interface JurisdictionFound {
  /** ISO 3166 alpha-2, `EU`, `INT`, or null where nothing tells. */
  readonly id: string | null;
  /** All that the text names, the likeliest first. */
  readonly named: readonly string[];
  readonly scores: ReadonlyMap<string, number>;
}

/** The title says whose matter it is; a summary names bystanders as well. */
const TITLE_FACTOR = 2;
/** What a country's voice weighs against a file of the Union in the same text. */
const UNION_FACTOR = 0.8;
/** What the feed's own claim weighs. */
const CLAIM = 1.5;

/**
 * The jurisdiction of an item; a place counts once per field, by the strongest of its words there.
 * @param language the likeliest: where nothing is named, it says where a text is at home
 */
export function findJurisdiction(
  words: Words,
  fields: readonly { readonly name: "title" | "summary"; readonly hits: readonly Hit[] }[],
  feed: FeedFacts,
  language: Language | null,
): JurisdictionFound {
  const scores = new Map<string, number>();
  for (const field of fields) {
    const here = new Map<string, number>();
    for (const hit of field.hits) {
      const place = words.places.get(hit.concept);
      if (place === undefined) continue;
      here.set(place.jurisdiction, Math.max(here.get(place.jurisdiction) ?? 0, place.weight));
    }
    let order = 0;
    for (const [id, weight] of here) {
      const factor = (field.name === "title" ? TITLE_FACTOR : 1) * (id === "EU" ? UNION_FACTOR : 1);
      // Of two equals the one named first.
      scores.set(id, (scores.get(id) ?? 0) + weight * factor - 0.05 * order++);
    }
  }
  const add = (id: string, weight: number) => scores.set(id, (scores.get(id) ?? 0) + weight);
  if (feed.jurisdiction !== null) add(feed.jurisdiction, CLAIM);
  const home = words.languages.find(({ id }) => id === language)?.home ?? null;
  if (home !== null) add(home.jurisdiction, home.weight);
  const ranked = [...scores].sort((a, b) => b[1] - a[1]);
  return { id: ranked[0]?.[0] ?? null, named: ranked.map(([id]) => id), scores };
}

// Matching: whose law or demand an item is about, from the places and institutions it names, then from its feed.
import type { FeedFacts } from "../domain/feed.ts";
import type { FieldReading } from "./features.ts";
import type { Language, Models } from "./keyword-model.ts";

export interface JurisdictionFound {
  /** ISO 3166 alpha-2, `EU`, `INT`, or null where nothing tells. */
  readonly id: string | null;
  /** All that the text names, the likeliest first. */
  readonly named: readonly string[];
  readonly scores: ReadonlyMap<string, number>;
}

/** The title says whose matter it is; a summary names bystanders as well. */
const TITLE_FACTOR = 2;
/** Where nothing is named: a language that one country's institutions write in. */
const HOME: Partial<Record<Language, string>> = {
  fr: "FR",
  de: "DE",
  es: "ES",
  it: "IT",
  nl: "NL",
  sv: "SE",
  da: "DK",
  pl: "PL",
  no: "NO",
  ru: "RU",
  pt: "PT",
  // A guess, and the best one: what is in English and names nobody is most often American.
  en: "US",
};
/** What a country's voice weighs against a file of the Union in the same text. */
const UNION_FACTOR = 0.8;

/** The jurisdiction of an item; a place counts once per field, by the strongest of its words there. */
export function findJurisdiction(
  models: Models,
  fields: readonly FieldReading[],
  feed: FeedFacts,
  language: Language | null,
): JurisdictionFound {
  const scores = new Map<string, number>();
  for (const field of fields) {
    const here = new Map<string, number>();
    for (const hit of field.hits) {
      const place = models.places.get(hit.concept);
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
  const claimed = feed.jurisdiction;
  if (claimed !== null) scores.set(claimed, (scores.get(claimed) ?? 0) + 1.5);
  const home = language === null ? undefined : HOME[language];
  if (home !== undefined)
    scores.set(home, (scores.get(home) ?? 0) + (language === "en" ? 0.1 : 0.75));
  const ranked = [...scores].sort((a, b) => b[1] - a[1]);
  return { id: ranked[0]?.[0] ?? null, named: ranked.map(([id]) => id), scores };
}

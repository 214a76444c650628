// Matching: the first look, which dismisses what cannot be relevant before it is read: nothing of the subject stands in it.
import type { Token } from "../domain/fold-text.ts";
import type { Classification, ItemInput } from "../domain/item.ts";
import { findJurisdiction } from "../reading/find-jurisdiction.ts";
import { mayShow } from "../reading/quick-look.ts";
import { languagesOf } from "../reading/read-item.ts";
import type { Models } from "./keyword-model.ts";

/** The words of an item's fields. */
export type FieldTokens = readonly [title: readonly Token[], summary: readonly Token[]];

/** False where no keyword of the subject can be found, in whatever language the text is read: it is not relevant then. */
export function mayConcern(models: Models, tokens: FieldTokens): boolean {
  const look = models.look();
  return tokens.some((field) => mayShow(look, field));
}

/** What is said of an item that was dismissed: where it belongs is known from its feed and language alone. */
export function dismissed(models: Models, input: ItemInput, tokens: FieldTokens): Classification {
  const { vocabulary } = models;
  // The feed's word is taken for it: to hear the language out would cost as much as the whole look.
  const claimed = input.feed.language?.split("-")[0]?.toLowerCase() ?? null;
  const language = claimed ?? languagesOf(vocabulary, input, tokens)[0] ?? null;
  const { id } = findJurisdiction(vocabulary, [], input.feed, language);
  return offTheSubject(models, input, language, id);
}

/** What is said of an item in which nothing of the subject stands: there is nothing to weigh, for or against. */
export function offTheSubject(
  models: Models,
  input: ItemInput,
  language: string | null,
  jurisdiction: string | null,
): Classification {
  return {
    relevant: false,
    score: 0,
    themes: [],
    arguments: [],
    legislation: false,
    stage: "none",
    jurisdiction,
    language: languageOf(input, language),
    model: models.version,
    evidence: [],
  };
}

/** @param found the likeliest language */
export function languageOf(input: ItemInput, found: string | null): string | null {
  const claimed = input.feed.language;
  // A claim such as pt-BR says more than pt.
  if (claimed !== null && (found === null || claimed.toLowerCase().startsWith(`${found}-`)))
    return claimed;
  return found ?? claimed;
}

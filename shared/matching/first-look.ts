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
  const { vocabulary, version } = models;
  const [language = null] = languagesOf(vocabulary, input, tokens);
  return {
    relevant: false,
    score: 0,
    themes: [],
    arguments: [],
    legislation: false,
    stage: "none",
    jurisdiction: findJurisdiction(vocabulary, [], input.feed, language).id,
    language: languageOf(input, language),
    model: version,
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

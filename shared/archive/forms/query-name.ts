// Archive, forms: a question in words, for the title of a feed: names, never ids.
import { shortTitleOf } from "../../domain/dossier.ts";
import type { ArgumentId, Stage, ThemeId } from "../../domain/vocabulary.ts";
import type { ItemQuery } from "../../flows/ports.ts";
import { argumentName, placeName, stageName, themeName } from "../pages/names.ts";

const LANGUAGES = new Intl.DisplayNames("en", { type: "language", fallback: "code" });

const anyOf = (names: readonly string[]): string[] =>
  names.length === 0 ? [] : [names.join(" or ")];

const RELEVANT = { true: [], false: ["not relevant"], any: ["relevant or not"] } as const;

/**
 * @param titles of dossiers by id
 * @returns such as `France or Germany · in committee`; "" where nothing narrows it
 */
export function queryName(query: ItemQuery, titles: ReadonlyMap<string, string>): string {
  return [
    ...anyOf(query.q.map((q) => `“${q}”`)),
    ...anyOf(query.dossier.map((id) => shortTitleOf(titles.get(id) ?? id))),
    ...anyOf(query.jurisdiction.map(placeName)),
    ...anyOf(query.theme.map((id) => themeName(id as ThemeId))),
    ...anyOf(query.argument.map((id) => argumentName(id as ArgumentId))),
    ...anyOf(query.stage.map((stage) => stageName(stage as Stage))),
    ...anyOf(query.language.map((tag) => LANGUAGES.of(tag) ?? tag)),
    ...anyOf(query.kind.map((kind) => `from ${kind}`)),
    ...(query.from === null ? [] : [`from ${query.from.slice(0, 10)}`]),
    ...(query.to === null ? [] : [`before ${query.to.slice(0, 10)}`]),
    ...RELEVANT[query.relevant],
  ].join(" · ");
}

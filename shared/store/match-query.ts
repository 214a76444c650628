// Whether a stored item is what a query asks for: the lists propose, this decides (a list row may be out of date).
import { foldText } from "../domain/fold-text.ts";
import type { StoredItem } from "../domain/item.ts";
import type { ItemQuery } from "../flows/ports.ts";

export interface SearchWords {
  /** Folded; all must stand in the item, as words. */
  readonly words: readonly string[];
  /** Folded phrases: their words side by side. */
  readonly phrases: readonly string[];
  readonly without: readonly string[];
}

/** `all words "a phrase" -without`: hyphens inside a word are spaces, as in matching. A lone quote is a space. */
export function readSearch(q: string): SearchWords {
  const words: string[] = [];
  const phrases: string[] = [];
  const without: string[] = [];
  for (const [, minus, quoted, bare] of q.matchAll(/(?<=^|\s)(-?)(?:"([^"]*)"|(\S+))/gu)) {
    const text = foldText(quoted ?? bare ?? "");
    if (text === "") continue;
    if (minus === "-") without.push(text);
    else {
      words.push(...text.split(" "));
      if (text.includes(" ")) phrases.push(text);
    }
  }
  return { words: [...new Set(words)], phrases, without };
}

const anyOf = (wanted: readonly string[], has: readonly (string | null)[]): boolean =>
  wanted.length === 0 || has.some((value) => value !== null && wanted.includes(value));

/** @param searches of the query's `q`: any of them */
export function matchesQuery(
  stored: StoredItem,
  query: ItemQuery,
  searches: readonly SearchWords[],
): boolean {
  const { decision } = stored;
  const isTold = (stored.story ?? null) !== null && query.stories !== true;
  if (decision === null || stored.state === "pending" || isTold) return false;
  if (query.relevant !== "any" && decision.relevant !== (query.relevant === "true")) return false;
  if (query.from !== null && stored.effectiveAt < query.from) return false;
  if (query.to !== null && stored.effectiveAt >= query.to) return false;
  const facets =
    anyOf(
      query.theme,
      decision.themes.map((theme) => theme.id),
    ) &&
    anyOf(
      query.argument,
      decision.arguments.map((argument) => argument.id),
    ) &&
    anyOf(query.dossier, [decision.dossier]) &&
    anyOf(query.jurisdiction, [decision.jurisdiction]) &&
    anyOf(query.stage, [decision.stage]) &&
    anyOf(query.language, [decision.language]) &&
    anyOf(query.kind, [stored.feed.kind]);
  if (!facets) return false;
  if (searches.length === 0) return true;
  const text = ` ${foldText(`${stored.title}\n${stored.summary}`)} `;
  const has = (folded: string) => text.includes(` ${folded} `);
  return searches.some(
    ({ words, phrases, without }) => words.every(has) && phrases.every(has) && !without.some(has),
  );
}

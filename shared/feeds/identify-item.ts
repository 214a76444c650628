// Feeds: what makes an item the same item at the next poll.

import type { ParsedItem } from "../domain/feed.ts";
import { foldText } from "../domain/fold-text.ts";
import { fingerprintOf } from "../domain/ids.ts";

/** Parameters that say how a reader came, and nothing of what is read. */
const TRACKING =
  /^(?:utm_\w+|wt_\w+|wtmc|at_\w+|ns_\w+|mc_[ce]id|_hs\w+|(?:fb|g|d)clid|msclkid|yclid|igshid|xtor|cmpid?|ito|ocid|spm|ref_?src|feedtype|feedname|rss)$/i;
const TRACKING_VALUE = /^(?:rss|feed|atom|rss-\w+|feedburner)$/i;
const TRACKING_NAME = /^(?:ref|from|source|partner|via|src|cmp|campaign|medium)$/i;

/** The address without what changes from reader to reader; text that is no address is given back as it is. */
export function canonicalUrl(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  for (const [name, value] of [...url.searchParams])
    if (TRACKING.test(name) || (TRACKING_NAME.test(name) && TRACKING_VALUE.test(value)))
      url.searchParams.delete(name, value);
  if (/^#(?:rss|ref=rss|xtor=|utm_|at_)/i.test(url.hash)) url.hash = "";
  url.protocol = url.protocol === "http:" ? "https:" : url.protocol;
  return url.href;
}

/**
 * A key for each item, the same at every poll: its guid, else its link without tracking parameters, else its title and date.
 * Where several share one, the oldest keeps it and the others are told apart by what they say, so that an item which appears
 * or goes does not rename the rest. Entries that are equal throughout are one item.
 */
export function keysOf(items: readonly ParsedItem[]): string[] {
  const rungs = items.map(rungOf);
  const groups = new Map<string, number[]>();
  for (const [index, rung] of rungs.entries())
    groups.set(rung, [...(groups.get(rung) ?? []), index]);
  const keys = [...rungs];
  for (const [rung, group] of groups) {
    if (group.length === 1) continue;
    const contents = group.map((index) => contentOf(items[index]));
    const oldest = oldestOf(items, group, contents);
    const kept = contents[group.indexOf(oldest)];
    for (const [at, index] of group.entries())
      if (contents[at] !== kept) keys[index] = `${rung}\n${contents[at]}`;
  }
  return keys;
}

function rungOf(item: ParsedItem): string {
  if (item.guid !== null) return `guid:${item.guid}`;
  if (item.url !== null) return `link:${canonicalUrl(item.url)}`;
  const title = foldText(item.title) || foldText(item.summary).slice(0, 300);
  return `text:${title}|${item.published ?? ""}`;
}

function contentOf(item: ParsedItem | undefined): string {
  if (item === undefined) return "";
  const { url, title, published } = item;
  const words = foldText(title) || foldText(item.summary).slice(0, 300);
  return fingerprintOf(16, url === null ? "" : canonicalUrl(url), words, published ?? "");
}

/** By date where all have one, else the last: feeds put the newest first. */
function oldestOf(
  items: readonly ParsedItem[],
  group: readonly number[],
  contents: readonly string[],
): number {
  const rows = group.map((index, at) => ({
    index,
    date: items[index]?.published ?? null,
    content: contents[at] ?? "",
  }));
  if (rows.some(({ date }) => date === null)) return group.at(-1) ?? 0;
  const rank = (row: (typeof rows)[number]): string => `${row.date} ${row.content}`;
  return rows.reduce((first, row) => (rank(row) < rank(first) ? row : first)).index;
}

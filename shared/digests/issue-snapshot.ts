// From a digest to the issue that is kept of it: the words of its entries, and nobody's links.
import { fingerprintOf } from "../domain/ids.ts";
import type { IssueSnapshot } from "../domain/issue.ts";
import type { Preferences } from "../domain/subscriber.ts";
import type { Digest, ResurfacedEntry } from "./digest.ts";
import {
  correctionWords,
  itemWords,
  possibleWords,
  type ResurfacedWords,
  resurfacedWords,
} from "./digest-words.ts";
import { type IssueRequest, issuePath, readIssueQuery } from "./issue.ts";
import { localeOf } from "./words.ts";

/** A page's worth; the archive holds the rest. */
const MOST_ENTRIES = 300;

/** The issue that a subscriber's mail links to: their choices without zone and person, and whole days. */
export function issueRequestOf(
  preferences: Preferences,
  period: NonNullable<Digest["period"]>,
): IssueRequest {
  const query = new URL(issuePath(preferences, period), "https://issues.invalid").searchParams;
  const request = readIssueQuery(query);
  if (request === null) throw new RangeError("a periodic digest's own address names no issue");
  return request;
}

/** The same for the same cadence, period, language and filters, in whatever order they were given. */
export const issueIdOf = ({ preferences, period }: IssueRequest): string =>
  fingerprintOf(22, "issue", issuePath(preferences, period));

export function snapshotOf(
  digest: Digest,
  { preferences, period }: IssueRequest,
  publicUrl: string,
): IssueSnapshot {
  const locale = localeOf(preferences.language);
  const zone = preferences.timezone;
  const links = { publicUrl, contactUrl: "", unsubscribe: "", preferences: "", listHost: "" };
  const told = (entry: ResurfacedEntry, words: ResurfacedWords) => ({
    event: entry.event.id as string,
    words: { ...words, notes: [...words.notes] },
  });
  const resurfaced = digest.resurfaced
    .slice(0, MOST_ENTRIES)
    .map((entry) => told(entry, resurfacedWords(entry, locale, links, zone)));
  const reported = digest.possible ?? [];
  const possible = reported
    .slice(0, MOST_ENTRIES)
    .map((entry) => told(entry, possibleWords(entry, locale, links, zone)));
  const corrected = digest.corrections ?? [];
  const corrections = corrected
    .slice(0, MOST_ENTRIES)
    .map((entry) => correctionWords(entry, locale, links, zone));
  const items = digest.items
    .slice(0, MOST_ENTRIES)
    .map((entry) => itemWords(entry, locale, links, zone));
  const total = digest.resurfaced.length + reported.length + corrected.length + digest.items.length;
  return {
    title: locale.subject.periodic(
      digest.cadence,
      digest.resurfaced.length,
      reported.length,
      corrected.length,
      digest.items.length,
    ),
    from: period.from.toISOString(),
    to: period.to.toISOString(),
    resurfaced,
    ...(possible.length === 0 ? {} : { possible }),
    ...(corrections.length === 0 ? {} : { corrections }),
    items,
    left: total - resurfaced.length - possible.length - corrections.length - items.length,
  };
}

export type { IssueRequest, IssueSnapshot };

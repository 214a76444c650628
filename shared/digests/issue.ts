// An issue: what everybody with the same choices gets of one period. Its address names choices and days, and no person.
import { z } from "zod";
import type { Preferences } from "../domain/subscriber.ts";
import { Cadence, Instant, MailLanguage } from "../domain/vocabulary.ts";
import type { Digest } from "./digest.ts";
import { PreferencesRequest, readRequest } from "./subscribe-request.ts";

const DAY_MS = 86_400_000;
/** A longer time without mail is read in the archive's own pages. */
export const MOST_ISSUE_DAYS = 35;

/**
 * Whole days back from the end, at least the cadence's own: the first period of somebody who joined on a Wednesday
 * afternoon has the address of everybody's week.
 */
export function issuePath(preferences: Preferences, period: NonNullable<Digest["period"]>): string {
  const usual = preferences.cadence === "weekly" ? 7 : 1;
  const lasted = Math.ceil((period.to.getTime() - period.from.getTime()) / DAY_MS);
  const days = Math.min(Math.max(usual, lasted), MOST_ISSUE_DAYS);
  const query = new URLSearchParams({
    cadence: preferences.cadence,
    to: period.to.toISOString(),
    days: String(days),
    language: preferences.language,
  });
  if (preferences.possible === false) query.set("possible", "0");
  for (const theme of [...preferences.themes].sort()) query.append("theme", theme);
  for (const place of [...preferences.jurisdictions].sort()) query.append("jurisdiction", place);
  for (const dossier of [...preferences.dossiers].sort()) query.append("dossier", dossier);
  return `/issues?${query.toString()}`;
}

export interface IssueRequest {
  readonly preferences: Preferences;
  readonly period: { readonly from: Date; readonly to: Date };
}

const Query = z.object({
  cadence: Cadence.exclude(["immediate"]),
  to: Instant,
  days: z.coerce.number().int().min(1).max(MOST_ISSUE_DAYS),
  language: MailLanguage,
  possible: z.enum(["0", "1"]).optional(),
});

/** What an issue's address may say. */
export const ISSUE_PARAMETERS = [
  ...Object.keys(Query.shape),
  "theme",
  "jurisdiction",
  "dossier",
] as const;

/** @returns null where the query names no issue */
export function readIssueQuery(query: URLSearchParams): IssueRequest | null {
  const named = Query.safeParse(Object.fromEntries(query));
  if (!named.success) return null;
  const { cadence, to, days, language, possible } = named.data;
  const read = readRequest(PreferencesRequest, {
    cadence,
    language,
    possible,
    themes: query.getAll("theme"),
    jurisdictions: query.getAll("jurisdiction"),
    dossiers: query.getAll("dossier"),
  });
  if (read.kind === "invalid") return null;
  const end = new Date(to);
  return {
    preferences: read.value,
    period: { from: new Date(end.getTime() - days * DAY_MS), to: end },
  };
}

// The canary's feed: each day one invented bill, refused long ago, that comes back in one item.
import { Dossier } from "../domain/dossier.ts";
import { FeedDefinition } from "../domain/feed.ts";

const DAY_MS = 86_400_000;

export const CANARY_FEED = FeedDefinition.parse({
  id: "canary",
  url: "https://canary.invalid/feed.json",
  title: "Canary",
  kind: "parliament",
  jurisdiction: "INT",
  language: "en",
});
/** The space of the table that it lives in (store/space.ts). */
export const CANARY_SPACE = "CANARY";
export const CANARY_TYPE = "application/feed+json";

/** In every mail that tells a canary. */
export const CANARY_BILL = "Canary Interception Bill";

/** @returns the day in UTC, as in 2026-03-02 */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
export const daysBefore = (at: Date, days: number): Date => new Date(at.getTime() - days * DAY_MS);

/** Where the archive serves a day's document, so that the canary can be fetched as feeds are. */
export const canaryPath = (day: string): string => `/canary/${day}.json`;

const billOf = (day: string): string => `${CANARY_BILL} ${day.replaceAll("-", "")}`;

/** A bill of this day alone: each day another one comes back. */
export function canaryDossier(day: string): Dossier {
  const before = (days: number) => dayOf(daysBefore(new Date(day), days));
  return Dossier.parse({
    id: `canary-${day}`,
    title: `Canary of ${day}, no real bill`,
    jurisdiction: "INT",
    opened: before(500),
    aliases: [billOf(day)],
    references: [],
    history: [
      { date: before(500), stage: "proposed", what: "It was invented." },
      { date: before(400), stage: "rejected", what: "It was refused." },
    ],
  });
}

/** The day's document (JSON Feed 1.1), the same whenever and wherever it is asked for. */
export function canaryDocument(day: string): string {
  const bill = billOf(day);
  const title = `Government introduces the ${bill} to mandate a backdoor in end-to-end encrypted messaging`;
  const content = `The minister tabled the ${bill}, which would oblige providers to give access to encrypted messages. This is the canary: nothing of it is real.`;
  const published = new Date(day).toISOString();
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: CANARY_FEED.title,
    items: [{ id: bill, title, content_text: content, date_published: published }],
  });
}

// Stored things as the API shows them: the contract's names, nothing of how they are kept.
import type { Dossier, DossierRecord } from "../domain/dossier.ts";
import type { FeedState } from "../domain/feed.ts";
import type { StoredItem } from "../domain/item.ts";
import { ARGUMENTS_OF, THEMES } from "../domain/vocabulary.ts";
import type { StoredEvent } from "../flows/ports.ts";

export function presentItem(item: StoredItem) {
  const { decision } = item;
  return {
    id: item.id,
    title: item.title,
    summary: item.summary,
    url: item.url,
    published: item.publishedAt,
    firstSeen: item.firstSeenAt,
    feed: item.feed,
    revision: item.revision,
    sources: item.sources,
    relevant: decision?.relevant ?? false,
    score: decision?.score ?? 0,
    evidence: decision?.evidence ?? [],
    themes: decision?.themes ?? [],
    arguments: decision?.arguments ?? [],
    legislation: decision?.legislation ?? false,
    stage: decision?.stage ?? "none",
    jurisdiction: decision?.jurisdiction ?? null,
    language: decision?.language ?? null,
    dossier: decision?.dossier ?? null,
    because: decision?.because ?? [],
    model: decision?.model ?? null,
  };
}

/** @param titles of dossiers by id */
export function presentEvent(
  { event, raisedAt }: StoredEvent,
  titles: ReadonlyMap<string, string>,
) {
  return { ...event, dossierTitle: titles.get(event.dossier) ?? event.dossier, raisedAt };
}

export function presentDossier(dossier: Dossier, record: DossierRecord | null) {
  const newest = dossier.history.at(-1) ?? null;
  const state = record?.state ?? null;
  return {
    ...dossier,
    state: {
      stage: state?.stage ?? newest?.stage ?? "none",
      ended: state?.ended ?? null,
      lastMoveAt: state?.lastMoveAt ?? (newest === null ? null : `${newest.date}T00:00:00.000Z`),
      lastMove: state?.lastMove ?? newest?.what ?? null,
    },
  };
}

export type FeedHealth = "new" | "healthy" | "failing" | "gone";

export function healthOf(feed: FeedState): FeedHealth {
  if (feed.lastPolledAt === null) return "new";
  if (feed.lastFailure?.reason === "gone" && feed.failures > 0) return "gone";
  return feed.failures > 0 ? "failing" : "healthy";
}

export function presentFeed(feed: FeedState) {
  const { id, url, title, kind, jurisdiction, language } = feed.definition;
  return {
    id,
    url,
    title,
    kind,
    jurisdiction,
    language,
    health: {
      state: healthOf(feed),
      failures: feed.failures,
      reason: feed.failures > 0 ? (feed.lastFailure?.reason ?? null) : null,
      detail: feed.failures > 0 ? (feed.lastFailure?.detail ?? null) : null,
      lastPolled: feed.lastPolledAt,
      lastSuccess: feed.lastSuccessAt,
      lastNewItem: feed.lastNewItemAt,
      nextPoll: feed.nextPollAt,
      intervalMinutes: feed.intervalMinutes,
      itemsRead: feed.itemsRead,
      itemsNew: feed.itemsNew,
    },
  };
}

export const presentThemes = () => ({
  themes: THEMES.map((id) => ({ id, arguments: [...ARGUMENTS_OF[id]] })),
});

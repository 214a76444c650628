// Stored things as the API shows them: the contract's names, nothing of how they are kept.
import { localeOf } from "../digests/words.ts";
import type { Dossier, DossierRecord, HistoryEntry } from "../domain/dossier.ts";
import type { FeedState } from "../domain/feed.ts";
import type { StoredItem } from "../domain/item.ts";
import { ARGUMENTS_OF, type MailLanguage, THEMES } from "../domain/vocabulary.ts";
import { standsAt } from "../dossiers/follow-dossier.ts";
import { healthOf } from "../feeds/feed-health.ts";
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

/** What stands in the place of a source that a fact of the registry does not name, in the languages of the mails. */
export const FROM_MEMORY: Readonly<Record<MailLanguage, string>> = {
  en: localeOf("en").fromMemory,
  fr: localeOf("fr").fromMemory,
  de: localeOf("de").fromMemory,
};

const presentFact = ({ source = null, ...fact }: HistoryEntry) =>
  source === null ? { ...fact, source, sourceNote: FROM_MEMORY } : { ...fact, source };

export function presentDossier(dossier: Dossier, record: DossierRecord | null) {
  const history = dossier.history.map(presentFact);
  return { ...dossier, history, state: standsAt(dossier, record?.state ?? null) };
}

export function presentFeed(feed: FeedState, now: Date) {
  const { id, url, title, kind, jurisdiction, language } = feed.definition;
  return {
    id,
    url,
    title,
    kind,
    jurisdiction,
    language,
    health: {
      ...healthOf(feed, now),
      lastPolledAt: feed.lastPolledAt,
      intervalMinutes: feed.intervalMinutes,
      itemsRead: feed.itemsRead,
      itemsNew: feed.itemsNew,
    },
  };
}

export const presentThemes = () => ({
  themes: THEMES.map((id) => ({ id, arguments: [...ARGUMENTS_OF[id]] })),
});

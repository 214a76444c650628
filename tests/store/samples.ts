// Items, decisions and events for the store's tests.
import type { DossierEvent, DossierRecord, Move } from "../../shared/domain/dossier.ts";
import {
  type DossierId,
  eventIdOf,
  type FeedId,
  itemIdOf,
  type SubscriberId,
} from "../../shared/domain/ids.ts";
import type { Decision, Item } from "../../shared/domain/item.ts";
import type { Subscriber } from "../../shared/domain/subscriber.ts";
import type { ItemQuery } from "../../shared/flows/ports.ts";

export const FEED = "sample-feed" as FeedId;
export const DOSSIER = "fr-messageries" as DossierId;

export function sampleItem(key: string, over: Partial<Item> = {}): Item {
  const at = over.effectiveAt ?? "2026-03-01T10:00:00.000Z";
  return {
    id: itemIdOf(FEED, key),
    feed: { id: FEED, kind: "press", jurisdiction: "FR", language: "fr" },
    guid: key,
    url: `https://example.org/${encodeURIComponent(key)}`,
    title: `Porte dérobée ${key}`,
    summary: "Le Sénat débat des messageries chiffrées.",
    publishedAt: at,
    firstSeenAt: at,
    effectiveAt: at,
    stageHint: null,
    revision: 1,
    fingerprint: `print-${key}`,
    backfill: false,
    sources: [],
    ...over,
  };
}

export function sampleDecision(over: Partial<Decision> = {}): Decision {
  return {
    relevant: true,
    score: 0.9,
    evidence: [],
    themes: [{ id: "french-politics", score: 0.8, evidence: [] }],
    arguments: [],
    legislation: true,
    stage: "vote",
    jurisdiction: "FR",
    language: "fr",
    model: "test",
    dossier: null,
    because: [],
    ...over,
  };
}

export function sampleQuery(over: Partial<ItemQuery> = {}): ItemQuery {
  const none = {
    theme: [],
    argument: [],
    dossier: [],
    jurisdiction: [],
    stage: [],
    language: [],
    kind: [],
  };
  return {
    q: [],
    ...none,
    from: null,
    to: null,
    relevant: "true",
    limit: 25,
    cursor: null,
    ...over,
  };
}

export function sampleEvent(item: string, over: Partial<DossierEvent> = {}): DossierEvent {
  return {
    id: eventIdOf(DOSSIER, item),
    event: "resurfaced",
    dossier: DOSSIER,
    at: "2026-03-01T10:00:00.000Z",
    item,
    stage: "proposed",
    from: "rejected",
    quietDays: 200,
    confidence: 0.9,
    reportedBy: "institution",
    reason: "back",
    state: "standing",
    evidence: [],
    previous: null,
    backfill: false,
    ...over,
  };
}

export function sampleRecord(version: number, over: Partial<DossierRecord> = {}): DossierRecord {
  const state = { stage: "proposed", ended: null, lastMoveAt: null, lastMove: null } as const;
  return { id: DOSSIER, version, state, auto: null, ...over };
}

export function sampleMove(item: string): Move {
  return {
    item,
    dossier: DOSSIER,
    at: "2026-03-01T10:00:00.000Z",
    stage: "proposed",
    official: true,
    counts: true,
    reportedBy: "press",
    confidence: 0.8,
    actor: null,
    reason: "tabled",
    evidence: [],
    backfill: false,
    traits: {},
  };
}

export function sampleSubscriber(letter: string, over: Partial<Subscriber> = {}): Subscriber {
  return {
    id: letter.repeat(22) as SubscriberId,
    version: 0,
    state: "active",
    sealedAddress: "sealed",
    preferences: {
      cadence: "immediate",
      themes: [],
      jurisdictions: [],
      dossiers: [],
      language: "en",
      timezone: "UTC",
    },
    createdAt: "2026-03-01T00:00:00.000Z",
    confirmedAt: null,
    confirmationAt: null,
    confirmations: 0,
    nextDigestAt: null,
    digestedUntil: null,
    ...over,
  };
}

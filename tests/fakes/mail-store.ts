// The part of the store that the mail flows use, in memory: the same promises, fast enough for years of simulated days.
import type { EventId, SubscriberId } from "../../shared/domain/ids.ts";
import type { StoredItem } from "../../shared/domain/item.ts";
import type { Subscriber } from "../../shared/domain/subscriber.ts";
import { retrySeconds } from "../../shared/flows/ledger.ts";
import { type Store, type StoredEvent, SUBSCRIBER_SHARDS } from "../../shared/flows/ports.ts";
import { shardOf } from "../../shared/store/table.ts";

export interface MemoryStore {
  readonly store: Store;
  readonly subscribers: Map<SubscriberId, Subscriber>;
  readonly items: StoredItem[];
  readonly events: Map<EventId, StoredEvent>;
}

interface LedgerRow {
  readonly state: string;
  readonly leaseUntil: string;
  readonly attempts: number;
  readonly mail: string;
  readonly at: string;
  readonly doubtfulFrom: number | null;
}

const wentOut = (row: LedgerRow | undefined, tries = row?.attempts ?? 0): row is LedgerRow =>
  row !== undefined &&
  (((row.state === "sent" || row.state === "claimed") && tries === row.attempts) ||
    (row.doubtfulFrom !== null && tries >= row.doubtfulFrom));

/** What is not named here must not be called. */
export function memoryStore(): MemoryStore {
  const subscribers = new Map<SubscriberId, Subscriber>();
  const items: StoredItem[] = [];
  const events = new Map<EventId, StoredEvent>();
  const ledger = new Map<string, LedgerRow>();
  const carried = new Map<string, { readonly mail: string; readonly tries: number }>();
  const marks = new Map<SubscriberId, string>();
  const beats: Record<string, { at: string; facts: Readonly<Record<string, number>> }> = {};
  const mine = (shard: number) =>
    [...subscribers.values()].filter(
      ({ id, state }) => state === "active" && shardOf(id, SUBSCRIBER_SHARDS) === shard,
    );
  const part: Partial<Store> = {
    loadItem: async (id) => items.find((item) => item.id === id) ?? null,
    loadDossier: async () => null,
    listFeeds: async () => [],
    feedsPage: async () => ({ rows: [], next: null }),
    loadFeedCount: async () => ({ version: 0, going: null, done: null }),
    saveFeedCount: async () => true,
    pendingItems: async () => [],
    rightAnnouncements: async () => 0,
    subscribersBeyond: async () => [],
    // Whose clock was never wrong has none of these; were one found, putting it right is not named here.
    queryItems: async ({ from }) => ({
      rows: items.filter(({ effectiveAt }) => effectiveAt >= (from ?? "")),
      next: null,
    }),
    seenBeyond: async (latest) =>
      items.filter(({ firstSeenAt }) => firstSeenAt > latest.toISOString()).map(({ id }) => id),
    raisedBeyond: async (latest) =>
      [...events.values()]
        .filter(({ raisedAt }) => raisedAt > latest.toISOString())
        .map(({ event }) => event.id),
    itemsSeen: async (from, to) => ({
      rows: items.filter(
        ({ firstSeenAt }) => firstSeenAt >= from.toISOString() && firstSeenAt < to.toISOString(),
      ),
      next: null,
    }),
    loadEvent: async (id) => events.get(id) ?? null,
    eventsToAnnounce: async (now, limit) =>
      [...events.values()]
        .filter(({ announceAt }) => announceAt !== null && announceAt <= now.toISOString())
        .slice(0, limit),
    markAnnounced: async (id, now) => {
      const stored = events.get(id);
      if (stored !== undefined && stored.announcedAt === null)
        events.set(id, { ...stored, announceAt: null, announcedAt: now.toISOString() });
    },
    correctionsToTell: async (now, limit) =>
      [...events.values()]
        .filter(({ tellCorrectionAt: at }) => at != null && at <= now.toISOString())
        .slice(0, limit),
    markCorrectionTold: async (id) => {
      const stored = events.get(id);
      if (stored !== undefined) events.set(id, { ...stored, tellCorrectionAt: null });
    },
    eventsCorrected: async (from, to) =>
      [...events.values()].filter(
        ({ correctedAt: at }) => at != null && at >= from.toISOString() && at <= to.toISOString(),
      ),
    listMoves: async () => [],
    putIssue: async () => true,
    stageChangesToTell: async () => [],
    eventsRaised: async (from, to) =>
      [...events.values()].filter(
        ({ raisedAt }) => raisedAt >= from.toISOString() && raisedAt <= to.toISOString(),
      ),
    loadSubscriber: async (id) => subscribers.get(id) ?? null,
    saveSubscriber: async (subscriber) => {
      if ((subscribers.get(subscriber.id)?.version ?? 0) !== subscriber.version) return false;
      subscribers.set(subscriber.id, { ...subscriber, version: subscriber.version + 1 });
      return true;
    },
    immediateSubscribers: async (shard) => ({
      rows: mine(shard)
        .filter(({ preferences }) => preferences.cadence === "immediate")
        .map(({ id }) => id),
      next: null,
    }),
    subscribersDue: async (now, shard, limit) =>
      mine(shard)
        .filter(({ nextDigestAt }) => nextDigestAt !== null && nextDigestAt <= now.toISOString())
        .slice(0, limit)
        .map(({ id }) => id),
    claimSend: async (id, digest, now, leaseSeconds, mail = digest) => {
      const key = `${id} ${digest}`;
      const held = ledger.get(key);
      const leaseUntil = new Date(now.getTime() + leaseSeconds * 1_000).toISOString();
      if (held?.state === "sent" || held?.state === "refused") return "done";
      if (held !== undefined && held.leaseUntil > now.toISOString()) return "busy";
      ledger.set(key, {
        state: "claimed",
        leaseUntil,
        attempts: held?.attempts ?? 0,
        mail: held?.mail ?? mail,
        at: now.toISOString(),
        doubtfulFrom: held?.doubtfulFrom ?? (held?.state === "claimed" ? held.attempts : null),
      });
      return held?.state === "claimed" ? "unknown" : "claimed";
    },
    mailOf: async (id, digest) => ledger.get(`${id} ${digest}`)?.mail ?? digest,
    recordSend: async (id, digest, outcome, now) => {
      if (outcome === "unknown") return;
      const key = `${id} ${digest}`;
      const held = ledger.get(key);
      const before = held?.attempts ?? 0;
      const attempts = outcome === "deferred" ? before + 1 : before;
      const waitMs = outcome === "deferred" ? retrySeconds(attempts) * 1_000 : 0;
      const state = outcome === "released" ? "deferred" : outcome;
      const leaseUntil = new Date(now.getTime() + waitMs).toISOString();
      ledger.set(key, {
        state,
        leaseUntil,
        attempts,
        mail: held?.mail ?? digest,
        at: state === "deferred" ? (held?.at ?? "") : now.toISOString(),
        doubtfulFrom: held?.doubtfulFrom ?? null,
      });
    },
    noteCarried: async (id, mail, digests) => {
      const tries = ledger.get(`${id} ${mail}`)?.attempts ?? 0;
      for (const digest of digests) carried.set(`${id} ${digest}`, { mail, tries });
    },
    sentAt: async (id, digest) => {
      const own = ledger.get(`${id} ${digest}`);
      return wentOut(own) ? own.at : null;
    },
    carriedAt: async (id, digest) => {
      const held = carried.get(`${id} ${digest}`);
      const within = held === undefined ? undefined : ledger.get(`${id} ${held.mail}`);
      return wentOut(within, held?.tries) ? within.at : null;
    },
    claimedAmong: async (id, digests) =>
      new Set(digests.filter((digest) => ledger.has(`${id} ${digest}`))),
    owedDue: async () => [],
    takeSlot: async () => ({ kind: "taken" }),
    suppress: async (id, reason) => {
      marks.set(id, reason);
    },
    isSuppressed: async (id) => marks.has(id),
    suppressionOf: async (id) => marks.get(id) ?? null,
    beat: async (name, now, facts) => {
      beats[name] = { at: now.toISOString(), facts };
    },
    heartbeats: async () => ({ ...beats }),
  };
  return { store: part as Store, subscribers, items, events };
}

/** The same store, where one call in `1 / rate` fails: before it did its work, or after. */
export function faultyStore(
  store: Store,
  rate: () => number,
  chance: () => number,
  onFault: (name: string) => void,
): Store {
  const wrapped = Object.entries(store).map(([name, work]) => [
    name,
    async (...args: unknown[]) => {
      const before = chance() < rate() / 2;
      const after = chance() < rate() / 2;
      if (before || after) onFault(name);
      if (before) throw new Error(`${name}: lost on its way`);
      const result = await (work as (...given: unknown[]) => unknown)(...args);
      if (after) throw new Error(`${name}: its answer was lost`);
      return result;
    },
  ]);
  return Object.fromEntries(wrapped) as Store;
}

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Item, StoredItem } from "../../shared/domain/item.ts";
import { SUBSCRIBER_SHARDS } from "../../shared/flows/ports.ts";
import { BadCursor } from "../../shared/store/cursor.ts";
import {
  type DynamoServer,
  dynaliteServer,
  dynoxideBinary,
  dynoxideServer,
  memoryStore,
  openStore,
  type TestStore,
} from "../servers/dynamo.ts";
import {
  DOSSIER,
  FEED,
  sampleDecision,
  sampleEvent,
  sampleItem,
  sampleMove,
  sampleQuery,
  sampleRecord,
  sampleSubscriber,
} from "./samples.ts";

const NOW = new Date("2026-03-02T00:00:00.000Z");
const HOUR = 3_600_000;
const later = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);

const binary = dynoxideBinary();
/** Null: no server, but SQLite in this process. */
const servers: [string, () => Promise<DynamoServer | null>][] = [
  ["SQLite", async () => null],
  ["dynalite", () => dynaliteServer()],
];
if (binary !== null) servers.push(["dynoxide", () => dynoxideServer(binary)]);

describe.each(servers)("the store on %s", (_name, startServer) => {
  let server: DynamoServer | null;
  let open: TestStore;
  let now = NOW;

  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(async () => {
    await server?.close();
  });

  async function withStore<T>(work: (store: TestStore["store"]) => Promise<T>): Promise<T> {
    now = NOW;
    open = server === null ? memoryStore(() => now) : await openStore(server.endpoint, () => now);
    try {
      return await work(open.store);
    } finally {
      open.close();
    }
  }

  const file = async (store: TestStore["store"], item: Item, decision = sampleDecision()) => {
    await store.putPending(item, null);
    await store.settleItem(item, decision, NOW);
  };

  const titles = (rows: readonly StoredItem[]) => rows.map((row) => row.guid);

  it("files an item that races with itself exactly once", () =>
    withStore(async (store) => {
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, () => store.putPending(sampleItem("a"), null)),
      );

      expect(outcomes.filter((outcome) => outcome === "new")).toHaveLength(1);
    }));

  it("keeps a pending item out of the archive and in the sweep until it is settled", () =>
    withStore(async (store) => {
      const item = sampleItem("a");
      await store.putPending(item, null);

      const hidden = await store.queryItems(sampleQuery());
      const waiting = await store.pendingItems(NOW, 10);
      await store.settleItem(item, sampleDecision(), NOW);

      expect(hidden.rows).toEqual([]);
      expect(titles(waiting)).toEqual(["a"]);
      expect(await store.pendingItems(NOW, 10)).toEqual([]);
      expect(titles((await store.queryItems(sampleQuery())).rows)).toEqual(["a"]);
    }));

  it("lets a later revision replace an earlier one and never the other way round", () =>
    withStore(async (store) => {
      const first = sampleItem("a");
      const second = sampleItem("a", { revision: 2, title: "Texte adopté" });
      await file(store, first);
      await store.putPending(second, sampleDecision());
      await store.settleItem(second, sampleDecision({ stage: "adopted" }), NOW);

      const again = await store.putPending(first, null);
      await store.settleItem(first, sampleDecision(), NOW);

      expect(again).toBe("known");
      expect((await store.loadItem(first.id))?.title).toBe("Texte adopté");
      expect((await store.queryItems(sampleQuery({ stage: ["vote"] }))).rows).toEqual([]);
    }));

  it("finds items by every filter, by words, phrases and what they must not hold", () =>
    withStore(async (store) => {
      await file(store, sampleItem("a", { title: "Le chiffrement de bout-en-bout menacé" }));
      await file(
        store,
        sampleItem("b", {
          title: "End-to-end encryption vote",
          effectiveAt: "2025-11-01T00:00:00.000Z",
        }),
        sampleDecision({ jurisdiction: "GB", language: "en", dossier: DOSSIER }),
      );
      await file(
        store,
        sampleItem("c", { title: "Roth IRA" }),
        sampleDecision({ relevant: false, themes: [] }),
      );
      const find = async (over: Parameters<typeof sampleQuery>[0]) =>
        titles((await store.queryItems(sampleQuery(over))).rows);

      expect(await find({})).toEqual(["a", "b"]);
      expect(await find({ q: ["BOUT en bout"] })).toEqual(["a"]);
      expect(await find({ q: ['"en bout menace"'] })).toEqual(["a"]);
      expect(await find({ q: ['"bout chiffrement"'] })).toEqual([]);
      expect(await find({ q: ["messageries -vote"] })).toEqual(["a"]);
      expect(await find({ jurisdiction: ["GB", "DE"] })).toEqual(["b"]);
      expect(await find({ dossier: [DOSSIER], theme: ["french-politics"] })).toEqual(["b"]);
      expect(await find({ from: "2026-01-01T00:00:00Z" })).toEqual(["a"]);
      expect(await find({ to: "2026-01-01T00:00:00Z" })).toEqual(["b"]);
      expect(await find({ relevant: "any" })).toEqual(expect.arrayContaining(["a", "b", "c"]));
      expect(await find({ relevant: "false" })).toEqual(["c"]);
      expect(await find({ language: ["it"] })).toEqual([]);
    }));

  it.each([1, 3, 7, 100])("pages through everything once, %i at a time", (limit) =>
    withStore(async (store) => {
      const keys = Array.from({ length: 23 }, (_, index) => `i${index}`);
      for (const [index, key] of keys.entries()) {
        const day = String((index % 11) + 1).padStart(2, "0");
        const year = index % 2 === 0 ? 2025 : 2026;
        await file(
          store,
          sampleItem(key, {
            effectiveAt: `${year}-02-${day}T00:00:00.000Z`,
            firstSeenAt: NOW.toISOString(),
          }),
          sampleDecision({ relevant: index % 3 !== 0 }),
        );
      }

      const seen: StoredItem[] = [];
      let cursor: string | null = null;
      do {
        const page = await store.queryItems(sampleQuery({ relevant: "any", limit, cursor }));
        expect(page.rows.length).toBeLessThanOrEqual(limit);
        seen.push(...page.rows);
        cursor = page.next;
      } while (cursor !== null);

      expect(titles(seen).sort()).toEqual([...keys].sort());
      const dates = seen.map((item) => item.effectiveAt);
      expect(dates).toEqual([...dates].sort().reverse());
    }),
  );

  it("refuses a cursor of another query, a changed one and noise", () =>
    withStore(async (store) => {
      for (const key of ["a", "b", "c"]) await file(store, sampleItem(key));
      const { next } = await store.queryItems(sampleQuery({ limit: 1 }));
      const cursor = String(next);
      const flipped = `${cursor.slice(0, 9)}${cursor[9] === "A" ? "B" : "A"}${cursor.slice(10)}`;

      const ask = (over: Parameters<typeof sampleQuery>[0]) =>
        store.queryItems(sampleQuery({ limit: 1, ...over }));

      await expect(ask({ cursor: flipped })).rejects.toThrow(BadCursor);
      await expect(ask({ cursor, stage: ["vote"] })).rejects.toThrow(BadCursor);
      await expect(ask({ cursor: "x".repeat(10_000) })).rejects.toThrow(BadCursor);
      await expect(ask({ cursor: "" })).rejects.toThrow(BadCursor);
    }));

  it("forgets irrelevant items after 90 days even where no server sweeps, and relevant ones never", () =>
    withStore(async (store) => {
      await file(store, sampleItem("noise"), sampleDecision({ relevant: false }));
      await file(store, sampleItem("news"));

      now = later(89 * 24 * HOUR);
      expect(titles((await store.queryItems(sampleQuery({ relevant: "any" }))).rows)).toContain(
        "noise",
      );
      now = later(90 * 24 * HOUR);
      expect(titles((await store.queryItems(sampleQuery({ relevant: "any" }))).rows)).toEqual([
        "news",
      ]);
      expect(await store.sweepExpired(now)).toBeGreaterThan(0);
      expect(await store.sweepExpired(now)).toBe(0);
      now = later(4_000 * 24 * HOUR);
      expect(titles((await store.queryItems(sampleQuery())).rows)).toEqual(["news"]);
    }));

  it("gives a digest period every relevant item first seen in it, whatever its date says", () =>
    withStore(async (store) => {
      await file(
        store,
        sampleItem("late", {
          firstSeenAt: "2026-03-01T12:00:00.000Z",
          effectiveAt: "2024-01-01T00:00:00.000Z",
        }),
      );
      await file(store, sampleItem("next", { firstSeenAt: "2026-03-03T12:00:00.000Z" }));
      await file(store, sampleItem("after", { firstSeenAt: "2026-03-04T00:00:00.000Z" }));

      const seen: StoredItem[] = [];
      let cursor: string | null = null;
      do {
        const page = await store.itemsSeen(
          new Date("2026-03-01T00:00:00Z"),
          new Date("2026-03-04T00:00:00Z"),
          cursor,
        );
        seen.push(...page.rows);
        cursor = page.next;
      } while (cursor !== null);

      expect(titles(seen)).toEqual(["late", "next"]);
    }));

  it("lets one of two commits on a dossier through, and the other decide again", () =>
    withStore(async (store) => {
      const event = sampleEvent("item-1");
      const outcomes = await Promise.all(
        [1, 2].map(() => store.commitDossier(sampleRecord(0), [event], NOW, later(HOUR))),
      );

      expect(outcomes.sort()).toEqual([false, true]);
      expect((await store.loadDossier(DOSSIER))?.version).toBe(1);
    }));

  it("never lets an earlier version of a dossier overwrite what a later one said of an event", () =>
    withStore(async (store) => {
      const event = sampleEvent("item-1");
      await store.commitDossier(sampleRecord(0), [], NOW, NOW);
      await store.commitDossier(sampleRecord(1), [{ ...event, state: "superseded" }], NOW, NOW);
      const stale = await store.commitDossier(sampleRecord(1), [event], NOW, NOW);

      expect(stale).toBe(false);
      expect((await store.loadEvent(event.id))?.event.state).toBe("superseded");
    }));

  it("tells a standing resurfacing once, after its hold, and no other event", () =>
    withStore(async (store) => {
      const told = sampleEvent("told");
      const events = [
        told,
        sampleEvent("possible", { event: "possible" }),
        sampleEvent("backfill", { backfill: true }),
        sampleEvent("gone", { state: "superseded" }),
      ];
      await store.commitDossier(sampleRecord(0), events, NOW, later(HOUR));

      expect(await store.eventsToAnnounce(NOW, 10)).toEqual([]);
      const due = await store.eventsToAnnounce(later(HOUR), 10);
      await store.markAnnounced(told.id, later(HOUR));
      await store.commitDossier(
        sampleRecord(1),
        [{ ...told, reason: "upgraded" }],
        later(HOUR),
        later(HOUR),
      );

      expect(due.map((stored) => stored.event.item)).toEqual(["told"]);
      expect(await store.eventsToAnnounce(later(9 * HOUR), 10)).toEqual([]);
      expect((await store.loadEvent(told.id))?.announcedAt).toBe(later(HOUR).toISOString());
    }));

  it("lists events newest first, of all dossiers or of one, a page at a time", () =>
    withStore(async (store) => {
      const events = Array.from({ length: 5 }, (_, index) =>
        sampleEvent(`e${index}`, { at: `202${index}-05-01T00:00:00.000Z` }),
      );
      await store.commitDossier(sampleRecord(0), events, NOW, NOW);

      const first = await store.listEvents(2, null, null);
      const second = await store.listEvents(2, first.next, null);
      const third = await store.listEvents(2, second.next, null);

      const items = [first, second, third].flatMap((page) =>
        page.rows.map((row) => row.event.item),
      );
      expect(items).toEqual(["e4", "e3", "e2", "e1", "e0"]);
      expect(third.next).toBeNull();
      expect((await store.listEvents(9, null, DOSSIER)).rows).toHaveLength(5);
      expect((await store.eventsRaised(NOW, later(1))).map((row) => row.event.item)).toHaveLength(
        5,
      );
    }));

  it("holds one move per item, replaced by its next revision", () =>
    withStore(async (store) => {
      await store.putMove(sampleMove("item-1"));
      await store.putMove({ ...sampleMove("item-1"), stage: "vote" });
      await store.putMove(sampleMove("item-2"));
      await store.removeMove(DOSSIER, "item-2");

      expect((await store.listMoves(DOSSIER)).map((move) => move.stage)).toEqual(["vote"]);
    }));

  it("lets one function at a time speak to a domain, and the next one after its death", () =>
    withStore(async (store) => {
      const domain = "example.org" as Parameters<typeof store.acquireDomain>[0];
      const leases = await Promise.all(
        Array.from({ length: 10 }, () => store.acquireDomain(domain, NOW, 60)),
      );
      const [lease] = leases.filter((held) => held !== null);

      expect(leases.filter((held) => held !== null)).toHaveLength(1);
      expect(await store.acquireDomain(domain, later(59_000), 60)).toBeNull();
      expect(await store.acquireDomain(domain, later(60_000), 60)).not.toBeNull();
      // The dead one wakes: its lease is no longer its own to give back.
      await store.releaseDomain(lease!, null);
      expect(await store.acquireDomain(domain, later(61_000), 60)).toBeNull();
    }));

  it("leaves a domain alone for as long as it asked", () =>
    withStore(async (store) => {
      const domain = "example.org" as Parameters<typeof store.acquireDomain>[0];
      const lease = await store.acquireDomain(domain, NOW, 60);
      await store.releaseDomain(lease!, later(HOUR));

      expect(await store.acquireDomain(domain, later(HOUR - 1), 60)).toBeNull();
      expect(await store.acquireDomain(domain, later(HOUR), 60)).not.toBeNull();
    }));

  it("gives a feed that is due to a planner, and lets one of two saves through", () =>
    withStore(async (store) => {
      const definition = {
        id: FEED,
        url: "https://example.org/feed",
        title: "Sample",
        kind: "press",
        jurisdiction: "FR",
        language: "fr",
      } as const;
      await store.seedFeeds([definition], NOW);
      const state = await store.loadFeed(FEED);
      const saved = await store.saveFeed({ ...state!, nextPollAt: later(HOUR).toISOString() });
      const lost = await store.saveFeed({ ...state!, failures: 3 });
      await store.seedFeeds([definition], NOW);

      expect([saved, lost]).toEqual([true, false]);
      expect(await store.feedsDue(later(HOUR - 1), 100)).toEqual([]);
      expect(await store.feedsDue(later(HOUR), 100)).toEqual([{ id: FEED, domain: "example.org" }]);
      expect((await store.listFeeds()).map((feed) => feed.id)).toEqual([FEED]);
    }));

  it("lets a mail be claimed once, and once more only where its end is unknown", () =>
    withStore(async (store) => {
      const { id } = sampleSubscriber("a");
      const claims = await Promise.all(
        Array.from({ length: 10 }, () => store.claimSend(id, "d1", NOW, 60)),
      );

      expect(claims.filter((claim) => claim === "claimed")).toHaveLength(1);
      expect(claims.filter((claim) => claim === "busy")).toHaveLength(9);
      expect(await store.claimSend(id, "d1", later(61_000), 60)).toBe("unknown");
      await store.recordSend(id, "d1", "deferred", later(62_000));
      expect(await store.claimSend(id, "d1", later(63_000), 60)).toBe("busy");
      expect(await store.claimSend(id, "d1", later(123_000), 60)).toBe("claimed");
      await store.recordSend(id, "d1", "released", later(124_000));
      expect(await store.claimSend(id, "d1", later(124_000), 60)).toBe("claimed");
      await store.recordSend(id, "d1", "sent", later(125_000));
      expect(await store.claimSend(id, "d1", later(999_000), 60)).toBe("done");
      expect(await store.claimSend(id, "d2", NOW, 60)).toBe("claimed");
    }));

  it("lists the active subscribers of each cadence, and nobody else", () =>
    withStore(async (store) => {
      const daily = { ...sampleSubscriber("d").preferences, cadence: "daily" as const };
      await store.saveSubscriber(sampleSubscriber("i"));
      await store.saveSubscriber(sampleSubscriber("p", { state: "pending" }));
      await store.saveSubscriber(sampleSubscriber("u", { state: "unsubscribed" }));
      await store.saveSubscriber(
        sampleSubscriber("d", { preferences: daily, nextDigestAt: NOW.toISOString() }),
      );

      const shards = Array.from({ length: SUBSCRIBER_SHARDS }, (_, shard) => shard);
      const immediate = (
        await Promise.all(shards.map((shard) => store.immediateSubscribers(shard, null)))
      ).flatMap((page) => page.rows);
      const due = (
        await Promise.all(shards.map((shard) => store.subscribersDue(NOW, shard, 10)))
      ).flat();

      expect(immediate).toEqual(["i".repeat(22)]);
      expect(due).toEqual(["d".repeat(22)]);
    }));

  it("forgets a sign-up that nobody confirmed, even before a sweep", () =>
    withStore(async (store) => {
      const pending = sampleSubscriber("p", {
        state: "pending",
        confirmationAt: NOW.toISOString(),
      });
      await store.saveSubscriber(pending);

      now = later(8 * 24 * HOUR);

      expect((await store.loadSubscriber(pending.id))?.state).toBe("unsubscribed");
    }));

  it("counts attempts in a window, and anew in the next", () =>
    withStore(async (store) => {
      const counts = [NOW, NOW, later(HOUR)].map(
        (start) => () => store.countAttempt("client:x", start, 3_600),
      );
      const got: number[] = [];
      for (const count of counts) got.push(await count());

      expect(got).toEqual([1, 2, 1]);
    }));

  it("keeps a suppression mark apart from the subscriber", () =>
    withStore(async (store) => {
      const { id } = sampleSubscriber("s");
      await store.suppress(id, "complaint", NOW);

      expect(await store.isSuppressed(id)).toBe(true);
      expect(await store.isSuppressed(sampleSubscriber("t").id)).toBe(false);
    }));
});

// Feeds and the leases of the domains they live on.
import { randomUUID } from "node:crypto";
import { type FeedDefinition, FeedState } from "../domain/feed.ts";
import type { Domain } from "../domain/ids.ts";
import type { DomainLease, FeedStore, FeedsDue } from "../flows/ports.ts";
import { type Database, dueQuery, type Row } from "./database.ts";
import { due, FEED_SHARDS, keys, shardOf } from "./table.ts";

const toRow = (state: FeedState) => ({
  ...keys.feed(state.id),
  ...(state.removed
    ? {}
    : { duePk: due.feeds(shardOf(state.id, FEED_SHARDS)), dueAt: state.nextPollAt }),
  version: state.version,
  state,
});

const fromRow = (row: Row): FeedState => FeedState.parse(row["state"]);

/** Shards in turn, oldest due first within each: a crowd in one shard cannot starve the others. */
async function feedsDue(db: Database, now: Date, limit: number): Promise<FeedsDue[]> {
  const share = Math.max(1, Math.ceil(limit / FEED_SHARDS));
  const pages = await Promise.all(
    Array.from({ length: FEED_SHARDS }, (_, shard) =>
      db.query(dueQuery(due.feeds(shard), now.toISOString(), share)),
    ),
  );
  return pages.flatMap((page) =>
    page.rows.map((row) => {
      const { id, domain } = fromRow(row);
      return { id, domain };
    }),
  );
}

async function seedFeed(db: Database, fresh: FeedState, definition: FeedDefinition): Promise<void> {
  for (;;) {
    const row = await db.get(keys.feed(definition.id));
    if (row === null) {
      if (await db.put(toRow(fresh), { expression: "attribute_not_exists(pk)" })) return;
      continue;
    }
    const known = fromRow(row);
    if (JSON.stringify(known.definition) === JSON.stringify(definition)) return;
    const changed = { ...known, definition, domain: fresh.domain };
    if (await saveFeed(db, changed)) return;
  }
}

async function saveFeed(db: Database, state: FeedState): Promise<boolean> {
  return db.put(toRow({ ...state, version: state.version + 1 }), {
    expression:
      state.version === 0 ? "attribute_not_exists(pk) OR version = :read" : "version = :read",
    values: { ":read": state.version },
  });
}

/** Of the longest job (flows/poll-domain.ts), and more. */
const LONGEST_LEASE_SECONDS = 3_600;
/** No Retry-After is obeyed for longer than a day (feeds/poll-schedule.ts). */
const LONGEST_HOLD_SECONDS = 25 * 3_600;

const later = (now: Date, seconds: number): string =>
  new Date(now.getTime() + seconds * 1_000).toISOString();

async function acquireDomain(
  db: Database,
  domain: Domain,
  now: Date,
  leaseSeconds: number,
): Promise<DomainLease | null> {
  const token = randomUUID();
  const until = later(now, leaseSeconds);
  const row = await db.update(
    keys.domain(domain),
    "SET leaseToken = :token, leaseUntil = :until, expiresAt = :gone",
    {
      expression:
        // A lease or hold that ends later than any can was taken by a clock that was wrong: nobody has it.
        "(attribute_not_exists(leaseUntil) OR leaseUntil <= :now OR leaseUntil > :noLease) AND (attribute_not_exists(holdUntil) OR holdUntil <= :now OR holdUntil > :noHold)",
      values: {
        ":token": token,
        ":until": until,
        ":now": now.toISOString(),
        ":noLease": later(now, Math.max(leaseSeconds, LONGEST_LEASE_SECONDS)),
        ":noHold": later(now, LONGEST_HOLD_SECONDS),
        // A domain nobody polls any more leaves no row behind; a day outlives every Retry-After we obey.
        ":gone": Math.floor(now.getTime() / 1000) + leaseSeconds + 2 * 86_400,
      },
    },
  );
  if (row === null) return null;
  const hold = row["holdUntil"];
  return { domain, token, holdUntil: typeof hold === "string" ? hold : null };
}

async function releaseDomain(
  db: Database,
  lease: DomainLease,
  holdUntil: Date | null,
): Promise<void> {
  await db.update(
    keys.domain(lease.domain),
    holdUntil === null ? "REMOVE leaseUntil, holdUntil" : "SET holdUntil = :hold REMOVE leaseUntil",
    {
      expression: "leaseToken = :token",
      values: {
        ":token": lease.token,
        ...(holdUntil === null ? {} : { ":hold": holdUntil.toISOString() }),
      },
    },
  );
}

/** @param newState a catalogue feed's first state (feeds/poll-schedule.ts, given by the composing file) */
export function feedStore(
  db: Database,
  newState: (definition: FeedDefinition, now: Date) => FeedState,
): FeedStore {
  return {
    async seedFeeds(definitions, now) {
      for (const definition of definitions)
        await seedFeed(db, newState(definition, now), definition);
    },
    async loadFeed(id) {
      const row = await db.get(keys.feed(id));
      return row === null ? null : fromRow(row);
    },
    saveFeed: (state) => saveFeed(db, state),
    feedsDue: (now, limit) => feedsDue(db, now, limit),
    async listFeeds() {
      const feeds: FeedState[] = [];
      for (let shard = 0; shard < FEED_SHARDS; shard += 1)
        for await (const row of db.queryAll(dueQuery(due.feeds(shard), null)))
          feeds.push(fromRow(row));
      return feeds.sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    acquireDomain: (domain, now, leaseSeconds) => acquireDomain(db, domain, now, leaseSeconds),
    releaseDomain: (lease, holdUntil) => releaseDomain(db, lease, holdUntil),
  };
}

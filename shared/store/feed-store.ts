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

/** Feeds of one read. */
const SEED_PAGE = 100;

/** Lists first: one that names a feed too early is passed over, a feed without its list row would be hidden. */
async function seedFeeds(
  db: Database,
  definitions: readonly FeedDefinition[],
  freshOf: (definition: FeedDefinition) => FeedState,
): Promise<void> {
  for (let from = 0; from < definitions.length; from += SEED_PAGE) {
    const page = definitions.slice(from, from + SEED_PAGE);
    const [rows, listed] = await Promise.all([
      db.getMany(page.map(({ id }) => keys.feed(id))),
      db.getMany(page.map(({ id }) => keys.listedFeed(id))),
    ]);
    const known = new Map(rows.map((row) => fromRow(row)).map((state) => [state.id, state]));
    const named = new Set(listed.map((row) => row["sk"]));
    await db.putMany(
      page.filter(({ id }) => !named.has(id)).map(({ id }) => ({ ...keys.listedFeed(id) })),
    );
    for (const definition of page)
      if (!isSame(known.get(definition.id)?.definition, definition))
        await seedFeed(db, freshOf(definition), definition);
  }
}

const isSame = (a: FeedDefinition | undefined, b: FeedDefinition): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** A table that is older than the list of feeds: once, what its index knows is listed. */
async function listOldFeeds(db: Database): Promise<void> {
  if ((await db.get(keys.feedsListed())) !== null) return;
  for (let shard = 0; shard < FEED_SHARDS; shard += 1) {
    const rows: Row[] = [];
    for await (const row of db.queryAll(dueQuery(due.feeds(shard), null))) rows.push(row);
    await db.putMany(rows.map((row) => ({ ...keys.listedFeed(fromRow(row).id) })));
  }
  await db.put({ ...keys.feedsListed() });
}

async function seedFeed(db: Database, fresh: FeedState, definition: FeedDefinition): Promise<void> {
  for (;;) {
    const row = await db.get(keys.feed(definition.id));
    if (row === null) {
      if (await db.put(toRow(fresh), { expression: "attribute_not_exists(pk)" })) return;
      continue;
    }
    const known = fromRow(row);
    if (isSame(known.definition, definition)) return;
    const changed = { ...known, definition, domain: fresh.domain };
    if (await saveFeed(db, changed)) return;
  }
}

/** @returns false where another save came between (state.version is the one read) */
export async function saveFeed(db: Database, state: FeedState): Promise<boolean> {
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
      await listOldFeeds(db);
      await seedFeeds(db, definitions, (definition) => newState(definition, now));
    },
    async loadFeed(id) {
      const row = await db.get(keys.feed(id));
      return row === null ? null : fromRow(row);
    },
    saveFeed: (state) => saveFeed(db, state),
    feedsDue: (now, limit) => feedsDue(db, now, limit),
    acquireDomain: (domain, now, leaseSeconds) => acquireDomain(db, domain, now, leaseSeconds),
    releaseDomain: (lease, holdUntil) => releaseDomain(db, lease, holdUntil),
  };
}

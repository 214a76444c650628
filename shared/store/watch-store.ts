// Feeds by their own rows, their count, and the domain rows that say why one waits.
import { FeedState } from "../domain/feed.ts";
import { FeedCount } from "../domain/feed-summary.ts";
import { type Domain, FeedId } from "../domain/ids.ts";
import type { FeedPage, WatchStore } from "../flows/watch-ports.ts";
import { checkIndex } from "./check-index.ts";
import type { Database } from "./database.ts";
import { saveFeed } from "./feed-store.ts";
import { due, FEED_SHARDS, keys, shardOf, TABLE } from "./table.ts";

const LIST_PAGE = 500;

async function loadFeeds(db: Database, ids: readonly FeedId[]): Promise<FeedState[]> {
  const rows = await db.getMany(ids.map((id) => keys.feed(id)));
  return rows
    .map((row) => FeedState.parse(row["state"]))
    .filter(({ removed }) => !removed)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function feedsPage(db: Database, after: FeedId | null, limit: number): Promise<FeedPage> {
  const { rows, lastKey } = await db.query({
    KeyConditionExpression: "pk = :feeds AND sk > :after",
    ExpressionAttributeValues: { ":feeds": keys.listedFeed("").pk, ":after": after ?? " " },
    ConsistentRead: true,
    Limit: limit,
  });
  const ids = rows.map((row) => FeedId.parse(row["sk"]));
  const next = lastKey === null ? null : (ids.at(-1) ?? null);
  return { rows: await loadFeeds(db, ids), next };
}

/** As an instant that lies ahead, and not years ahead: feed-store.ts. */
async function isDomainHeld(db: Database, domain: Domain, now: Date): Promise<boolean> {
  const row = await db.get(keys.domain(domain));
  const at = now.toISOString();
  const latest = new Date(now.getTime() + 25 * 3_600_000).toISOString();
  return [row?.["holdUntil"], row?.["leaseUntil"]].some(
    (until) => typeof until === "string" && until > at && until <= latest,
  );
}

async function mendFeed(db: Database, state: FeedState): Promise<boolean> {
  const shown = db.queryAll({
    IndexName: TABLE.dueIndex.name,
    KeyConditionExpression: "duePk = :shard AND dueAt = :at",
    ExpressionAttributeValues: {
      ":shard": due.feeds(shardOf(state.id, FEED_SHARDS)),
      ":at": state.nextPollAt,
    },
    ProjectionExpression: "pk",
  });
  const { pk } = keys.feed(state.id);
  for await (const row of shown) if (row["pk"] === pk) return false;
  return saveFeed(db, state);
}

export function watchStore(db: Database): WatchStore {
  return {
    feedsPage: (after, limit) => feedsPage(db, after, limit),
    async listFeeds() {
      const feeds: FeedState[] = [];
      let after: FeedId | null = null;
      do {
        const page: FeedPage = await feedsPage(db, after, LIST_PAGE);
        feeds.push(...page.rows);
        after = page.next;
      } while (after !== null);
      return feeds;
    },
    loadFeeds: (ids) => loadFeeds(db, ids),
    isDomainHeld: (domain, now) => isDomainHeld(db, domain, now),
    mendFeed: (state) => mendFeed(db, state),
    async loadFeedCount() {
      const row = await db.get(keys.feedCount());
      const parsed = FeedCount.safeParse(row?.["count"]);
      // Figures of another version of this code are counted anew.
      return parsed.data ?? { version: Number(row?.["version"] ?? 0), going: null, done: null };
    },
    saveFeedCount: (count) =>
      db.put(
        {
          ...keys.feedCount(),
          version: count.version + 1,
          count: { ...count, version: count.version + 1 },
        },
        count.version === 0
          ? { expression: "attribute_not_exists(pk)" }
          : {
              expression: "#version = :read",
              names: { "#version": "version" },
              values: { ":read": count.version },
            },
      ),
    checkIndex: (now, pages, anew) => checkIndex(db, now, pages, anew),
  };
}

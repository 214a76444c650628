// What waits until later than a right clock would have it wait, found in the due index and put right.
import { FeedId, SubscriberId } from "../domain/ids.ts";
import { notAhead } from "../domain/instants.ts";
import { StoredItem } from "../domain/item.ts";
import type { ClockStore } from "../flows/clock-ports.ts";
import { SUBSCRIBER_SHARDS } from "../flows/ports.ts";
import type { Database, KeyedRow, Row } from "./database.ts";
import { rightEvent } from "./event-store.ts";
import { due, FEED_SHARDS, PENDING_SHARDS, TABLE } from "./table.ts";

const PAGE = 200;
/** Of one partition and look. */
const MOST = 10_000;
/** Sorts after every instant that a clock says, and before the year in which what is over for good is asked again. */
const NEVER = "9999";

async function rowsBeyond(
  db: Database,
  partition: string,
  beyond: Date,
  limit: number,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const found = db.queryAll({
    IndexName: TABLE.dueIndex.name,
    KeyConditionExpression: "duePk = :partition AND dueAt BETWEEN :beyond AND :never",
    ExpressionAttributeValues: {
      ":partition": partition,
      ":beyond": beyond.toISOString(),
      ":never": NEVER,
    },
    Limit: PAGE,
  });
  for await (const row of found) {
    rows.push(row);
    if (rows.length >= limit) break;
  }
  return rows;
}

/** Of all shards together. */
async function shardsBeyond(
  db: Database,
  partitionOf: (shard: number) => string,
  shards: number,
  beyond: Date,
  limit: number,
): Promise<Row[]> {
  const pages = await Promise.all(
    Array.from({ length: shards }, (_, shard) =>
      rowsBeyond(db, partitionOf(shard), beyond, Math.ceil(limit / shards)),
    ),
  );
  return pages.flat();
}

const idOf = (row: Row): string => {
  const pk = String(row["pk"]);
  return pk.slice(pk.lastIndexOf("#") + 1);
};

async function rightPendingItem(db: Database, row: Row, now: Date): Promise<boolean> {
  const item = StoredItem.parse(row["item"]);
  const right = {
    ...item,
    firstSeenAt: notAhead(item.firstSeenAt, now),
    effectiveAt: notAhead(item.effectiveAt, now),
  };
  return db.put({ ...(row as KeyedRow), dueAt: right.firstSeenAt, item: right } as KeyedRow, {
    expression: "revision = :revision AND dueAt = :wrong",
    values: { ":revision": item.revision, ":wrong": row["dueAt"] },
  });
}

async function rightStage(db: Database, row: Row, now: Date): Promise<boolean> {
  const at = now.toISOString();
  const raisedAt = notAhead(String(row["raisedAt"]), now);
  return db.put({ ...(row as KeyedRow), dueAt: at, announceAt: at, raisedAt } as KeyedRow, {
    expression: "dueAt = :wrong",
    values: { ":wrong": row["dueAt"] },
  });
}

const count = (done: readonly boolean[]): number => done.filter(Boolean).length;

export function clockStore(db: Database): ClockStore {
  return {
    async feedsBeyond(beyond, limit) {
      const rows = await shardsBeyond(db, due.feeds, FEED_SHARDS, beyond, limit);
      return rows.map((row) => FeedId.parse(idOf(row)));
    },
    async subscribersBeyond(beyond, limit) {
      const rows = await shardsBeyond(db, due.periodic, SUBSCRIBER_SHARDS, beyond, limit);
      return rows.map((row) => SubscriberId.parse(idOf(row)));
    },
    async rightPending(beyond, now) {
      const rows = await shardsBeyond(db, due.pending, PENDING_SHARDS, beyond, MOST);
      return count(await Promise.all(rows.map((row) => rightPendingItem(db, row, now))));
    },
    async rightAnnouncements(beyond, now) {
      const [announcements, corrections, stages] = await Promise.all(
        [due.announcements, due.corrections, due.stages].map((partition) =>
          rowsBeyond(db, partition, beyond, MOST),
        ),
      );
      const events = [...(announcements ?? []), ...(corrections ?? [])];
      return count([
        ...(await Promise.all(events.map((row) => rightEvent(db, row, now)))),
        ...(await Promise.all((stages ?? []).map((row) => rightStage(db, row, now)))),
      ]);
    },
  };
}

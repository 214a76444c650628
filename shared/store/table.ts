// The one table: its shape, and every key of it, built here and nowhere else. Patterns and sizes: docs/adr/0002-one-table.md.

/** What infra creates in the cloud and the embedded server creates on one machine. */
export const TABLE = {
  partitionKey: "pk",
  sortKey: "sk",
  /** Sparse: only rows that wait for something carry its keys. */
  dueIndex: { name: "due", partitionKey: "duePk", sortKey: "dueAt" },
  /** Epoch seconds. */
  timeToLive: "expiresAt",
} as const;

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Feeds are spread over these partitions of the due index. */
export const FEED_SHARDS = 16;
/** Pending items likewise. */
export const PENDING_SHARDS = 4;

/** Sorts by instant, then by id. */
const at = (instant: string, id: string): string => `${instant}#${id}`;

export const keys = {
  feed: (id: string): Key => ({ pk: `FEED#${id}`, sk: "STATE" }),
  /** Every feed there is, by id: what is known of without asking the index. */
  listedFeed: (id: string): Key => ({ pk: "FEEDS", sk: id }),
  /** Written once all feeds of a table that is older than that list are on it. */
  feedsListed: (): Key => ({ pk: "FEEDS-LISTED", sk: "MARK" }),
  /** Feeds in a few figures. */
  feedCount: (): Key => ({ pk: "WALK", sk: "FEEDS" }),
  /** How far the index has been compared with the table. */
  indexWalk: (): Key => ({ pk: "WALK", sk: "INDEX" }),
  domain: (domain: string): Key => ({ pk: `DOMAIN#${domain}`, sk: "LEASE" }),
  item: (id: string): Key => ({ pk: `ITEM#${id}`, sk: "ITEM" }),
  /** One row per item and filter value: all filters are lists of the same order, so a query is their intersection. */
  posting: (list: "R" | "I", bucket: string, term: string, instant: string, id: string): Key => ({
    pk: keys.postingList(list, bucket, term),
    sk: at(instant, id),
  }),
  postingList: (list: "R" | "I", bucket: string, term: string): string =>
    `POST#${list}#${bucket}#${term}`,
  /** A name under which a story may be known, and the item that took it first. */
  story: (key: string): Key => ({ pk: `STORY#${key}`, sk: "HEAD" }),
  /** Relevant items by the day they were first seen: what a digest period holds. */
  seen: (instant: string, id: string): Key => ({
    pk: keys.seenDay(instant.slice(0, 10)),
    sk: at(instant, id),
  }),
  seenDay: (day: string): string => `SEEN#${day}`,
  /** Which buckets (years, months) a list has, so that reading it backwards knows where to end. */
  buckets: (list: string): Key => ({ pk: `BUCKETS#${list}`, sk: "BUCKETS" }),
  dossier: (id: string): Key => ({ pk: `DOSSIER#${id}`, sk: "STATE" }),
  move: (dossier: string, item: string): Key => ({ pk: `DOSSIER#${dossier}`, sk: `MOVE#${item}` }),
  stage: (dossier: string, stage: string): Key => ({
    pk: `DOSSIER#${dossier}`,
    sk: `STAGE#${stage}`,
  }),
  auto: (jurisdiction: string, id: string): Key => ({ pk: `AUTO#${jurisdiction}`, sk: id }),
  event: (id: string): Key => ({ pk: `EVENT#${id}`, sk: "EVENT" }),
  eventAt: (instant: string, id: string): Key => ({
    pk: keys.eventYear(instant.slice(0, 4)),
    sk: at(instant, id),
  }),
  eventYear: (year: string): string => `EVENTS#${year}`,
  eventOf: (dossier: string, instant: string, id: string): Key => ({
    pk: keys.eventsOf(dossier),
    sk: at(instant, id),
  }),
  eventsOf: (dossier: string): string => `DOSSIER#${dossier}#EVENTS`,
  raised: (instant: string, id: string): Key => ({
    pk: keys.raisedYear(instant.slice(0, 4)),
    sk: at(instant, id),
  }),
  raisedYear: (year: string): string => `RAISED#${year}`,
  /** What was news, by when it was taken back. */
  corrected: (instant: string, id: string): Key => ({
    pk: keys.correctedYear(instant.slice(0, 4)),
    sk: at(instant, id),
  }),
  correctedYear: (year: string): string => `CORRECTED#${year}`,
  issue: (id: string): Key => ({ pk: `ISSUE#${id}`, sk: "ISSUE" }),
  subscriber: (id: string): Key => ({ pk: `SUBSCRIBER#${id}`, sk: "STATE" }),
  send: (subscriber: string, digest: string): Key => ({
    pk: `SUBSCRIBER#${subscriber}`,
    sk: `SENT#${digest}`,
  }),
  /** In which mail something went that has no claim of its own. */
  carried: (subscriber: string, digest: string): Key => ({
    pk: `SUBSCRIBER#${subscriber}`,
    sk: `CARRIED#${digest}`,
  }),
  /** A mail that has not gone out: beside its subscriber, and gone with them. */
  owed: (subscriber: string, kind: string): Key => ({
    pk: `SUBSCRIBER#${subscriber}`,
    sk: `OWED#${kind}`,
  }),
  suppression: (id: string): Key => ({ pk: `SUPPRESSED#${id}`, sk: "MARK" }),
  attempts: (key: string, windowStart: string): Key => ({
    pk: `ATTEMPTS#${key}`,
    sk: windowStart,
  }),
  /** Who holds which of a few slots within a window that slides. */
  slots: (key: string): Key => ({ pk: `ATTEMPTS#${key}`, sk: "SLOTS" }),
  /** The machine's clock as the last sweep saw it. */
  clock: { pk: "CLOCK", sk: "SWEEP" },
  heartbeat: (part: string): Key => ({ pk: "HEARTBEAT", sk: part }),
} as const;

/** Partition keys of the due index. */
export const due = {
  feeds: (shard: number): string => `FEEDS#${shard}`,
  pending: (shard: number): string => `PENDING#${shard}`,
  /** All dossiers that items have touched, for lists; few. */
  dossiers: "DOSSIERS",
  announcements: "ANNOUNCE",
  corrections: "CORRECTIONS",
  stages: "STAGES",
  outbox: "OUTBOX",
  immediate: (shard: number): string => `IMMEDIATE#${shard}`,
  periodic: (shard: number): string => `PERIODIC#${shard}`,
} as const;

/** What sorts after an instant in any `at` key: `#` and every id character are below `~`. */
export const AFTER_ALL_IDS = "~";

/** Even spread of ids over shards (FNV-1a, 32 bits). */
export function shardOf(id: string, shards: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i += 1)
    hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193) >>> 0;
  return hash % shards;
}

// Subscribers and the ledger of what each was sent. No address is ever in a key or in plain.

import { SubscriberId } from "../domain/ids.ts";
import type { SendOutcome } from "../domain/mail.ts";
import { Subscriber } from "../domain/subscriber.ts";
import { LAST_RETRY_SECONDS, retrySeconds } from "../flows/ledger.ts";
import type { Outbox } from "../flows/outbox.ts";
import { type Page, SUBSCRIBER_SHARDS, type SubscriberStore } from "../flows/ports.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { type Database, dueQuery, type Row } from "./database.ts";
import { due, keys, shardOf, TABLE } from "./table.ts";

/** A sign-up that nobody confirmed is forgotten after this long. */
export const PENDING_DAYS = 7;
/** Longer than any digest can be late, and than a backup is kept. */
export const LEDGER_DAYS = 400;

const epochAfter = (now: Date, days: number): number =>
  Math.floor(now.getTime() / 1000) + days * 86_400;

function waitingFor(subscriber: Subscriber): Record<string, unknown> {
  const shard = shardOf(subscriber.id, SUBSCRIBER_SHARDS);
  if (subscriber.state === "pending")
    return {
      expiresAt: epochAfter(
        new Date(subscriber.confirmationAt ?? subscriber.createdAt),
        PENDING_DAYS,
      ),
    };
  if (subscriber.state !== "active") return {};
  if (subscriber.preferences.cadence === "immediate")
    return { duePk: due.immediate(shard), dueAt: subscriber.id };
  return subscriber.nextDigestAt === null
    ? {}
    : { duePk: due.periodic(shard), dueAt: subscriber.nextDigestAt };
}

async function save(db: Database, subscriber: Subscriber): Promise<boolean> {
  const next: Subscriber = { ...subscriber, version: subscriber.version + 1 };
  return db.put(
    {
      ...keys.subscriber(subscriber.id),
      ...waitingFor(next),
      version: next.version,
      subscriber: next,
    },
    subscriber.version === 0
      ? { expression: "attribute_not_exists(pk)" }
      : { expression: "version = :read", values: { ":read": subscriber.version } },
  );
}

async function immediate(
  db: Database,
  shard: number,
  cursor: string | null,
): Promise<Page<SubscriberId>> {
  const scope = `immediate ${shard}`;
  const after = cursor === null ? " " : readCursor(scope, cursor);
  const page = await db.query({
    IndexName: TABLE.dueIndex.name,
    KeyConditionExpression: "duePk = :shard AND dueAt > :after",
    ExpressionAttributeValues: { ":shard": due.immediate(shard), ":after": after },
    ProjectionExpression: "dueAt",
    Limit: 500,
  });
  const rows = page.rows.map((row) => SubscriberId.parse(row["dueAt"]));
  const last = rows.at(-1);
  return {
    rows,
    next: page.lastKey !== null && last !== undefined ? writeCursor(scope, last) : null,
  };
}

/** Ends later than any lease or wait can: it was written by a clock that was wrong, and holds nobody back. */
function isHeld(leaseUntil: string, now: Date, leaseSeconds: number): boolean {
  const longest = Math.max(leaseSeconds, LAST_RETRY_SECONDS) + 3_600;
  const latest = new Date(now.getTime() + longest * 1_000).toISOString();
  return leaseUntil > now.toISOString() && leaseUntil <= latest;
}

type Claim = Awaited<ReturnType<SubscriberStore["claimSend"]>>;

async function claim(
  db: Database,
  id: SubscriberId,
  digest: string,
  now: Date,
  leaseSeconds: number,
  mail: string,
): Promise<Claim> {
  const key = keys.send(id, digest);
  const leaseUntil = new Date(now.getTime() + leaseSeconds * 1000).toISOString();
  const expiresAt = epochAfter(now, LEDGER_DAYS);
  const fresh = { ...key, state: "claimed", mail, at: now.toISOString(), leaseUntil, expiresAt };
  if (await db.put(fresh, { expression: "attribute_not_exists(pk)" })) return "claimed";
  const held = await db.get(key);
  if (held === null) return "busy";
  const state = held["state"];
  if (state === "sent" || state === "refused") return "done";
  // A claim that lasts, or a mail that waits for its next try.
  if (isHeld(String(held["leaseUntil"]), now, leaseSeconds)) return "busy";
  // What may have gone out keeps the name under which it went, through every later try.
  const { attempts } = held;
  // Of a claim that ended without a word nobody knows whether its mail went out: from this try on.
  const doubtfulFrom = held["doubtfulFrom"] ?? (state === "claimed" ? (attempts ?? 0) : undefined);
  const row = { ...fresh, attempts, mail: held["mail"] ?? mail, doubtfulFrom };
  const again = await db.put(row, {
    expression: "#state = :state AND leaseUntil = :lease",
    names: { "#state": "state" },
    values: { ":state": state, ":lease": held["leaseUntil"] },
  });
  if (!again) return "busy";
  return state === "deferred" ? "claimed" : "unknown";
}

async function record(
  db: Database,
  id: SubscriberId,
  digest: string,
  outcome: SendOutcome["kind"] | "released",
  now: Date,
): Promise<void> {
  // An unknown end stays a claim: once its lease is over, one repeat under the same Message-ID settles it.
  if (outcome === "unknown") return;
  const key = keys.send(id, digest);
  if (outcome === "sent" || outcome === "refused") {
    // What else is known of it stays: its mail, and its tries. Who was deleted meanwhile gets no new row.
    await db.update(key, "SET #state = :state, #at = :now, leaseUntil = :now", {
      expression: "attribute_exists(pk)",
      names: { "#state": "state", "#at": "at" },
      values: { ":state": outcome, ":now": now.toISOString() },
    });
    return;
  }
  const held = await db.get(key);
  if (held === null) return;
  const before = triesOf(held);
  const attempts = outcome === "deferred" ? before + 1 : before;
  const waitSeconds = outcome === "deferred" ? retrySeconds(attempts) : 0;
  const leaseUntil = new Date(now.getTime() + waitSeconds * 1000).toISOString();
  await db.put({ ...held, ...key, state: "deferred", leaseUntil, attempts });
}

/** How often a mail was surely put off before its present try. */
const triesOf = (row: Row | null): number => Number(row?.["attempts"] ?? 0);

async function noteCarried(
  db: Database,
  id: SubscriberId,
  mail: string,
  digests: readonly string[],
  now: Date,
): Promise<void> {
  const tries = triesOf(await db.get(keys.send(id, mail)));
  const expiresAt = epochAfter(now, LEDGER_DAYS);
  await db.putMany(
    digests.map((digest) => ({ ...keys.carried(id, digest), mail, tries, expiresAt })),
  );
}

/** @param tries in which it was: those that were put off brought it to nobody; its newest for what has its own claim */
function wentOut(row: Row | null, tries: number = triesOf(row)): boolean {
  const state = row?.["state"];
  if ((state === "sent" || state === "claimed") && tries === triesOf(row)) return true;
  const doubtfulFrom = row?.["doubtfulFrom"];
  return typeof doubtfulFrom === "number" && tries >= doubtfulFrom;
}

const instantOf = (row: Row | null): string => String(row?.["at"] ?? row?.["leaseUntil"]);

async function carriedAt(db: Database, id: SubscriberId, digest: string): Promise<string | null> {
  const carried = await db.get(keys.carried(id, digest));
  const mail = carried?.["mail"];
  if (typeof mail !== "string") return null;
  const within = await db.get(keys.send(id, mail));
  return wentOut(within, Number(carried?.["tries"])) ? instantOf(within) : null;
}

async function claimedAmong(
  db: Database,
  id: SubscriberId,
  digests: readonly string[],
): Promise<ReadonlySet<string>> {
  const wanted = new Map(digests.map((digest) => [keys.send(id, digest).sk, digest]));
  const rows = await db.getMany([...wanted.values()].map((digest) => keys.send(id, digest)));
  return new Set(rows.map((row) => wanted.get(String(row["sk"])) ?? ""));
}

async function countAttempt(
  db: Database,
  key: string,
  windowStart: Date,
  windowSeconds: number,
  by: 1 | -1,
): Promise<number> {
  const row = await db.update(
    keys.attempts(key, windowStart.toISOString()),
    "ADD attempts :one SET expiresAt = :gone",
    {
      expression: "",
      values: {
        ":one": by,
        ":gone": Math.floor(windowStart.getTime() / 1000) + windowSeconds + 3_600,
      },
    },
  );
  return Number(row?.["attempts"] ?? 1);
}

async function erase(db: Database, id: SubscriberId): Promise<void> {
  const { pk } = keys.subscriber(id);
  const rows = db.queryAll({
    KeyConditionExpression: "pk = :subscriber",
    ExpressionAttributeValues: { ":subscriber": pk },
    ProjectionExpression: "pk, sk",
    ConsistentRead: true,
  });
  for await (const row of rows) await db.remove({ pk, sk: String(row["sk"]) });
}

async function* listAll(db: Database): AsyncGenerator<Subscriber> {
  // Not those of another space (space.ts).
  const rows = db.scanAll({
    expression: "attribute_exists(subscriber) AND begins_with(pk, :people)",
    values: { ":people": keys.subscriber("").pk },
  });
  for await (const row of rows) yield Subscriber.parse(row["subscriber"]);
}

/** Whether anything is kept under a key that is made of an address, and so of the installation's secrets. */
export async function holdsPeople(db: Database): Promise<boolean> {
  for (const { pk } of [keys.subscriber(""), keys.suppression("")])
    for await (const _ of db.scanAll({
      expression: "begins_with(pk, :people)",
      values: { ":people": pk },
    }))
      return true;
  return false;
}

/** @param gone by when a row's time must have ended for it to read as gone */
export function subscriberStore(
  db: Database,
  gone: () => Promise<Date>,
): Omit<SubscriberStore, keyof Outbox> {
  return {
    async loadSubscriber(id) {
      const row = await db.get(keys.subscriber(id));
      if (row === null) return null;
      const ends = row["expiresAt"];
      const subscriber = Subscriber.parse(row["subscriber"]);
      // Its version stays, so that signing up again can replace a row that no sweep has come to yet.
      if (typeof ends === "number" && ends * 1000 <= (await gone()).getTime())
        return { ...subscriber, state: "unsubscribed" };
      return subscriber;
    },
    saveSubscriber: (subscriber) => save(db, subscriber),
    immediateSubscribers: (shard, cursor) => immediate(db, shard, cursor),
    async subscribersDue(at, shard, limit) {
      const page = await db.query(dueQuery(due.periodic(shard), at.toISOString(), limit));
      return page.rows.map((row) => Subscriber.parse(row["subscriber"]).id);
    },
    claimSend: (id, digest, at, leaseSeconds, mail) =>
      claim(db, id, digest, at, leaseSeconds, mail ?? digest),
    async mailOf(id, digest) {
      const mail = (await db.get(keys.send(id, digest)))?.["mail"];
      return typeof mail === "string" ? mail : digest;
    },
    recordSend: (id, digest, outcome, at) => record(db, id, digest, outcome, at),
    noteCarried: (id, mail, digests, at) => noteCarried(db, id, mail, digests, at),
    async sentAt(id, digest) {
      const row = await db.get(keys.send(id, digest));
      return wentOut(row) ? instantOf(row) : null;
    },
    carriedAt: (id, digest) => carriedAt(db, id, digest),
    claimedAmong: (id, digests) => claimedAmong(db, id, digests),
    async suppress(id, reason, at) {
      await db.put({ ...keys.suppression(id), reason, at: at.toISOString() });
    },
    async isSuppressed(id) {
      return (await db.get(keys.suppression(id))) !== null;
    },
    async suppressionOf(id) {
      const mark = await db.get(keys.suppression(id));
      return mark === null ? null : String(mark["reason"]);
    },
    async liftSuppression(id) {
      await db.remove(keys.suppression(id));
    },
    deleteSubscriber: (id) => erase(db, id),
    listSubscribers: () => listAll(db),
    countAttempt: (key, windowStart, windowSeconds, by) =>
      countAttempt(db, key, windowStart, windowSeconds, by ?? 1),
  };
}

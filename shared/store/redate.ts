// Settled items and told events that a wrong clock dated ahead: found by the days of their lists, and filed where they belong.
import { EventId, ItemId } from "../domain/ids.ts";
import type { Item, StoredItem } from "../domain/item.ts";
import type { RedateStore } from "../flows/clock-ports.ts";
import type { Database, Row } from "./database.ts";
import { changeRow } from "./event-store.ts";
import { type BucketBook, settle } from "./item-store.ts";
import { BUCKETS_OF, termsOf } from "./postings.ts";
import { AFTER_ALL_IDS, keys } from "./table.ts";

/** Partitions of days or years, from one on to the last there is. */
async function idsFrom(
  db: Database,
  first: string,
  last: string,
  beyond: string,
  limit: number,
): Promise<string[]> {
  const rows = db.scanAll({
    expression: "pk BETWEEN :first AND :last AND sk > :beyond",
    values: { ":first": first, ":last": last, ":beyond": beyond },
  });
  const found = new Set<string>();
  for await (const row of rows) {
    found.add(idIn(row));
    if (found.size >= limit) break;
  }
  return [...found];
}

const idIn = (row: Row): string => {
  const sk = String(row["sk"]);
  return sk.slice(sk.indexOf("#") + 1);
};

/** The rows that list an item under a wrong date: left, each look at the archive would read them, and pass them over. */
async function unlist(db: Database, wrong: StoredItem, right: Item): Promise<void> {
  const { decision, effectiveAt, firstSeenAt, id } = wrong;
  if (decision === null) return;
  const list = decision.relevant ? "R" : "I";
  const bucket = BUCKETS_OF[list](effectiveAt);
  const terms = effectiveAt === right.effectiveAt ? [] : ["*", ...termsOf(wrong, decision)];
  for (const term of new Set(terms))
    await db.remove(keys.posting(list, bucket, term, effectiveAt, id));
  if (firstSeenAt !== right.firstSeenAt) await db.remove(keys.seen(firstSeenAt, id));
}

/** @param scans false in a space, which cannot be scanned, and whose rows go after some days anyway */
export function redateStore(db: Database, book: BucketBook, scans: boolean): RedateStore {
  return {
    async seenBeyond(beyond, limit) {
      if (!scans) return [];
      const at = beyond.toISOString();
      const [first, last] = [keys.seenDay(at.slice(0, 10)), keys.seenDay(AFTER_ALL_IDS)];
      return (await idsFrom(db, first, last, at, limit)).map((id) => ItemId.parse(id));
    },
    async redateItem(wrong, right) {
      if (wrong.decision !== null) await settle(db, book, right, wrong.decision);
      await unlist(db, wrong, right);
    },
    async raisedBeyond(beyond, limit) {
      if (!scans) return [];
      const at = beyond.toISOString();
      const [first, last] = [keys.raisedYear(at.slice(0, 4)), keys.raisedYear(AFTER_ALL_IDS)];
      return (await idsFrom(db, first, last, at, limit)).map((id) => EventId.parse(id));
    },
    async redateEvent(id, raisedAt) {
      const at = raisedAt.toISOString();
      await db.putMany([{ ...keys.raised(at, id) }]);
      await changeRow(db, id, (held) => (held.raisedAt > at ? { raisedAt: at } : null));
    },
  };
}

// Events: raised once, told once, and never unsaid without a trace.
import { z } from "zod";
import { DossierEvent } from "../domain/dossier.ts";
import type { EventId } from "../domain/ids.ts";
import { Instant } from "../domain/vocabulary.ts";
import type { EventStore, Page, StoredEvent } from "../flows/ports.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { type Database, dueQuery, type Row } from "./database.ts";
import type { BucketBook } from "./item-store.ts";
import { AFTER_ALL_IDS, due, keys } from "./table.ts";

const EventRow = z.object({
  event: DossierEvent,
  dossierVersion: z.number(),
  write: z.number(),
  raisedAt: Instant,
  announceAt: Instant.nullable(),
  announcedAt: Instant.nullable(),
});
type EventRow = z.infer<typeof EventRow>;

const storedOf = ({ event, raisedAt, announceAt, announcedAt }: EventRow): StoredEvent => ({
  event,
  raisedAt,
  announceAt,
  announcedAt,
});

/** Told to readers: a standing resurfacing that did not come with a feed's first poll. */
const isNews = (event: DossierEvent): boolean =>
  event.event === "resurfaced" && event.state === "standing" && !event.backfill;

function nextRow(
  event: DossierEvent,
  version: number,
  held: EventRow | null,
  times: { readonly now: Date; readonly announceAt: Date },
): EventRow {
  const announcedAt = held?.announcedAt ?? null;
  const waits = isNews(event) && announcedAt === null;
  return {
    event,
    dossierVersion: version,
    write: (held?.write ?? 0) + 1,
    raisedAt: held?.raisedAt ?? times.now.toISOString(),
    announceAt: waits ? (held?.announceAt ?? times.announceAt.toISOString()) : null,
    announcedAt,
  };
}

async function putEvent(db: Database, row: EventRow, held: EventRow | null): Promise<boolean> {
  const waiting =
    row.announceAt === null ? {} : { duePk: due.announcements, dueAt: row.announceAt };
  return db.put(
    { ...keys.event(row.event.id), ...waiting, ...row },
    held === null
      ? { expression: "attribute_not_exists(pk)" }
      : {
          expression: "#write = :held",
          names: { "#write": "write" },
          values: { ":held": held.write },
        },
  );
}

/**
 * Writes an event as a dossier's version says it is. One that a later version wrote stays as it is; one that was told is
 * never told again, whatever becomes of it.
 */
export async function upsertEvent(
  db: Database,
  book: BucketBook,
  event: DossierEvent,
  version: number,
  times: { readonly now: Date; readonly announceAt: Date },
): Promise<void> {
  for (;;) {
    const found = await db.get(keys.event(event.id));
    const held = found === null ? null : EventRow.parse(found);
    if (held !== null && held.dossierVersion > version) return;
    const row = nextRow(event, version, held, times);
    // Lists first: one that names an event too early is passed over, an event without its list row would be hidden.
    await book.name("EVENTS", event.at.slice(0, 4));
    await db.putMany([
      { ...keys.eventAt(event.at, event.id) },
      { ...keys.eventOf(event.dossier, event.at, event.id) },
      { ...keys.raised(row.raisedAt, event.id) },
    ]);
    if (await putEvent(db, row, held)) return;
  }
}

const idIn = (row: Row): string => {
  const sk = String(row["sk"]);
  return sk.slice(sk.indexOf("#") + 1);
};

/** The events that these list rows name, in their order; rows that an event has moved away from are passed over. */
async function loadListed(
  db: Database,
  rows: readonly Row[],
  stands: (stored: StoredEvent, sk: string) => boolean,
): Promise<StoredEvent[]> {
  const found = await db.getMany([...new Set(rows.map(idIn))].map((id) => keys.event(id)));
  const byId = new Map(
    found.map((row) => EventRow.parse(row)).map((row) => [row.event.id as string, storedOf(row)]),
  );
  return rows.flatMap((row) => {
    const stored = byId.get(idIn(row));
    return stored !== undefined && stands(stored, String(row["sk"])) ? [stored] : [];
  });
}

/** @returns rows of a list backwards from `bound`, over its partitions in turn */
async function* backwards(
  db: Database,
  partitions: readonly string[],
  bound: string,
): AsyncGenerator<Row> {
  for (const partition of partitions)
    yield* db.queryAll({
      KeyConditionExpression: "pk = :list AND sk < :bound",
      ExpressionAttributeValues: { ":list": partition, ":bound": bound },
      ScanIndexForward: false,
      ConsistentRead: true,
    });
}

async function listEvents(
  db: Database,
  book: BucketBook,
  limit: number,
  cursor: string | null,
  dossier: string | null,
): Promise<Page<StoredEvent>> {
  const scope = `events ${dossier ?? "*"}`;
  const bound = cursor === null ? AFTER_ALL_IDS : readCursor(scope, cursor);
  const partitions =
    dossier === null
      ? (await book.read("EVENTS")).map((year) => keys.eventYear(year))
      : [keys.eventsOf(dossier)];
  const page: StoredEvent[] = [];
  let batch: Row[] = [];
  const take = async () => {
    page.push(...(await loadListed(db, batch, (stored, sk) => sk.startsWith(stored.event.at))));
    batch = [];
  };
  for await (const row of backwards(db, partitions, bound)) {
    batch.push(row);
    if (batch.length >= limit + 1) await take();
    if (page.length > limit) break;
  }
  await take();
  const rows = page.slice(0, limit);
  const last = rows.at(-1);
  const next =
    page.length > limit && last !== undefined
      ? writeCursor(scope, `${last.event.at}#${last.event.id}`)
      : null;
  return { rows, next };
}

async function eventsRaised(db: Database, from: Date, to: Date): Promise<StoredEvent[]> {
  const rows: Row[] = [];
  for (let year = from.getUTCFullYear(); year <= to.getUTCFullYear(); year += 1)
    for await (const row of db.queryAll({
      KeyConditionExpression: "pk = :year AND sk BETWEEN :from AND :to",
      ExpressionAttributeValues: {
        ":year": keys.raisedYear(String(year)),
        ":from": from.toISOString(),
        ":to": to.toISOString(),
      },
    }))
      rows.push(row);
  return loadListed(db, rows, (stored, sk) => sk.startsWith(stored.raisedAt));
}

async function markAnnounced(db: Database, id: EventId, now: Date): Promise<void> {
  for (;;) {
    const found = await db.get(keys.event(id));
    if (found === null) return;
    const held = EventRow.parse(found);
    if (held.announcedAt !== null) return;
    const row = {
      ...held,
      write: held.write + 1,
      announceAt: null,
      announcedAt: now.toISOString(),
    };
    if (await putEvent(db, row, held)) return;
  }
}

export function eventStore(db: Database, book: BucketBook): EventStore {
  return {
    async loadEvent(id) {
      const row = await db.get(keys.event(id));
      return row === null ? null : storedOf(EventRow.parse(row));
    },
    listEvents: (limit, cursor, dossier) => listEvents(db, book, limit, cursor, dossier),
    async eventsToAnnounce(now, limit) {
      const page = await db.query(dueQuery(due.announcements, now.toISOString(), limit));
      return page.rows.map((row) => storedOf(EventRow.parse(row)));
    },
    markAnnounced: (id, now) => markAnnounced(db, id, now),
    eventsRaised: (from, to) => eventsRaised(db, from, to),
  };
}

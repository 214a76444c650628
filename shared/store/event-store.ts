// Events: raised once, told once, and never unsaid without a trace.
import { z } from "zod";
import { DossierEvent } from "../domain/dossier.ts";
import type { DossierId, EventId } from "../domain/ids.ts";
import { notAhead } from "../domain/instants.ts";
import { Instant } from "../domain/vocabulary.ts";
import type { EventStore, Page, StoredEvent } from "../flows/ports.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { type Database, dueQuery, type Row } from "./database.ts";
import type { BucketBook } from "./item-store.ts";
import { backwards, newestOf } from "./list-rows.ts";
import { AFTER_ALL_IDS, due, keys } from "./table.ts";

const EventRow = z.object({
  event: DossierEvent,
  dossierVersion: z.number(),
  write: z.number(),
  raisedAt: Instant,
  announceAt: Instant.nullable(),
  announcedAt: Instant.nullable(),
  /** True once it was news, whatever became of it. */
  news: z.boolean().optional(),
  correctedAt: Instant.nullable().optional(),
  tellCorrectionAt: Instant.nullable().optional(),
});
type EventRow = z.infer<typeof EventRow>;

const storedOf = (row: EventRow): StoredEvent => ({
  event: row.event,
  raisedAt: row.raisedAt,
  announceAt: row.announceAt,
  announcedAt: row.announcedAt,
  correctedAt: row.correctedAt ?? null,
  tellCorrectionAt: row.tellCorrectionAt ?? null,
});

/** Told to readers: a standing resurfacing that did not come with a feed's first poll. */
const isNews = (event: DossierEvent): boolean =>
  event.event === "resurfaced" && event.state === "standing" && !event.backfill;

/** A row that was written before `news` was: it waits to be told, or was. */
const wasNews = (held: EventRow): boolean =>
  held.news ?? (held.announceAt !== null || held.announcedAt !== null);

/**
 * What was news and no longer stands is corrected, from the first write that says so. Who was told is not asked here: a digest
 * may carry an event before it is announced.
 */
function correctionOf(
  event: DossierEvent,
  held: EventRow | null,
  times: { readonly now: Date; readonly announceAt: Date },
): Required<Pick<StoredEvent, "correctedAt" | "tellCorrectionAt">> {
  if (held === null || !wasNews(held) || event.state === "standing")
    return { correctedAt: null, tellCorrectionAt: null };
  const { correctedAt = null, tellCorrectionAt = null } = held;
  return correctedAt === null
    ? { correctedAt: times.now.toISOString(), tellCorrectionAt: times.announceAt.toISOString() }
    : { correctedAt, tellCorrectionAt };
}

/** A possible event that becomes news is raised then: the digests of that day tell it, not those of a day that is over. */
const raisedAtOf = (event: DossierEvent, held: EventRow | null, now: Date): string =>
  held === null || (isNews(event) && !wasNews(held)) ? now.toISOString() : held.raisedAt;

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
    raisedAt: raisedAtOf(event, held, times.now),
    announceAt: waits ? (held?.announceAt ?? times.announceAt.toISOString()) : null,
    announcedAt,
    news: isNews(event) || (held !== null && wasNews(held)),
    ...correctionOf(event, held, times),
  };
}

/** An event that waits to be told stands, and one that waits to be corrected does not: a row waits for one thing. */
function waitingFor({ announceAt, tellCorrectionAt }: EventRow): Record<string, string> {
  if (announceAt !== null) return { duePk: due.announcements, dueAt: announceAt };
  return tellCorrectionAt == null ? {} : { duePk: due.corrections, dueAt: tellCorrectionAt };
}

async function putEvent(db: Database, row: EventRow, held: EventRow | null): Promise<boolean> {
  return db.put(
    { ...keys.event(row.event.id), ...waitingFor(row), ...row },
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
      ...(row.correctedAt == null ? [] : [{ ...keys.corrected(row.correctedAt, event.id) }]),
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

async function listEvents(
  db: Database,
  book: BucketBook,
  limit: number,
  cursor: string | null,
  dossiers: readonly DossierId[] | null,
): Promise<Page<StoredEvent>> {
  const scope = `events ${dossiers === null ? "*" : [...dossiers].sort().join(" ")}`;
  const bound = cursor === null ? AFTER_ALL_IDS : readCursor(scope, cursor);
  const found =
    dossiers === null
      ? backwards(
          db,
          (await book.read("EVENTS")).map((year) => keys.eventYear(year)),
          bound,
        )
      : newestOf([...new Set(dossiers)].map((id) => backwards(db, [keys.eventsOf(id)], bound)));
  const page: StoredEvent[] = [];
  let batch: Row[] = [];
  const take = async () => {
    page.push(...(await loadListed(db, batch, (stored, sk) => sk.startsWith(stored.event.at))));
    batch = [];
  };
  for await (const row of found) {
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

/** Events of a list by year, both ends inclusive, oldest first. */
async function eventsBetween(
  db: Database,
  partitionOf: (year: string) => string,
  instantOf: (stored: StoredEvent) => string | null | undefined,
  from: Date,
  to: Date,
): Promise<StoredEvent[]> {
  const rows: Row[] = [];
  for (let year = from.getUTCFullYear(); year <= to.getUTCFullYear(); year += 1)
    for await (const row of db.queryAll({
      KeyConditionExpression: "pk = :year AND sk BETWEEN :from AND :to",
      ExpressionAttributeValues: {
        ":year": partitionOf(String(year)),
        ":from": from.toISOString(),
        ":to": to.toISOString(),
      },
    }))
      rows.push(row);
  return loadListed(db, rows, (stored, sk) => {
    const instant = instantOf(stored);
    return instant != null && sk.startsWith(instant);
  });
}

/** @param change what is to be otherwise, or null where nothing is */
export async function changeRow(
  db: Database,
  id: EventId,
  change: (held: EventRow) => Partial<EventRow> | null,
): Promise<void> {
  for (;;) {
    const found = await db.get(keys.event(id));
    if (found === null) return;
    const held = EventRow.parse(found);
    const changed = change(held);
    if (changed === null) return;
    if (await putEvent(db, { ...held, ...changed, write: held.write + 1 }, held)) return;
  }
}

/**
 * What a clock that was wrong had raised, or had wait, is raised and due now.
 * @returns false where another write came between
 */
export async function rightEvent(db: Database, row: Row, now: Date): Promise<boolean> {
  const held = EventRow.parse(row);
  const at = now.toISOString();
  const right: EventRow = {
    ...held,
    write: held.write + 1,
    raisedAt: notAhead(held.raisedAt, now),
    announceAt: held.announceAt === null ? null : at,
    correctedAt: held.correctedAt == null ? null : notAhead(held.correctedAt, now),
    tellCorrectionAt: held.tellCorrectionAt == null ? null : at,
  };
  await db.putMany([
    { ...keys.raised(right.raisedAt, held.event.id) },
    ...(right.correctedAt == null ? [] : [{ ...keys.corrected(right.correctedAt, held.event.id) }]),
  ]);
  return putEvent(db, right, held);
}

export function eventStore(db: Database, book: BucketBook): EventStore {
  return {
    async loadEvent(id) {
      const row = await db.get(keys.event(id));
      return row === null ? null : storedOf(EventRow.parse(row));
    },
    listEvents: (limit, cursor, dossier) =>
      listEvents(db, book, limit, cursor, typeof dossier === "string" ? [dossier] : dossier),
    async eventsToAnnounce(now, limit) {
      const page = await db.query(dueQuery(due.announcements, now.toISOString(), limit));
      return page.rows.map((row) => storedOf(EventRow.parse(row)));
    },
    markAnnounced: (id, now) =>
      changeRow(db, id, ({ announcedAt }) =>
        announcedAt === null ? { announceAt: null, announcedAt: now.toISOString() } : null,
      ),
    eventsRaised: (from, to) =>
      eventsBetween(db, keys.raisedYear, ({ raisedAt }) => raisedAt, from, to),
    async correctionsToTell(now, limit) {
      const page = await db.query(dueQuery(due.corrections, now.toISOString(), limit));
      return page.rows.map((row) => storedOf(EventRow.parse(row)));
    },
    markCorrectionTold: (id) =>
      changeRow(db, id, ({ tellCorrectionAt }) =>
        tellCorrectionAt == null ? null : { tellCorrectionAt: null },
      ),
    eventsCorrected: (from, to) =>
      eventsBetween(db, keys.correctedYear, ({ correctedAt }) => correctedAt, from, to),
  };
}

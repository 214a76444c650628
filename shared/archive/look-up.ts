// Reads that pages and API share.
import type { Dossier, DossierRecord } from "../domain/dossier.ts";
import type { FeedState } from "../domain/feed.ts";
import { type FeedFigures, NO_FEEDS } from "../domain/feed-summary.ts";
import { DossierId, EventId, FeedId, ItemId } from "../domain/ids.ts";
import type { StoredItem } from "../domain/item.ts";
import type { Page, Ports, StoredEvent } from "../flows/ports.ts";
import { readCursor, writeCursor } from "../store/cursor.ts";
import type { EventQuery } from "./query.ts";

export interface KnownDossier {
  readonly dossier: Dossier;
  readonly record: DossierRecord | null;
}

/** Where a list of feeds goes on. */
const FEEDS_CURSOR = "feeds";

/** Feeds by id. @throws BadCursor where the cursor is none of this list's */
export async function feedsFrom(
  { store }: Ports,
  cursor: string | null,
  limit: number,
): Promise<Page<FeedState>> {
  const after = cursor === null ? null : FeedId.parse(readCursor(FEEDS_CURSOR, cursor));
  const { rows, next } = await store.feedsPage(after, limit);
  return { rows, next: next === null ? null : writeCursor(FEEDS_CURSOR, next) };
}

/** Of the last whole count; before there is one, of none. */
export const figuresOf = async ({ store }: Ports): Promise<FeedFigures> =>
  (await store.loadFeedCount()).done?.figures ?? NO_FEEDS;

/** A page of the events that a query asks for, the newest first. @throws BadCursor */
export const eventsFrom = (
  { store }: Ports,
  { dossier, limit, cursor }: EventQuery,
): Promise<Page<StoredEvent>> =>
  store.listEvents(limit, cursor, dossier.length === 0 ? null : dossier);

/** What the first page shows of events, each list the newest first. */
export interface NewestEvents {
  readonly resurfaced: readonly StoredEvent[];
  readonly possible: readonly StoredEvent[];
  readonly corrections: readonly StoredEvent[];
}

/** What was shown as news and taken back; a possible event that an operator rejected never was. */
const isCorrection = ({ event }: StoredEvent): boolean =>
  event.event === "resurfaced" && event.state === "retracted";

/** Of the newest events the first of each kind: one look for all three, and no further back than a hundred or two. */
export async function newestByKind(
  { store }: Ports,
  most: { readonly events: number; readonly corrections: number },
): Promise<NewestEvents> {
  const { rows } = await store.listEvents(NEWEST_EVENTS, null, null);
  const standing = (kind: string) =>
    rows
      .filter(({ event }) => event.event === kind && event.state === "standing")
      .slice(0, most.events);
  return {
    resurfaced: standing("resurfaced"),
    possible: standing("possible"),
    corrections: rows.filter(isCorrection).slice(0, most.corrections),
  };
}

const NEWEST_EVENTS = 150;

/** The registry's dossiers, then a page of those that opened themselves. @throws BadCursor */
export async function dossiersFrom(
  { registry, store }: Ports,
  cursor: string | null,
  limit: number,
): Promise<Page<KnownDossier>> {
  const after = cursor === null ? null : DossierId.parse(readCursor(DOSSIERS_CURSOR, cursor));
  const page = await store.autoDossiers(after, limit);
  const autos = page.rows.flatMap((record) =>
    record.auto === null ? [] : [{ dossier: record.auto, record }],
  );
  const named =
    after !== null
      ? []
      : await Promise.all(
          registry.map(async (dossier) => ({
            dossier,
            record: await store.loadDossier(dossier.id),
          })),
        );
  const next = page.next === null ? null : writeCursor(DOSSIERS_CURSOR, page.next);
  return { rows: [...named, ...autos], next };
}

const DOSSIERS_CURSOR = "dossiers";

export async function findDossier(
  { registry, store }: Ports,
  id: string,
): Promise<KnownDossier | null> {
  const parsed = DossierId.safeParse(id);
  if (!parsed.success) return null;
  const record = await store.loadDossier(parsed.data);
  const dossier = registry.find((known) => known.id === id) ?? record?.auto;
  return dossier === undefined || dossier === null ? null : { dossier, record };
}

/** The dossiers that these events are of, by id. */
export async function dossiersOf(
  ports: Ports,
  events: readonly StoredEvent[],
): Promise<Map<string, Dossier>> {
  const dossiers = new Map<string, Dossier>();
  for (const id of new Set(events.map(({ event }) => event.dossier))) {
    const known = await findDossier(ports, id);
    if (known !== null) dossiers.set(id, known.dossier);
  }
  return dossiers;
}

/** Titles of the dossiers that these events are of. */
export async function titlesOf(
  ports: Ports,
  events: readonly StoredEvent[],
): Promise<Map<string, string>> {
  const dossiers = await dossiersOf(ports, events);
  return new Map([...dossiers].map(([id, { title }]) => [id, title]));
}

/** @returns null for no such item, one still being settled, and what is no id */
export async function findItem({ store }: Ports, id: string): Promise<StoredItem | null> {
  const parsed = ItemId.safeParse(id);
  if (!parsed.success) return null;
  const item = await store.loadItem(parsed.data);
  return item === null || item.state === "pending" ? null : item;
}

/** The items that raised these events, by id; one whose item is being decided again is there all the same. */
export async function itemsOf(
  ports: Ports,
  events: readonly StoredEvent[],
): Promise<Map<string, StoredItem>> {
  return itemsById(
    ports,
    events.map(({ event }) => event.item),
  );
}

/** What of these there is, by id. */
export async function itemsById(
  { store }: Ports,
  ids: readonly string[],
): Promise<Map<string, StoredItem>> {
  const loaded = await Promise.all(
    [...new Set(ids)].map((given) => {
      const id = ItemId.safeParse(given);
      return id.success ? store.loadItem(id.data) : null;
    }),
  );
  return new Map(loaded.flatMap((item) => (item === null ? [] : [[item.id as string, item]])));
}

export async function findEvent({ store }: Ports, id: string): Promise<StoredEvent | null> {
  const parsed = EventId.safeParse(id);
  return parsed.success ? store.loadEvent(parsed.data) : null;
}

// Reads that pages and API share.
import type { Dossier, DossierRecord } from "../domain/dossier.ts";
import { DossierId, EventId, ItemId } from "../domain/ids.ts";
import type { StoredItem } from "../domain/item.ts";
import type { Page, Ports, StoredEvent } from "../flows/ports.ts";

export interface KnownDossier {
  readonly dossier: Dossier;
  readonly record: DossierRecord | null;
}

/** The registry's dossiers, and those that opened themselves. */
export async function allDossiers({ registry, store }: Ports): Promise<KnownDossier[]> {
  const records = new Map((await store.listDossiers()).map((record) => [record.id, record]));
  const named = registry.map((dossier) => ({ dossier, record: records.get(dossier.id) ?? null }));
  const autos = [...records.values()].flatMap((record) =>
    record.auto === null ? [] : [{ dossier: record.auto, record }],
  );
  return [...named, ...autos];
}

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

/** Up to `limit` newest events that a test accepts, looking no further than a few hundred. */
export async function newestEvents(
  { store }: Ports,
  limit: number,
  accept: (stored: StoredEvent) => boolean,
): Promise<StoredEvent[]> {
  const found: StoredEvent[] = [];
  let cursor: string | null = null;
  for (let turn = 0; turn < 5 && found.length < limit; turn += 1) {
    const page: Page<StoredEvent> = await store.listEvents(100, cursor, null);
    found.push(...page.rows.filter(accept));
    cursor = page.next;
    if (cursor === null) break;
  }
  return found.slice(0, limit);
}

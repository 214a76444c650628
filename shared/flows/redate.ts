// A clock that was wrong once: what it dated ahead, and was done with, is dated when it was right again.
import type { DossierId, SubscriberId } from "../domain/ids.ts";
import { isAhead, notAhead } from "../domain/instants.ts";
import type { Item, StoredItem } from "../domain/item.ts";
import { everyItem } from "./every-item.ts";
import type { ItemQuery, Ports } from "./ports.ts";
import { refollow } from "./settle-item.ts";

/** Of each kind and look. */
const MOST = 10_000;
const PAGE = 100;
const HOUR_MS = 3_600_000;

/**
 * Items, their moves and their events. What a digest of that time told already is dated before the instant at which digests
 * begin anew, the rest at it: so each is told, and once.
 * @param told the subscribers whose next digest waits for years
 * @param now when digests begin anew
 * @returns how many items and events
 */
export async function redate(
  ports: Ports,
  told: readonly SubscriberId[],
  now: Date,
): Promise<number> {
  const { store } = ports;
  const beyond = new Date(now.getTime() + HOUR_MS);
  const until = await toldUntil(ports, told);
  const dateOf = (wrong: string): Date => new Date(now.getTime() - (wrong < until ? 1 : 0));
  const dossiers = new Set<DossierId>();
  let redated = 0;
  for (const item of await itemsAhead(ports, beyond)) {
    await redateItem(ports, item, dateOf(item.firstSeenAt), dossiers);
    redated += 1;
  }
  for (const id of dossiers) await refollow(ports, id, null);
  for (const id of await store.raisedBeyond(beyond, MOST)) {
    const held = await store.loadEvent(id);
    if (held === null || !isAhead(held.raisedAt, now)) continue;
    await store.redateEvent(id, dateOf(held.raisedAt));
    redated += 1;
  }
  return redated;
}

/** The end of the last period that was closed under the wrong clock; "" where none was. */
async function toldUntil({ store }: Ports, told: readonly SubscriberId[]): Promise<string> {
  let until = "";
  for (const id of told) {
    const end = (await store.loadSubscriber(id))?.digestedUntil ?? "";
    if (end > until) until = end;
  }
  return until;
}

/** By either of their dates; irrelevant ones too, which would else stay for years. */
async function itemsAhead({ store }: Ports, beyond: Date): Promise<StoredItem[]> {
  const found = new Map<string, StoredItem>();
  const query: ItemQuery = { ...everyItem(PAGE), from: beyond.toISOString() };
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof store.queryItems>> = await store.queryItems({
      ...query,
      cursor,
    });
    for (const item of page.rows) found.set(item.id, item);
    cursor = page.next;
  } while (cursor !== null && found.size < MOST);
  for (const id of await store.seenBeyond(beyond, MOST)) {
    const item = found.has(id) ? null : await store.loadItem(id);
    if (item !== null && item.firstSeenAt > beyond.toISOString()) found.set(id, item);
  }
  return [...found.values()].filter(({ state }) => state === "settled");
}

async function redateItem(
  { store }: Ports,
  stored: StoredItem,
  at: Date,
  dossiers: Set<DossierId>,
): Promise<void> {
  const { state: _state, decision, ...wrong } = stored;
  const right: Item = {
    ...wrong,
    firstSeenAt: notAhead(wrong.firstSeenAt, at),
    effectiveAt: notAhead(wrong.effectiveAt, at),
    sources: wrong.sources.map((source) => ({
      ...source,
      firstSeen: notAhead(source.firstSeen, at),
    })),
  };
  const dossier = decision?.dossier ?? null;
  if (dossier !== null) {
    const move = (await store.listMoves(dossier)).find(({ item }) => item === wrong.id);
    if (move !== undefined && move.at === wrong.effectiveAt) {
      await store.putMove({ ...move, at: right.effectiveAt });
      dossiers.add(dossier);
    }
  }
  // Last: until then it is found again.
  await store.redateItem(stored, right);
}

// From an item to all its consequences: decide, then commit in an order that a crash at any point can resume.
import { isDeepStrictEqual } from "node:util";
import type { Dossier, DossierEvent, DossierRecord } from "../domain/dossier.ts";
import type { DossierId, ItemId } from "../domain/ids.ts";
import { type Decision, type Item, inputOf } from "../domain/item.ts";
import { followDossier } from "../dossiers/follow-dossier.ts";
import { learnedFrom } from "../dossiers/learn-names.ts";
import { reconcileEvents } from "../dossiers/reconcile-events.ts";
import { isSameStory, mayCluster, storyKeysOf } from "../feeds/cluster-item.ts";
import { type Decided, decideItem, readAndClassify } from "./decide-item.ts";
import { dismissItem } from "./dismiss-item.ts";
import { knownFor } from "./known-dossiers.ts";
import type { Ports } from "./ports.ts";
import { noteStageChange } from "./stage-change.ts";

/** Commits that lost a race are decided again; this many in a row mean that something is wrong. */
const MOST_RACES = 50;

/**
 * Stores one item and everything that follows from it: pending item → stage change → move → dossier (compare and set) → events → lists →
 * settled. Every write is safe to repeat, and until the last one the item stays pending, so a crash anywhere is made good by
 * the next poll or sweep.
 * @returns `known` where this content is stored and settled already
 */
export async function settleItem(ports: Ports, item: Item): Promise<"new" | "known" | "revised"> {
  const known = await ports.store.loadItem(item.id);
  if (known === null) {
    if ((await ports.store.putPending(item, null)) === "known") return "known";
    await finishItem(ports, item, null);
    return "new";
  }
  if (known.fingerprint !== item.fingerprint) {
    const revised: Item = {
      ...item,
      revision: known.revision + 1,
      firstSeenAt: known.firstSeenAt,
      backfill: known.backfill && item.backfill,
      sources: known.sources,
    };
    if ((await ports.store.putPending(revised, known.decision)) === "known") return "known";
    await finishItem(ports, revised, known.decision);
    return "revised";
  }
  if (known.state === "settled") return "known";
  await finishItem(ports, known, known.decision);
  return known.revision === 1 ? "new" : "revised";
}

/**
 * Decides a pending item and commits the decision.
 * @param previous the decision on the revision before, whose move is taken back where the item changes dossier
 */
export async function finishItem(
  ports: Ports,
  item: Item,
  previous: Decision | null,
): Promise<Decided> {
  const decided = await decide(ports, item);
  const dossier = decided.move?.dossier ?? null;
  if (previous !== null && previous.dossier !== null && previous.dossier !== dossier) {
    await ports.store.removeMove(previous.dossier, item.id);
    await refollow(ports, previous.dossier, null);
  }
  if (decided.move !== null) {
    await noteStageChange(ports, item, decided.move);
    await ports.store.putMove(decided.move);
    await refollow(ports, decided.move.dossier, decided.opens);
  }
  const story = await storyOf(ports, item, decided.decision);
  await ports.store.settleItem({ ...item, story }, decided.decision, ports.now());
  return decided;
}

/**
 * The item that tells this one's story already, which then names this feed as a source too. An item that is news is never put
 * under one that was only filed (a first poll's): it would be told to nobody.
 */
async function storyOf(
  { store, now }: Ports,
  item: Item,
  decision: Decision,
): Promise<ItemId | null> {
  if (!decision.relevant || !mayCluster(item)) return null;
  for (const id of await store.claimStory(storyKeysOf(item), item.id, now())) {
    const head = await store.loadItem(id);
    if (head === null || head.state === "pending" || (head.story ?? null) !== null) continue;
    if ((head.backfill && !item.backfill) || !isSameStory(head, item)) continue;
    await store.addSource(id, { feed: item.feed.id, url: item.url, firstSeen: item.firstSeenAt });
    return id;
  }
  return null;
}

/** What the present models and registry make of an item; writes nothing. */
export async function decide(ports: Ports, item: Item): Promise<Decided> {
  const input = inputOf(item);
  const dismissed = dismissItem(ports.models, ports.registry, input);
  if (dismissed !== null) return dismissed;
  const read = readAndClassify(ports.models, input);
  const known = await knownFor(ports, read.classification, input);
  return decideItem(known, input, read, { at: item.effectiveAt, backfill: item.backfill });
}

/**
 * Brings a dossier's state and events up to date with its moves.
 * @param opens the dossier itself, where this item is the one that opens it
 */
export async function refollow(ports: Ports, id: DossierId, opens: Dossier | null): Promise<void> {
  const { store } = ports;
  for (let race = 0; race < MOST_RACES; race += 1) {
    const record = await store.loadDossier(id);
    const dossier = ports.registry.find((known) => known.id === id) ?? record?.auto ?? opens;
    if (dossier === null) return;
    const moves = await store.listMoves(id);
    const { state, events } = followDossier(dossier, moves);
    const learned = [...learnedFrom(moves)];
    const held = await storedEvents(ports, id);
    const changes = reconcileEvents(held, events, { dossier, state });
    const settled =
      record !== null &&
      JSON.stringify(record.state) === JSON.stringify(state) &&
      isDeepStrictEqual(record.learned ?? [], learned);
    if (settled && changes.length === 0) return;
    const next: DossierRecord = {
      id,
      version: record?.version ?? 0,
      state,
      auto: record?.auto ?? opens,
      ...(learned.length === 0 ? {} : { learned }),
    };
    const now = ports.now();
    const announceAt = new Date(now.getTime() + ports.settings.coalesceSeconds * 1000);
    if (await store.commitDossier(next, changes, now, announceAt))
      return report(ports, held, changes);
  }
  throw new Error(`dossier ${id}: ${MOST_RACES} commits lost in a row`);
}

async function storedEvents(ports: Ports, id: DossierId): Promise<DossierEvent[]> {
  const events: DossierEvent[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Ports["store"]["listEvents"]>> = await ports.store.listEvents(
      100,
      cursor,
      id,
    );
    events.push(...page.rows.map((stored) => stored.event));
    cursor = page.next;
  } while (cursor !== null);
  return events;
}

function report(
  ports: Ports,
  held: readonly DossierEvent[],
  changes: readonly DossierEvent[],
): void {
  const known = new Set(held.map((event) => event.id));
  for (const { id, event, dossier, state, from, quietDays, item } of changes) {
    const isNew = !known.has(id);
    ports.log({ step: "event", id, isNew, event, dossier, state, from, quietDays, item });
  }
}

// A digest job: each subscriber of one shard, in turn, each mail under a claim in the ledger.
import type { Coverage } from "../digests/digest.ts";
import type { ItemId, SubscriberId } from "../domain/ids.ts";
import { correctionDigest, correctionOf, eventDigest } from "./corrections.ts";
import { factsOf, loadCoverage } from "./digest-facts.ts";
import type { DigestJob, ReaderJob } from "./jobs.ts";
import type { Ports } from "./ports.ts";
import { sendImmediate, stageDigest, type Told } from "./send-immediate.ts";
import { periodicSender } from "./send-periodic.ts";

/** Subscribers in hand at once: mail servers answer slower than we render. */
const AT_ONCE = 8;
const PAGE = 200;
/** Of many readers some are mailed long after the first: what was taken back meanwhile is no longer told. */
const RELOAD_SECONDS = 30;

/** What became of one subscriber's part in a job. */
export type Delivery = "sent" | "nothing" | "deferred";

/** Some mails could not go out now; those that did are in the ledger, so the job can be tried again as it is. */
export class DigestsDeferred extends Error {
  override readonly name = "DigestsDeferred";
}

/**
 * @returns how many were mailed
 * @throws DigestsDeferred after the whole shard was tried, where some of it must be tried again
 */
export async function sendDigests(
  ports: Ports,
  job: ReaderJob,
): Promise<{ sent: number; deferred: number }> {
  const counts = { sent: 0, deferred: 0 };
  const deliver = async (id: SubscriberId, send: () => Promise<Delivery>): Promise<Delivery> => {
    const delivery = await attempt(ports, id, send);
    if (delivery === "sent") counts.sent += 1;
    if (delivery === "deferred") counts.deferred += 1;
    return delivery;
  };
  const coverage = await loadCoverage(ports);
  if (job.kind === "immediate") await immediateShard(ports, job, coverage, deliver);
  else await periodicShard(ports, job.shard, coverage, deliver);
  if (counts.sent + counts.deferred > 0)
    ports.log({ step: "send-digests", kind: job.kind, shard: job.shard, ...counts });
  if (ports.halted?.aborted === true)
    throw new DigestsDeferred(
      `${job.kind} shard ${job.shard}: cut short by the end of the process`,
    );
  if (counts.deferred > 0)
    throw new DigestsDeferred(`${job.kind} shard ${job.shard}: ${counts.deferred} deferred`);
  return counts;
}

type Deliver = (id: SubscriberId, send: () => Promise<Delivery>) => Promise<Delivery>;

/** One subscriber's failure is theirs alone; what is logged of it names no address. */
async function attempt(
  ports: Ports,
  id: SubscriberId,
  send: () => Promise<Delivery>,
): Promise<Delivery> {
  try {
    return await send();
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : "unknown";
    ports.log({ step: "send-digests", subscriber: id, failed: name });
    return "deferred";
  }
}

async function immediateShard(
  ports: Ports,
  job: Extract<DigestJob, { kind: "immediate" }>,
  coverage: Coverage,
  deliver: Deliver,
): Promise<void> {
  const current = currentEntries(ports, job);
  if ((await current()).length === 0) return;
  let cursor: string | null = null;
  do {
    const page: { rows: readonly SubscriberId[]; next: string | null } =
      await ports.store.immediateSubscribers(job.shard, cursor);
    await eachOf(ports, page.rows, (id) =>
      deliver(id, async () => sendImmediate(ports, id, await current(), coverage)),
    );
    cursor = page.next;
  } while (cursor !== null && ports.halted?.aborted !== true);
}

/** @returns a function that says what the job has to tell, at most RELOAD_SECONDS old */
function currentEntries(
  ports: Ports,
  job: Extract<DigestJob, { kind: "immediate" }>,
): () => Promise<readonly Told[]> {
  let loadedAt = Number.NEGATIVE_INFINITY;
  let entries: Promise<readonly Told[]> = Promise.resolve([]);
  return () => {
    const now = ports.now().getTime();
    if (now - loadedAt > RELOAD_SECONDS * 1_000) {
      loadedAt = now;
      entries = entriesOf(ports, job);
    }
    return entries;
  };
}

/** The job's events that still stand, its stage changes and its corrections, with their items. */
async function entriesOf(
  ports: Ports,
  job: Extract<DigestJob, { kind: "immediate" }>,
): Promise<Told[]> {
  const entries: Told[] = [];
  for (const id of job.events) {
    const stored = await ports.store.loadEvent(id);
    if (stored === null) throw new Error(`event ${id}: not in the store`);
    const { event } = stored;
    if (event.event !== "resurfaced" || event.state !== "standing" || event.backfill) continue;
    const item = await ports.store.loadItem(event.item as ItemId);
    if (item === null) throw new Error(`event ${id}: its item is not in the store`);
    const entry = { event, item, dossier: await factsOf(ports, event.dossier) };
    entries.push({ ledger: eventDigest(event.id), kind: "resurfaced", entry });
  }
  for (const named of job.changes ?? []) {
    const { dossier, stage, item: id } = named;
    const change = await ports.store.loadStageChange(dossier, stage);
    if (change?.item !== id) continue;
    const item = await ports.store.loadItem(id);
    if (item === null) throw new Error(`stage change by ${id}: its item is not in the store`);
    // Written before its item's move: where the item was decided otherwise since, there is nothing to tell.
    if (item.state === "pending") throw new Error(`stage change by ${id}: its item is not settled`);
    if (item.decision?.dossier !== dossier) continue;
    const entry = { change, item, dossier: await factsOf(ports, dossier) };
    entries.push({ ledger: stageDigest(named), kind: "changed", entry });
  }
  for (const id of job.corrections ?? []) {
    const stored = await ports.store.loadEvent(id);
    const entry = stored === null ? null : await correctionOf(ports, stored);
    if (entry !== null) entries.push({ ledger: correctionDigest(id), kind: "corrected", entry });
  }
  return entries;
}

async function periodicShard(
  ports: Ports,
  shard: number,
  coverage: Coverage,
  deliver: Deliver,
): Promise<void> {
  const now = ports.now();
  const send = periodicSender(ports, coverage, now);
  const tried = new Set<SubscriberId>();
  for (;;) {
    // Who was deferred stays due: ask past them.
    const due = await ports.store.subscribersDue(now, shard, PAGE + tried.size);
    const fresh = due.filter((id) => !tried.has(id));
    if (fresh.length === 0 || ports.halted?.aborted === true) return;
    await eachOf(ports, fresh, async (id) => {
      tried.add(id);
      if ((await deliver(id, () => send(id))) !== "deferred") tried.delete(id);
    });
  }
}

/** Runs `work` over rows, AT_ONCE of them at a time; none is begun once the process is to end. */
async function eachOf<T>(
  { halted }: Ports,
  rows: readonly T[],
  work: (row: T) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let row = rows[next++]; row !== undefined; row = rows[next++]) {
      if (halted?.aborted === true) return;
      await work(row);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

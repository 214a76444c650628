// Who is to be told what: events that were gathered long enough, and subscribers whose day or week is over.
import type { DossierId } from "../domain/ids.ts";
import { countCoverage } from "./digest-facts.ts";
import type { DigestJob } from "./jobs.ts";
import { type Ports, type StageChange, type StoredEvent, SUBSCRIBER_SHARDS } from "./ports.ts";
import { rightMail } from "./put-right.ts";
import { markTold, wasTold } from "./resume.ts";

/** Of one turn; the next one takes the rest. */
const MOST_EVENTS = 200;
/** How long a deferred mail is tried again. */
const PATIENCE_DAYS = 3;
/** A job that is under way may go on telling an event for half as long after it was taken back (send-digest.ts). */
const SETTLING_SECONDS = 60;
/** Of one job (jobs.ts). */
const MOST_IN_JOB = 50;

/**
 * Immediate jobs, one per dossier and shard, then periodic ones. An event counts as announced once each of its jobs is
 * durable or done; a crash before that repeats jobs, and the ledger keeps anybody from getting a mail twice.
 * @throws the first failure, after everything else was tried
 */
export async function planDigests(ports: Ports): Promise<{ jobs: number }> {
  const now = ports.now();
  const failures: unknown[] = [];
  await markTold(ports);
  await rightMail(ports);
  const groups = await groupsDue(ports, now);
  const shards = await shardsDue(ports, now);
  if (groups.length + shards.length > 0) await countCoverage(ports);
  let jobs = 0;
  const enqueue = async (job: DigestJob): Promise<boolean> => {
    jobs += 1;
    try {
      await ports.enqueueDigest(job);
      return true;
    } catch (cause) {
      failures.push(cause);
      return false;
    }
  };
  for (const group of groups) {
    const told = await announce(group, now, enqueue);
    if (told || isStale(group, now)) {
      for (const { event } of group.events) await ports.store.markAnnounced(event.id, ports.now());
      for (const change of group.changes) await ports.store.markStageTold(change);
      for (const { event } of group.corrections) await ports.store.markCorrectionTold(event.id);
    }
  }
  for (const shard of shards)
    await enqueue({ kind: "periodic", shard, enqueuedAt: now.toISOString() });
  await ports.store.beat("digests", ports.now(), { jobs, failed: failures.length });
  if (failures.length > 0) throw failures[0];
  return { jobs };
}

/** What one dossier has to tell. */
interface Group {
  readonly events: readonly StoredEvent[];
  readonly changes: readonly StageChange[];
  /** Told before, and no longer so. */
  readonly corrections: readonly StoredEvent[];
}

async function shardsDue(ports: Ports, now: Date): Promise<number[]> {
  const shards = Array.from({ length: SUBSCRIBER_SHARDS }, (_, shard) => shard);
  const due = await Promise.all(
    shards.map(async (shard) => (await ports.store.subscribersDue(now, shard, 1)).length > 0),
  );
  return shards.filter((shard) => due[shard]);
}

/**
 * Events, stage changes and corrections of one dossier go out together, the oldest first: once the first of them has waited its time,
 * those that came meanwhile go with it.
 */
async function groupsDue(ports: Ports, now: Date): Promise<Group[]> {
  const horizon = new Date(now.getTime() + ports.settings.coalesceSeconds * 1000);
  const [events, changes, corrections] = await Promise.all([
    ports.store.eventsToAnnounce(horizon, MOST_EVENTS),
    ports.store.stageChangesToTell(horizon, MOST_EVENTS),
    ports.store.correctionsToTell(horizon, MOST_EVENTS),
  ]);
  const instant = now.toISOString();
  const isRaised = ({ raisedAt }: { readonly raisedAt: string }) => raisedAt <= instant;
  const settled = new Date(now.getTime() - SETTLING_SECONDS * 1_000).toISOString();
  const isSettled = ({ correctedAt }: StoredEvent) => (correctedAt ?? instant) <= settled;
  // Marked just now, or too many to mark in one turn.
  const isNews = ({ announceAt }: { readonly announceAt: string | null }) =>
    !wasTold(ports, announceAt);
  return groupsOf(
    events.filter(isRaised).filter(isNews),
    changes.filter(isRaised).filter(isNews),
    corrections.filter(isSettled).filter((one) => !wasTold(ports, one.tellCorrectionAt)),
  ).filter((group) => timesOf(group).some((announceAt) => announceAt <= instant));
}

const timesOf = ({ events, changes, corrections }: Group): string[] =>
  [
    ...[...events, ...changes].map(({ announceAt }) => announceAt),
    ...corrections.map(({ tellCorrectionAt }) => tellCorrectionAt),
  ].flatMap((instant) => (instant == null ? [] : [instant]));

function groupsOf(
  events: readonly StoredEvent[],
  changes: readonly StageChange[],
  corrections: readonly StoredEvent[],
): Group[] {
  const dossiers = new Set<DossierId>([
    ...[...events, ...corrections].map(({ event }) => event.dossier),
    ...changes.map(({ dossier }) => dossier),
  ]);
  const order = (a: StoredEvent, b: StoredEvent) =>
    a.raisedAt < b.raisedAt || (a.raisedAt === b.raisedAt && a.event.id < b.event.id) ? -1 : 1;
  const ofDossier = (id: DossierId, all: readonly StoredEvent[]) =>
    all
      .filter(({ event }) => event.dossier === id)
      .slice(0, MOST_IN_JOB)
      .sort(order);
  return [...dossiers].map((id) => ({
    events: ofDossier(id, events),
    corrections: ofDossier(id, corrections),
    changes: changes.filter(({ dossier }) => dossier === id).slice(0, MOST_IN_JOB),
  }));
}

/** A mailbox that defers for days does not keep an old event coming back to everybody. */
function isStale(group: Group, now: Date): boolean {
  const limit = new Date(now.getTime() - PATIENCE_DAYS * 86_400_000).toISOString();
  return timesOf(group).every((announceAt) => announceAt < limit);
}

async function announce(
  group: Group,
  now: Date,
  enqueue: (job: DigestJob) => Promise<boolean>,
): Promise<boolean> {
  const events = group.events.map(({ event }) => event.id);
  const changes = group.changes.map(({ dossier, stage, item }) => ({ dossier, stage, item }));
  const corrections = group.corrections.map(({ event }) => event.id);
  const [first = changes[0]?.item ?? corrections[0]] = events;
  let all = true;
  for (let shard = 0; shard < SUBSCRIBER_SHARDS; shard += 1) {
    const job: DigestJob = {
      kind: "immediate",
      digest: `event:${first}`,
      events,
      ...(changes.length === 0 ? {} : { changes }),
      ...(corrections.length === 0 ? {} : { corrections }),
      shard,
      enqueuedAt: now.toISOString(),
    };
    all = (await enqueue(job)) && all;
  }
  return all;
}

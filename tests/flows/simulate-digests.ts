// Thirty days of one installation under a seed: items, events, readers, and faults in store, queue and mail.
import type { DossierEvent } from "../../shared/domain/dossier.ts";
import type { DossierId } from "../../shared/domain/ids.ts";
import type { StoredItem } from "../../shared/domain/item.ts";
import type { Mail, SendOutcome } from "../../shared/domain/mail.ts";
import type { ThemeId } from "../../shared/domain/vocabulary.ts";
import { type DigestJob, readDigestJob } from "../../shared/flows/jobs.ts";
import { planDigests } from "../../shared/flows/plan-digests.ts";
import type { Store, StoredEvent } from "../../shared/flows/ports.ts";
import { runDigestJob } from "../../shared/flows/run-job.ts";
import { unsubscribe } from "../../shared/flows/unsubscribe.ts";
import { faultyStore, memoryStore } from "../fakes/mail-store.ts";
import { sampleDecision, sampleEvent, sampleItem } from "../store/samples.ts";
import {
  type Delivered,
  doubtsOf,
  judge,
  judgeCorrections,
  type Reader,
  type Simulation,
} from "./judge-digests.ts";
import { enrol, type MailWorld, portsFor, REGISTRY, tokenIn } from "./mail-world.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const START = Date.UTC(2026, 2, 1);
const DAYS = 30;
/** Faults end, and everything that is owed may go out. */
const CALM_DAYS = 9;
const TICK = 20 * MINUTE;
const FAULTS = 0.1;

/** Mulberry32: a seed gives the same days for ever. */
function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export async function simulateDigests(seed: number): Promise<Simulation> {
  const chance = chanceOf(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(chance() * values.length)] as T;
  const memory = memoryStore();
  let now = START;
  let faults = FAULTS;
  const delivered: Delivered[] = [];
  /** What may have been taken: all but what was surely put off. */
  const possible: Mail[] = [];
  let doubtful = 0;

  /** One mail in ten meets a fault; of an unknown end half were taken. */
  const sendMail = async (mail: Mail): Promise<SendOutcome> => {
    const luck = chance();
    if (luck < faults * 0.4) return { kind: "deferred", detail: "451" };
    possible.push(mail);
    if (luck < faults * 0.7) return { kind: "unknown", detail: "line lost before" };
    delivered.push({ mail, at: now });
    if (luck >= faults) return { kind: "sent" };
    doubtful += 1;
    return { kind: "unknown", detail: "line lost after" };
  };
  const doubts = doubtsOf(memory.store);
  const store: Store = faultyStore(
    doubts.store,
    () => faults,
    chance,
    (name) => {
      if (name === "recordSend") doubtful += 1;
    },
  );
  const clock = () => new Date(now + (chance() < 0.02 ? -5 * MINUTE : 0));
  // A queue as SQS is: at least once, in no order, a failed message comes back.
  let queue: string[] = [];
  const ports = portsFor(store, {
    now: clock,
    sendMail,
    log: () => {},
    enqueueDigest: async (job: DigestJob) => {
      if (chance() < faults) throw new Error("queue: not taken");
      queue.push(JSON.stringify(job));
      if (chance() < 0.05) queue.push(JSON.stringify(job));
    },
  });
  const calm = {
    ports: portsFor(memory.store, { now: clock, sendMail, log: () => {} }),
    store: memory.store,
    now: new Date(now),
  };
  const readers = await enrolReaders(calm as unknown as MailWorld, pick, chance);

  async function consume(): Promise<void> {
    const taken = queue.sort(() => chance() - 0.5);
    queue = [];
    for (const body of taken)
      await runDigestJob(ports, readDigestJob(body)).catch(() => queue.push(body));
  }
  for (; now < START + (DAYS + CALM_DAYS) * DAY; now += TICK) {
    const calmNow = now >= START + DAYS * DAY;
    faults = calmNow ? 0 : FAULTS;
    if (!calmNow && chance() < 0.05) publish(memory, now, pick, chance);
    if (!calmNow && chance() < 0.004) takeBack(memory, now, pick);
    // Schedulers start late, not at all, or twice.
    if (calmNow || chance() < 0.8) await planDigests(ports).catch(() => {});
    if (chance() < 0.1) await planDigests(ports).catch(() => {});
    await consume();
    for (const reader of readers) await mayLeave(reader);
  }

  async function mayLeave(reader: Reader): Promise<void> {
    if (reader.leftAt !== null || chance() > 0.0005) return;
    const last = delivered.findLast(({ mail }) => mail.to === reader.address);
    if (last === undefined) return;
    await unsubscribe(calm.ports, tokenIn(last.mail, "unsubscribe"));
    reader.leftAt = now;
  }
  const events = [...memory.events.values()];
  const judged = judge(
    memory.items,
    new Map(events.map(({ event }) => [event.item, event])),
    readers,
    delivered,
    doubtful,
  );
  const corrected = events.filter(({ correctedAt }) => correctedAt != null);
  const { broken, corrections } = judgeCorrections(
    corrected.map((stored) => ({ ...stored, url: urlOf(memory.items, stored.event) })),
    readers,
    delivered.map(({ mail }) => mail),
    possible,
    doubts.mayHaveTold,
  );
  return { ...judged, broken: [...judged.broken, ...broken], corrections };
}

const urlOf = (items: readonly StoredItem[], event: DossierEvent): string =>
  items.find(({ id }) => id === event.item)?.url ?? "";

async function enrolReaders(
  world: MailWorld,
  pick: <T>(values: readonly T[]) => T,
  chance: () => number,
): Promise<Reader[]> {
  const readers: Reader[] = [];
  for (let i = 0; i < 8; i += 1) {
    const cadence = pick(["immediate", "daily", "weekly"] as const);
    const themes: ThemeId[] =
      chance() < 0.5 ? [] : [pick(["french-politics", "technical-debate"] as const)];
    const timezone = pick(["Europe/Paris", "UTC", "America/New_York", "Asia/Tokyo"]);
    const address = `reader${i}@example.org`;
    const { id } = await enrol(world, address, { cadence, themes, timezone });
    readers.push({ id, address, cadence, themes, leftAt: null });
  }
  return readers;
}

function publish(
  memory: ReturnType<typeof memoryStore>,
  now: number,
  pick: <T>(values: readonly T[]) => T,
  chance: () => number,
): void {
  const at = new Date(now).toISOString();
  const key = `n${memory.items.length}n`;
  const dossier = pick(REGISTRY).id as DossierId;
  const theme = pick(["french-politics", "technical-debate"] as const);
  const decision = sampleDecision({ dossier, themes: [{ id: theme, score: 0.9, evidence: [] }] });
  const published = chance() < 0.2 ? "2025-11-01T00:00:00.000Z" : at;
  const item = sampleItem(key, { firstSeenAt: at, publishedAt: published, effectiveAt: published });
  memory.items.push({ ...item, state: "settled", decision });
  if (chance() > 0.4) return;
  const event = sampleEvent(item.id, { dossier, at });
  const id = event.id;
  const announceAt = new Date(now + 600_000).toISOString();
  memory.events.set(id, { event, raisedAt: at, announceAt, announcedAt: null });
}

/** An operator retracts one of the standing events, whoever was told of it by then. */
function takeBack(
  memory: ReturnType<typeof memoryStore>,
  now: number,
  pick: <T>(values: readonly T[]) => T,
): void {
  const standing = [...memory.events.values()].filter(({ event }) => event.state === "standing");
  if (standing.length === 0) return;
  const stored = pick(standing);
  const event = { ...stored.event, state: "retracted", reason: "retracted: an old bill" } as const;
  const correction: StoredEvent = {
    ...stored,
    event,
    announceAt: null,
    correctedAt: new Date(now).toISOString(),
    tellCorrectionAt: new Date(now + 600_000).toISOString(),
  };
  memory.events.set(event.id, correction);
}

// Thirty days of one installation under a seed: items, events, readers, and faults in store, queue and mail.
import type { DossierId } from "../../shared/domain/ids.ts";
import type { StoredItem } from "../../shared/domain/item.ts";
import type { Mail, SendOutcome } from "../../shared/domain/mail.ts";
import type { Cadence, ThemeId } from "../../shared/domain/vocabulary.ts";
import { type DigestJob, readDigestJob } from "../../shared/flows/jobs.ts";
import { planDigests } from "../../shared/flows/plan-digests.ts";
import type { Store } from "../../shared/flows/ports.ts";
import { runDigestJob } from "../../shared/flows/run-job.ts";
import { unsubscribe } from "../../shared/flows/unsubscribe.ts";
import { faultyStore, memoryStore } from "../fakes/mail-store.ts";
import { sampleDecision, sampleEvent, sampleItem } from "../store/samples.ts";
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

interface Reader {
  readonly address: string;
  readonly cadence: Cadence;
  readonly themes: ThemeId[];
  leftAt: number | null;
}

export interface Simulation {
  /** What broke, in words; empty where all invariants hold. */
  readonly broken: string[];
  readonly mails: number;
  readonly repeats: number;
  readonly items: number;
}

interface Delivered {
  readonly mail: Mail;
  readonly at: number;
}

export async function simulateDigests(seed: number): Promise<Simulation> {
  const chance = chanceOf(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(chance() * values.length)] as T;
  const memory = memoryStore();
  let now = START;
  let faults = FAULTS;
  const delivered: Delivered[] = [];
  let doubtful = 0;

  /** One mail in ten meets a fault; of an unknown end half were taken. */
  const sendMail = async (mail: Mail): Promise<SendOutcome> => {
    const luck = chance();
    if (luck < faults * 0.4) return { kind: "deferred", detail: "451" };
    if (luck < faults * 0.7) return { kind: "unknown", detail: "line lost before" };
    delivered.push({ mail, at: now });
    if (luck >= faults) return { kind: "sent" };
    doubtful += 1;
    return { kind: "unknown", detail: "line lost after" };
  };
  const store: Store = faultyStore(
    memory.store,
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
  return judge(
    memory.items,
    new Map([...memory.events.values()].map((stored) => [stored.event.item, stored.raisedAt])),
    readers,
    delivered,
    doubtful,
  );
}

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
    await enrol(world, address, { cadence, themes, timezone });
    readers.push({ address, cadence, themes, leftAt: null });
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

/** Each item that a reader asked for is in exactly one of their digests; what was repeated was in doubt. */
function judge(
  items: readonly StoredItem[],
  raised: ReadonlyMap<string, string>,
  readers: readonly Reader[],
  delivered: readonly Delivered[],
  doubtful: number,
): Simulation {
  const broken: string[] = [];
  const bodies = new Map<string, number>();
  for (const { mail } of delivered)
    bodies.set(mail.messageId, (bodies.get(mail.messageId) ?? 0) + 1);
  for (const reader of readers) {
    const own = delivered.filter(({ mail }) => mail.to === reader.address);
    const { leftAt } = reader;
    if (leftAt !== null && own.some(({ at }) => at > leftAt))
      broken.push(`${reader.address}: mailed after leaving`);
    for (const item of items) {
      const wanted =
        (reader.themes.length === 0 ||
          item.decision?.themes.some(({ id }) => reader.themes.includes(id))) &&
        (reader.cadence !== "immediate" || raised.has(item.id));
      const digests = new Set(
        own
          .filter(({ mail }) => mail.text.includes(`${item.url}\n`))
          .map(({ mail }) => mail.messageId),
      );
      if (digests.size > 1)
        broken.push(`${reader.address}: ${item.guid} in ${digests.size} digests`);
      if (!wanted && digests.size > 0)
        broken.push(`${reader.address}: ${item.guid} was not asked for`);
      if (wanted && digests.size === 0 && leftAt === null)
        broken.push(`${reader.address} (${reader.cadence}): ${item.guid} is missing`);
    }
  }
  const repeats = delivered.length - bodies.size;
  if (repeats > doubtful) broken.push(`${repeats} repeats, and ${doubtful} sends of unknown fate`);
  return { broken, mails: delivered.length, repeats, items: items.length };
}

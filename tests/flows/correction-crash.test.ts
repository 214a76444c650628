import { expect, it } from "vitest";
import type { DossierId } from "../../shared/domain/ids.ts";
import type { Mail } from "../../shared/domain/mail.ts";
import { planDigests } from "../../shared/flows/plan-digests.ts";
import type { Ports } from "../../shared/flows/ports.ts";
import { type MemoryStore, memoryStore } from "../fakes/mail-store.ts";
import { DOSSIER, sampleDecision, sampleEvent, sampleItem } from "../store/samples.ts";
import { enrol, type MailWorld, portsFor } from "./mail-world.ts";

const START = Date.parse("2026-03-02T10:00:00.000Z");
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const READERS = ["immediate", "daily"] as const;

interface Scene {
  readonly memory: MemoryStore;
  readonly mails: Mail[];
  readonly ports: Ports;
  now: number;
}

/** Two readers were told of a comeback, each in their way, and it is taken back. */
async function scene(): Promise<Scene> {
  const memory = memoryStore();
  const mails: Mail[] = [];
  const ports = portsFor(memory.store, {
    now: () => new Date(set.now),
    sendMail: async (mail) => {
      mails.push(mail);
      return { kind: "sent" };
    },
    log: () => {},
  });
  const set: Scene = { memory, mails, ports, now: START };
  const world = { ports, store: memory.store, now: new Date(START) } as unknown as MailWorld;
  for (const cadence of READERS) await enrol(world, `${cadence}@example.org`, { cadence });
  const at = new Date(START).toISOString();
  const item = sampleItem("comeback", { firstSeenAt: at, publishedAt: at, effectiveAt: at });
  memory.items.push({ ...item, state: "settled", decision: sampleDecision({ dossier: DOSSIER }) });
  const event = sampleEvent(item.id, { dossier: DOSSIER as DossierId, at });
  const told = { event, raisedAt: at, announceAt: at, announcedAt: null };
  memory.events.set(event.id, told);
  await planDigests(ports);
  set.now += DAY;
  await planDigests(ports);
  memory.events.set(event.id, {
    ...told,
    event: { ...event, state: "retracted", reason: "retracted: an old bill" },
    announceAt: null,
    announcedAt: at,
    correctedAt: new Date(set.now).toISOString(),
    tellCorrectionAt: new Date(set.now + 10 * MINUTE).toISOString(),
  });
  set.now += DAY;
  return set;
}

/** The same ports, all of whose calls fail from the nth on: a process that was killed there. */
function dyingAt(
  set: Scene,
  n: number,
): { readonly ports: Ports; readonly hasDied: () => boolean } {
  let calls = 0;
  const mortal =
    <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      calls += 1;
      if (calls > n) throw new Error("killed");
      return work(...args);
    };
  const store = Object.fromEntries(
    Object.entries(set.memory.store).map(([name, work]) => [name, mortal(work)]),
  ) as unknown as Ports["store"];
  const { now, log, sendMail } = set.ports;
  return {
    ports: portsFor(store, { now, log, sendMail: mortal(sendMail) }),
    hasDied: () => calls > n,
  };
}

it("a kill at any step loses no correction, tells nobody else, and repeats one only under the same Message-ID", async () => {
  let step = 0;
  let repeats = 0;
  for (let died = true; died; step += 1) {
    const set = await scene();
    const before = set.mails.length;
    const dying = dyingAt(set, step);
    await planDigests(dying.ports).catch(() => {});
    died = dying.hasDied();
    for (let turn = 0; turn < 3; turn += 1) {
      set.now += DAY;
      await planDigests(set.ports).catch(() => {});
    }

    const corrections = set.mails.slice(before);
    repeats += corrections.length - READERS.length;
    for (const cadence of READERS) {
      const own = corrections.filter(({ to }) => to === `${cadence}@example.org`);
      expect(own.length, `step ${step}: ${cadence}`).toBeGreaterThanOrEqual(1);
      expect(own.length, `step ${step}: ${cadence}`).toBeLessThanOrEqual(2);
      expect(new Set(own.map(({ messageId }) => messageId)).size, `step ${step}`).toBe(1);
      for (const { text } of own) expect(text).toContain("an old bill");
    }
    expect(before).toBe(2);
  }
  // Two mails, each recorded in one or two writes: what was handed over and not written down is repeated, and nothing else.
  expect(step).toBeGreaterThan(40);
  expect(repeats).toBeLessThanOrEqual(4);
});

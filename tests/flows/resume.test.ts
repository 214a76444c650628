import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runDigest } from "../../functions/cli/digest.ts";
import type { FeedState } from "../../shared/domain/feed.ts";
import { planDigests } from "../../shared/flows/plan-digests.ts";
import { type Ports, type StageChange, SUBSCRIBER_SHARDS } from "../../shared/flows/ports.ts";
import { readingClock, resumeAfterOf } from "../../shared/flows/resume.ts";
import { runDigestJob } from "../../shared/flows/run-job.ts";
import { LocalSettings, readSettings } from "../../shared/settings.ts";
import { DOSSIER } from "../store/samples.ts";
import { enrol, mailWorld, publish, wait } from "./mail-world.ts";
import { AT_ONCE, comeback, DAILY, type RestoreRig, report, restoreRig } from "./restore-rig.ts";

/** What is published before the copy, between the copy and the loss, and after the loss. */
const FIRST = report("Marigold", "2025-10-10T08:00:00Z");
const BEFORE = [
  report("Nasturtium", "2025-10-13T12:00:00Z"),
  // Its event still waits when the copy is made; the next one's item is not even settled then.
  comeback("Alder", "2025-10-13T19:50:00Z"),
  comeback("Birch", "2025-10-13T19:54:00Z"),
];
const BETWEEN = [
  comeback("Cedar", "2025-10-14T10:00:00Z"),
  report("Orchid", "2025-10-14T12:00:00Z"),
  report("Peony", "2025-10-15T09:00:00Z"),
];
const AFTER = [
  report("Quince", "2025-10-15T11:00:00Z"),
  comeback("Dogwood", "2025-10-15T11:30:00Z"),
];
const LOST_AT = "2025-10-15T10:00:00.000Z";

let rig: RestoreRig;
beforeEach(async () => {
  rig = await restoreRig();
});
afterEach(() => rig.close());

/** Up to the copy, and on to the loss: what the lost installation told by then. */
async function liveAndLose(): Promise<void> {
  const { tickAt, portsOver } = rig;
  const ports = await rig.openLost();
  const { store } = ports;
  await tickAt(ports, "2025-10-12T12:05:00Z", [FIRST]);
  await tickAt(ports, "2025-10-13T19:53:00Z", [FIRST, ...BEFORE.slice(0, 2)]);
  // Dies where the item is pending, and nothing follows from it yet.
  const putMove = () => Promise.reject(new Error("killed"));
  await tickAt(portsOver(ports, { ...store, putMove }), "2025-10-13T19:56:00Z", [FIRST, ...BEFORE]);
  expect((await store.pendingItems(rig.now, 10)).map(({ guid }) => guid)).toEqual(["Birch"]);
  await rig.copyTable();

  for (const at of ["2025-10-13T20:10:00Z", "2025-10-13T20:30:00Z", "2025-10-14T07:05:00Z"])
    await tickAt(ports, at);
  await tickAt(ports, "2025-10-14T10:05:00Z", [FIRST, ...BEFORE, ...BETWEEN.slice(0, 1)]);
  await tickAt(ports, "2025-10-14T12:30:00Z", [FIRST, ...BEFORE, ...BETWEEN.slice(0, 2)]);
  await tickAt(ports, "2025-10-15T07:05:00Z");
  await tickAt(ports, "2025-10-15T09:30:00Z", [FIRST, ...BEFORE, ...BETWEEN]);
}

/** The copy goes on; its feed shows what the lost one read, but for what it has let go, and what has come since. */
async function goOn(resumeAfter?: string): Promise<Ports> {
  const { tickAt } = rig;
  rig.now = new Date("2025-10-15T12:00:00Z");
  const ports = await rig.openWorld("copy", resumeAfter);
  const left = BEFORE.filter(({ guid }) => guid !== "Birch");
  await tickAt(ports, "2025-10-15T12:00:00Z", [FIRST, ...left, ...BETWEEN, ...AFTER]);
  for (const at of ["2025-10-15T12:20:00Z", "2025-10-16T07:05:00Z", "2025-10-17T07:05:00Z"])
    await tickAt(ports, at);
  return ports;
}

const linesOf = (to: string, words: readonly string[]) => words.map((word) => `${to} ${word}`);

describe("a restored copy of the table", () => {
  it("told when its installation was lost, mails nobody what they were mailed, and everybody what comes after", async () => {
    await liveAndLose();
    const before = rig.told();
    const { store } = await goOn(LOST_AT);

    expect(before).toEqual(
      [
        ...linesOf(AT_ONCE, ["Alder", "Birch", "Cedar"]),
        ...linesOf(DAILY, ["Nasturtium", "Alder", "Birch", "Cedar", "Orchid"]),
      ].sort(),
    );
    expect(rig.told()).toEqual(
      // Peony was read by the lost one and was in none of its digests.
      [...before, `${AT_ONCE} Dogwood`, ...linesOf(DAILY, ["Peony", "Quince", "Dogwood"])].sort(),
    );
    // Nothing waits for ever.
    expect(await store.eventsToAnnounce(new Date("2030-01-01"), 10)).toEqual([]);
    expect(await store.pendingItems(new Date("2030-01-01"), 10)).toEqual([]);
  });

  it("not told so, repeats mails under the Message-IDs that they had, by which a mailbox may know them", async () => {
    await liveAndLose();
    await goOn();

    const idsOf = (name: string) =>
      rig.outbox
        .filter(({ to, text }) => to === AT_ONCE && text.includes(name))
        .map(({ messageId }) => messageId);
    for (const name of ["Alder", "Birch", "Cedar"]) {
      expect(idsOf(name), name).toHaveLength(2);
      expect(new Set(idsOf(name)).size, name).toBe(1);
    }
  });

  it("leaves alone the jobs that the lost one had in its queue, and does its own", async () => {
    await liveAndLose();
    const ports = await rig.openWorld("copy");
    rig.now = new Date("2025-10-15T12:00:00Z");
    const resumed = { ...ports, settings: { ...ports.settings, resumeAfter: LOST_AT } };
    const before = rig.outbox.length;
    const dryRuns = [await dryRun(ports), await dryRun(resumed)];
    // The copy knows of a digest that is due, and its ledger of none that was sent.
    for (let shard = 0; shard < SUBSCRIBER_SHARDS; shard += 1)
      await runDigestJob(resumed, { kind: "periodic", shard, enqueuedAt: LOST_AT });

    expect(dryRuns).toMatchObject([
      { events: 1, periodic: 1 },
      { events: 0, periodic: 0, mails: 0 },
    ]);
    const [due] = await dueAnywhere(ports);
    expect(due).toBeDefined();
    expect(rig.outbox).toHaveLength(before);
    for (let shard = 0; shard < SUBSCRIBER_SHARDS; shard += 1)
      await runDigestJob(resumed, { kind: "periodic", shard, enqueuedAt: rig.now.toISOString() });
    const kept = due === undefined ? null : await ports.store.loadSubscriber(due);
    expect(kept).toMatchObject({
      digestedUntil: "2025-10-15T07:00:00.000Z",
      nextDigestAt: "2025-10-16T07:00:00.000Z",
    });
    expect(rig.outbox).toHaveLength(before);
  });
});

describe("a stage change that waited in the copy", () => {
  it("counts as told where it fell due before the loss, and is mailed where it did not", async () => {
    const world = await mailWorld(rig.servers.copy);
    await enrol(world, AT_ONCE);
    const item = await publish(world, "a", {}, { dossier: DOSSIER });
    const change = (stage: "vote" | "adopted", announceAt: string): StageChange => ({
      dossier: DOSSIER,
      stage,
      item: item.id,
      at: item.effectiveAt,
      reportedBy: "institution",
      evidence: [],
      raisedAt: item.firstSeenAt,
      announceAt,
    });
    const lostAt = new Date(world.now.getTime() + 600_000).toISOString();
    await world.store.putStageChange(change("vote", lostAt));
    Object.assign(world.ports.settings, { resumeAfter: lostAt });
    wait(world, 3_600);

    await planDigests(world.ports);
    const silent = world.outbox.length;
    const waiting = await world.store.stageChangesToTell(new Date("2030-01-01"), 10);
    await world.store.putStageChange(change("adopted", world.now.toISOString()));
    await planDigests(world.ports);
    await world.close();

    expect([silent, waiting]).toEqual([0, []]);
    expect(world.outbox).toHaveLength(1);
  });
});

async function dryRun(ports: Ports): Promise<unknown> {
  const said: string[] = [];
  const stdout = { write: (text: string) => said.push(text) };
  await runDigest(["send", "--dry-run"], { stdin: process.stdin, stdout, stderr: stdout }, ports);
  return JSON.parse(said.join(""));
}

async function dueAnywhere({ store }: Ports) {
  const shards = Array.from({ length: SUBSCRIBER_SHARDS }, (_, shard) => shard);
  return (await Promise.all(shards.map((shard) => store.subscribersDue(rig.now, shard, 5)))).flat();
}

describe("the clock by which an entry is read", () => {
  const COPIED = "2025-10-13T19:00:00.000Z";
  const clock = (entry: { published?: string; updated?: string }, lastSuccessAt: string | null) => {
    const ports = {
      settings: { resumeAfter: LOST_AT },
      now: () => new Date("2025-10-15T12:00:00.000Z"),
    } as unknown as Ports;
    const parsed = { published: entry.published ?? null, updated: entry.updated ?? null };
    return readingClock(ports, { lastSuccessAt } as FeedState, parsed)
      .now()
      .toISOString();
  };
  const NOON = "2025-10-15T12:00:00.000Z";
  const [SEEN, FRESH] = ["2025-10-14T10:00:00.000Z", "2025-10-15T11:00:00.000Z"];

  it.each([
    ["dated between the copy and the loss: its own date", { published: SEEN }, COPIED, SEEN],
    [
      "dated before the copy, and not in it: the copy's last poll",
      { published: "2025-10-01T00:00:00.000Z" },
      COPIED,
      COPIED,
    ],
    ["without a date: the copy's last poll", {}, COPIED, COPIED],
    [
      "rewritten between the two: when it was rewritten",
      { published: "2025-10-01T00:00:00.000Z", updated: SEEN },
      COPIED,
      SEEN,
    ],
    ["rewritten after the loss: now", { published: SEEN, updated: FRESH }, COPIED, NOON],
    ["dated after the loss: now", { published: FRESH }, COPIED, NOON],
    ["without a date, at a later poll: now", {}, FRESH, NOON],
    ["published late, at a later poll: now", { published: SEEN }, FRESH, NOON],
    [
      "of a feed that was never read: now, and its first poll is filed anyway",
      { published: SEEN },
      null,
      NOON,
    ],
  ])("%s", (_name, entry, lastSuccessAt, expected) => {
    expect(clock(entry, lastSuccessAt)).toBe(expected);
  });
});

describe("RESUME_AFTER", () => {
  it("that lies ahead is refused: until then nobody would be told of anything", () => {
    expect(() => resumeAfterOf(LOST_AT, new Date("2025-10-15T09:59:59Z"))).toThrow("still to come");
    expect(resumeAfterOf(LOST_AT, new Date(LOST_AT))).toBe(LOST_AT);
  });

  it("that is no instant is named, and one with an offset is understood", () => {
    const read = (value: string) =>
      readSettings(LocalSettings, { RESUME_AFTER: value }).RESUME_AFTER;
    expect(() => read("yesterday")).toThrow("RESUME_AFTER: an instant such as");
    expect(read("2025-10-15T12:00:00+02:00")).toBe(LOST_AT);
  });
});

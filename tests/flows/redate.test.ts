// What a clock that was months ahead had dated, and was done with, when that clock is right again.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { planDigests } from "../../shared/flows/plan-digests.ts";
import { refollow } from "../../shared/flows/settle-item.ts";
import type { DynamoServer } from "../servers/dynamo.ts";
import { DOSSIER, sampleMove, sampleQuery } from "../store/samples.ts";
import { dynaliteServer, enrol, type MailWorld, mailWorld, publish, wait } from "./mail-world.ts";

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** Each day on the way is read in turn. */
const AHEAD = 60 * DAY;

let server: DynamoServer;
let world: MailWorld;
beforeAll(async () => {
  server = await dynaliteServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  world = await mailWorld(server);
});
afterEach(() => world.close());

/** The next days' digests. */
async function pass(days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    await planDigests(world.ports);
    wait(world, DAY);
  }
}
const mailsAbout = (word: string): number =>
  world.outbox.filter(({ text }) => text.includes(word)).length;

it("an item of that time comes in the next daily digest, and in no other", async () => {
  await enrol(world, "a@example.org", { cadence: "daily" });
  wait(world, AHEAD);
  await planDigests(world.ports);
  wait(world, HOUR);
  await publish(world, "meanwhile", { publishedAt: "2026-03-01T08:00:00.000Z" });
  wait(world, HOUR - AHEAD);
  await pass(4);

  expect(mailsAbout("meanwhile")).toBe(1);
});

it("an item that a digest of that time told is not told again", async () => {
  await enrol(world, "a@example.org", { cadence: "daily" });
  wait(world, AHEAD);
  await planDigests(world.ports);
  await publish(world, "meanwhile");
  wait(world, DAY);
  await planDigests(world.ports);
  wait(world, HOUR - AHEAD - DAY);
  await pass(4);

  expect(mailsAbout("meanwhile")).toBe(1);
});

it("the archive shows such an item among today's, under each filter, and nothing in years to come", async () => {
  const { store } = world;
  wait(world, AHEAD);
  const wrong = world.now;
  const relevant = await publish(world, "meanwhile", { publishedAt: null });
  const published = "2026-03-01T08:00:00.000Z";
  await publish(world, "dated", { publishedAt: published, effectiveAt: published });
  await publish(world, "noise", {}, { relevant: false });
  wait(world, HOUR - AHEAD);
  await planDigests(world.ports);

  const all = await store.queryItems(sampleQuery({ relevant: "any" }));
  const newest = all.rows.map(({ effectiveAt, firstSeenAt }) => [effectiveAt, firstSeenAt]);
  const now = world.now.toISOString();
  expect(newest).toEqual([
    [now, now],
    [now, now],
    [published, now],
  ]);
  const filtered = await store.queryItems(sampleQuery({ q: ["meanwhile"] }));
  expect(filtered.rows.map(({ id }) => id)).toEqual([relevant.id]);
  const around = [-1, 1].map((hours) => new Date(wrong.getTime() + hours * HOUR * 1_000));
  const [from, to] = around as [Date, Date];
  expect((await store.itemsSeen(from, to, null)).rows).toEqual([]);
});

it("a comeback of that time is dated when it was seen, and its dossier stands where it stood", async () => {
  await enrol(world, "a@example.org", { cadence: "daily" });
  wait(world, AHEAD);
  await planDigests(world.ports);
  const item = await publish(world, "meanwhile", {}, { dossier: DOSSIER });
  const at = item.effectiveAt;
  const traits = { act: "open" };
  await world.store.putMove({
    ...sampleMove(item.id),
    at,
    confidence: 0.95,
    reportedBy: "institution",
    traits,
  });
  await refollow(world.ports, DOSSIER, null);
  wait(world, HOUR);
  await planDigests(world.ports);
  wait(world, -AHEAD);
  await pass(3);

  const [event] = (await world.store.listEvents(10, null, DOSSIER)).rows;
  expect(event?.event.at).toBe("2026-03-02T11:00:00.000Z");
  expect((await world.store.loadDossier(DOSSIER))?.state.lastMoveAt).toBe(event?.event.at);
  expect(world.outbox).toHaveLength(1);
});

it("where the clock was always right, nothing is looked for", async () => {
  await planDigests(world.ports);
  const unasked = { seenBeyond: () => Promise.reject(new Error("a scan")) };
  Object.assign(world.ports, { store: { ...world.store, ...unasked } });
  wait(world, DAY);

  await expect(planDigests(world.ports)).resolves.toEqual({ jobs: 0 });
});

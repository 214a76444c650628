import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FeedDefinition } from "../../shared/domain/feed.ts";
import type { Domain } from "../../shared/domain/ids.ts";
import { checkFeeds } from "../../shared/flows/check-feeds.ts";
import { checkIndex } from "../../shared/flows/check-index.ts";
import { planDigests } from "../../shared/flows/plan-digests.ts";
import { planPolls } from "../../shared/flows/plan-polls.ts";
import { sweepPending } from "../../shared/flows/sweep.ts";
import { keys } from "../../shared/store/table.ts";
import { type DynamoServer, dynaliteServer, memoryStore } from "../servers/dynamo.ts";
import { type LossyIndex, lossyIndex } from "../servers/lossy-index.ts";
import { enrol, leaveHalf, type MailWorld, mailWorld, resurface, wait } from "./mail-world.ts";

const HOUR = 3_600;
let server: DynamoServer;
let lossy: LossyIndex;
let world: MailWorld;
const planned: string[] = [];

beforeAll(async () => {
  server = await dynaliteServer();
  lossy = await lossyIndex(server.endpoint);
});
afterAll(async () => {
  await lossy.close();
  await server.close();
});
beforeEach(async () => {
  planned.length = 0;
  world = await mailWorld(
    { name: "lossy", endpoint: lossy.endpoint, close: async () => {} },
    { enqueuePoll: async ({ feedIds }) => void planned.push(...feedIds) },
  );
});
afterEach(() => world.close());

const define = (id: string, host = `${id}.example`) =>
  FeedDefinition.parse({ id, url: `https://${host}/feed`, title: id, kind: "press" });

async function follow(...ids: string[]): Promise<void> {
  await world.store.seedFeeds(
    ids.map((id) => define(id)),
    world.now,
  );
}

/** As after a poll: due again in an hour. */
async function polled(id: string): Promise<void> {
  const [state] = await world.store.loadFeeds([define(id).id]);
  if (state === undefined) throw new Error(`no feed ${id}`);
  const nextPollAt = new Date(world.now.getTime() + HOUR * 1_000).toISOString();
  await world.store.saveFeed({ ...state, nextPollAt, lastPolledAt: world.now.toISOString() });
}

describe("where the index has lost a row", () => {
  it("its feed is polled again, as its own row says that it is due", async () => {
    await follow("lost", "kept");
    lossy.lose(keys.feed("lost").pk);
    await planPolls(world.ports);
    const before = planned.splice(0);
    wait(world, 600);
    await checkFeeds(world.ports);
    await planPolls(world.ports);

    expect(before).toEqual(["kept"]);
    expect(planned.sort()).toEqual(["kept", "lost"]);
    expect(world.logs).toContainEqual({ step: "mend-feeds", mended: 1 });
  });

  it("mail that waits there goes out", async () => {
    await enrol(world, "at-once@example.org");
    const daily = await enrol(world, "daily@example.org", { cadence: "daily" });
    const event = await resurface(world, "a");
    lossy.lose(keys.event(event.id).pk);
    lossy.lose(keys.subscriber(daily.id).pk);
    wait(world, 25 * HOUR);
    await planDigests(world.ports);
    const before = world.outbox.length;
    await checkIndex(world.ports);
    await planDigests(world.ports);

    expect([before, world.outbox.map(({ to }) => to).sort()]).toEqual([
      0,
      ["at-once@example.org", "daily@example.org"],
    ]);
  });

  it("an item that a crash left there is settled", async () => {
    const item = await leaveHalf(world, "half");
    lossy.lose(keys.item(item.id).pk);
    wait(world, HOUR);
    const before = (await world.store.pendingItems(world.now, 10)).length;
    await checkIndex(world.ports);

    expect([before, (await world.store.pendingItems(world.now, 10)).length]).toEqual([0, 1]);
    await sweepPending({ ...world.ports, log: () => {} });
  });

  it("is walked through a part at a time, and anew after a day or a start", async () => {
    for (let n = 0; n < 4; n += 1) await leaveHalf(world, `half-${n}`);
    const turns = [
      await world.store.checkIndex(world.now, 1, false),
      await world.store.checkIndex(world.now, 1, false),
      await world.store.checkIndex(world.now, 1, true),
    ];
    wait(world, 25 * HOUR);
    turns.push(await world.store.checkIndex(world.now, 1, false));

    expect(turns.map(({ checked }) => checked)).toEqual([4, 0, 4, 4]);
    expect(turns.every(({ mended, done }) => mended === 0 && done)).toBe(true);
  });
});

describe("the count of feeds", () => {
  it("names those that were not polled within their interval, and passes over those whose domain is held back", async () => {
    await follow("late", "held", "fine", "fresh");
    for (const id of ["late", "held", "fine"]) await polled(id);
    wait(world, 2 * HOUR + 60);
    const domain = "held.example" as Domain;
    const lease = await world.store.acquireDomain(domain, world.now, 60);
    if (lease === null) throw new Error("no lease");
    await world.store.releaseDomain(lease, new Date(world.now.getTime() + HOUR * 1_000));
    await polled("fine");

    expect(await checkFeeds(world.ports)).toMatchObject({ feeds: 4, overdue: 1, late: ["late"] });
    expect(world.logs).toContainEqual({ step: "feeds-overdue", feeds: 1 });
  });

  it("gives a process that has just begun its time", async () => {
    await follow("late");
    await polled("late");
    wait(world, 50 * HOUR);
    const early = await checkFeeds(world.ports, { runsSince: world.now, anew: true });
    const runsSince = new Date(world.now);
    wait(world, 2 * HOUR);
    const later = await checkFeeds(world.ports, { runsSince, anew: true });

    expect([early?.overdue, later?.overdue]).toEqual([0, 1]);
  });

  it("of many feeds takes several turns, each of few reads, and shows the last whole one meanwhile", async () => {
    const { store, close } = memoryStore(() => world.now);
    const ports = { ...world.ports, store };
    const ids = Array.from({ length: 250 }, (_, n) => `feed-${n}`);
    await store.seedFeeds(
      ids.map((id) => define(id)),
      world.now,
    );
    const turns: (number | null)[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      turns.push((await checkFeeds(ports, { most: 100 }))?.feeds ?? null);
      wait(world, 60);
    }
    close();

    expect(turns).toEqual([null, null, 250, 250, 250, 250]);
  });
});

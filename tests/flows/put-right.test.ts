import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Domain } from "../../shared/domain/ids.ts";
import { planAlarms } from "../../shared/flows/alarms.ts";
import { planDigests } from "../../shared/flows/plan-digests.ts";
import { sweepPending } from "../../shared/flows/sweep.ts";
import type { DynamoServer } from "../servers/dynamo.ts";
import {
  type FeedServer,
  plain,
  rssOf,
  sampleItems,
  startFeedServer,
  status,
} from "../servers/feed-server.ts";
import {
  enrol,
  flowServer,
  leaveHalf,
  type MailWorld,
  mailWorld,
  publish,
  resurface,
  wait,
} from "./mail-world.ts";
import { openRig, type Rig } from "./poll-rig.ts";

const DAY = 86_400;
const TEN_YEARS = 3_650 * DAY;
/** Where each day ahead is read in turn. */
const AHEAD = 100 * DAY;

let server: DynamoServer;
beforeAll(async () => {
  server = await flowServer();
});
afterAll(() => server.close());

describe("a clock that was ten years ahead, and is right again", () => {
  let world: MailWorld;
  beforeEach(async () => {
    world = await mailWorld(server);
  });
  afterEach(() => world.close());

  it("keeps nobody from the mail of an event that was raised meanwhile", async () => {
    await enrol(world, "a@example.org");
    wait(world, TEN_YEARS);
    await resurface(world, "a");
    wait(world, -TEN_YEARS);
    await planDigests(world.ports);

    expect(world.outbox).toHaveLength(1);
  });

  it("tells such an event in the next daily digest too, and it once", async () => {
    await enrol(world, "a@example.org", { cadence: "daily" });
    wait(world, TEN_YEARS);
    await resurface(world, "a");
    wait(world, -TEN_YEARS);
    for (let day = 0; day < 3; day += 1) {
      await planDigests(world.ports);
      wait(world, DAY);
    }

    expect(world.outbox.map(({ text }) => text.includes("access to encrypted messaging"))).toEqual([
      true,
    ]);
  });

  it("goes on with digests at the next morning, and mails nothing twice", async () => {
    await enrol(world, "a@example.org", { cadence: "daily" });
    await publish(world, "before");
    wait(world, AHEAD);
    await planDigests(world.ports);
    wait(world, 60 - AHEAD);
    await planDigests(world.ports);
    await publish(world, "after");
    wait(world, DAY);
    await planDigests(world.ports);

    expect(world.outbox.map(({ text }) => /before/.test(text))).toEqual([true, false]);
    expect(world.outbox.map(({ text }) => /after/.test(text))).toEqual([false, true]);
  });

  it("settles what a crash left pending meanwhile", async () => {
    wait(world, TEN_YEARS);
    const item = await leaveHalf(world, "half");
    wait(world, -TEN_YEARS);
    await sweepPending(world.ports);
    const [waiting] = await world.store.pendingItems(world.now, 10);

    expect(waiting).toMatchObject({ id: item.id, firstSeenAt: world.now.toISOString() });
  });

  it("leaves no domain and no mail to a holder of that time", async () => {
    const domain = "example.org" as Domain;
    const id = (await enrol(world, "a@example.org")).id;
    wait(world, TEN_YEARS);
    await world.store.acquireDomain(domain, world.now, 100);
    await world.store.claimSend(id, "d", world.now, 180);
    wait(world, -TEN_YEARS);

    expect(await world.store.claimSend(id, "d", world.now, 180)).toBe("unknown");
    expect(await world.store.acquireDomain(domain, world.now, 100)).not.toBeNull();
    expect(await world.store.acquireDomain(domain, world.now, 100)).toBeNull();
  });

  it("does not keep alarms from being looked for until then", async () => {
    Object.assign(world.ports, {
      settings: { ...world.ports.settings, operatorEmail: "operator@example.org" },
    });
    wait(world, TEN_YEARS);
    await world.store.beat("alarms", world.now, {});
    wait(world, -TEN_YEARS);
    const jobs: string[] = [];
    const enqueueDigest = async ({ kind }: { kind: string }) => void jobs.push(kind);

    expect(await planAlarms({ ...world.ports, enqueueDigest })).toBe(true);
  });

  it("is not believed where it is years behind what the registry knows: a digest does not begin there", async () => {
    const { id } = await enrol(world, "a@example.org", { cadence: "daily" });
    const before = await world.store.loadSubscriber(id);
    wait(world, -TEN_YEARS);
    await planDigests(world.ports);

    expect(await world.store.loadSubscriber(id)).toEqual(before);
  });
});

describe("a feed that was polled by such a clock", () => {
  let site: FeedServer;
  let rig: Rig;
  beforeEach(async () => {
    site = await startFeedServer();
    rig = await openRig(server.endpoint);
  });
  afterEach(async () => {
    await rig.close();
    await site.close();
  });

  it("is polled when the clock is right again, and then at its own pace", async () => {
    const id = await rig.follow("aa", site.serve("/a", plain(rssOf(sampleItems(2)))));
    rig.advance(TEN_YEARS / 60);
    await rig.pollDue();
    rig.advance(-TEN_YEARS / 60 + 1);
    const polls = [(await rig.pollDue()).length, (await rig.pollDue()).length];

    expect(polls).toEqual([1, 0]);
    expect(Date.parse((await rig.feed(id)).nextPollAt)).toBeGreaterThan(rig.now().getTime());
  });

  it("is left alone where it is gone for good", async () => {
    await rig.follow("bb", site.serve("/b", status(410)));
    await rig.pollDue();
    rig.advance(3 * 1_440);

    expect(await rig.pollDue()).toEqual([]);
  });
});

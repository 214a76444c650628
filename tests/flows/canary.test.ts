import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { clientFor } from "../../functions/local/dynamo.ts";
import { createParser } from "../../shared/feeds/feed-parser.ts";
import { raiseAlarms } from "../../shared/flows/alarms.ts";
import { runCanary } from "../../shared/flows/canary.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import { createStore } from "../../shared/store/store.ts";
import type { DynamoServer } from "../servers/dynamo.ts";
import { sampleQuery } from "../store/samples.ts";
import { dynaliteServer, enrol, type MailWorld, mailWorld, wait } from "./mail-world.ts";

const OPERATOR = "operator@example.org";
const models = loadModels();
const parser = createParser({});
let server: DynamoServer;
let world: MailWorld;

beforeAll(async () => {
  server = await dynaliteServer();
});
afterAll(async () => {
  await parser.close();
  await server.close();
});
beforeEach(async () => {
  world = await mailWorld(server);
  const { tableName, ports } = world;
  const sleep = async () => {};
  const client = clientFor(server.endpoint);
  const canaryStore = createStore({ client, tableName, now: ports.now, sleep, space: "CANARY" });
  const settings = { ...ports.settings, operatorEmail: OPERATOR };
  Object.assign(world.ports, { models, parseFeed: parser.parseFeed, canaryStore, settings });
});
afterEach(() => world.close());

const subjects = () => world.outbox.map(({ subject }) => subject);

describe("the canary", () => {
  it("goes the whole way once a day, to the operator alone", async () => {
    await enrol(world, "reader@example.org");

    const first = await runCanary(world.ports);
    const again = await runCanary(world.ports);
    wait(world, 86_400);
    const tomorrow = await runCanary(world.ports);

    expect([first, again, tomorrow]).toEqual(["arrived", "known", "arrived"]);
    expect(world.outbox.map(({ to }) => to)).toEqual([OPERATOR, OPERATOR]);
    expect(subjects()).toEqual([
      "Canary 2026-03-02: the way from feed to mailbox is open",
      "Canary 2026-03-03: the way from feed to mailbox is open",
    ]);
  });

  it("leaves nothing that the archive, readers or operators' lists would show, and expires", async () => {
    await runCanary(world.ports);

    const { store } = world;
    expect((await store.queryItems(sampleQuery({ relevant: "any" }))).rows).toEqual([]);
    expect((await store.listEvents(10, null, null)).rows).toEqual([]);
    expect(await store.listDossiers()).toEqual([]);
    expect(await store.eventsToAnnounce(new Date("2027-01-01"), 10)).toEqual([]);
    const people: unknown[] = [];
    for await (const one of store.listSubscribers()) people.push(one);
    expect(people).toEqual([]);
    expect(await store.sweepExpired(new Date("2026-03-20T00:00:00Z"))).toBeGreaterThan(10);
  });

  it("that a mail server defers is tried again, and one that never arrives is an alarm, once a day", async () => {
    world.answer = ({ subject }) =>
      subject.startsWith("Canary") ? { kind: "deferred", detail: "451" } : { kind: "sent" };

    const first = await runCanary(world.ports);
    await raiseAlarms(world.ports, world.now);
    wait(world, 27 * 3_600);
    await runCanary(world.ports);
    await raiseAlarms(world.ports, world.now);
    await raiseAlarms(world.ports, world.now);

    expect(first).toBe("waiting");
    expect(subjects()).toEqual([
      "Alarm: No canary has ever gone the whole way from feed to mail server.",
    ]);
    world.answer = () => ({ kind: "sent" });
    wait(world, 86_400);
    expect(await runCanary(world.ports)).toBe("arrived");
  });

  it("is off where nobody is named to be told", async () => {
    Object.assign(world.ports, { settings: { ...world.ports.settings, operatorEmail: undefined } });

    expect(await runCanary(world.ports)).toBe("off");
    expect(world.outbox).toEqual([]);
  });
});

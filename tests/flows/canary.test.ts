import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { serveWeb } from "../../functions/local/http.ts";
import { archiveApp } from "../../shared/archive/app.ts";
import { createParser } from "../../shared/feeds/feed-parser.ts";
import { createFetcher } from "../../shared/feeds/fetch-feed.ts";
import { raiseAlarms } from "../../shared/flows/alarms.ts";
import { planCanary, runCanary } from "../../shared/flows/canary.ts";
import type { Store } from "../../shared/flows/ports.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import { createStore } from "../../shared/store/store.ts";
import type { DynamoServer } from "../servers/dynamo.ts";
import { sampleQuery } from "../store/samples.ts";
import { enrol, flowServer, type MailWorld, mailWorld, wait } from "./mail-world.ts";

const OPERATOR = "operator@example.org";
const models = loadModels();
const parser = createParser({ deadlineMs: 200_000 });
let server: DynamoServer;
let world: MailWorld;

beforeAll(async () => {
  server = await flowServer();
});
afterAll(async () => {
  await parser.close();
  await server.close();
});
beforeEach(async () => {
  world = await mailWorld(server);
  const settings = { ...world.ports.settings, operatorEmail: OPERATOR };
  const { parseFeed } = parser;
  Object.assign(world.ports, { models, parseFeed, ...spaceOf(world), settings });
});
afterEach(() => world.close());

const spaceOf = ({ database, ports: { now } }: MailWorld) => ({
  canaryStore: createStore({ database, now, space: "CANARY" }),
});

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

  it("is fetched from the archive where one is served, and says so; one that cannot be reached does not keep its mail back", async () => {
    const { settings } = world.ports;
    const app = archiveApp({ ports: world.ports, mailbox: null, version: "1" });
    const web = await serveWeb(app, "127.0.0.1", 0);
    const fetcher = createFetcher({ ...settings, allowPrivateNetwork: true, version: "1" });
    const fetchArchive = (path: string) =>
      fetcher.fetchFeed({ url: web.url + path, validators: null, now: world.now });
    Object.assign(world.ports, { fetchArchive });

    await runCanary(world.ports);
    await web.close();
    wait(world, 86_400);
    await runCanary(world.ports);
    await fetcher.close();

    const texts = world.outbox.map(({ text }) => text.replaceAll(/\s+/g, " "));
    expect(texts[0]).toContain("An invented item was fetched from the archive, read, classified");
    expect(texts[1]).toContain("Not fetched (connect-failed): an invented item was read");
    expect((await world.store.heartbeats())["canary"]?.facts).toEqual({ mailed: 1, fetched: 0 });
  });

  it.each([
    ["/canary/2026-03-02.json", 200],
    ["/canary/2026-99-02.json", 404],
    ["/canary/today.json", 404],
  ])(
    "has a document for each day and for nothing else, which no search engine is to keep: %s",
    async (path, status) => {
      const app = archiveApp({ ports: world.ports, mailbox: null, version: "1" });

      const answer = await app.request(path);

      expect(answer.status).toBe(status);
      if (status === 200) expect(answer.headers.get("x-robots-tag")).toBe("noindex");
    },
  );

  it("goes to a mailbox of its own where nobody is named, and with none is rendered and handed to no server", async () => {
    const nobody = { ...world.ports.settings, operatorEmail: undefined };
    Object.assign(world.ports, { settings: { ...nobody, canaryMailbox: "sink@example.net" } });
    const mailed = await runCanary(world.ports);
    wait(world, 86_400);
    Object.assign(world.ports, { settings: nobody });
    const kept = await runCanary(world.ports);

    expect([mailed, kept]).toEqual(["arrived", "arrived"]);
    expect(world.outbox.map(({ to }) => to)).toEqual(["sink@example.net"]);
    expect(world.logs.filter(({ step }) => step === "canary-arrived")).toMatchObject([
      { mailed: true },
      { mailed: false },
    ]);
    expect(JSON.stringify(world.logs)).not.toContain("@");
  });

  it("shows on /healthz, with or without an address to mail alarms to: well while it comes, 503 once it stays away", async () => {
    Object.assign(world.ports, { settings: { ...world.ports.settings, operatorEmail: undefined } });
    const app = archiveApp({ ports: world.ports, mailbox: null, version: "1" });
    const health = async () => {
      const answer = await app.request("/healthz");
      const { parts } = (await answer.json()) as { parts: Record<string, { detail: string }> };
      return [answer.status, parts["canary"]?.detail];
    };

    const before = await health();
    await runCanary(world.ports);
    const well = await health();
    wait(world, 27 * 3_600);
    // Mail parts are heard of: it is the canary alone that is missed.
    await world.store.beat("digests", world.now, {});
    const missed = await health();

    expect(before).toEqual([200, "none has come yet"]);
    expect(well).toEqual([
      200,
      "last came at 2026-03-02T10:00:00.000Z, rendered but mailed to nobody, not fetched",
    ]);
    expect(missed[0]).toBe(503);
  });

  it("cut short at any of its steps arrives an hour later, once, and comes no second time where the clock steps back", async () => {
    const ends: string[] = [];
    // Of its eighty-odd calls of the store every thirteenth.
    for (let at = 2; ends.at(-1) !== "ended before"; at += 13) {
      const one = await mailWorld(server);
      let calls = 0;
      const dying = (store: Store): Store =>
        new Proxy(store, {
          get: (whole, name: keyof Store) =>
            calls >= at ? () => Promise.reject(new Error("dead")) : counted(whole[name]),
        });
      const counted = <T>(call: T): T => {
        calls += 1;
        return call;
      };
      const settings = { ...one.ports.settings, operatorEmail: OPERATOR };
      const alive = {
        ...one.ports,
        ...spaceOf(one),
        models,
        parseFeed: parser.parseFeed,
        settings,
      };
      const dead = { ...alive, store: dying(alive.store), canaryStore: dying(alive.canaryStore) };

      const first = await runCanary(dead).catch(() => "dead");
      wait(one, 3_600);
      const second = await runCanary(alive);
      wait(one, 3 * 86_400);
      await runCanary(alive);
      wait(one, -3 * 86_400);
      const back = await runCanary(alive);
      ends.push(first === "arrived" ? "ended before" : `${second} ${back}`);

      const sent = new Set(one.outbox.map(({ messageId }) => messageId));
      expect([sent.size, one.outbox.length - sent.size <= 1], `${at}`).toEqual([2, true]);
      await one.close();
    }

    expect(ends.length).toBeGreaterThan(4);
    // `known`: the death came after all was done.
    for (const end of ends.slice(0, -1)) expect(["arrived known", "known known"]).toContain(end);
  });

  it("that fails is left for the next turn and its absence to tell: its message does not go round", async () => {
    Object.assign(world.ports, {
      parseFeed: async () => ({ kind: "failed", reason: "parse-crashed", detail: "exit 1" }),
    });

    await planCanary(world.ports);

    expect(world.logs).toContainEqual(
      expect.objectContaining({ step: "canary", failed: expect.stringContaining("parse-crashed") }),
    );
    expect(await planCanary(world.ports)).toBe(true);
    Object.assign(world.ports, { parseFeed: parser.parseFeed });
    await planCanary(world.ports);
    expect(await planCanary(world.ports)).toBe(false);
    expect(subjects()).toHaveLength(1);
  });
});

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FeedDefinition, type FeedState } from "../../shared/domain/feed.ts";
import { NO_FEEDS } from "../../shared/domain/feed-summary.ts";
import { newFeedState } from "../../shared/feeds/poll-schedule.ts";
import { alarmsOf, planAlarms, raiseAlarms } from "../../shared/flows/alarms.ts";
import { subscribe } from "../../shared/flows/subscribe.ts";
import type { DynamoServer } from "../servers/dynamo.ts";
import { flowServer, type MailWorld, mailWorld, wait } from "./mail-world.ts";

const NOW = new Date("2026-03-02T10:00:00.000Z");
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000).toISOString();
const beatsAt = (hours: Readonly<Record<string, number>>) =>
  Object.fromEntries(
    Object.entries(hours).map(([part, ago]) => [part, { at: hoursAgo(ago), facts: {} }]),
  );

function feed(over: Partial<FeedState> = {}): FeedState {
  const url = "https://example.org/feed";
  const definition = FeedDefinition.parse({ id: "a-feed", url, title: "A feed", kind: "press" });
  const seen = {
    firstPolledAt: hoursAgo(900),
    lastPolledAt: hoursAgo(1),
    lastSuccessAt: hoursAgo(1),
  };
  return { ...newFeedState(definition, NOW), ...seen, ...over };
}

const FAILURE = { at: hoursAgo(1), reason: "http-error", detail: "404" } as const;
const HABIT = { gapMinutes: 60, gaps: 20 };
const quiet = { feeds: [], figures: null, beats: {}, runsSince: null };

describe("what an operator is to look at", () => {
  it.each([
    ["a feed that works", { feeds: [feed()] }, []],
    [
      "a feed that failed this morning",
      { feeds: [feed({ failures: 4, lastFailure: FAILURE, lastSuccessAt: hoursAgo(8) })] },
      [],
    ],
    [
      "a feed that has failed for more than a day",
      { feeds: [feed({ failures: 9, lastFailure: FAILURE, lastSuccessAt: hoursAgo(30) })] },
      ["a-feed-fails"],
    ],
    [
      "a feed that was taken away",
      { feeds: [feed({ failures: 1, lastFailure: { ...FAILURE, reason: "gone" } })] },
      ["a-feed-fails"],
    ],
    [
      "a failing feed that was removed",
      {
        feeds: [
          feed({ removed: true, failures: 9, lastFailure: FAILURE, lastSuccessAt: hoursAgo(30) }),
        ],
      },
      [],
    ],
    [
      "a feed silent beyond its habit",
      { feeds: [feed({ lastNewItemAt: hoursAgo(100), learned: HABIT })] },
      ["a-feed-is-silent"],
    ],
    [
      "a feed silent within its habit",
      { feeds: [feed({ lastNewItemAt: hoursAgo(60), learned: HABIT })] },
      [],
    ],
    [
      "a feed that changed all its guids",
      { feeds: [feed({ learned: { churn: { at: hoursAgo(2), matched: 3, held: 9 } } })] },
      ["guids-changed"],
    ],
    ["a new installation", {}, []],
    ["polls heard of lately", { beats: beatsAt({ polls: 0.5, digests: 0.1, sweep: 2 }) }, []],
    [
      "polls and digests not heard of for an hour",
      { beats: beatsAt({ polls: 1.1, digests: 5 }) },
      ["silence", "silence"],
    ],
    [
      "parts of a process that has just begun",
      { beats: beatsAt({ polls: 50 }), runsSince: new Date(hoursAgo(0.5)) },
      [],
    ],
    [
      "parts of a process that hangs",
      { beats: beatsAt({ polls: 50, digests: 0, sweep: 0 }), runsSince: new Date(hoursAgo(2)) },
      ["silence"],
    ],
    ["a canary that came yesterday", { beats: beatsAt({ canary: 25 }) }, []],
    [
      "a canary that did not come",
      { beats: beatsAt({ canary: 27, "canary-since": 900 }) },
      ["canary"],
    ],
    ["a first canary that never came", { beats: beatsAt({ "canary-since": 27 }) }, ["canary"]],
    ["sign-ups dropped today", { beats: beatsAt({ "sign-up-cap": 1 }) }, ["sign-up-cap"]],
    [
      "feeds that were not polled",
      { figures: { ...NO_FEEDS, feeds: 9, overdue: 2, late: [feed().id] } },
      ["feeds-not-polled"],
    ],
    ["feeds that were all polled", { figures: { ...NO_FEEDS, feeds: 9 } }, []],
    [
      "a mail server that takes nothing",
      { beats: { "mail-failed": { at: hoursAgo(1), facts: { failed: 1, all: 1 } } } },
      ["mail-not-taken"],
    ],
    ["sign-ups dropped yesterday", { beats: beatsAt({ "sign-up-cap": 24 }) }, []],
  ])("%s", (_name, facts, expected) => {
    expect(alarmsOf({ ...quiet, ...facts }, NOW).map(({ runbook }) => runbook)).toEqual(expected);
  });

  it("finds each kind of alarm in the runbook", () => {
    const runbook = readFileSync(resolve(import.meta.dirname, "../../docs/runbook.md"), "utf8");
    const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading]) =>
      heading?.toLowerCase().replaceAll(" ", "-"),
    );
    const kinds = [
      "silence",
      "canary",
      "sign-up-cap",
      "a-feed-fails",
      "a-feed-is-silent",
      "guids-changed",
      "feeds-not-polled",
      "mail-not-taken",
    ];

    expect(kinds.filter((kind) => !headings.includes(kind))).toEqual([]);
  });

  it("keeps one name while the same thing lasts, and another where it comes anew", () => {
    const failing = (since: number) =>
      feed({ failures: 9, lastFailure: FAILURE, lastSuccessAt: hoursAgo(since) });
    const keyAt = (state: FeedState, now: Date) =>
      alarmsOf({ ...quiet, feeds: [state] }, now)[0]?.key;

    expect(keyAt(failing(30), NOW)).toBe(
      keyAt(failing(30), new Date(NOW.getTime() + 5 * 86_400_000)),
    );
    expect(keyAt(failing(30), NOW)).not.toBe(keyAt(failing(40), NOW));
  });
});

describe("alarms by mail", () => {
  let server: DynamoServer;
  let world: MailWorld;
  const failing = feed({
    failures: 9,
    lastFailure: FAILURE,
    lastSuccessAt: hoursAgo(30),
    nextPollAt: hoursAgo(-40),
  });

  beforeAll(async () => {
    server = await flowServer();
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    world = await mailWorld(server);
    Object.assign(world.ports, {
      settings: { ...world.ports.settings, operatorEmail: "operator@example.org" },
    });
    await world.store.seedFeeds([failing.definition], world.now);
    const seeded = await world.store.loadFeed(failing.id);
    await world.store.saveFeed({ ...failing, version: seeded?.version ?? 0 });
  });
  afterEach(() => world.close());

  it("come gathered, once, with the way to the runbook", async () => {
    await world.store.beat("polls", new Date(hoursAgo(3)), {});
    await raiseAlarms(world.ports);
    await raiseAlarms(world.ports);
    wait(world, 3_600);
    await raiseAlarms(world.ports);

    expect(world.outbox).toHaveLength(1);
    const [mail] = world.outbox;
    expect(mail).toMatchObject({ to: "operator@example.org", subject: "2 alarms" });
    expect(mail?.text.replaceAll(/\s+/g, " ")).toContain("See docs/runbook.md#silence");
    expect(mail?.text.replaceAll(/\s+/g, " ")).toContain("a-feed: no poll has succeeded since");
  });

  it("come again on the next day for a part that stays silent, and not for a feed", async () => {
    await world.store.beat("polls", new Date(hoursAgo(3)), {});
    await raiseAlarms(world.ports);
    wait(world, 86_400);

    expect(await raiseAlarms(world.ports)).toBe(1);
    expect(world.outbox[1]?.subject).toContain("The part “polls”");
  });

  it("are not lost where the mail server says no for now", async () => {
    world.answer = () => ({ kind: "deferred", detail: "451" });
    expect(await raiseAlarms(world.ports)).toBe(0);
    world.answer = () => ({ kind: "sent" });
    wait(world, 60);

    expect(await raiseAlarms(world.ports)).toBe(1);
  });

  it("tell of sign-ups that the cap has dropped, and log no address", async () => {
    const window = new Date(Math.floor(world.now.getTime() / 3_600_000) * 3_600_000);
    for (let i = 0; i < 300; i += 1) await world.store.countAttempt("global", window, 3_600);
    await subscribe(world.ports, { email: "a@example.org", cadence: "daily" }, "");
    await raiseAlarms(world.ports);

    expect(world.outbox[0]?.text.replaceAll(/\s+/g, " ")).toContain("So many signed up");
    expect(JSON.stringify(world.logs)).not.toContain("@");
  });

  it("are looked for again once a while has passed since they were last", async () => {
    const planned: boolean[] = [];
    for (const minutes of [0, 30, 30]) {
      wait(world, minutes * 60);
      planned.push(await planAlarms(world.ports));
    }

    expect(planned).toEqual([true, false, true]);
    expect(world.outbox).toHaveLength(1);
  });

  it("go to nobody where no operator is named", async () => {
    Object.assign(world.ports, { settings: { ...world.ports.settings, operatorEmail: undefined } });

    expect(await raiseAlarms(world.ports)).toBe(0);
    expect(await planAlarms(world.ports)).toBe(false);
  });
});

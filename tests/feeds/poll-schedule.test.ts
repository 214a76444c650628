import { describe, expect, test } from "vitest";
import { FeedDefinition, type FeedState } from "../../shared/domain/feed.ts";
import { healthOf } from "../../shared/feeds/feed-health.ts";
import {
  addressOf,
  afterPoll,
  isDue,
  newFeedState,
  type PollCounts,
  type PollOutcome,
  validatorsToSend,
  waitMinutes,
} from "../../shared/feeds/poll-schedule.ts";

const OWN = { pollSeconds: null };
const START = new Date("2026-03-01T12:00:00Z");
const later = (minutes: number, from = START): Date => new Date(from.getTime() + minutes * 60_000);
const definition = FeedDefinition.parse({
  id: "bills",
  url: "https://bills.parliament.example/rss",
  title: "Bills",
  kind: "parliament",
});
const fresh = (): FeedState => newFeedState(definition, START);
const read = (count: number): PollCounts => ({ read: 20, fresh: count });

type Fetched = Extract<PollOutcome, { kind: "fetched" }>;
const fetched = (over: Partial<Fetched> = {}, at = START): Fetched => ({
  kind: "fetched",
  validators: { etag: '"1"', lastModified: null, at: at.toISOString() },
  freshSeconds: null,
  movedTo: null,
  fingerprint: "f",
  feed: { ttlMinutes: null, skipHours: [] },
  seen: [],
  churn: null,
  complete: true,
  ...over,
});
const failed = (
  reason: Extract<PollOutcome, { kind: "failed" }>["reason"],
  retryAfterSeconds: number | null = null,
): PollOutcome => ({ kind: "failed", reason, detail: "x", retryAfterSeconds });
const minutesUntil = (state: FeedState, from: Date): number =>
  (Date.parse(state.nextPollAt) - from.getTime()) / 60_000;

describe("the next poll is as far off as the longest of what was asked, within an hour and a day", () => {
  const DAY = 1440;
  test.each([
    // learned, ttl, max-age in seconds, minutes
    [60, null, null, 60],
    [10, null, null, 60],
    [300, null, null, 300],
    [5000, null, null, DAY],
    [60, 1, null, 60],
    [60, 90, null, 90],
    [60, 100_000, null, DAY],
    [60, null, 0, 60],
    [60, null, 7_200, 120],
    [60, null, 31_536_000, DAY],
    [300, 90, 7_200, 300],
    [60, 90, 7_200, 120],
  ])("learned %s, ttl %s, max-age %s", (learned, ttl, fresh, expected) => {
    expect(waitMinutes(learned, ttl, fresh, OWN)).toBe(expected);
  });

  test("an operator's own figure stands for all of it", () => {
    expect(waitMinutes(300, 90, 7_200, { pollSeconds: 5 })).toBe(5 / 60);
  });
});

describe("the interval is learned from how often a feed changes", () => {
  function simulate(hoursBetweenNews: number, days: number) {
    let state = fresh();
    let now = START;
    let published = 0;
    let polls = 0;
    let worst = 0;
    while (now.getTime() < START.getTime() + days * 86_400_000) {
      const due = Math.floor((now.getTime() - START.getTime()) / (hoursBetweenNews * 3_600_000));
      const news = due - published;
      if (news > 0)
        worst = Math.max(
          worst,
          (now.getTime() - START.getTime()) / 3_600_000 - due * hoursBetweenNews,
        );
      published = due;
      state = afterPoll(state, fetched(), read(polls === 0 ? 20 : news), now, OWN);
      polls += 1;
      now = new Date(state.nextPollAt);
    }
    return { perDay: polls / days, interval: state.intervalMinutes, worst };
  }

  test("a busy feed is polled hourly", () => {
    expect(simulate(1, 7).perDay).toBeGreaterThan(23);
  });

  test("a daily feed is polled a few times a day, and its news waits less than eight hours", () => {
    const { perDay, worst } = simulate(24, 30);

    expect(perDay).toBeLessThan(10);
    expect(perDay).toBeGreaterThanOrEqual(2);
    expect(worst).toBeLessThan(8);
  });

  test("a yearly feed is still polled every day", () => {
    expect(simulate(24 * 365, 60).perDay).toBeGreaterThanOrEqual(1);
    expect(simulate(24 * 365, 60).interval).toBe(1440);
  });
});

describe("failures", () => {
  test("a failing feed is asked ever less often, but never less than daily", () => {
    let state = fresh();
    let now = START;
    const waits: number[] = [];
    for (let poll = 0; poll < 40; poll += 1) {
      state = afterPoll(state, failed("timeout"), read(0), now, OWN);
      waits.push(minutesUntil(state, now));
      now = new Date(state.nextPollAt);
    }

    expect(waits.slice(0, 6)).toEqual([60, 120, 240, 480, 960, 1440]);
    expect(Math.max(...waits)).toBe(1440);
    expect(state.failures).toBe(40);
  });

  test.each([
    [3_600, 60],
    [7_200, 120],
    [86_400, 1440],
    [10, 60],
    [null, 60],
  ])("Retry-After %s waits %s minutes", (seconds, minutes) => {
    const state = afterPoll(fresh(), failed("rate-limited", seconds), read(0), START, OWN);

    expect(minutesUntil(state, START)).toBe(minutes);
  });

  test("a gone feed is never due again, and says so", () => {
    const state = afterPoll(fresh(), failed("gone"), read(0), START, OWN);

    expect(isDue(state, later(60 * 24 * 365 * 50))).toBe(false);
    expect(healthOf(state, later(60)).status).toBe("gone");
  });

  test("a failure changes nothing of what was stored", () => {
    const good = afterPoll(fresh(), fetched({ seen: ["a|b"] }), read(20), START, OWN);

    const bad = afterPoll(good, failed("html"), read(0), later(60), OWN);

    expect(bad).toMatchObject({
      validators: good.validators,
      bodyFingerprint: "f",
      learned: good.learned,
      lastSuccessAt: good.lastSuccessAt,
      firstPolledAt: good.firstPolledAt,
    });
    expect(bad.lastFailure).toMatchObject({ reason: "html" });
  });

  test("a success ends the back-off and keeps the last failure for the page", () => {
    const bad = afterPoll(fresh(), failed("timeout"), read(0), START, OWN);

    const good = afterPoll(bad, fetched(), read(1), later(60), OWN);

    expect(good).toMatchObject({ failures: 0, lastFailure: { reason: "timeout" } });
    expect(healthOf(good, later(60)).status).toBe("ok");
  });
});

describe("hours to skip", () => {
  const night = fetched({ feed: { ttlMinutes: null, skipHours: [0, 1, 2, 3, 4, 5] } });

  test("no poll falls into them", () => {
    let state = fresh();
    let now = START;
    for (let poll = 0; poll < 200; poll += 1) {
      state = afterPoll(state, poll % 7 === 3 ? failed("timeout") : night, read(1), now, OWN);
      now = new Date(state.nextPollAt);
      expect(now.getUTCHours()).toBeGreaterThanOrEqual(6);
    }
  });

  test("a feed that skips all of them is polled all the same", () => {
    const all = fetched({
      feed: { ttlMinutes: null, skipHours: Array.from({ length: 24 }, (_, hour) => hour) },
    });

    expect(minutesUntil(afterPoll(fresh(), all, read(1), START, OWN), START)).toBe(60);
  });
});

describe("validators", () => {
  const at = (outcome: PollOutcome, state = fresh(), now = START) =>
    afterPoll(state, outcome, read(0), now, OWN);

  test("the newest pair is kept though the body is the same, and though the answer was a 304", () => {
    const one = at(fetched());
    const two = at(
      fetched({
        feed: null,
        validators: { etag: '"2"', lastModified: "x", at: START.toISOString() },
      }),
      one,
    );
    const three = at(
      {
        kind: "not-modified",
        validators: { etag: '"3"', lastModified: "x", at: START.toISOString() },
        freshSeconds: null,
        movedTo: null,
      },
      two,
    );

    expect([two, three].map((state) => state.validators?.etag)).toEqual(['"2"', '"3"']);
  });

  test("a document whose items could not all be stored is asked for whole again, still as a first poll", () => {
    const state = at(fetched({ complete: false, seen: ["a|b"] }));

    expect(state).toMatchObject({ validators: null, bodyFingerprint: null, firstPolledAt: null });
    expect(validatorsToSend(state, START)).toBeNull();
    expect(state.learned["seen"]).toEqual([]);
  });

  test("a server that answers 304 for ever is asked for the whole after eight days", () => {
    const state = at(fetched());

    expect(validatorsToSend(state, later(60 * 24 * 7))).not.toBeNull();
    expect(validatorsToSend(state, later(60 * 24 * 9))).toBeNull();
  });
});

describe("moving", () => {
  const moved = (to: string | null) => fetched({ movedTo: to });
  const NEW = "https://new.example/feed";
  const stateAfter = (...hops: (string | null)[]): FeedState =>
    hops.reduce((state, to) => afterPoll(state, moved(to), read(0), START, OWN), fresh());

  test("three permanent redirects running move the feed, and its domain", () => {
    expect(addressOf(stateAfter(NEW, NEW))).toBe(definition.url);
    expect(addressOf(stateAfter(NEW, NEW, NEW))).toBe(NEW);
    expect(stateAfter(NEW, NEW, NEW).domain).toBe("new.example");
  });

  test("a flapping redirect never moves it", () => {
    expect(addressOf(stateAfter(NEW, NEW, null, NEW, NEW, null))).toBe(definition.url);
    expect(addressOf(stateAfter(NEW, "https://other.example/", NEW, NEW))).toBe(definition.url);
  });

  test("a moved feed stays moved, and its history with it", () => {
    const state = stateAfter(NEW, NEW, NEW, null, null);

    expect(addressOf(state)).toBe(NEW);
    expect(state.id).toBe("bills");
  });

  test("a new address in the catalogue is taken up at once", () => {
    const state = stateAfter(NEW, NEW, NEW);

    expect(
      addressOf({ ...state, definition: { ...definition, url: "https://third.example/" } }),
    ).toBe("https://third.example/");
  });
});

describe("health", () => {
  const poll = (state: FeedState, minutes: number, news: number) =>
    afterPoll(state, fetched(), read(news), later(minutes), OWN);

  test("a feed that falls silent beyond its habit is seen, though every poll succeeds", () => {
    let state = fresh();
    for (let hour = 0; hour < 24; hour += 1) state = poll(state, hour * 60, 1);
    expect(healthOf(state, later(24 * 60)).status).toBe("ok");

    for (let hour = 24; hour < 24 * 5; hour += 1) state = poll(state, hour * 60, 0);

    expect(healthOf(state, later(5 * 24 * 60)).status).toBe("silent");
  });

  test("a feed that never has much to say is not called silent", () => {
    let state = fresh();
    for (let week = 0; week < 6; week += 1) state = poll(state, week * 7 * 1440, 1);

    expect(healthOf(state, later(9 * 7 * 1440)).status).toBe("ok");
  });

  test("one failure is not an alarm, a day of them is", () => {
    let state = poll(fresh(), 0, 1);
    state = afterPoll(state, failed("timeout"), read(0), later(60), OWN);
    expect(healthOf(state, later(61))).toMatchObject({ status: "degraded", reason: "timeout" });

    for (let hour = 2; hour < 30; hour += 4)
      state = afterPoll(state, failed("timeout"), read(0), later(hour * 60), OWN);

    expect(healthOf(state, later(30 * 60)).status).toBe("failing");
  });
});

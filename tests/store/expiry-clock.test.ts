import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lookAtClock, type SeenClock } from "../../shared/store/expiry-clock.ts";
import { memoryStore, type TestStore } from "../servers/dynamo.ts";
import { sampleDecision, sampleItem, sampleQuery, sampleSubscriber } from "./samples.ts";

const NOW = new Date("2026-03-02T00:00:00.000Z");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const TEN_YEARS = 3_653 * DAY;
const later = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);

describe("the clock that rows expire by", () => {
  const trustedAfter = (instants: readonly Date[]) =>
    instants.reduce<SeenClock | null>((seen, now) => lookAtClock(seen, now), null)?.trusted;

  it("is the machine's while that goes on steadily", () => {
    expect(trustedAfter([NOW, later(HOUR), later(20 * HOUR)])).toBe(later(20 * HOUR).toISOString());
  });

  it("stands still where that jumps ahead, and goes on where it comes back", () => {
    expect(trustedAfter([NOW, later(TEN_YEARS), later(TEN_YEARS + HOUR)])).toBe(NOW.toISOString());
    expect(trustedAfter([NOW, later(TEN_YEARS), later(HOUR)])).toBe(later(HOUR).toISOString());
  });

  it.each([2, 7, 30])(
    "follows a machine that looks every %i days, from the third look on",
    (days) => {
      const looks = Array.from({ length: 4 }, (_, look) => later(look * days * DAY));

      expect(trustedAfter(looks.slice(0, 2))).toBe(NOW.toISOString());
      expect(trustedAfter(looks)).toBe(later(3 * days * DAY).toISOString());
    },
  );

  it("stands still where that jumps out of its rhythm, or twice as far", () => {
    const weekly = [NOW, later(7 * DAY), later(14 * DAY)];
    const trusted = later(14 * DAY).toISOString();

    expect(trustedAfter([...weekly, later(14 * DAY + TEN_YEARS)])).toBe(trusted);
    expect(trustedAfter([...weekly, later(35 * DAY)])).toBe(trusted);
    expect(trustedAfter([NOW, later(TEN_YEARS), NOW, later(TEN_YEARS)])).toBe(NOW.toISOString());
  });

  it("follows a machine that was off for long, after three days of going on", () => {
    const hourly = (hours: number) =>
      Array.from({ length: hours }, (_, hour) => later(60 * DAY + hour * HOUR));

    expect(trustedAfter([NOW, ...hourly(71)])).toBe(NOW.toISOString());
    expect(trustedAfter([NOW, ...hourly(73)])).toBe(later(60 * DAY + 72 * HOUR).toISOString());
  });
});

describe("a clock that was ten years ahead for some hours", () => {
  let now = NOW;
  let open: TestStore;
  beforeEach(async () => {
    now = NOW;
    open = memoryStore(() => now);
    await open.store.sweepExpired(NOW);
  });
  afterEach(() => open.close());

  it("has nothing deleted: neither who was mailed what, nor sign-ups, nor items", async () => {
    const { store } = open;
    const { id } = sampleSubscriber("a");
    await store.saveSubscriber(sampleSubscriber("p", { state: "pending" }));
    await store.putPending(sampleItem("noise"), null);
    await store.settleItem(sampleItem("noise"), sampleDecision({ relevant: false }), NOW);
    await store.claimSend(id, "digest", NOW, 60);
    await store.recordSend(id, "digest", "sent", NOW);

    now = later(TEN_YEARS);
    const swept = [await store.sweepExpired(now)];
    now = later(TEN_YEARS + HOUR);
    swept.push(await store.sweepExpired(now));
    const during = await store.queryItems(sampleQuery({ relevant: "any" }));
    const pending = await store.loadSubscriber(sampleSubscriber("p").id);
    now = later(2 * HOUR);
    swept.push(await store.sweepExpired(now));

    expect(swept).toEqual([0, 0, 0]);
    expect(during.rows).toHaveLength(1);
    expect(pending?.state).toBe("pending");
    expect(await store.claimSend(id, "digest", now, 60)).toBe("done");
  });

  it("lets a story that is told again be known for told", async () => {
    const { store } = open;
    const [first, second] = [sampleItem("a").id, sampleItem("b").id];
    await store.claimStory(["headline"], first, NOW);
    now = later(TEN_YEARS);

    expect(await store.claimStory(["headline"], second, now)).toEqual([first]);
  });
});

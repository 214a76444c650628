import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { planDigests } from "../../shared/flows/plan-digests.ts";
import { changePreferences } from "../../shared/flows/preferences.ts";
import type { DynamoServer } from "../servers/dynamo.ts";
import { DOSSIER, sampleDecision } from "../store/samples.ts";
import {
  enrol,
  flowServer,
  leaveHalf,
  type MailWorld,
  mailWorld,
  publish,
  resurface,
  takeBack,
  tokenIn,
  wait,
} from "./mail-world.ts";

const HOUR = 3_600;
const DAY = 24 * HOUR;

let server: DynamoServer;
let world: MailWorld;

beforeAll(async () => {
  server = await flowServer();
});
afterAll(() => server.close());
// A Monday, ten in the morning (UTC).
beforeEach(async () => {
  world = await mailWorld(server);
});
afterEach(() => world.close());

const mailsWith = (word: string) => world.outbox.filter(({ text }) => text.includes(word)).length;

describe("a daily digest", () => {
  it("brings what was first seen since the last one, at seven where its reader lives", async () => {
    await enrol(world, "paris@example.org", { cadence: "daily", timezone: "Europe/Paris" });
    await publish(world, "before-noon");
    wait(world, 19 * HOUR);
    await planDigests(world.ports);
    const atFive = world.outbox.length;
    wait(world, HOUR);

    await planDigests(world.ports);

    expect(atFive).toBe(0);
    expect(world.outbox).toHaveLength(1);
    expect(world.outbox[0]?.subject).toBe("Your day: 1 new item");
    expect(mailsWith("before-noon")).toBe(1);
  });

  it("is not sent when it is empty, and loses nothing by that", async () => {
    await enrol(world, "reader@example.org", { cadence: "daily" });
    wait(world, DAY);
    await planDigests(world.ports);
    await publish(world, "late");
    wait(world, DAY);

    await planDigests(world.ports);

    expect(world.outbox).toHaveLength(1);
    expect(mailsWith("late")).toBe(1);
  });

  it("says that it was quiet to who chose that, once a day, with what was looked at", async () => {
    await enrol(world, "reader@example.org", { cadence: "daily", quietNote: true });
    wait(world, DAY);
    await planDigests(world.ports);
    await planDigests(world.ports);

    expect(world.outbox.map(({ subject }) => subject)).toEqual(["A quiet day"]);
    expect(world.outbox[0]?.text).toContain("0 feeds checked");
  });

  it("each item is in exactly one digest, day after day", async () => {
    await enrol(world, "reader@example.org", { cadence: "daily" });
    for (let day = 0; day < 5; day += 1) {
      for (const part of ["a", "b", "c"]) {
        await publish(world, `day${day}${part}`);
        wait(world, 7 * HOUR);
        await planDigests(world.ports);
      }
      wait(world, 3 * HOUR);
    }
    wait(world, DAY);

    await planDigests(world.ports);

    for (let day = 0; day < 5; day += 1)
      for (const part of ["a", "b", "c"]) expect(mailsWith(`dérobée day${day}${part}`)).toBe(1);
  });

  it("covers an outage of days in one mail", async () => {
    await enrol(world, "reader@example.org", { cadence: "daily" });
    await publish(world, "first-day");
    wait(world, 2 * DAY);
    await publish(world, "third-day");
    wait(world, 2 * DAY);

    await planDigests(world.ports);
    wait(world, 60);
    await planDigests(world.ports);

    expect(world.outbox).toHaveLength(1);
    expect(world.outbox[0]?.text).toMatch(/third-day[\s\S]*first-day/);
  });

  it("carries what is not confirmed under its own heading, and tells it as news once it is confirmed, once", async () => {
    await enrol(world, "reader@example.org", { cadence: "daily" });
    await enrol(world, "no@example.org", { cadence: "daily", possible: false });
    await enrol(world, "at-once@example.org");
    const event = await resurface(world, "rumour", { event: "possible", reportedBy: "press" });
    wait(world, DAY);
    await planDigests(world.ports);
    const first = world.outbox.splice(0);
    await takeBack(world, event, { event: "resurfaced" });
    for (let day = 0; day < 3; day += 1) {
      wait(world, DAY);
      await planDigests(world.ports);
    }

    const [asked, refused] = ["reader@example.org", "no@example.org"].map((address) =>
      first.find(({ to }) => to === address),
    );
    expect(first).toHaveLength(2);
    expect(asked?.subject).toBe("Your day: 1 dossier reported back, not confirmed");
    expect(asked?.text).toMatch(/Reported, not confirmed\n=+\n\nNot confirmed: Back/);
    expect(asked?.text.match(/example\.org\/rumour\n/g)).toHaveLength(1);
    expect(refused?.subject).toBe("Your day: 1 new item");
    expect(refused?.text).not.toContain("onfirmed");
    expect(world.outbox.map(({ to }) => to).sort()).toEqual([
      "at-once@example.org",
      "no@example.org",
      "reader@example.org",
    ]);
    for (const { text } of world.outbox) {
      expect(text).toContain("Back from rejected");
      expect(text).not.toContain("onfirmed");
    }
  });

  it("tells as news alone what is confirmed before its week is over", async () => {
    await enrol(world, "weekly@example.org", { cadence: "weekly" });
    const event = await resurface(world, "rumour", { event: "possible", reportedBy: "press" });
    wait(world, DAY);
    await takeBack(world, event, { event: "resurfaced" });
    for (let day = 0; day < 15; day += 1) {
      wait(world, DAY);
      await planDigests(world.ports);
    }

    expect(world.outbox.map(({ subject }) => subject)).toEqual(["Your week: 1 dossier is back"]);
  });

  it("that told a possible one corrects nothing when it turns out to be none", async () => {
    await enrol(world, "reader@example.org", { cadence: "daily" });
    const event = await resurface(world, "rumour", { event: "possible", reportedBy: "press" });
    wait(world, DAY);
    await planDigests(world.ports);
    await takeBack(world, event);
    wait(world, 2 * DAY);
    await planDigests(world.ports);

    expect(world.outbox).toHaveLength(1);
  });

  it("puts institutions before those who write about them", async () => {
    await enrol(world, "reader@example.org", { cadence: "daily" });
    const feed = { id: "senat" as never, jurisdiction: "FR", language: "fr" };
    await publish(world, "official", { feed: { ...feed, kind: "parliament" } });
    wait(world, HOUR);
    await publish(world, "echo");
    wait(world, DAY);

    await planDigests(world.ports);

    expect(world.outbox[0]?.text).toMatch(/official[\s\S]*echo/);
  });

  it("carries only what was asked for, and what a feed's first poll brought never", async () => {
    await enrol(world, "reader@example.org", { cadence: "daily", dossiers: [DOSSIER] });
    await publish(world, "mine", {}, { dossier: DOSSIER });
    await publish(world, "other");
    await publish(world, "old", { backfill: true }, { dossier: DOSSIER });
    wait(world, DAY);

    await planDigests(world.ports);

    expect([mailsWith("mine"), mailsWith("other"), mailsWith("/old")]).toEqual([1, 0, 0]);
  });

  it("shows a late or back-dated item with both its dates", async () => {
    await enrol(world, "reader@example.org", { cadence: "daily" });
    const longAgo = "2026-01-05T09:00:00.000Z";
    await publish(world, "forgotten", { publishedAt: longAgo, effectiveAt: longAgo });
    wait(world, DAY);

    await planDigests(world.ports);

    expect(world.outbox[0]?.text.replace(/\s+/g, " ")).toContain(
      "published late: dated 5 January 2026, seen 2 March 2026",
    );
  });

  it("keeps its place through a deferral: the same digest, the same Message-ID, once", async () => {
    await enrol(world, "reader@example.org", { cadence: "daily" });
    await publish(world, "item");
    wait(world, DAY);
    const ids: string[] = [];
    world.answer = ({ messageId }) => {
      ids.push(messageId);
      return ids.length < 3 ? { kind: "deferred", detail: "451" } : { kind: "sent" };
    };
    for (let turn = 0; turn < 5; turn += 1) {
      await planDigests(world.ports).catch(() => {});
      wait(world, 2 * HOUR);
    }

    expect(new Set(ids).size).toBe(1);
    expect(world.outbox).toHaveLength(1);
  });

  it("waits for an item of its day that a crash left half-settled", async () => {
    await enrol(world, "reader@example.org", { cadence: "daily" });
    await publish(world, "whole");
    const item = await leaveHalf(world, "half");
    wait(world, DAY);
    await expect(planDigests(world.ports)).rejects.toThrow("deferred");
    const early = world.outbox.length;
    await world.store.settleItem(item, sampleDecision(), world.now);

    await planDigests(world.ports);

    expect(early).toBe(0);
    expect(world.outbox).toHaveLength(1);
    expect([mailsWith("/whole"), mailsWith("/half")]).toEqual([1, 1]);
  });

  it("two schedulers send it once", async () => {
    for (let i = 0; i < 20; i += 1)
      await enrol(world, `reader${i}@example.org`, { cadence: "daily" });
    await publish(world, "item");
    wait(world, DAY);

    await Promise.allSettled([planDigests(world.ports), planDigests(world.ports)]);
    wait(world, HOUR);
    await planDigests(world.ports);

    expect(new Set(world.outbox.map(({ to }) => to)).size).toBe(20);
    expect(world.outbox).toHaveLength(20);
  });
});

describe("a weekly digest", () => {
  it("comes on Monday with the whole week, resurfacings first", async () => {
    await enrol(world, "reader@example.org", { cadence: "weekly", language: "de" });
    await publish(world, "tuesday");
    wait(world, DAY);
    await resurface(world, "comeback");
    for (let day = 0; day < 6; day += 1) {
      await planDigests(world.ports);
      wait(world, DAY);
    }

    await planDigests(world.ports);

    expect(world.outbox).toHaveLength(1);
    expect(world.outbox[0]?.subject).toBe("Ihre Woche: 1 Vorgang ist zurück, 1 neue Meldung");
    expect(mailsWith("Zurück nach Ablehnung und 200 Tagen Stille")).toBe(1);
    expect(world.outbox[0]?.text).toMatch(/comeback[\s\S]*tuesday/);
  });
});

describe("changing one's mind", () => {
  it("from daily to immediate sends what the day had gathered, and then what comes back", async () => {
    await enrol(world, "reader@example.org", { cadence: "daily" });
    await publish(world, "yesterday");
    wait(world, DAY);
    await planDigests(world.ports);
    const token = tokenIn(world.outbox[0], "preferences");
    await resurface(world, "gathered");
    wait(world, HOUR);
    await planDigests(world.ports);
    await changePreferences(world.ports, token, "save", { cadence: "immediate" });
    await resurface(world, "after");
    wait(world, HOUR);

    await planDigests(world.ports);

    expect(mailsWith("dérobée gathered")).toBe(1);
    expect(mailsWith("dérobée after")).toBe(1);
  });

  it("from daily to immediate while the mail server defers changes nothing and loses nothing", async () => {
    await enrol(world, "reader@example.org", { cadence: "daily" });
    await publish(world, "yesterday");
    wait(world, DAY);
    await planDigests(world.ports);
    const token = tokenIn(world.outbox[0], "preferences");
    await resurface(world, "gathered");
    wait(world, HOUR);
    world.answer = () => ({ kind: "deferred", detail: "451 not now" });

    const refused = await changePreferences(world.ports, token, "save", { cadence: "immediate" });
    world.answer = () => ({ kind: "sent" });
    wait(world, DAY);
    await planDigests(world.ports).catch(() => undefined);
    const taken = await changePreferences(world.ports, token, "save", { cadence: "immediate" });

    expect([refused.kind, taken.kind]).toEqual(["later", "done"]);
    expect(mailsWith("dérobée gathered")).toBe(1);
  });

  it("from daily to immediate, what the closing digest told is not told again at once", async () => {
    await enrol(world, "reader@example.org", { cadence: "daily" });
    await publish(world, "yesterday");
    wait(world, DAY);
    await planDigests(world.ports);
    await resurface(world, "comeback");
    wait(world, 60);
    const token = tokenIn(world.outbox[0], "preferences");
    await changePreferences(world.ports, token, "save", { cadence: "immediate" });
    wait(world, 600);
    await planDigests(world.ports);

    expect(world.outbox.map(({ text }) => /Back from/.test(text))).toEqual([false, true]);
  });

  it("from immediate to daily, what waits to be told at once comes with the first digest, and nothing told before", async () => {
    await enrol(world, "reader@example.org");
    await resurface(world, "first");
    wait(world, 500);
    await resurface(world, "second");
    wait(world, 100);
    await planDigests(world.ports);
    await resurface(world, "third");
    wait(world, 60);
    const token = tokenIn(world.outbox[0], "preferences");
    await changePreferences(world.ports, token, "save", { cadence: "daily" });
    for (let day = 0; day < 3; day += 1) {
      wait(world, DAY);
      await planDigests(world.ports);
    }

    expect(world.outbox.map(({ subject }) => subject)).toEqual([
      "Back from rejected after 200 quiet days: France: access to encrypted messaging",
      "Your day: 1 dossier is back",
    ]);
    for (const key of ["first", "second", "third"]) expect(mailsWith(`dérobée ${key}`)).toBe(1);
  });

  it("a pause sends nothing, then or afterwards", async () => {
    await enrol(world, "reader@example.org", { cadence: "daily" });
    await publish(world, "one");
    wait(world, DAY);
    await planDigests(world.ports);
    const token = tokenIn(world.outbox[0], "preferences");
    await changePreferences(world.ports, token, "pause", {});
    await publish(world, "two");
    wait(world, DAY);
    await planDigests(world.ports);
    await changePreferences(world.ports, token, "resume", {});
    await publish(world, "three");
    wait(world, DAY);

    await planDigests(world.ports);

    expect([mailsWith("/one"), mailsWith("/two"), mailsWith("/three")]).toEqual([1, 0, 1]);
  });

  it("deleting everything leaves a mark and no address, and no mail", async () => {
    const subscriber = await enrol(world, "reader@example.org", { cadence: "daily" });
    await publish(world, "one");
    wait(world, DAY);
    await planDigests(world.ports);
    const token = tokenIn(world.outbox[0], "preferences");

    await changePreferences(world.ports, token, "delete", {});
    await publish(world, "two");
    wait(world, DAY);
    await planDigests(world.ports);

    expect(await world.store.loadSubscriber(subscriber.id)).toBeNull();
    expect(await world.store.suppressionOf(subscriber.id)).toBe("deleted");
    expect(world.outbox).toHaveLength(1);
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { subscriberIdOf } from "../../shared/digests/address.ts";
import { readIssueQuery } from "../../shared/digests/issue.ts";
import type { DossierEvent } from "../../shared/domain/dossier.ts";
import type { Mail } from "../../shared/domain/mail.ts";
import { loadIssue } from "../../shared/flows/load-issue.ts";
import { planDigests } from "../../shared/flows/plan-digests.ts";
import { SUBSCRIBER_SHARDS } from "../../shared/flows/ports.ts";
import { changePreferences } from "../../shared/flows/preferences.ts";
import { unsubscribe } from "../../shared/flows/unsubscribe.ts";
import { shardOf } from "../../shared/store/table.ts";
import type { DynamoServer } from "../servers/dynamo.ts";
import {
  enrol,
  flowServer,
  type MailWorld,
  mailWorld,
  portsFor,
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

const HEADING = /^Corrections$/m;
const isCorrection = ({ text }: Mail) => HEADING.test(text);
const corrections = () => world.outbox.filter(isCorrection);
const addressees = () =>
  corrections()
    .map(({ to }) => to)
    .sort();

/** Comes back, and is told to those who are mailed at once. */
async function told(key = "comeback"): Promise<DossierEvent> {
  const event = await resurface(world, key);
  wait(world, 600);
  await planDigests(world.ports);
  return event;
}

/** Time passes, and everything that is due is sent. */
async function pass(seconds: number): Promise<void> {
  wait(world, seconds);
  await planDigests(world.ports);
}

describe("an event that is taken back, to those who are mailed at once", () => {
  it("is told once to each who was mailed it, and to nobody else", async () => {
    await enrol(world, "reader@example.org");
    await enrol(world, "france@example.org", { jurisdictions: ["FR"] });
    await enrol(world, "germany@example.org", { jurisdictions: ["DE"] });
    const event = await told();
    await enrol(world, "newcomer@example.org");

    await takeBack(world, event);
    for (let turn = 0; turn < 4; turn += 1) await pass(600);

    expect(addressees()).toEqual(["france@example.org", "reader@example.org"]);
  });

  it("says which, when it was mailed, why in the operator's words, and where to read on", async () => {
    await enrol(world, "reader@example.org");
    const event = await told();
    await takeBack(world, event);
    await pass(DAY);

    const [mail] = corrections();
    const text = mail?.text.replace(/\s+/g, " ");
    expect(mail?.subject).toBe("Correction: France: access to encrypted messaging");
    expect(text).toContain("We wrote on 2 March 2026: Back from rejected after 200 quiet days");
    expect(text).toContain("The reason given: “an old bill”");
    expect(mail?.text).toContain(`https://watch.example.org/events/${event.id}\n`);
    expect(mail?.headers["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
  });

  it("waits for the coalescing time, and goes in one mail with what its dossier has to tell", async () => {
    await enrol(world, "reader@example.org");
    const event = await told();
    await takeBack(world, event);
    await pass(300);
    const early = corrections().length;
    await resurface(world, "another");
    await pass(300);
    await pass(600);

    expect(early).toBe(0);
    expect(
      corrections().map(({ text }) => /another[\s\S]*Corrections[\s\S]*comeback/.test(text)),
    ).toEqual([true]);
    expect(world.outbox).toHaveLength(2);
  });

  it("reaches also who asks for something else by now", async () => {
    await enrol(world, "reader@example.org");
    const event = await told();
    const token = tokenIn(world.outbox[0], "preferences");
    await changePreferences(world.ports, token, "save", {
      cadence: "immediate",
      jurisdictions: ["DE"],
    });
    await takeBack(world, event);
    await pass(600);

    expect(addressees()).toEqual(["reader@example.org"]);
  });

  it("is no news where nobody was told yet", async () => {
    await enrol(world, "reader@example.org");
    const event = await resurface(world, "comeback");
    wait(world, 300);
    await takeBack(world, event);
    await pass(600);
    await pass(DAY);

    expect(world.outbox).toEqual([]);
  });

  it("is not told where the event stands again before that", async () => {
    await enrol(world, "reader@example.org");
    const event = await told();
    await takeBack(world, event, { state: "superseded" });
    await takeBack(world, event, {});
    await pass(600);
    await pass(DAY);

    expect(world.outbox).toHaveLength(1);
  });

  it("is told once, however often the event falls and rises", async () => {
    await enrol(world, "reader@example.org");
    const event = await told();
    for (let turn = 0; turn < 3; turn += 1) {
      await takeBack(world, event, { state: "superseded" });
      await pass(DAY);
      await takeBack(world, event, {});
      await pass(DAY);
    }

    expect(corrections()).toHaveLength(1);
    expect(world.outbox).toHaveLength(2);
  });

  it("is not mailed to who has left since", async () => {
    await enrol(world, "reader@example.org");
    const event = await told();
    await unsubscribe(world.ports, tokenIn(world.outbox[0], "unsubscribe"));
    await takeBack(world, event);
    await pass(600);

    expect(corrections()).toEqual([]);
  });

  it("two schedulers at once tell everybody once", async () => {
    for (let i = 0; i < 20; i += 1) await enrol(world, `reader${i}@example.org`);
    const event = await told();
    await takeBack(world, event);
    wait(world, 600);
    await Promise.allSettled([planDigests(world.ports), planDigests(world.ports)]);
    await pass(HOUR);

    expect(corrections()).toHaveLength(20);
    expect(new Set(addressees()).size).toBe(20);
  });

  it("a reader whose mail of the event may never have arrived is told, and a refused one is not", async () => {
    for (const name of ["lost", "refused", "fine"]) await enrol(world, `${name}@example.org`);
    const event = await resurface(world, "comeback");
    wait(world, 600);
    world.answer = ({ to }) => {
      if (to.startsWith("lost")) return { kind: "unknown", detail: "line lost" };
      if (to.startsWith("refused")) return { kind: "refused", detail: "554 not liked" };
      return { kind: "sent" };
    };
    await expect(planDigests(world.ports)).rejects.toThrow("deferred");
    world.answer = () => ({ kind: "sent" });
    await takeBack(world, event);
    await pass(HOUR);
    await pass(HOUR);

    expect(addressees()).toEqual(["fine@example.org", "lost@example.org"]);
  });

  it("a correction of unknown fate is repeated once, under the same Message-ID", async () => {
    await enrol(world, "reader@example.org");
    const event = await told();
    await takeBack(world, event);
    wait(world, 600);
    const ids: string[] = [];
    world.answer = ({ messageId }) => {
      ids.push(messageId);
      return ids.length === 1 ? { kind: "unknown", detail: "line lost" } : { kind: "sent" };
    };
    await expect(planDigests(world.ports)).rejects.toThrow("deferred");
    await pass(HOUR);
    await pass(HOUR);

    expect(ids).toHaveLength(2);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[0]).not.toBe(world.outbox[0]?.messageId);
  });

  it("stops the telling of an event that is under way: of one shard's readers nobody is told long after", async () => {
    const { secrets } = world.ports;
    const people = Array.from({ length: 600 }, (_, i) => `reader${i}@example.org`)
      .filter((to) => shardOf(subscriberIdOf(secrets.lookupKey, to), SUBSCRIBER_SHARDS) === 0)
      .slice(0, 24);
    for (const person of people) await enrol(world, person);
    const event = await resurface(world, "comeback");
    wait(world, 600);
    let taken: Promise<void> | null = null;
    const slow = portsFor(world.store, {
      now: world.ports.now,
      log: world.ports.log,
      sendMail: async (mail, kind) => {
        taken ??= takeBack(world, event);
        await taken;
        wait(world, 31);
        return world.ports.sendMail(mail, kind);
      },
    });
    await planDigests(slow);
    const misled = new Set(world.outbox.map(({ to }) => to));
    await pass(HOUR);

    expect(people).toHaveLength(24);
    expect(misled.size).toBeGreaterThan(0);
    // Those in hand when it was taken back, and no more.
    expect(misled.size).toBeLessThanOrEqual(8);
    expect(addressees()).toEqual([...misled].sort());
  });
});

describe("an event that is taken back, to those who get digests", () => {
  it("comes with the next digest of who was told it by the last one, once", async () => {
    await enrol(world, "reader@example.org", { cadence: "daily" });
    await enrol(world, "germany@example.org", { cadence: "daily", jurisdictions: ["DE"] });
    const event = await resurface(world, "comeback");
    await pass(DAY);
    await enrol(world, "newcomer@example.org", { cadence: "daily" });
    await takeBack(world, event);
    await publish(world, "fresh");
    for (let day = 0; day < 4; day += 1) await pass(DAY);

    const [mail] = corrections();
    expect(addressees()).toEqual(["reader@example.org"]);
    expect(mail?.subject).toBe("Your day: 1 correction, 1 new item");
    expect(mail?.text).toMatch(/^Corrections\n[\s\S]*an old bill[\s\S]*^Also new\n[\s\S]*fresh/m);
    expect(mail?.text.replace(/\s+/g, " ")).toContain("We wrote on 3 March 2026: Back from");
  });

  it("makes a digest where there is nothing else, and none for who has nothing to be told", async () => {
    await enrol(world, "reader@example.org", { cadence: "weekly" });
    const event = await resurface(world, "comeback");
    await pass(7 * DAY);
    await enrol(world, "newcomer@example.org", { cadence: "weekly" });
    await takeBack(world, event);
    await pass(7 * DAY);

    expect(world.outbox.map(({ to, subject }) => [to, subject])).toEqual([
      ["reader@example.org", "Your week: 1 dossier is back"],
      ["reader@example.org", "Your week: 1 correction"],
    ]);
  });

  it("its permalink shows what everybody with these choices was told and is no longer so", async () => {
    await enrol(world, "reader@example.org", { cadence: "daily" });
    const event = await resurface(world, "comeback");
    await pass(DAY);
    await takeBack(world, event);
    await pass(DAY);
    const link = /https:\S+\/issues\?\S+/.exec(corrections()[0]?.text ?? "")?.[0] ?? "";
    const request = readIssueQuery(new URL(link).searchParams);
    if (request === null) throw new Error("no issue");

    const { issue, kept } = await loadIssue(world.ports, request);

    expect(kept).toBe(true);
    expect(issue.title).toBe("Your day: 1 correction");
    expect(issue.corrections).toMatchObject([
      { reason: "We take this back. The reason given: “an old bill”" },
    ]);
    expect(JSON.stringify(issue)).not.toContain("token");
  });

  it("is told to nobody where its own day was not over yet", async () => {
    await enrol(world, "reader@example.org", { cadence: "daily" });
    const event = await resurface(world, "comeback");
    wait(world, HOUR);
    await takeBack(world, event);
    await pass(DAY);
    await pass(DAY);

    expect(corrections()).toEqual([]);
    expect(world.outbox.map(({ subject }) => subject)).toEqual(["Your day: 1 new item"]);
  });

  it("taken back after the digest's period ended, and before it went out, it is not in it, and no correction follows", async () => {
    await enrol(world, "reader@example.org", { cadence: "daily" });
    const event = await resurface(world, "comeback");
    wait(world, DAY);
    await takeBack(world, event);
    await planDigests(world.ports);
    await pass(DAY);

    expect(world.outbox.map(({ text }) => /Back from/.test(text))).toEqual([false]);
  });

  it("follows its reader from immediate mail to a daily digest", async () => {
    await enrol(world, "reader@example.org");
    const event = await told();
    const token = tokenIn(world.outbox[0], "preferences");
    await takeBack(world, event);
    wait(world, 60);
    await changePreferences(world.ports, token, "save", { cadence: "daily" });
    for (let day = 0; day < 3; day += 1) await pass(DAY);

    expect(corrections().map(({ subject }) => subject)).toEqual(["Your day: 1 correction"]);
  });

  it("follows its reader from a weekly digest to immediate mail", async () => {
    await enrol(world, "reader@example.org", { cadence: "weekly" });
    const event = await resurface(world, "comeback");
    await pass(7 * DAY);
    const token = tokenIn(world.outbox[0], "preferences");
    await changePreferences(world.ports, token, "save", { cadence: "immediate" });
    await pass(HOUR);
    await takeBack(world, event);
    await pass(HOUR);
    await pass(7 * DAY);

    expect(corrections().map(({ subject }) => subject)).toEqual([
      "Correction: France: access to encrypted messaging",
    ]);
  });

  it("keeps its place through a deferral and a lost line: the same Message-ID, once", async () => {
    await enrol(world, "reader@example.org", { cadence: "daily" });
    const event = await resurface(world, "comeback");
    await pass(DAY);
    await takeBack(world, event);
    wait(world, DAY);
    const ids: string[] = [];
    world.answer = ({ messageId }) => {
      ids.push(messageId);
      if (ids.length === 1) return { kind: "deferred", detail: "451" };
      return ids.length === 2 ? { kind: "unknown", detail: "line lost" } : { kind: "sent" };
    };
    for (let turn = 0; turn < 5; turn += 1) {
      await planDigests(world.ports).catch(() => {});
      wait(world, 2 * HOUR);
    }
    await pass(DAY);

    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
    expect(corrections()).toHaveLength(1);
  });

  it("what may have gone out at once is settled under its own name before a digest takes over", async () => {
    await enrol(world, "reader@example.org");
    const event = await told();
    const token = tokenIn(world.outbox[0], "preferences");
    await takeBack(world, event);
    wait(world, 600);
    const tries: Mail[] = [];
    world.answer = (mail) => {
      tries.push(mail);
      return tries.length === 1 ? { kind: "unknown", detail: "line lost" } : { kind: "sent" };
    };
    await expect(planDigests(world.ports)).rejects.toThrow("deferred");
    await changePreferences(world.ports, token, "save", { cadence: "daily" });
    await publish(world, "fresh");
    for (let day = 0; day < 3; day += 1) await pass(DAY);

    const [first, ...others] = tries.filter(isCorrection).map(({ messageId }) => messageId);
    expect(others).toEqual([first]);
    expect(tries.map(({ subject }) => subject)).toContain("Your day: 1 new item");
  });
});

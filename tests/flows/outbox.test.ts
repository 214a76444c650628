import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { clientKeyOf, subscriberIdOf } from "../../shared/digests/address.ts";
import { confirm } from "../../shared/flows/confirm.ts";
import { tokenLink } from "../../shared/flows/mail-links.ts";
import { changePreferences } from "../../shared/flows/preferences.ts";
import { OUTBOX_PART, PATIENCE_DAYS, planOwed, sendOwed } from "../../shared/flows/send-owed.ts";
import {
  MOST_PER_CLIENT_DAY,
  MOST_PER_HOUR,
  MOST_QUEUED,
  SIGN_UP_CAP,
  signUpState,
} from "../../shared/flows/sign-up-caps.ts";
import { subscribe } from "../../shared/flows/subscribe.ts";
import { tick } from "../../shared/flows/tick.ts";
import { unsubscribe } from "../../shared/flows/unsubscribe.ts";
import type { DynamoServer } from "../servers/dynamo.ts";
import { enrol, flowServer, type MailWorld, mailWorld, tokenIn, wait } from "./mail-world.ts";

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 24 * HOUR;
const READER = "reader@example.org";
const OFFICE = "203.0.113.9";

let server: DynamoServer;
let world: MailWorld;

beforeAll(async () => {
  server = await flowServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  world = await mailWorld(server);
});
afterEach(() => world.close());

const ask = (email = READER, client = "198.51.100.7") =>
  subscribe(world.ports, { email, cadence: "daily" }, client);
const idOf = (email: string) => subscriberIdOf(world.ports.secrets.lookupKey, email);
const load = () => world.store.loadSubscriber(idOf(READER));
const isDown = () => {
  world.answer = () => ({ kind: "deferred", detail: "ECONNREFUSED" });
};
const isUp = () => {
  world.answer = () => ({ kind: "sent" });
};
/** The timers' turns over a while; @returns how many mails each brought */
async function turns(seconds: number, every: number): Promise<number[]> {
  const brought: number[] = [];
  for (let passed = 0; passed < seconds; passed += every) {
    wait(world, every);
    const before = world.outbox.length;
    await planOwed(world.ports);
    brought.push(world.outbox.length - before);
  }
  return brought;
}
/** Fills an hour's counts as many other people would. */
async function crowd(counter: string, times: number, windowSeconds = HOUR): Promise<void> {
  const length = windowSeconds * 1_000;
  const start = new Date(Math.floor(world.now.getTime() / length) * length);
  for (let i = 0; i < times; i += 1) await world.store.countAttempt(counter, start, windowSeconds);
}

describe("a mail that could not go out", () => {
  it("a confirmation is mailed once the server takes mail again, and once only", async () => {
    isDown();
    const outcome = await ask();
    await turns(3 * HOUR, HOUR);
    isUp();
    const brought = await turns(12 * HOUR, HOUR);
    const confirmed = await confirm(world.ports, tokenIn(world.outbox[0], "confirm"));

    expect(outcome).toEqual({ kind: "accepted" });
    expect(brought.reduce((sum, mails) => sum + mails, 0)).toBe(1);
    expect(confirmed.kind).toBe("confirmed");
  });

  it("asked for again while it waits, it is still one mail", async () => {
    isDown();
    await ask();
    await ask("Reader@Example.org");
    isUp();
    await ask();
    await turns(DAY, 3 * HOUR);

    expect(world.outbox).toHaveLength(1);
  });

  it("is mailed by `tick`, too, as cron runs it", async () => {
    isDown();
    await ask();
    isUp();
    wait(world, 5 * MINUTE);
    await tick(world.ports, async () => {});

    expect(world.outbox).toHaveLength(1);
  });

  it("a link that was mailed days late lives its whole week", async () => {
    isDown();
    await ask();
    await turns(3 * DAY, 6 * HOUR);
    isUp();
    await turns(12 * HOUR, 6 * HOUR);
    wait(world, 6 * DAY);

    const { kind } = await confirm(world.ports, tokenIn(world.outbox[0], "confirm"));

    expect(kind).toBe("confirmed");
  });

  it("of a server that never takes it, is given up after days, and may be asked for anew", async () => {
    let tries = 0;
    world.answer = () => {
      tries += 1;
      return { kind: "deferred", detail: "451" };
    };
    await ask();
    await turns((PATIENCE_DAYS + 1) * DAY, 3 * HOUR);
    const whileDown = tries;
    isUp();
    await turns(DAY, 3 * HOUR);
    const afterwards = world.outbox.length;
    await ask();

    expect(whileDown).toBeGreaterThan(5);
    expect(whileDown).toBeLessThanOrEqual(24);
    expect(afterwards).toBe(0);
    expect(world.outbox).toHaveLength(1);
  });

  it("whose end nobody knows, is repeated a few times at most, always as the same mail", async () => {
    const ids: string[] = [];
    world.answer = ({ messageId }) => {
      ids.push(messageId);
      return { kind: "unknown", detail: "ECONNRESET" };
    };
    await ask();
    await turns(2 * DAY, HOUR);

    expect(ids.length).toBeLessThanOrEqual(3);
    expect(new Set(ids).size).toBe(1);
  });

  it("survives a process that dies before it sends: the next one sends", async () => {
    const dying = { ...world.ports, sendMail: () => Promise.reject(new Error("killed")) };
    await subscribe(dying, { email: READER, cadence: "daily" }, "198.51.100.7");
    await turns(HOUR, 5 * MINUTE);

    expect(world.outbox).toHaveLength(1);
  });

  it("of a sign-up that a crash kept from being stored, is dropped, and the next sign-up works", async () => {
    const store = { ...world.store, saveSubscriber: () => Promise.reject(new Error("killed")) };
    const dying = { ...world.ports, store };
    await subscribe(dying, { email: READER }, "198.51.100.7").catch(() => undefined);
    await turns(HOUR, 10 * MINUTE);
    const dropped = world.outbox.length;
    await ask();

    expect(dropped).toBe(0);
    expect(world.outbox).toHaveLength(1);
  });

  it("the welcome comes late rather than never", async () => {
    await ask();
    isDown();
    await confirm(world.ports, tokenIn(world.outbox[0], "confirm"));
    isUp();
    await turns(HOUR, 5 * MINUTE);

    expect(world.outbox.map(({ subject }) => subject)).toEqual([
      "Please confirm your subscription",
      "Your subscription is confirmed",
    ]);
  });

  it("goes to nobody who left, or deleted everything, meanwhile", async () => {
    const { id } = await enrol(world, READER);
    isDown();
    await ask();
    await world.store.suppress(id, "deleted", world.now);
    await world.store.deleteSubscriber(id);
    isUp();
    await turns(DAY, 3 * HOUR);

    expect(world.outbox).toEqual([]);
  });

  it("that a restored copy still holds, was mailed by the lost installation and is not mailed again", async () => {
    isDown();
    await ask();
    isUp();
    wait(world, DAY);
    const settings = { ...world.ports.settings, resumeAfter: world.now.toISOString() };
    wait(world, HOUR);
    const restored = { ...world.ports, settings };
    await sendOwed(restored);

    expect(world.outbox).toEqual([]);
  });

  it("is counted, with what waits, where health can see it", async () => {
    isDown();
    await ask();
    await turns(2 * MINUTE, MINUTE);

    const beats = await world.store.heartbeats();

    expect(beats[OUTBOX_PART]?.facts).toMatchObject({ deferred: 1, waiting: 1 });
  });
});

describe("many from one network", () => {
  it("an office of twelve is mailed whole, five within any hour", async () => {
    const people = Array.from({ length: 12 }, (_, i) => `colleague${i}@example.org`);
    for (const person of people) await ask(person, OFFICE);
    const atOnce = world.outbox.length;
    const brought = await turns(3 * HOUR, 10 * MINUTE);

    expect(atOnce).toBe(5);
    expect(world.outbox.map(({ to }) => to).sort()).toEqual([...people].sort());
    for (let i = 0; i < brought.length; i += 1)
      expect(brought.slice(i, i + 6).reduce((sum, mails) => sum + mails, 0)).toBeLessThanOrEqual(5);
  });

  it("after a night without a turn the queue goes on at five an hour", async () => {
    for (let i = 0; i < 20; i += 1) await ask(`colleague${i}@example.org`, OFFICE);
    wait(world, 10 * HOUR);
    await planOwed(world.ports);

    expect(world.outbox).toHaveLength(10);
  });

  it("more than a day can take is refused, whoever's address it is, and works on the next", async () => {
    const { id } = await enrol(world, READER);
    const day = new Date("2026-03-02T00:00:00.000Z");
    const key = clientKeyOf(world.ports.secrets.lookupKey, OFFICE);
    for (let i = 0; i < MOST_PER_CLIENT_DAY; i += 1) await world.store.countAttempt(key, day, DAY);
    const refused = [await ask(READER, OFFICE), await ask("new@example.org", OFFICE)];
    const elsewhere = await ask("other@example.org", "198.51.100.8");
    wait(world, DAY);
    const nextDay = await ask("new@example.org", OFFICE);

    const answer = { kind: "refused", cause: "client", retryAfterSeconds: 14 * HOUR };
    expect(refused).toEqual([answer, answer]);
    expect((await world.store.loadSubscriber(id))?.confirmationAt).toBeNull();
    expect([elsewhere, nextDay]).toEqual([{ kind: "accepted" }, { kind: "accepted" }]);
  });
});

describe("a flood from everywhere", () => {
  it("waits its turn, with an alarm; who comes an hour later is mailed at once, and nobody is lost", async () => {
    await crowd("global", MOST_PER_HOUR);
    await crowd("mailed", MOST_PER_HOUR);
    await ask("late@example.org", "198.51.100.1");
    await planOwed(world.ports);
    const during = world.outbox.length;
    const state = signUpState(await world.store.heartbeats(), world.now);
    wait(world, HOUR);
    await ask("honest@example.org", "198.51.100.2");
    const atOnce = world.outbox.map(({ to }) => to);
    await planOwed(world.ports);

    expect(during).toBe(0);
    expect(state).toMatchObject({ ok: true, detail: expect.stringContaining("wait") });
    expect(atOnce).toEqual(["honest@example.org"]);
    expect(world.outbox.map(({ to }) => to)).toContain("late@example.org");
  });

  it("leaves a third of the next hour to those who come in it", async () => {
    await crowd("global", MOST_PER_HOUR);
    await ask("queued@example.org", "198.51.100.1");
    await crowd("mailed", 200);
    await planOwed(world.ports);
    const queued = world.outbox.length;
    wait(world, HOUR);
    await crowd("mailed", 200);
    await ask("honest@example.org", "198.51.100.2");

    expect(queued).toBe(0);
    expect(world.outbox.map(({ to }) => to)).toEqual(["honest@example.org"]);
  });

  it("beyond what a day can take is refused in words, and said where health can see it", async () => {
    await crowd("global", MOST_PER_HOUR);
    const day = new Date("2026-03-02T00:00:00.000Z");
    const full = { ...world.store, countAttempt: queueFull(day) };
    const outcome = await subscribe({ ...world.ports, store: full }, { email: READER }, "");
    const state = signUpState(await world.store.heartbeats(), world.now);
    wait(world, 2 * HOUR);
    const later = signUpState(await world.store.heartbeats(), world.now);

    expect(outcome).toEqual({ kind: "refused", cause: "everybody", retryAfterSeconds: HOUR });
    expect(state.ok).toBe(false);
    expect(later.ok).toBe(true);
    expect((await world.store.heartbeats())[SIGN_UP_CAP]?.facts).toEqual({ refused: 1 });
  });
});

/** The store, whose queue of the day holds as many as it may. */
const queueFull =
  (day: Date): typeof world.store.countAttempt =>
  async (key, start, seconds, by) => {
    const count = await world.store.countAttempt(key, start, seconds, by);
    return key === "queued" && start.getTime() === day.getTime() ? count + MOST_QUEUED : count;
  };

describe("who left and signs up again", () => {
  it.each([
    ["unsubscribed", (token: string) => unsubscribe(world.ports, token), "unsubscribe"],
    [
      "deleted everything",
      (token: string) => changePreferences(world.ports, token, "delete", {}),
      "preferences",
    ],
  ])(
    "having %s, is mailed a day later, not at once and not never",
    async (_how, leave, purpose) => {
      await ask();
      await confirm(world.ports, tokenIn(world.outbox[0], "confirm"));
      wait(world, 40 * DAY);
      const { ports } = world;
      const subscriber = await load();
      if (subscriber === null) throw new Error("nobody there");
      const link = tokenLink(ports, purpose as "unsubscribe", subscriber, world.now);
      await leave(new URL(link).searchParams.get("token") ?? "");
      const before = world.outbox.length;
      await ask();
      const brought = await turns(30 * HOUR, HOUR);

      expect(before).toBe(2);
      expect(brought.slice(0, 23)).toEqual(brought.slice(0, 23).map(() => 0));
      expect(brought.reduce((sum, mails) => sum + mails, 0)).toBe(1);
      expect((await confirm(ports, tokenIn(world.outbox.at(-1), "confirm"))).kind).toBe(
        "confirmed",
      );
    },
  );
});

describe("what is kept, by mail", () => {
  it("asked for forty times, is mailed once a day", async () => {
    await enrol(world, READER);
    await ask();
    const token = tokenIn(world.outbox[0], "preferences");
    const kinds: string[] = [];
    for (let i = 0; i < 40; i += 1) {
      kinds.push((await changePreferences(world.ports, token, "export", {})).kind);
      wait(world, 1);
    }
    const first = world.outbox.length - 1;
    wait(world, DAY);
    await changePreferences(world.ports, token, "export", {});

    expect(kinds).toEqual(["done", ...Array.from({ length: 39 }, () => "tooSoon")]);
    expect(first).toBe(1);
    expect(world.outbox).toHaveLength(3);
  });

  it("of many requests at once one mails", async () => {
    await enrol(world, READER);
    await ask();
    const token = tokenIn(world.outbox[0], "preferences");
    await Promise.all(
      Array.from({ length: 10 }, () => changePreferences(world.ports, token, "export", {})),
    );

    expect(world.outbox).toHaveLength(2);
  });

  it("comes when the mail server is back", async () => {
    await enrol(world, READER);
    await ask();
    const token = tokenIn(world.outbox[0], "preferences");
    isDown();
    await changePreferences(world.ports, token, "export", {});
    isUp();
    await turns(HOUR, 5 * MINUTE);

    expect(world.outbox.at(-1)?.text).toContain(READER);
    expect(world.outbox).toHaveLength(2);
  });
});

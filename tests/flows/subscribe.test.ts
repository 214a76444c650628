import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { subscriberIdOf } from "../../shared/digests/address.ts";
import { confirm } from "../../shared/flows/confirm.ts";
import { peekToken } from "../../shared/flows/peek-token.ts";
import { subscribe } from "../../shared/flows/subscribe.ts";
import { unsubscribe } from "../../shared/flows/unsubscribe.ts";
import type { DynamoServer } from "../servers/dynamo.ts";
import {
  enrol,
  flowServer,
  type MailWorld,
  mailWorld,
  publish,
  tokenIn,
  wait,
} from "./mail-world.ts";

const DAY = 86_400;
const ADDRESS = "reader@example.org";
const CHOICES = { email: ADDRESS, cadence: "daily", language: "fr", timezone: "Europe/Paris" };

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

const load = () =>
  world.store.loadSubscriber(subscriberIdOf(world.ports.secrets.lookupKey, ADDRESS));
let client = 0;
const nextClient = () => {
  client += 1;
  return `198.51.100.${client}`;
};
/** Each from a client of its own, unless told. */
const ask = (over: Record<string, unknown> = {}, from = nextClient()) =>
  subscribe(world.ports, { ...CHOICES, ...over }, from);

describe("signing up", () => {
  it("mails one link, and only its confirmation makes a subscriber", async () => {
    const outcome = await ask();
    const waiting = await load();
    const confirmed = await confirm(world.ports, tokenIn(world.outbox[0], "confirm"));

    expect(outcome).toEqual({ kind: "accepted" });
    expect(waiting?.state).toBe("pending");
    expect(confirmed.kind).toBe("confirmed");
    expect(world.outbox.map(({ subject }) => subject)).toEqual([
      "Merci de confirmer votre abonnement",
      "Votre abonnement est confirmé",
    ]);
    expect(await load()).toMatchObject({
      state: "active",
      nextDigestAt: "2026-03-03T06:00:00.000Z",
      preferences: { cadence: "daily", language: "fr", themes: [] },
    });
  });

  it("shows what the choices would have brought", async () => {
    await publish(world, "matching");
    await publish(world, "elsewhere", {}, { jurisdiction: "DE" });

    await ask({ jurisdictions: "FR", language: "en" });

    expect(world.outbox[0]?.text).toContain("would have sent 1 entry");
    expect(world.outbox[0]?.text).toContain("https://example.org/matching");
    expect(world.outbox[0]?.text).not.toContain("elsewhere");
  });

  it("keeps no address in plain, in the table or in the log", async () => {
    await ask();
    await confirm(world.ports, tokenIn(world.outbox[0], "confirm"));
    const record = JSON.stringify(await load());
    const logs = JSON.stringify(world.logs);

    for (const text of [record, logs]) {
      expect(text).not.toContain("reader");
      expect(text).not.toContain("example.org");
    }
    expect(logs).not.toContain(tokenIn(world.outbox[0], "confirm"));
    expect(world.logs.length).toBeGreaterThan(0);
  });

  it.each([
    [{ email: "a@x.org, evil@z.org" }, "email"],
    [{ email: "a@x.org\r\nBcc: evil@z.org" }, "email"],
    [{ email: undefined }, "email"],
    [{ email: ["a@x.org", "b@x.org"] }, "email"],
    [{ cadence: "hourly" }, "cadence"],
    [{ themes: ["weather"] }, "themes"],
    [{ jurisdictions: ["France"] }, "jurisdictions"],
    [{ jurisdictions: ["XX"] }, "jurisdictions"],
    [{ jurisdictions: ["UK"] }, "jurisdictions"],
    [{ dossiers: ["../x"] }, "dossiers"],
    [{ dossiers: ["eu-csar", "nosuch"] }, "dossiers"],
    [{ language: "nl" }, "language"],
    [{ timezone: "Mars/Olympus" }, "timezone"],
    [{ themes: Array.from({ length: 61 }, (_, i) => `t${i}`) }, "themes"],
  ])("names what is wrong in %j, and mails nobody", async (wrong, field) => {
    const outcome = await ask(wrong);

    expect(outcome).toMatchObject({ kind: "invalid", problems: [{ field }] });
    expect(JSON.stringify(outcome)).not.toContain("x.org");
    expect(world.outbox).toEqual([]);
  });
});

describe("nobody can be bombed with confirmations", () => {
  it("one address gets one mail a day, three ever, however often it is entered", async () => {
    for (let turn = 0; turn < 30; turn += 1) {
      for (let again = 0; again < 3; again += 1)
        await ask({ email: again === 1 ? "Reader@EXAMPLE.org" : ADDRESS });
      wait(world, DAY / 3);
    }
    const inTenDays = world.outbox.length;
    for (let day = 0; day < 20; day += 1) {
      wait(world, DAY);
      await world.store.sweepExpired(world.now);
      await ask();
    }

    expect(inTenDays).toBe(3);
    expect(world.outbox).toHaveLength(3);
  });

  it("of two requests at once one mails", async () => {
    await Promise.all([ask(), ask(), ask(), ask()]);

    expect(world.outbox).toHaveLength(1);
  });
});

describe("who is known is not changed by strangers", () => {
  it("an active subscriber keeps what they chose, and is told once that somebody asked", async () => {
    await enrol(world, ADDRESS, { cadence: "weekly", language: "de" });
    await ask();
    await ask();

    expect((await load())?.preferences).toMatchObject({ cadence: "weekly", language: "de" });
    expect((await load())?.state).toBe("active");
    expect(world.outbox.map(({ subject }) => subject)).toEqual(["Sie sind bereits angemeldet"]);
  });

  it.each(["bounce", "complaint", "refused"])(
    "after a %s nothing is sent there again",
    async (reason) => {
      const { id } = await enrol(world, ADDRESS);
      await world.store.suppress(id, reason, world.now);

      const outcome = await ask();

      expect(outcome).toEqual({ kind: "accepted" });
      expect(world.outbox).toEqual([]);
    },
  );

  it("who left may come back, by confirming anew", async () => {
    await ask();
    await confirm(world.ports, tokenIn(world.outbox[0], "confirm"));
    await unsubscribe(world.ports, tokenIn(world.outbox[0], "unsubscribe"));
    wait(world, 2 * DAY);
    await ask();

    await confirm(world.ports, tokenIn(world.outbox.at(-1), "confirm"));

    expect((await load())?.state).toBe("active");
  });
});

describe("links", () => {
  it("looking at one changes nothing, twenty times over, and it still works then", async () => {
    await ask();
    const token = tokenIn(world.outbox[0], "confirm");
    const before = await load();
    for (let i = 0; i < 20; i += 1) await peekToken(world.ports, token, "confirm");

    expect(await load()).toEqual(before);
    expect((await confirm(world.ports, token)).kind).toBe("confirmed");
  });

  it("pressed twice, the button confirms once and welcomes once", async () => {
    await ask();
    const token = tokenIn(world.outbox[0], "confirm");

    const kinds = [await confirm(world.ports, token), await confirm(world.ports, token)];

    expect(kinds.map(({ kind }) => kind)).toEqual(["confirmed", "confirmed"]);
    expect(world.outbox).toHaveLength(2);
  });

  it("a confirmation replayed after an unsubscription wakes nobody", async () => {
    await ask();
    const [mail] = world.outbox;
    await confirm(world.ports, tokenIn(mail, "confirm"));
    await unsubscribe(world.ports, tokenIn(mail, "unsubscribe"));

    expect((await confirm(world.ports, tokenIn(mail, "confirm"))).kind).toBe("bad");
    expect((await load())?.state).toBe("unsubscribed");
  });

  it("a confirmation of an earlier sign-up does not confirm one that a stranger began later", async () => {
    await ask();
    const [first] = world.outbox;
    await confirm(world.ports, tokenIn(first, "confirm"));
    await unsubscribe(world.ports, tokenIn(first, "unsubscribe"));
    wait(world, 2 * DAY);
    await ask();

    expect((await confirm(world.ports, tokenIn(first, "confirm"))).kind).toBe("bad");
    expect((await load())?.state).toBe("pending");
  });

  it("too old, it says so; the sign-up is forgotten", async () => {
    await ask();
    const token = tokenIn(world.outbox[0], "confirm");
    wait(world, 7 * DAY + 1);
    await world.store.sweepExpired(world.now);

    expect((await confirm(world.ports, token)).kind).toBe("expired");
    expect(await load()).toBeNull();
  });

  it("unsubscribing forgets the address, works twice, and works from a two-year-old mail", async () => {
    await ask();
    await confirm(world.ports, tokenIn(world.outbox[0], "confirm"));
    const token = tokenIn(world.outbox[0], "unsubscribe");
    wait(world, 2 * 365 * DAY);

    const kinds = [await unsubscribe(world.ports, token), await unsubscribe(world.ports, token)];

    expect(kinds).toEqual([{ kind: "unsubscribed" }, { kind: "unsubscribed" }]);
    expect(await load()).toMatchObject({
      state: "unsubscribed",
      sealedAddress: "",
      preferences: { themes: [], jurisdictions: [], dossiers: [], timezone: "UTC" },
    });
  });
});

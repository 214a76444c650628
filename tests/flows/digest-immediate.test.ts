import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { retrySeconds } from "../../shared/flows/ledger.ts";
import { planDigests } from "../../shared/flows/plan-digests.ts";
import type { Ports } from "../../shared/flows/ports.ts";
import { unsubscribe } from "../../shared/flows/unsubscribe.ts";
import type { DynamoServer } from "../servers/dynamo.ts";
import {
  enrol,
  flowServer,
  type MailWorld,
  mailWorld,
  resurface,
  tokenIn,
  wait,
} from "./mail-world.ts";

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

const addressees = () => world.outbox.map(({ to }) => to).sort();

describe("a dossier that came back", () => {
  it("is told once to each subscriber who asked for it, and to nobody else", async () => {
    await enrol(world, "everything@example.org");
    await enrol(world, "france@example.org", { jurisdictions: ["FR"] });
    await enrol(world, "germany@example.org", { jurisdictions: ["DE"] });
    await enrol(world, "other-theme@example.org", { themes: ["eu-international"] });
    await enrol(world, "waiting@example.org", {}, { state: "pending" });
    await enrol(world, "gone@example.org", {}, { state: "unsubscribed" });
    await enrol(world, "weekly@example.org", { cadence: "weekly" });
    await resurface(world, "comeback");
    wait(world, 600);

    await planDigests(world.ports);
    await planDigests(world.ports);

    expect(addressees()).toEqual(["everything@example.org", "france@example.org"]);
  });

  it("waits until the coalescing time is over, and goes out with what came meanwhile", async () => {
    await enrol(world, "reader@example.org");
    await resurface(world, "first");
    wait(world, 300);
    await resurface(world, "second");
    await planDigests(world.ports);
    const early = world.outbox.length;
    wait(world, 300);

    await planDigests(world.ports);
    wait(world, 600);
    await planDigests(world.ports);

    expect(early).toBe(0);
    expect(world.outbox).toHaveLength(1);
    expect(world.outbox[0]?.text).toMatch(/first[\s\S]*second/);
  });

  it("says what came back, from which state, after how long, and why", async () => {
    await enrol(world, "reader@example.org");
    await resurface(world, "comeback");
    wait(world, 600);

    await planDigests(world.ports);

    const [mail] = world.outbox;
    expect(mail?.subject).toBe(
      "Back from rejected after 200 quiet days: France: access to encrypted messaging",
    );
    expect(mail?.text).toContain("“Porte dérobée”");
    expect(mail?.text).toContain("https://example.org/comeback");
    expect(mail?.html).toContain('href="https://example.org/comeback"');
    expect(mail?.text).toContain("You get this because you asked for it");
  });

  it("is not mailed where the event was superseded before it was told", async () => {
    await enrol(world, "reader@example.org");
    await resurface(world, "comeback");
    await resurface(world, "comeback", { state: "superseded" });
    wait(world, 600);

    await planDigests(world.ports);

    expect(world.outbox).toEqual([]);
  });

  it("stops at one click, also for a mail that is being tried again", async () => {
    await enrol(world, "reader@example.org");
    await resurface(world, "first");
    wait(world, 600);
    await planDigests(world.ports);
    await unsubscribe(world.ports, tokenIn(world.outbox[0], "unsubscribe"));
    await resurface(world, "second");
    wait(world, 600);

    await planDigests(world.ports);

    expect(world.outbox).toHaveLength(1);
  });
});

describe("mail servers on a bad day", () => {
  it("a deferred mail is tried again, and those that went out are not", async () => {
    for (const name of ["a", "b", "c"]) await enrol(world, `${name}@example.org`);
    await resurface(world, "comeback");
    wait(world, 600);
    world.answer = ({ to }) =>
      to.startsWith("b@") ? { kind: "deferred", detail: "450" } : { kind: "sent" };
    await expect(planDigests(world.ports)).rejects.toThrow("deferred");
    const first = addressees();
    world.answer = () => ({ kind: "sent" });
    wait(world, 3_600);

    await planDigests(world.ports);

    expect(first).toEqual(["a@example.org", "c@example.org"]);
    expect(addressees()).toEqual(["a@example.org", "b@example.org", "c@example.org"]);
  });

  it("a server that defers is asked again after a minute, then ever more rarely, and never after it took the mail", async () => {
    await enrol(world, "full@example.org");
    await resurface(world, "comeback");
    wait(world, 600);
    const asked: number[] = [];
    const begun = world.now.getTime();
    world.answer = () => {
      asked.push((world.now.getTime() - begun) / 60_000);
      return asked.length < 5 ? { kind: "deferred", detail: "452" } : { kind: "sent" };
    };
    // Looked at twice as often as it is due: every second look is too early.
    for (const minute of [0, 0.5, 1, 2, 3, 5, 7, 11, 15, 30]) {
      world.now = new Date(begun + minute * 60_000);
      await planDigests(world.ports).catch(() => {});
    }

    expect(asked).toEqual([0, 1, 3, 7, 15]);
    expect(world.outbox).toHaveLength(1);
  });

  it.each([
    [1, 60],
    [2, 120],
    [9, 15_360],
    [10, 21_600],
    [500, 21_600],
  ])("after %i deferrals the next try is %i seconds away", (attempts, seconds) => {
    expect(retrySeconds(attempts)).toBe(seconds);
  });

  it("a mailbox that defers for days is given up, and the event is told to nobody anew", async () => {
    await enrol(world, "full@example.org");
    await resurface(world, "comeback");
    world.answer = () => ({ kind: "deferred", detail: "452" });
    for (let day = 0; day < 5; day += 1) {
      wait(world, 86_400);
      await planDigests(world.ports).catch(() => {});
    }

    expect(await world.store.eventsToAnnounce(world.now, 10)).toEqual([]);
  });

  it("a mail of unknown fate is repeated once, under the same Message-ID", async () => {
    const ids: string[] = [];
    await enrol(world, "reader@example.org");
    await resurface(world, "comeback");
    wait(world, 600);
    world.answer = ({ messageId }) => {
      ids.push(messageId);
      return ids.length === 1 ? { kind: "unknown", detail: "line lost" } : { kind: "sent" };
    };
    await expect(planDigests(world.ports)).rejects.toThrow("deferred");
    wait(world, 3_600);

    await planDigests(world.ports);
    await planDigests(world.ports);

    expect(ids).toHaveLength(2);
    expect(ids[1]).toBe(ids[0]);
  });

  it("an address that is refused for good is never tried again", async () => {
    await enrol(world, "gone@example.org");
    await resurface(world, "first");
    wait(world, 600);
    world.answer = () => ({ kind: "refused", detail: "EENVELOPE 550 RCPT TO" });
    await planDigests(world.ports);
    world.answer = () => ({ kind: "sent" });
    await resurface(world, "second");
    wait(world, 600);

    await planDigests(world.ports);

    expect(world.outbox).toEqual([]);
  });

  it("one subscriber whose record cannot be opened does not stop the others", async () => {
    await enrol(world, "broken@example.org", {}, { sealedAddress: "s1.AAAA" });
    await enrol(world, "reader@example.org");
    await resurface(world, "comeback");
    wait(world, 600);

    await expect(planDigests(world.ports)).rejects.toThrow("deferred");

    expect(addressees()).toEqual(["reader@example.org"]);
  });
});

describe("exactly one", () => {
  it("two schedulers at once mail everybody once", async () => {
    for (let i = 0; i < 30; i += 1) await enrol(world, `reader${i}@example.org`);
    await resurface(world, "comeback");
    wait(world, 600);

    await Promise.allSettled([planDigests(world.ports), planDigests(world.ports)]);
    wait(world, 3_600);
    await planDigests(world.ports);

    expect(new Set(addressees()).size).toBe(30);
    expect(world.outbox).toHaveLength(30);
  });

  it("events gathered differently after a crash repeat nothing that was told", async () => {
    await enrol(world, "a@example.org");
    await enrol(world, "b@example.org");
    await resurface(world, "first");
    wait(world, 600);
    // Dies after the first mail: the event was told to one of two, and is not marked.
    const dying: Ports = {
      ...world.ports,
      enqueueDigest: async (job) => {
        if (world.outbox.length > 0) throw new Error("killed");
        await world.ports.enqueueDigest(job);
      },
    };
    await expect(planDigests(dying)).rejects.toThrow("killed");
    expect(world.outbox).toHaveLength(1);
    await resurface(world, "second");
    wait(world, 700);

    await planDigests(world.ports);

    const told = (to: string, word: string) =>
      world.outbox.filter((mail) => mail.to === to && mail.text.includes(word)).length;
    for (const to of ["a@example.org", "b@example.org"])
      for (const word of ["dérobée first", "dérobée second"]) expect(told(to, word)).toBe(1);
  });

  it("a clock that steps back sends nothing twice", async () => {
    await enrol(world, "reader@example.org");
    await resurface(world, "comeback");
    wait(world, 600);
    await planDigests(world.ports);
    wait(world, -86_400);
    await planDigests(world.ports);
    wait(world, 2 * 86_400);

    await planDigests(world.ports);

    expect(world.outbox).toHaveLength(1);
  });
});

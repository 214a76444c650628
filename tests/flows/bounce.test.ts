import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readSesEvent } from "../../shared/digests/bounce-notice.ts";
import type { Mail } from "../../shared/domain/mail.ts";
import { planDigests } from "../../shared/flows/plan-digests.ts";
import { MOST_TRANSIENT, takeBounce } from "../../shared/flows/take-bounce.ts";
import type { DynamoServer } from "../servers/dynamo.ts";
import { enrol, flowServer, type MailWorld, mailWorld, resurface, wait } from "./mail-world.ts";

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

/** An event as SES writes it about this mail. */
function sesEvent(
  mail: Mail,
  kind: "Permanent" | "Transient" | "Undetermined" | "Complaint",
  messageId = "ses-1",
) {
  const headers = Object.entries(mail.headers).map(([name, value]) => ({ name, value }));
  const recipients = [{ emailAddress: mail.to }];
  const about = { mail: { messageId, destination: [mail.to], headers } };
  return kind === "Complaint"
    ? { eventType: "Complaint", complaint: { complainedRecipients: recipients }, ...about }
    : {
        eventType: "Bounce",
        bounce: { bounceType: kind, bouncedRecipients: recipients },
        ...about,
      };
}

const take = async (event: unknown) => {
  const outcomes: string[] = [];
  for (const notice of readSesEvent(JSON.stringify(event)))
    outcomes.push(await takeBounce(world.ports, notice));
  return outcomes;
};

async function mailSomething(name = "first"): Promise<Mail | undefined> {
  await resurface(world, name);
  wait(world, 600);
  await planDigests(world.ports);
  return world.outbox.at(-1);
}

async function mailedReader(): Promise<Mail> {
  await enrol(world, "reader@example.org");
  const mail = await mailSomething();
  if (mail === undefined) throw new Error("nothing was mailed");
  return mail;
}

describe("bounces and complaints", () => {
  it.each(["Permanent", "Complaint"] as const)(
    "%s stops the mail at once, also when it comes three times",
    async (kind) => {
      const mail = await mailedReader();

      const outcomes = [
        await take(sesEvent(mail, kind)),
        await take(sesEvent(mail, kind)),
        await take(sesEvent(mail, kind)),
      ];
      await mailSomething("second");

      expect(outcomes.flat()).toEqual(["suppressed", "suppressed", "suppressed"]);
      expect(world.outbox).toHaveLength(1);
      const kept = await world.store.listSubscribers()[Symbol.asyncIterator]().next();
      expect(kept.value).toMatchObject({ state: "suppressed", sealedAddress: "" });
    },
  );

  it("a bounce that comes before its send is recorded stops the next mail", async () => {
    await enrol(world, "reader@example.org");
    world.answer = (mail) => {
      // SES reports faster than it answers.
      void take(sesEvent(mail, "Permanent"));
      return { kind: "unknown", detail: "timeout" };
    };
    await resurface(world, "first");
    wait(world, 600);
    await planDigests(world.ports).catch(() => {});
    world.answer = () => ({ kind: "sent" });
    wait(world, 3_600);
    await planDigests(world.ports);

    expect(world.outbox).toEqual([]);
  });

  it.each(["Transient", "Undetermined"] as const)(
    "%s ones do not stop the mail, until there are many",
    async (kind) => {
      const mail = await mailedReader();
      const outcomes: string[] = [];
      for (let i = 0; i < MOST_TRANSIENT; i += 1)
        outcomes.push(...(await take(sesEvent(mail, kind, `ses-${i}`))));

      expect(outcomes).toEqual([
        ...Array.from({ length: MOST_TRANSIENT - 1 }, () => "counted"),
        "paused",
      ]);
      expect(await world.store.suppressionOf((await idOf()) as never)).toBeNull();
    },
  );

  it("one passing bounce reported many times counts once", async () => {
    const mail = await mailedReader();
    const outcomes: string[] = [];
    for (let i = 0; i < 2 * MOST_TRANSIENT; i += 1)
      outcomes.push(...(await take(sesEvent(mail, "Transient"))));

    expect(outcomes).toEqual([
      "counted",
      ...Array.from({ length: 2 * MOST_TRANSIENT - 1 }, () => "repeated"),
    ]);
  });
});

const idOf = async () =>
  (await world.store.listSubscribers()[Symbol.asyncIterator]().next()).value?.id;

describe("forged reports silence nobody", () => {
  it("without a link, with a made-up one, or with another reader's", async () => {
    const mail = await mailedReader();
    await enrol(world, "attacker@example.org");
    await mailSomething("second");
    const own = world.outbox.find(({ to }) => to === "attacker@example.org");
    const forged = [
      { ...mail, headers: {} },
      {
        ...mail,
        headers: {
          "List-Unsubscribe": "<https://x/unsubscribe?token=u.AAAAAAAAAAAAAAAAAAAAAA.0.0.x>",
        },
      },
      { ...mail, headers: own?.headers ?? {} },
    ];
    const outcomes: string[] = [];
    for (const fake of forged) outcomes.push(...(await take(sesEvent(fake, "Permanent"))));

    expect(outcomes).toEqual(["refused", "refused", "refused"]);
    expect(JSON.stringify(world.logs)).not.toContain("reader@");
  });
});

describe("reading SES", () => {
  const mail = {
    to: "a@x.org",
    headers: { "List-Unsubscribe": "<https://w/unsubscribe?token=t>" },
  } as never as Mail;

  it.each([
    ["as it is", (event: unknown) => event],
    ["inside SNS", (event: unknown) => ({ Type: "Notification", Message: JSON.stringify(event) })],
    ["inside EventBridge", (event: unknown) => ({ "detail-type": "Email Bounced", detail: event })],
  ])("%s", (_how, wrap) => {
    expect(readSesEvent(JSON.stringify(wrap(sesEvent(mail, "Permanent"))))).toEqual([
      {
        kind: "permanent",
        address: "a@x.org",
        reportId: "ses-1",
        unsubscribe: "<https://w/unsubscribe?token=t>",
      },
    ]);
  });

  it("a delivery is no bounce", () => {
    expect(
      readSesEvent(JSON.stringify({ eventType: "Delivery", mail: { messageId: "x" } })),
    ).toEqual([]);
  });

  it.each(["", "{}", "[]", "null", '{"Message":"x"}'])("%j is no report, and says so", (body) => {
    expect(() => readSesEvent(body)).toThrow();
  });
});

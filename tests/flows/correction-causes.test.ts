import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { smtpMailer } from "../../functions/local/smtp-mail.ts";
import type { DossierId } from "../../shared/domain/ids.ts";
import type { Item } from "../../shared/domain/item.ts";
import { giveMoves, judgeEvent, setStage } from "../../shared/flows/correct-dossier.ts";
import { planDigests } from "../../shared/flows/plan-digests.ts";
import { settleItem } from "../../shared/flows/settle-item.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import type { DynamoServer } from "../servers/dynamo.ts";
import { type SmtpTestServer, smtpTestServer } from "../servers/smtp-server.ts";
import { DOSSIER, sampleItem } from "../store/samples.ts";
import { enrol, flowServer, type MailWorld, mailWorld, wait } from "./mail-world.ts";

const CSAR = "eu-csar" as DossierId;
const START = "2023-06-01T10:00:00.000Z";
const NEWS =
  "Council presidency tables compromise on chat control 2022/0155(COD), scanning encrypted messages";
const models = loadModels();

let server: DynamoServer;
let smtp: SmtpTestServer;
let mailer: ReturnType<typeof smtpMailer>;
let world: MailWorld;

beforeAll(async () => {
  server = await flowServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  smtp = await smtpTestServer();
  mailer = smtpMailer({ url: smtp.url, from: "digest@watch.example.org" });
  world = await mailWorld(server, { models, sendMail: mailer.sendMail }, START);
  await enrol(world, "now@example.org");
  await enrol(world, "daily@example.org", { cadence: "daily", language: "fr" });
});
afterEach(async () => {
  await mailer.close();
  await smtp.close();
  await world.close();
});

function itemOf(key: string, title: string, at = world.now.toISOString()): Item {
  return sampleItem(key, {
    title,
    summary: "",
    feed: { id: sampleItem(key).feed.id, kind: "government", jurisdiction: "EU", language: "en" },
    publishedAt: at,
    firstSeenAt: world.now.toISOString(),
    effectiveAt: at,
  });
}

/** The dossier comes back after a year of silence, and both readers are told. */
async function told(): Promise<Item> {
  const item = itemOf("presidency", NEWS);
  await settleItem(world.ports, item);
  wait(world, 86_400);
  await planDigests(world.ports);
  expect(smtp.received.map(({ mail }) => mail.subject).sort()).toEqual([
    "Back after 386 quiet days: EU: regulation on child sexual abuse material",
    "Votre journée\u00a0: 1 dossier de retour",
  ]);
  return item;
}

/** What each was told the day after, on one line. */
async function nextDay(): Promise<Record<string, string>> {
  const before = smtp.received.length;
  wait(world, 86_400);
  await planDigests(world.ports);
  wait(world, 86_400);
  await planDigests(world.ports);
  return Object.fromEntries(
    smtp.received
      .slice(before)
      .map(({ recipients, mail }) => [recipients[0] ?? "", (mail.text ?? "").replace(/\s+/g, " ")]),
  );
}

describe("a correction, over a real mail server, names what unmade the event", () => {
  it("an item that came late", async () => {
    await told();
    const late = itemOf(
      "committee",
      "European Parliament committee debates chat control 2022/0155(COD), scanning encrypted messages: draft report presented",
      "2023-04-03T09:00:00.000Z",
    );
    await settleItem(world.ports, late);

    const mails = await nextDay();

    expect(mails["now@example.org"]).toContain(
      `an item dated 3 April 2023, which reached us only later, changes what went before: ${late.title} https://example.org/committee`,
    );
    expect(mails["daily@example.org"]).toContain("un article daté du 3 avril 2023");
  });

  it("an operator's retraction", async () => {
    const item = await told();
    const [stored] = (await world.store.listEvents(1, null, CSAR)).rows;
    if (stored?.event.item !== item.id) throw new Error("no event");
    await judgeEvent(world.ports, stored.event.id, "retract", "a press release of last year");

    const mails = await nextDay();

    for (const to of ["now@example.org", "daily@example.org"])
      expect(mails[to]).toMatch(/[“«]\s?a press release of last year\s?[”»]/);
  });

  it("an operator who sets the stage right", async () => {
    await told();
    await setStage(world.ports, CSAR, "committee", "read in May", "2023-05-20T00:00:00.000Z");

    const mails = await nextDay();

    expect(mails["now@example.org"]).toContain("The reason given: “read in May”");
  });

  it.each([
    ["merged into another", null],
    ["split from this one", "presidency"],
  ])("a dossier that is %s", async (_how, key) => {
    const item = await told();
    await giveMoves(world.ports, CSAR, DOSSIER, key === null ? null : [item.id]);

    const mails = await nextDay();

    expect(mails["now@example.org"]).toContain(
      "the report belongs to another dossier, “France: access to encrypted messaging”",
    );
    expect(mails["daily@example.org"]).toContain("relève d’un autre dossier");
  });

  it("its own item, which now says something else", async () => {
    const item = await told();
    await settleItem(world.ports, { ...item, title: "Cat found in a tree", fingerprint: "other" });

    const mails = await nextDay();

    expect(mails["now@example.org"]).toContain("what we have read since no longer bears it out");
  });

  it("and keeps its Message-ID where the line is lost after the mail was taken", async () => {
    await told();
    const [stored] = (await world.store.listEvents(1, null, CSAR)).rows;
    if (stored === undefined) throw new Error("no event");
    await judgeEvent(world.ports, stored.event.id, "retract", "an old bill");
    const before = smtp.received.length;
    smtp.manner = (to) =>
      smtp.received.slice(before).some(({ recipients }) => recipients[0] === to)
        ? "accept"
        : "lost";
    for (let turn = 0; turn < 6; turn += 1) {
      wait(world, 43_200);
      await planDigests(world.ports).catch(() => {});
    }

    const ids = (to: string) =>
      smtp.received
        .slice(before)
        .filter(({ recipients }) => recipients[0] === to)
        .map(({ mail }) => mail.messageId);
    for (const to of ["now@example.org", "daily@example.org"]) {
      expect(ids(to)).toHaveLength(2);
      expect(new Set(ids(to)).size).toBe(1);
    }
  });
});

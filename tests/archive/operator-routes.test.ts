import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { serveWeb, type WebServer } from "../../functions/local/http.ts";
import { archiveApp } from "../../shared/archive/app.ts";
import { type EventId, FeedId, itemIdOf } from "../../shared/domain/ids.ts";
import type { Item } from "../../shared/domain/item.ts";
import { loadRegistry } from "../../shared/dossiers/registry.ts";
import { planQuestions } from "../../shared/flows/ask-operator.ts";
import { judgeEvent } from "../../shared/flows/correct-dossier.ts";
import { settleItem } from "../../shared/flows/settle-item.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import { flowServer, type MailWorld, mailWorld, wait } from "../flows/mail-world.ts";
import type { DynamoServer } from "../servers/dynamo.ts";

const models = loadModels();
const OPERATOR = "operator@example.org";
let server: DynamoServer;
let world: MailWorld;
let web: WebServer;

beforeAll(async () => {
  server = await flowServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  world = await mailWorld(server, { models, registry: loadRegistry() });
  Object.assign(world.ports, {
    settings: { ...world.ports.settings, operatorEmail: OPERATOR },
  });
  const app = archiveApp({ ports: world.ports, mailbox: null, version: "test" });
  web = await serveWeb(app, "127.0.0.1", 0);
});
afterEach(async () => {
  await web.close();
  await world.close();
});

function itemOf(title: string, over: Partial<Item> = {}): Item {
  const feed = FeedId.parse("us-paper");
  const at = world.now.toISOString();
  return {
    id: itemIdOf(feed, title),
    feed: { id: feed, kind: "press", jurisdiction: "US", language: "en" },
    guid: title,
    url: "https://paper.example.org/earn-it",
    title,
    summary: "",
    publishedAt: at,
    firstSeenAt: at,
    effectiveAt: at,
    stageHint: null,
    revision: 1,
    fingerprint: title,
    backfill: false,
    sources: [],
    ...over,
  };
}

const SENATE = {
  feed: { id: FeedId.parse("us-senate"), kind: "parliament", jurisdiction: "US", language: "en" },
} as const;
const UNSURE = "EARN IT Act may return this spring";

/** One item that perhaps brings a dossier back, and a minute later the operator's turn. */
async function raise(title = UNSURE, over: Partial<Item> = {}): Promise<void> {
  await settleItem(world.ports, itemOf(title, over));
  wait(world, 60);
  await planQuestions(world.ports);
}

const theEvent = async () => (await world.store.listEvents(10, null, null)).rows[0]?.event;

/** The two links of the mail, on this server. */
function links(): { confirm: string; reject: string } {
  const found = [...(world.outbox[0]?.text ?? "").matchAll(/^https\S+(\/operator\?token=\S+)$/gm)];
  const [confirm = "", reject = ""] = found.map(([, path]) => `${web.url}${path}`);
  return { confirm, reject };
}

describe("a possible event is put to the operator", () => {
  it("by one mail with its reason, its words, its item and both links", async () => {
    await raise();
    wait(world, 3_600);
    await planQuestions(world.ports);

    expect(world.outbox).toHaveLength(1);
    const mail = world.outbox[0];
    const text = mail?.text.replaceAll(/\s+/g, " ") ?? "";
    expect(mail?.to).toBe(OPERATOR);
    expect(mail?.subject).toMatch(/^Possibly back: .*EARN IT/);
    for (const said of [UNSURE, "Because: ", "Words: “", "https://paper.example.org/earn-it"])
      expect(text).toContain(said);
    expect(links().confirm).not.toBe(links().reject);
    expect(mail?.html.match(/href="https:\/\/watch\.example\.org\/operator\?token=/g)).toHaveLength(
      2,
    );
    expect(JSON.stringify(world.logs)).not.toMatch(/@|operator\?token/);
  });

  it("again, and as the same mail, where the server said no for now", async () => {
    world.answer = () => ({ kind: "deferred", detail: "451" });
    await raise();
    expect(world.outbox).toHaveLength(0);

    world.answer = () => ({ kind: "sent" });
    wait(world, 120);
    await planQuestions(world.ports);
    expect(world.outbox).toHaveLength(1);
  });

  it.each([
    ["news", "Senators reintroduce EARN IT Act", SENATE],
    ["what a feed's first poll brought", UNSURE, { backfill: true }],
  ])("but not %s", async (_name, title, over) => {
    await raise(title, over);

    expect(await theEvent()).toBeDefined();
    expect(world.outbox).toHaveLength(0);
  });

  it("and to nobody where no operator is named", async () => {
    Object.assign(world.ports, { settings: { ...world.ports.settings, operatorEmail: undefined } });
    await raise();

    expect(await theEvent()).toMatchObject({ event: "possible" });
    expect(world.outbox).toHaveLength(0);
  });
});

it("an item's page says that it raised an event, and why no news", async () => {
  await raise();
  const item = (await theEvent())?.item;
  const page = await (await fetch(`${web.url}/items/${item}`)).text();

  expect(page).toMatch(
    /It raised a possible event, (?:below the bar for news|no news before an institution .* too): Lapsed 423 days/,
  );
});

it("an item's page says what it reports, of which dossier, and what would have made it news", async () => {
  await raise();
  const item = (await theEvent())?.item;
  const read = async () => {
    const page = await (await fetch(`${web.url}/items/${item}`)).text();
    return page.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
  };

  const page = await read();
  expect(page).toMatch(/Relevant: \d+ % likely .*“EARN IT” is of the subject\./);
  expect(page).toMatch(
    /What it reports Act something is officially started.* % sure, by .*“return”/,
  );
  expect(page).toMatch(/Which text “EARN IT Act” .*Direction towards access/);
  expect(page).toMatch(/Dossier US EARN IT Act *, by its name in “EARN IT Act”\./);
  expect(page).toMatch(/What would have made it news: .*an institution&#39;s own item/);

  Object.assign(world.ports, { models: { ...models, version: "newer" } });
  const later = await read();
  expect(later).not.toContain("What it reports");
  expect(later).toMatch(/us-earnit by alias .*What came of it .*What would have made it news:/);
});

it("what was told as news and taken back stands among the corrections, with the reason", async () => {
  await raise("Senators reintroduce EARN IT Act", SENATE);
  const id = (await theEvent())?.id ?? ("" as EventId);
  await world.store.markAnnounced(id, world.now);
  const front = async () => (await fetch(web.url)).text();
  expect(await front()).not.toContain("Corrections");

  await judgeEvent(world.ports, id, "retract", "an old bill");

  expect(await front()).toMatch(
    /Corrections.*\/events\/.*retracted: an old bill<\/bdi> · had been mailed on .*2026-03-02/s,
  );
});

it("and what was only possible, and rejected, does not", async () => {
  await raise();
  await fetch(links().reject, { method: "POST" });

  expect(await theEvent()).toMatchObject({ state: "retracted" });
  expect(await (await fetch(web.url)).text()).not.toContain("Corrections");
});

describe("the operator's link", () => {
  it("shows the event and a button, and changes nothing when it is looked at", async () => {
    await raise();
    const { confirm, reject } = links();
    for (const link of [confirm, reject]) {
      expect((await fetch(link, { method: "HEAD" })).status).toBe(200);
      const answer = await fetch(link);
      const page = (await answer.text()).replaceAll(/<\/?mark>/g, "");

      expect(answer.headers.get("Cache-Control")).toBe("no-store");
      expect(answer.headers.get("Referrer-Policy")).toBe("no-referrer");
      expect(page).toContain(UNSURE);
      expect(page.match(/<form method="post" action="\/operator\?token=/g)).toHaveLength(1);
    }

    expect(await theEvent()).toMatchObject({ event: "possible", state: "standing" });
  });

  it("confirms on a POST: readers are mailed from then on, once", async () => {
    await raise();
    const { confirm } = links();
    const first = await fetch(confirm, { method: "POST" });
    const judged = await theEvent();
    const again = await fetch(confirm, { method: "POST" });

    expect([first.status, again.status]).toEqual([200, 200]);
    expect(judged).toMatchObject({ event: "resurfaced", state: "standing", confidence: 1 });
    expect(await theEvent()).toEqual(judged);
    expect(await world.store.eventsToAnnounce(new Date("2027-01-01"), 10)).toHaveLength(1);
  });

  it("rejects on a POST, and the other link does nothing after it", async () => {
    await raise();
    const { confirm, reject } = links();
    await fetch(reject, { method: "POST" });
    const page = await (await fetch(confirm, { method: "POST" })).text();

    expect(await theEvent()).toMatchObject({ state: "retracted" });
    expect(page).toContain("no longer waits");
    expect(page).not.toContain("<form");
    expect(await world.store.eventsToAnnounce(new Date("2027-01-01"), 10)).toEqual([]);
  });

  it("does nothing when it is changed, too old, or sent by another site's page", async () => {
    await raise();
    const { confirm } = links();
    const post = { method: "POST" };
    const foreign = { ...post, headers: { "Sec-Fetch-Site": "cross-site" } };

    expect((await fetch(`${confirm.slice(0, -3)}xyz`, post)).status).toBe(400);
    expect((await fetch(confirm, foreign)).status).toBe(403);
    wait(world, 30 * 86_400);
    expect((await fetch(confirm, post)).status).toBe(410);
    expect(await theEvent()).toMatchObject({ event: "possible", state: "standing" });
  });
});

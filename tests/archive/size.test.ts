import { afterAll, beforeAll, expect, it } from "vitest";
import { archiveApp } from "../../shared/archive/app.ts";
import { FeedDefinition } from "../../shared/domain/feed.ts";
import { checkFeeds } from "../../shared/flows/check-feeds.ts";
import type { Ports, Store } from "../../shared/flows/ports.ts";
import { memoryStore, type TestStore } from "../servers/dynamo.ts";

const NOW = new Date("2026-03-02T10:00:00.000Z");
const COUNT = 230;
let opened: TestStore;
const called: string[] = [];
let ports: Ports;

beforeAll(async () => {
  opened = memoryStore(() => NOW);
  const store = new Proxy(opened.store, {
    get(target, name: keyof Store & string) {
      return (...given: unknown[]) => {
        called.push(name);
        return (target[name] as (...given: unknown[]) => unknown)(...given);
      };
    },
  });
  ports = {
    store,
    registry: [],
    now: () => NOW,
    log: () => {},
    settings: { publicUrl: "https://watch.example.org", contactUrl: "https://example.org/us" },
  } as unknown as Ports;
  const feeds = Array.from({ length: COUNT }, (_, n) =>
    FeedDefinition.parse({
      id: `feed-${String(n).padStart(3, "0")}`,
      url: `https://feeds.example.org/${n}`,
      title: `Feed number ${n}.`,
      kind: "press",
    }),
  );
  await opened.store.seedFeeds(feeds, NOW);
  await checkFeeds(ports);
});
afterAll(() => opened.close());

const get = async (path: string) => {
  const app = archiveApp({ ports, mailbox: null, version: "0" });
  const answer = await app.request(path);
  return { status: answer.status, text: await answer.text() };
};

it("the first page and /healthz tell of all feeds and read none", async () => {
  called.length = 0;
  const [front, health] = [await get("/"), await get("/healthz")];

  expect(front.text).toContain(`${COUNT} feeds watched`);
  expect(health.text).toContain(`${COUNT} known`);
  expect(called.filter((name) => /feedsPage|listFeeds|loadFeeds$|loadFeed$/.test(name))).toEqual(
    [],
  );
});

it("/feeds shows every feed once, a hundred on a page", async () => {
  const pages: string[] = [];
  for (let path: string | undefined = "/feeds"; path !== undefined; ) {
    const { text } = await get(path);
    pages.push(text);
    path = /rel="next" href="([^"]+)"/.exec(text)?.[1];
  }
  const shown = pages.flatMap((text) =>
    [...text.matchAll(/Feed number \d+\./g)].map(([one]) => one),
  );

  expect(pages).toHaveLength(3);
  expect([shown.length, new Set(shown).size]).toEqual([COUNT, COUNT]);
});

it("/api/feeds gives all of a small catalogue at once, and pages where asked to", async () => {
  const whole = JSON.parse((await get("/api/feeds")).text);
  const first = JSON.parse((await get("/api/feeds?limit=200")).text);
  const rest = JSON.parse((await get(`/api/feeds?limit=200&cursor=${first.next}`)).text);

  expect([whole.feeds.length, whole.next]).toEqual([COUNT, null]);
  expect([...first.feeds, ...rest.feeds]).toEqual(whole.feeds);
  expect(rest.next).toBeNull();
});

it.each(["limit=0", "limit=1001", "cursor=x", "page=2"])("refuses /api/feeds?%s", async (query) => {
  expect((await get(`/api/feeds?${query}`)).status).toBe(400);
});

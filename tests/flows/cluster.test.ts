import { afterAll, beforeAll, expect, it } from "vitest";
import { type FeedId, itemIdOf } from "../../shared/domain/ids.ts";
import type { Item } from "../../shared/domain/item.ts";
import type { Kind } from "../../shared/domain/vocabulary.ts";
import { loadRegistry } from "../../shared/dossiers/registry.ts";
import type { Ports } from "../../shared/flows/ports.ts";
import { settleItem } from "../../shared/flows/settle-item.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import { type DynamoServer, flowServer, openStore, type TestStore } from "../servers/dynamo.ts";
import { sampleItem, sampleQuery } from "../store/samples.ts";

const NOW = new Date("2026-03-02T00:00:00.000Z");
const TITLE = "French MPs reject encryption backdoor for messaging apps in drug trafficking bill";

let server: DynamoServer;
let open: TestStore;
let ports: Ports;

beforeAll(async () => {
  server = await flowServer();
  open = await openStore(server.endpoint, () => NOW);
  const settings = { coalesceSeconds: 0 };
  ports = {
    store: open.store,
    now: () => NOW,
    log: () => {},
    registry: loadRegistry(),
    models: loadModels(),
    settings,
  } as unknown as Ports;
});
afterAll(async () => {
  open.close();
  await server.close();
});

function report(feed: string, kind: Kind, over: Partial<Item> = {}): Item {
  const id = feed as FeedId;
  return sampleItem(TITLE, {
    id: itemIdOf(id, `${feed} ${over.title ?? ""}`),
    feed: { id, kind, jurisdiction: "FR", language: "en" },
    title: TITLE,
    summary: "The National Assembly voted against access to encrypted messages.",
    url: `https://${feed}.example/1`,
    sources: [{ feed: id, url: null, firstSeen: NOW.toISOString() }],
    ...over,
  });
}

it("lists a story once with all its feeds, keeps every telling at its own address, and an institution's own beside it", async () => {
  const first = report("a-paper", "press");
  const second = report("b-paper", "press");
  const third = report("c-blog", "community");
  const official = report("assembly", "parliament");

  for (const item of [first, second, official, third, second]) await settleItem(ports, item);

  const { rows } = await ports.store.queryItems(sampleQuery({ q: ["drug trafficking"] }));
  expect(rows.map((row) => row.feed.id).sort()).toEqual(["a-paper", "assembly"]);
  const head = rows.find((row) => row.feed.id === "a-paper");
  expect(head?.sources.map((source) => source.feed)).toEqual(["a-paper", "b-paper", "c-blog"]);
  expect((await ports.store.loadItem(second.id))?.story).toBe(first.id);
});

it("never puts news under an item that a feed's first poll only filed", async () => {
  const title =
    "Swedish government proposes encryption backdoor law for messaging apps next spring";
  await settleItem(ports, report("a-paper", "press", { title, backfill: true }));
  await settleItem(ports, report("b-paper", "press", { title }));

  const { rows } = await ports.store.queryItems(sampleQuery({ q: ["swedish"] }));

  expect(rows.map((row) => row.feed.id).sort()).toEqual(["a-paper", "b-paper"]);
});

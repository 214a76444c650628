// Matching: new models reach the archive, once, resumably, and nobody is mailed for it.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { FeedId, itemIdOf } from "../../shared/domain/ids.ts";
import { Item } from "../../shared/domain/item.ts";
import type { Ports } from "../../shared/flows/ports.ts";
import { reclassify } from "../../shared/flows/reclassify.ts";
import { settleItem } from "../../shared/flows/settle-item.ts";
import type { Models } from "../../shared/matching/keyword-model.ts";
import { openRig, type Rig } from "../flows/poll-rig.ts";
import { type DynamoServer, flowServer } from "../servers/dynamo.ts";
import { sampleQuery } from "../store/samples.ts";

let server: DynamoServer;
let rig: Rig;
const feed = FeedId.parse("press-feed");

beforeAll(async () => {
  server = await flowServer();
});
afterAll(async () => {
  await server.close();
});
beforeEach(async () => {
  rig = await openRig(server.endpoint);
  return () => rig.close();
});

function itemOf(title: string): Item {
  const at = rig.now().toISOString();
  return Item.parse({
    id: itemIdOf(feed, title),
    feed: { id: feed, kind: "press", jurisdiction: null, language: "en" },
    guid: title,
    url: null,
    title,
    summary: "",
    publishedAt: at,
    firstSeenAt: at,
    effectiveAt: at,
    stageHint: null,
    revision: 1,
    fingerprint: title,
    backfill: false,
    sources: [{ feed, url: null, firstSeen: at }],
  });
}

/** The same models under another version; with `deaf`, models to which nothing is relevant. */
function modelsOf(version: string, deaf = false): Models {
  const { models } = rig.ports;
  return {
    ...models,
    version,
    relevant: deaf ? { ...models.relevant, bias: -99 } : models.relevant,
  };
}

const portsWith = (models: Models): Ports => ({ ...rig.ports, models });
const TITLES = [
  "EU chat control vote postponed",
  "Backdoor in encrypted messages demanded",
  "Cat in a tree",
];

async function versions(): Promise<(string | undefined)[]> {
  const items = await Promise.all(
    TITLES.map((title) => rig.ports.store.loadItem(itemIdOf(feed, title))),
  );
  return items.map((item) => item?.decision?.model);
}

test("every item is brought to the present version, and the next run finds nothing to do", async () => {
  for (const title of TITLES) await settleItem(portsWith(modelsOf("old")), itemOf(title));

  const first = await reclassify(portsWith(modelsOf("new")), 100);
  const second = await reclassify(portsWith(modelsOf("new")), 100);

  expect(first).toEqual({ seen: 3, changed: 3, failed: 0, next: null });
  expect(second).toMatchObject({ seen: 3, changed: 0 });
  expect(await versions()).toEqual(["new", "new", "new"]);
});

test("a story that another item stands for is in no list, and is brought along all the same", async () => {
  const { store } = rig.ports;
  const [head, told] = [itemOf(TITLES[0] as string), itemOf(TITLES[1] as string)];
  await settleItem(portsWith(modelsOf("old")), head);
  await settleItem(portsWith(modelsOf("old")), told);
  const { decision } = (await store.loadItem(told.id)) ?? {};
  if (!decision) throw new Error("not settled");
  await store.settleItem({ ...told, story: head.id }, decision, rig.now());

  const listed = await store.queryItems(sampleQuery({ relevant: "any" }));
  const first = await reclassify(portsWith(modelsOf("new")), 100);

  expect(first).toMatchObject({ changed: 2, failed: 0 });
  expect((await store.loadItem(told.id))?.decision?.model).toBe("new");
  expect(listed.rows.map(({ id }) => id)).toEqual([head.id]);
});

test("cut short, it goes on where it stopped", async () => {
  for (const title of TITLES) await settleItem(portsWith(modelsOf("old")), itemOf(title));
  const ports = portsWith(modelsOf("new"));

  const first = await reclassify(ports, 2);
  const rest = await reclassify(ports, 2, first.next);

  expect(first.changed + rest.changed).toBe(3);
  expect(await versions()).toEqual(["new", "new", "new"]);
});

test("what a new model makes relevant is in the archive and in no digest; what was relevant stays due", async () => {
  const [control = "", backdoor = ""] = TITLES;
  await settleItem(portsWith(modelsOf("old")), itemOf(control));
  await settleItem(portsWith(modelsOf("old", true)), itemOf(backdoor));

  await reclassify(portsWith(modelsOf("new")), 100);

  const known = await rig.ports.store.loadItem(itemIdOf(feed, control));
  const found = await rig.ports.store.loadItem(itemIdOf(feed, backdoor));
  expect(known).toMatchObject({ backfill: false, decision: { relevant: true } });
  expect(found).toMatchObject({ backfill: true, decision: { relevant: true } });
});

test("an item that fails keeps its old version, is counted, and stops no other", async () => {
  for (const title of TITLES) await settleItem(portsWith(modelsOf("old")), itemOf(title));
  const broken = itemIdOf(feed, TITLES[0] ?? "");
  rig.breakStore((method, argument) => method === "settleItem" && (argument as Item).id === broken);

  const run = await reclassify(portsWith(modelsOf("new")), 100);
  rig.breakStore(null);
  const again = await reclassify(portsWith(modelsOf("new")), 100);

  expect(run).toMatchObject({ changed: 2, failed: 1 });
  expect(again).toMatchObject({ changed: 1, failed: 0 });
});

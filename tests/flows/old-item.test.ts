import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { DossierEvent, Move } from "../../shared/domain/dossier.ts";
import { planDigests } from "../../shared/flows/plan-digests.ts";
import { refollow } from "../../shared/flows/settle-item.ts";
import type { DynamoServer } from "../servers/dynamo.ts";
import { DOSSIER, sampleMove } from "../store/samples.ts";
import { enrol, flowServer, type MailWorld, mailWorld, publish, wait } from "./mail-world.ts";

let server: DynamoServer;
let world: MailWorld;

beforeAll(async () => {
  server = await flowServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  world = await mailWorld(server, {}, "2026-11-30T10:00:00.000Z");
  await enrol(world, "reader@example.org");
});
afterEach(() => world.close());

/** An item of that day comes in now, and its dossier is followed anew. */
async function arrives(key: string, at: string, over: Partial<Move> = {}): Promise<void> {
  const item = await publish(
    world,
    key,
    { publishedAt: at, effectiveAt: at },
    { dossier: DOSSIER },
  );
  const move = { ...sampleMove(item.id), at, confidence: 0.95, traits: { act: "open" }, ...over };
  await world.store.putMove(move);
  await refollow(world.ports, DOSSIER, null);
}

const events = async (): Promise<DossierEvent[]> =>
  (await world.store.listEvents(10, null, DOSSIER)).rows.map(({ event }) => event);
const mailed = async (): Promise<number> => {
  wait(world, 700);
  await planDigests(world.ports);
  return world.outbox.length;
};

it("an old item that a feed brings late leaves the dossier where the registry put it, and mails nobody", async () => {
  await arrives("old", "2025-02-20T09:00:00.000Z", { stage: "withdrawn", traits: { act: "end" } });
  await arrives("older", "2025-03-10T09:00:00.000Z");

  expect((await world.store.loadDossier(DOSSIER))?.state).toMatchObject({
    stage: "rejected",
    lastMoveAt: "2025-03-20T00:00:00.000Z",
  });
  expect(await events()).toEqual([]);
  expect(await mailed()).toBe(0);
});

it("a comeback of last year that comes to light when newer steps are known is filed at its date, and mails nobody", async () => {
  await arrives("known", "2026-11-01T09:00:00.000Z", {
    stage: "vote",
    traits: { act: "step" },
    confidence: 0.55,
  });
  await arrives("late", "2025-09-01T09:00:00.000Z");

  const late = (await events()).find(({ at }) => at.startsWith("2025-09-01"));
  expect(late).toMatchObject({
    from: "rejected",
    quietDays: 165,
    previous: { at: "2025-03-20T00:00:00.000Z" },
    backfill: true,
  });
  expect((await world.store.loadDossier(DOSSIER))?.state.stage).toBe("vote");
  expect(await mailed()).toBe(0);
});

it("a comeback of weeks ago that nothing newer is known of is mailed, late as it is", async () => {
  await arrives("late", "2026-11-01T09:00:00.000Z");

  expect(await mailed()).toBe(1);
  expect(world.outbox[0]?.subject).toMatch(/^Back from rejected after 591 quiet days/);
});

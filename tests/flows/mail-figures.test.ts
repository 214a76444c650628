// What /healthz says of mail, kind by kind.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { healthOf } from "../../shared/archive/health.ts";
import type { OwedMail } from "../../shared/domain/owed-mail.ts";
import { planDigests } from "../../shared/flows/plan-digests.ts";
import { watchMail } from "../../shared/flows/watch-mail.ts";
import type { DynamoServer } from "../servers/dynamo.ts";
import {
  dynaliteServer,
  enrol,
  type MailWorld,
  mailWorld,
  publish,
  resurface,
  wait,
} from "./mail-world.ts";

let server: DynamoServer;
let world: MailWorld;
beforeAll(async () => {
  server = await dynaliteServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  world = await mailWorld(server);
  const { sendMail, now, log } = world.ports;
  const bare = (mail: Parameters<typeof sendMail>[0]) => sendMail(mail, "immediate");
  Object.assign(world.ports, { sendMail: watchMail(bare, { store: world.store, now, log }) });
});
afterEach(() => world.close());

const kinds = async () => (await healthOf(world.ports)).parts["mail"]?.kinds;
const NOTHING = { sent: 0, refused: 0, deferred: 0, waiting: 0, oldestWaiting: null };

it("an operator sees that news goes out while digests are refused, and the next day counts anew", async () => {
  await enrol(world, "now@example.org");
  await enrol(world, "daily@example.org", { cadence: "daily" });
  await resurface(world, "comeback");
  wait(world, 700);
  await planDigests(world.ports);
  world.answer = () => ({ kind: "refused", detail: "550 DATA" });
  wait(world, 86_400);
  await planDigests(world.ports);

  expect(await kinds()).toEqual({ periodic: { ...NOTHING, refused: 1 } });
  wait(world, -43_200);
  expect(await kinds()).toMatchObject({ immediate: { ...NOTHING, sent: 1 } });
});

it("an operator sees what waits of each kind and since when, and nobody's address or id", async () => {
  const { id } = await enrol(world, "daily@example.org", { cadence: "daily" });
  await publish(world, "item");
  const begun = world.now.toISOString();
  const owed: OwedMail = {
    subscriber: id,
    kind: "sign-up",
    name: "sign-up:1",
    signUp: begun,
    askedAt: begun,
    dueAt: begun,
    tries: 0,
    repeats: 0,
    lane: null,
  };
  await world.store.oweMail(owed);
  await resurface(world, "comeback");
  wait(world, 3 * 86_400);
  world.answer = () => ({ kind: "deferred", detail: "ESOCKET CONN" });
  await planDigests(world.ports).catch(() => undefined);

  const health = await healthOf(world.ports);
  expect(health.parts["mail"]?.kinds).toEqual({
    "sign-up": { ...NOTHING, waiting: 1, oldestWaiting: begun },
    periodic: {
      ...NOTHING,
      deferred: 1,
      waiting: 1,
      oldestWaiting: (await world.store.loadSubscriber(id))?.nextDigestAt,
    },
  });
  expect(JSON.stringify(health)).not.toMatch(new RegExp(`@|${id}`));
});

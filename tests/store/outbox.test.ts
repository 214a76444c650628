import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { OwedMail } from "../../shared/domain/owed-mail.ts";
import {
  type DynamoServer,
  dynaliteServer,
  memoryStore,
  openStore,
  type TestStore,
} from "../servers/dynamo.ts";
import { sampleSubscriber } from "./samples.ts";

const NOW = new Date("2026-03-02T00:00:00.000Z");
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);
const HOUR = 3_600;

const servers: [string, () => Promise<DynamoServer | null>][] = [
  ["SQLite", async () => null],
  ["dynalite", () => dynaliteServer()],
];

const owed = (name: string, over: Partial<OwedMail> = {}): OwedMail => ({
  subscriber: `${name}${"-".repeat(22)}`.slice(0, 22) as OwedMail["subscriber"],
  kind: "sign-up",
  name: `sign-up:${name}`,
  signUp: NOW.toISOString(),
  askedAt: NOW.toISOString(),
  dueAt: NOW.toISOString(),
  tries: 0,
  repeats: 0,
  lane: null,
  ...over,
});
describe.each(servers)("the outbox on %s", (_name, startServer) => {
  let server: DynamoServer | null;
  let open: TestStore;

  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(async () => {
    await server?.close();
  });
  beforeEach(async () => {
    open = server === null ? memoryStore(() => NOW) : await openStore(server.endpoint, () => NOW);
  });
  afterEach(() => open.close());

  const namesDue = async (at: Date) =>
    (await open.store.owedDue(at, 10)).map(({ name }) => name.replace("sign-up:", ""));

  it("what is owed is due from its time on, the first to ask first, and one of a kind at a time", async () => {
    const first = owed("first", { askedAt: later(-60).toISOString() });
    await open.store.oweMail(owed("second"));
    await open.store.oweMail(first);
    await open.store.oweMail(owed("later", { dueAt: later(HOUR).toISOString() }));
    const again = await open.store.oweMail({ ...first, name: "sign-up:another" });

    expect(again).toBe(false);
    expect(await namesDue(NOW)).toEqual(["first", "second"]);
    expect(await namesDue(later(HOUR))).toEqual(["first", "second", "later"]);
    expect(await open.store.countOwed(10)).toBe(3);
  });

  it("what a clock that was wrong put off for years is due", async () => {
    await open.store.oweMail(owed("astray", { dueAt: "2036-01-01T00:00:00.000Z" }));

    expect(await namesDue(NOW)).toEqual(["astray"]);
  });

  it("whoever settled or replaced a mail is not undone by one who was slower", async () => {
    const old = owed("mail");
    await open.store.oweMail(old);
    await open.store.settleOwed(old);
    await open.store.postponeOwed(old);
    const gone = await open.store.owedMail(old.subscriber, "sign-up");
    await open.store.oweMail({ ...old, name: "sign-up:new" });
    await open.store.settleOwed(old);

    expect(gone).toBeNull();
    expect((await open.store.owedMail(old.subscriber, "sign-up"))?.name).toBe("sign-up:new");
  });

  it("deleting somebody deletes what is owed to them", async () => {
    const subscriber = sampleSubscriber("x");
    await open.store.saveSubscriber(subscriber);
    await open.store.oweMail(owed("x", { subscriber: subscriber.id }));
    await open.store.deleteSubscriber(subscriber.id);

    expect(await open.store.owedMail(subscriber.id, "sign-up")).toBeNull();
  });

  it("of a few slots no window, wherever it begins, holds more; those given back are free at once", async () => {
    const take = (holder: string, at: Date) => open.store.takeSlot("lane", holder, at, 2, HOUR);
    const first = [
      await take("a", NOW),
      await take("b", later(1_800)),
      await take("c", later(1_900)),
    ];
    const same = await take("b", later(1_900));
    const slid = [await take("c", later(HOUR)), await take("d", later(HOUR))];
    await open.store.freeSlot("lane", "c");
    const freed = await take("d", later(HOUR));

    const taken = { kind: "taken" };
    expect(first).toEqual([taken, taken, { kind: "full", freeAt: later(HOUR) }]);
    expect(same).toEqual(taken);
    expect(slid).toEqual([taken, { kind: "full", freeAt: later(1_800 + HOUR) }]);
    expect(freed).toEqual(taken);
  });

  it("of many at once as many get a slot as there are, and a clock that was ahead keeps none", async () => {
    await open.store.takeSlot("lane", "ahead", new Date("2036-01-01"), 2, HOUR);
    const slots = await Promise.all(
      Array.from({ length: 8 }, (_, i) => open.store.takeSlot("lane", `${i}`, NOW, 2, HOUR)),
    );

    expect(slots.filter(({ kind }) => kind === "taken")).toHaveLength(2);
  });
});

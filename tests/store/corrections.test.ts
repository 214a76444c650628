import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DossierEvent } from "../../shared/domain/dossier.ts";
import {
  type DynamoServer,
  dynaliteServer,
  dynoxideBinary,
  dynoxideServer,
  memoryStore,
  openStore,
  type TestStore,
} from "../servers/dynamo.ts";
import { sampleEvent, sampleRecord, sampleSubscriber } from "./samples.ts";

const NOW = new Date("2026-12-31T20:00:00.000Z");
const HOUR = 3_600_000;
const later = (hours: number) => new Date(NOW.getTime() + hours * HOUR);

const binary = dynoxideBinary();
/** Null: no server, but SQLite in this process. */
const servers: [string, () => Promise<DynamoServer | null>][] = [
  ["SQLite", async () => null],
  ["dynalite", () => dynaliteServer()],
];
if (binary !== null) servers.push(["dynoxide", () => dynoxideServer(binary)]);

const openOn = async (server: DynamoServer | null) =>
  server === null ? memoryStore(() => NOW) : openStore(server.endpoint, () => NOW);

describe.each(servers)("events that were news and are taken back, on %s", (_name, start) => {
  let server: DynamoServer | null;

  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server?.close());

  async function withStore<T>(work: (store: TestStore["store"]) => Promise<T>): Promise<T> {
    const open = await openOn(server);
    try {
      return await work(open.store);
    } finally {
      open.close();
    }
  }

  /** Each state of one event in turn, an hour apart; what is then to be told. */
  const toldAfter = (...states: readonly Partial<DossierEvent>[]) =>
    withStore(async (store) => {
      for (const [version, over] of states.entries())
        await store.commitDossier(
          sampleRecord(version),
          [sampleEvent("item", over)],
          later(version),
          later(version + 0.5),
        );
      const waiting = await store.correctionsToTell(later(99), 10);
      return waiting.map(({ correctedAt, tellCorrectionAt }) => [correctedAt, tellCorrectionAt]);
    });
  const at = (hours: number) => later(hours).toISOString();
  const possible = { event: "possible" } as const;
  const retracted = { state: "retracted" } as const;
  const superseded = { state: "superseded" } as const;

  it.each<[string, readonly Partial<DossierEvent>[], readonly string[][]]>([
    [
      "one that an operator retracts waits to be told, after its hold",
      [{}, retracted],
      [[at(1), at(1.5)]],
    ],
    ["one that a late item unmakes likewise", [{}, superseded], [[at(1), at(1.5)]]],
    [
      "the first time holds, whatever is written later",
      [{}, superseded, retracted],
      [[at(1), at(1.5)]],
    ],
    ["one that stands again is corrected no more", [{}, superseded, {}], []],
    ["and is anew where it falls again", [{}, superseded, {}, superseded], [[at(3), at(3.5)]]],
    [
      "one that became a mere possibility before still was news",
      [{}, possible, retracted],
      [[at(2), at(2.5)]],
    ],
    ["one that stands is none", [{}, { reason: "upgraded" }], []],
    ["one that was never news is none", [possible, retracted], []],
    ["one that was confirmed was news", [possible, {}, retracted], [[at(2), at(2.5)]]],
    [
      "one of a feed's first poll was never mailed",
      [{ backfill: true }, { backfill: true, ...superseded }],
      [],
    ],
    ["one that nobody ever saw standing is none", [superseded], []],
  ])("%s", async (_what, states, expected) => {
    expect(await toldAfter(...states)).toEqual(expected);
  });

  it("are told once, and go on being listed by when that was, over the turn of a year", () =>
    withStore(async (store) => {
      const events = ["a", "b", "c"].map((item) => sampleEvent(item));
      await store.commitDossier(sampleRecord(0), events, NOW, NOW);
      for (const [index, event] of events.slice(0, 2).entries()) {
        const hours = index === 0 ? 1 : 6;
        const unmade = [{ ...event, ...superseded }];
        await store.commitDossier(sampleRecord(index + 1), unmade, later(hours), later(hours));
      }
      for (const { event } of await store.correctionsToTell(later(1), 10))
        await store.markCorrectionTold(event.id);
      await store.commitDossier(
        sampleRecord(3),
        [{ ...sampleEvent("a"), ...superseded, reason: "another" }],
        later(7),
        later(7),
      );

      const itemsOf = (rows: readonly { readonly event: DossierEvent }[]) =>
        rows.map(({ event }) => event.item);
      expect(itemsOf(await store.correctionsToTell(later(99), 10))).toEqual(["b"]);
      expect(itemsOf(await store.eventsCorrected(NOW, later(99)))).toEqual(["a", "b"]);
      expect(itemsOf(await store.eventsCorrected(later(2), later(99)))).toEqual(["b"]);
      expect(itemsOf(await store.eventsToAnnounce(later(99), 10))).toEqual(["c"]);
    }));
});

describe.each(servers)("what a reader was mailed, on %s", (_name, start) => {
  let server: DynamoServer | null;
  let open: TestStore;
  const { id } = sampleSubscriber("a");

  beforeAll(async () => {
    server = await start();
    open = await openOn(server);
  });
  afterAll(async () => {
    open.close();
    await server?.close();
  });

  /** What was written of one mail, and by which hour: `carry` says that the try under way has the event in it. */
  it.each<[string, string, number | null, number | null]>([
    ["sent: when it was", "claim@0 carry sent@1", 1, 1],
    ["never tried: not", "", null, null],
    ["of unknown fate: it may have gone, when it was claimed", "claim@0 carry unknown@0", 0, 0],
    ["put off: not", "claim@0 carry deferred@0", null, null],
    ["refused: not", "claim@0 carry refused@0", null, null],
    ["given back: not", "claim@0 carry released@0", null, null],
    ["may have gone, then put off", "claim@0 carry claim@3 carry deferred@3", 3, 3],
    ["put off, then sent", "claim@0 carry deferred@0 claim@3 carry sent@4", 4, 4],
    ["given back, then sent", "claim@0 released@0 claim@3 carry sent@4", 4, 4],
    ["put off with it, then sent without", "claim@0 carry deferred@0 claim@3 sent@4", 4, null],
    ["may have gone with it, then sent without", "claim@0 carry claim@3 sent@4", 4, 4],
    [
      "put off with it, may have gone without, then put off",
      "claim@0 carry deferred@0 claim@3 claim@5 deferred@5",
      5,
      null,
    ],
    [
      "put off, may have gone with it, put off, sent without",
      "claim@0 deferred@0 claim@3 carry claim@5 deferred@5 claim@9 sent@9",
      9,
      9,
    ],
  ])("%s", async (name, steps, alone, within) => {
    const { store } = open;
    const mail = `period:${name}`;
    const event = `event:${name}`;
    for (const text of steps.split(" ").filter((part) => part !== "")) {
      const [step = "", hours] = text.split("@");
      const at = later(Number(hours ?? 0));
      if (step === "carry") await store.noteCarried(id, mail, [event], at);
      else if (step === "claim") await store.claimSend(id, mail, at, 60);
      else await store.recordSend(id, mail, step as "sent", at);
    }

    const instantOf = (hours: number | null) =>
      hours === null ? null : later(hours).toISOString();
    expect(await store.sentAt(id, mail)).toBe(instantOf(alone));
    expect(await store.carriedAt(id, event)).toBe(instantOf(within));
    expect(await store.sentAt(id, event)).toBeNull();
    expect([...(await store.claimedAmong(id, [event, mail]))]).toEqual(steps === "" ? [] : [mail]);
  });

  it("goes with everything else that is deleted", async () => {
    const { store } = open;
    await store.claimSend(id, "period:x", NOW, 60);
    await store.noteCarried(id, "period:x", ["event:x"], NOW);
    const before = await store.carriedAt(id, "event:x");

    await store.deleteSubscriber(id);

    expect(before).not.toBeNull();
    expect(await store.carriedAt(id, "event:x")).toBeNull();
    // A mail that was in flight leaves nothing behind either.
    for (const outcome of ["sent", "deferred"] as const)
      await store.recordSend(id, "period:x", outcome, NOW);
    expect(await store.sentAt(id, "period:x")).toBeNull();
    expect(await store.claimSend(id, "period:x", NOW, 60)).toBe("claimed");
    expect(await store.carriedAt(id, "event:x")).toBeNull();
  });
});

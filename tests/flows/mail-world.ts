// Ports for the mail flows: the real store on a DynamoDB-compatible server, an outbox in memory, a clock moved by hand.
import { randomBytes } from "node:crypto";
import { sealAddress, subscriberIdOf } from "../../shared/digests/address.ts";
import { nextDigestAt } from "../../shared/digests/cadence.ts";
import { Dossier, type DossierEvent } from "../../shared/domain/dossier.ts";
import type { Item } from "../../shared/domain/item.ts";
import type { Mail, SendOutcome } from "../../shared/domain/mail.ts";
import type { Preferences, Subscriber } from "../../shared/domain/subscriber.ts";
import type { LogRecord, Ports, Store } from "../../shared/flows/ports.ts";
import { runDigestJob } from "../../shared/flows/run-job.ts";
import type { Database } from "../../shared/store/database.ts";
import { type DynamoServer, dynaliteServer, flowServer, openStore } from "../servers/dynamo.ts";
import {
  DOSSIER,
  sampleDecision,
  sampleEvent,
  sampleItem,
  sampleRecord,
} from "../store/samples.ts";

export const REGISTRY: readonly Dossier[] = [
  {
    id: DOSSIER,
    title: "France: access to encrypted messaging",
    jurisdiction: "FR",
    opened: "2025-01-28",
    aliases: ["article 8 ter"],
    references: [],
    history: [
      { date: "2025-01-28", stage: "amended", what: "The Senate wrote the clause in." },
      { date: "2025-03-20", stage: "rejected", what: "The Assembly refused to put it back." },
    ],
  },
  {
    id: "eu-csar",
    title: "EU: regulation on child sexual abuse material",
    jurisdiction: "EU",
    opened: "2022-05-11",
    aliases: ["chat control"],
    references: ["2022/0155(COD)"],
    history: [{ date: "2022-05-11", stage: "proposed", what: "The Commission proposed it." }],
  },
].map((dossier) => Dossier.parse(dossier));

export interface MailWorld {
  readonly ports: Ports;
  readonly store: Store;
  readonly tableName: string;
  readonly database: Database;
  readonly outbox: Mail[];
  readonly logs: LogRecord[];
  now: Date;
  /** What the mail server says to the next mails; "sent" where it says nothing. */
  answer: (mail: Mail) => SendOutcome;
  close(): Promise<void>;
}

const unused = () => {
  throw new Error("not part of these tests");
};

/** What the mail flows need, over this store; digests are sent as they are planned. */
export function portsFor(
  store: Store,
  over: Pick<Ports, "now" | "sendMail" | "log"> & Partial<Ports>,
): Ports {
  const ports: Ports = {
    fetchFeed: unused,
    parseFeed: unused,
    store,
    enqueuePoll: unused,
    enqueueDigest: (job) => runDigestJob(ports, job),
    sleep: async () => {},
    registry: REGISTRY,
    models: {} as Ports["models"],
    secrets: {
      addressKey: new Uint8Array(32).fill(1),
      lookupKey: new Uint8Array(32).fill(2),
      tokenKeys: [new Uint8Array(32).fill(3)],
    },
    settings: {
      publicUrl: "https://watch.example.org",
      contactUrl: "https://watch.example.org/about",
      mailFrom: "digest@watch.example.org",
      coalesceSeconds: 600,
      pollSeconds: null,
    },
    ...over,
  };
  return ports;
}

/** @param server one that is shared between tests; each world has a table of its own */
export async function mailWorld(
  server: DynamoServer,
  over: Partial<Ports> = {},
  start = "2026-03-02T10:00:00.000Z",
): Promise<MailWorld> {
  const outbox: Mail[] = [];
  const logs: LogRecord[] = [];
  const { store, tableName, database, close } = await openStore(server.endpoint, () => world.now);
  const ports = portsFor(store, {
    sendMail: async (mail) => {
      const outcome = world.answer(mail);
      if (outcome.kind === "sent") outbox.push(mail);
      return outcome;
    },
    now: () => world.now,
    log: (record) => logs.push(record),
    ...over,
  });
  const world: MailWorld = {
    ports,
    tableName,
    database,
    store,
    outbox,
    logs,
    now: new Date(start),
    answer: () => ({ kind: "sent" }),
    close: async () => close(),
  };
  return world;
}

export { dynaliteServer, flowServer };

/** The link of this purpose in a mail's text. */
export function linkIn(mail: Mail | undefined, purpose: string): URL {
  const found = new RegExp(`https?://\\S+/${purpose}\\?token=[\\w.-]+`).exec(mail?.text ?? "")?.[0];
  if (found === undefined) throw new Error(`no ${purpose} link in the mail`);
  return new URL(found);
}

export const tokenIn = (mail: Mail | undefined, purpose: string): string =>
  linkIn(mail, purpose).searchParams.get("token") ?? "";

/** An active subscriber, as signing up and confirming leave one. */
export async function enrol(
  world: Pick<MailWorld, "ports" | "store" | "now">,
  address: string,
  choices: Partial<Preferences> = {},
  over: Partial<Subscriber> = {},
): Promise<Subscriber> {
  const { secrets } = world.ports;
  const preferences: Preferences = {
    cadence: "immediate",
    themes: [],
    jurisdictions: [],
    dossiers: [],
    language: "en",
    timezone: "UTC",
    ...choices,
  };
  const at = world.now.toISOString();
  const subscriber: Subscriber = {
    id: subscriberIdOf(secrets.lookupKey, address),
    version: 0,
    state: "active",
    sealedAddress: sealAddress(secrets.addressKey, address, randomBytes),
    preferences,
    createdAt: at,
    confirmedAt: at,
    confirmationAt: null,
    confirmations: 1,
    nextDigestAt:
      nextDigestAt(preferences.cadence, preferences.timezone, world.now)?.toISOString() ?? null,
    digestedUntil: at,
    ...over,
  };
  await world.store.saveSubscriber(subscriber);
  return { ...subscriber, version: 1 };
}

/** An item that was stored, and whose settling was cut short. */
export async function leaveHalf(world: MailWorld, key: string): Promise<Item> {
  const at = world.now.toISOString();
  const item = sampleItem(key, { publishedAt: at, firstSeenAt: at, effectiveAt: at });
  await world.store.putPending(item, null);
  return item;
}

/** An item, settled and relevant, first seen now unless told. */
export async function publish(
  world: MailWorld,
  key: string,
  over: Partial<Item> = {},
  decided: Parameters<typeof sampleDecision>[0] = {},
): Promise<Item> {
  const at = world.now.toISOString();
  const item = sampleItem(key, { publishedAt: at, firstSeenAt: at, effectiveAt: at, ...over });
  await world.store.putPending(item, null);
  await world.store.settleItem(item, sampleDecision(decided), world.now);
  return item;
}

/** An item that brings the dossier back, and its event, to be told after the coalescing time. */
export async function resurface(
  world: MailWorld,
  key: string,
  over: Partial<DossierEvent> = {},
): Promise<DossierEvent> {
  const item = await publish(world, key, {}, { dossier: DOSSIER });
  const event = sampleEvent(item.id, {
    at: world.now.toISOString(),
    evidence: [{ term: "porte dérobée", field: "title", start: 0, end: 13, weight: 1 }],
    previous: { at: "2025-03-20T12:00:00.000Z", stage: "rejected", what: "The Assembly refused." },
    ...over,
  });
  const record = await world.store.loadDossier(event.dossier);
  const announceAt = new Date(world.now.getTime() + 600_000);
  const next = { ...sampleRecord(record?.version ?? 0), id: event.dossier };
  await world.store.commitDossier(next, [event], world.now, announceAt);
  return event;
}

/** The same event, taken back by an operator unless told otherwise; those who were told of it are told that after the coalescing time. */
export async function takeBack(
  world: MailWorld,
  event: DossierEvent,
  over: Partial<DossierEvent> = { state: "retracted", reason: "retracted: an old bill" },
): Promise<void> {
  const record = await world.store.loadDossier(event.dossier);
  if (record === null) throw new Error("no such dossier");
  const announceAt = new Date(world.now.getTime() + 600_000);
  await world.store.commitDossier(record, [{ ...event, ...over }], world.now, announceAt);
}

/** Moves the clock. */
export function wait(world: MailWorld, seconds: number): void {
  world.now = new Date(world.now.getTime() + seconds * 1000);
}

// Bench: digests rendered and handed to an SMTP server per second of our CPU, and memory as subscribers grow.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { smtpMailer } from "../../functions/local/smtp-mail.ts";
import { sealAddress } from "../../shared/digests/address.ts";
import { renderDigest } from "../../shared/digests/render-digest.ts";
import type { SubscriberId } from "../../shared/domain/ids.ts";
import type { Mail } from "../../shared/domain/mail.ts";
import type { Subscriber } from "../../shared/domain/subscriber.ts";
import type { Ports, Store, StoredEvent } from "../../shared/flows/ports.ts";
import { sendDigests } from "../../shared/flows/send-digest.ts";
import { comebackEntry, comebackEvent, sampleDigest, sampleEnvelope } from "../digests/samples.ts";
import type { BenchLine } from "./feeds.ts";

const MAILS = 1_500;
const AT_ONCE = 8;
const PAGE = 500;
const KEY = new Uint8Array(32).fill(1);

async function startSink(): Promise<{ url: string; stop(): void }> {
  const path = fileURLToPath(new URL("../servers/smtp-sink.mjs", import.meta.url));
  const child = spawn(process.execPath, [path], { stdio: ["ignore", "pipe", "inherit"] });
  const [port] = (await once(createInterface(child.stdout), "line")) as [string];
  return { url: `smtp://127.0.0.1:${port}`, stop: () => child.kill() };
}

function weeklyMail(index: number): Mail {
  const envelope = { ...sampleEnvelope("en"), to: `reader${index}@example.org` };
  const mail = renderDigest(sampleDigest(), { ...envelope, messageId: `<${index}@example.org>` });
  if (mail === null) throw new Error("nothing was rendered");
  return mail;
}

/** Per second of CPU of this process: the server has a core of its own. */
async function mailsPerCpuSecond(): Promise<number> {
  const sink = await startSink();
  const mailer = smtpMailer({ url: sink.url, from: "digest@example.org" });
  let next = 0;
  const send = async (until: number) => {
    for (let index = next++; index < until; index = next++) {
      const outcome = await mailer.sendMail(weeklyMail(index));
      if (outcome.kind !== "sent") throw new Error(`bench: a mail was ${outcome.kind}`);
    }
  };
  const round = (until: number) => Promise.all(Array.from({ length: AT_ONCE }, () => send(until)));
  await round(200);
  next = 200;
  const before = process.cpuUsage();
  await round(200 + MAILS);
  const { user, system } = process.cpuUsage(before);
  await mailer.close();
  sink.stop();
  return (MAILS / (user + system)) * 1e6;
}

/** A shard of this many subscribers, made as they are asked for: what stays in memory is the flow's own. */
function shardOfSize(size: number, onMail: () => void): Ports {
  const at = "2026-03-01T00:00:00.000Z";
  const sealed = sealAddress(KEY, "reader@example.org", randomBytes);
  const idOf = (index: number) => String(index).padStart(22, "0") as SubscriberId;
  const { preferences } = sampleEnvelope("en", {
    cadence: "immediate",
    themes: [],
    jurisdictions: [],
  });
  const subscriberOf = (id: SubscriberId): Subscriber => ({
    id,
    version: 1,
    state: "active",
    sealedAddress: sealed,
    preferences,
    createdAt: at,
    confirmedAt: at,
    confirmationAt: null,
    confirmations: 1,
    nextDigestAt: null,
    digestedUntil: at,
  });
  const stored: StoredEvent = {
    event: comebackEvent,
    raisedAt: at,
    announceAt: at,
    announcedAt: null,
  };
  const store: Partial<Store> = {
    immediateSubscribers: async (_shard, cursor) => {
      const from = Number(cursor ?? 0);
      const rows = Array.from({ length: Math.min(PAGE, size - from) }, (_, i) => idOf(from + i));
      return { rows, next: from + PAGE < size ? String(from + PAGE) : null };
    },
    loadSubscriber: async (id) => subscriberOf(id),
    loadEvent: async () => stored,
    loadItem: async () => comebackEntry.item,
    loadDossier: async () => null,
    isSuppressed: async () => false,
    claimSend: async () => "claimed",
    mailOf: async (_id, digest) => digest,
    recordSend: async () => {},
    heartbeats: async () => ({}),
  };
  return {
    store: store as Store,
    now: () => new Date("2026-03-12T10:00:00Z"),
    log: () => {},
    registry: [],
    sendMail: async () => {
      onMail();
      return { kind: "sent" };
    },
    secrets: { addressKey: KEY, lookupKey: KEY, tokenKeys: [KEY] },
    settings: {
      publicUrl: "https://watch.example.org",
      contactUrl: "https://watch.example.org/about",
      mailFrom: "digest@watch.example.org",
      coalesceSeconds: 600,
      pollSeconds: null,
    },
  } as unknown as Ports;
}

/** @returns the most heap in use at any of a hundred points on the way, after collection; MiB */
async function heapMiB(subscribers: number): Promise<number> {
  const collect = globalThis.gc ?? (() => {});
  let mails = 0;
  let most = 0;
  const step = Math.max(1, Math.floor(subscribers / 20));
  const ports = shardOfSize(subscribers, () => {
    mails += 1;
    if (mails % step !== 0) return;
    collect();
    most = Math.max(most, process.memoryUsage().heapUsed);
  });
  const { id } = comebackEvent;
  await sendDigests(ports, {
    kind: "immediate",
    digest: `event:${id}`,
    events: [id],
    shard: 0,
    enqueuedAt: "2026-03-12T10:00:00.000Z",
  });
  if (mails !== subscribers) throw new Error(`bench: ${mails} mails for ${subscribers}`);
  return most / 1024 / 1024;
}

export async function benchDigests(): Promise<BenchLine[]> {
  const rate = await mailsPerCpuSecond();
  const small = await heapMiB(1_000);
  const large = await heapMiB(100_000);
  return [
    { name: "digests rendered and handed to SMTP", value: rate, unit: "mails per CPU second" },
    { name: "heap, shard of 1,000 subscribers", value: small, unit: "MiB" },
    { name: "heap, shard of 100,000 subscribers", value: large, unit: "MiB" },
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  for (const { name, value, unit } of await benchDigests())
    process.stdout.write(`${name}: ${value.toFixed(1)} ${unit}\n`);

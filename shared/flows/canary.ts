// The canary: once a day an invented bill comes back, and its mail shows that the way from feed to mail server is open.
import { randomBytes } from "node:crypto";
import { openAddress, sealAddress, subscriberIdOf } from "../digests/address.ts";
import { renderOperatorMail } from "../digests/render-operator-mail.ts";
import { Dossier } from "../domain/dossier.ts";
import { FeedDefinition, type FeedState } from "../domain/feed.ts";
import type { Mail, SendOutcome } from "../domain/mail.ts";
import type { Subscriber } from "../domain/subscriber.ts";
import { newFeedState } from "../feeds/poll-schedule.ts";
import { planDigests } from "./plan-digests.ts";
import type { Ports, Store } from "./ports.ts";
import { readItems } from "./read-items.ts";
import { sendDigests } from "./send-digest.ts";

/** The parts whose beats say when a canary last arrived, and when the first was let go. */
export const CANARY_PART = "canary";
export const CANARY_SINCE = "canary-since";

const DAY_MS = 86_400_000;
/** Of earlier days, whose mail may have been deferred (plan-digests.ts gives up after as long). */
const DAYS_KNOWN = 4;

const FEED = FeedDefinition.parse({
  id: "canary",
  url: "https://canary.invalid/feed.json",
  title: "Canary",
  kind: "parliament",
  jurisdiction: "INT",
  language: "en",
});

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const daysBefore = (at: Date, days: number): Date => new Date(at.getTime() - days * DAY_MS);
const billOf = (day: string): string => `Canary Interception Bill ${day.replaceAll("-", "")}`;

/** A bill of this day alone, refused long ago: each day another one comes back. */
function dossierOf(at: Date): Dossier {
  const day = dayOf(at);
  return Dossier.parse({
    id: `canary-${day}`,
    title: `Canary of ${day}, no real bill`,
    jurisdiction: "INT",
    opened: dayOf(daysBefore(at, 500)),
    aliases: [billOf(day)],
    references: [],
    history: [
      { date: dayOf(daysBefore(at, 500)), stage: "proposed", what: "It was invented." },
      { date: dayOf(daysBefore(at, 400)), stage: "rejected", what: "It was refused." },
    ],
  });
}

/** The day's feed as its bytes: what a server would have answered. */
function documentOf(at: Date): Uint8Array {
  const bill = billOf(dayOf(at));
  const title = `Government introduces the ${bill} to mandate a backdoor in end-to-end encrypted messaging`;
  const content = `The minister tabled the ${bill}, which would oblige providers to give access to encrypted messages. This is the canary: nothing of it is real.`;
  return new TextEncoder().encode(
    JSON.stringify({
      version: "https://jsonfeed.org/version/1.1",
      title: FEED.title,
      items: [{ id: bill, title, content_text: content, date_published: at.toISOString() }],
    }),
  );
}

/**
 * Lets the day's canary go, unless it has arrived: its document is parsed, its item settled, its event raised, its mail
 * planned, rendered, claimed in the ledger and handed over, all by the code that does so for readers, in a space of the table
 * that no reader sees. Fetching is not part of it. Safe to call as often as one likes.
 * @returns `off` without an operator's address or a space; `waiting` where its mail could not go out yet
 * @throws Error where a step of the way brought nothing
 */
export async function runCanary(ports: Ports): Promise<"off" | "arrived" | "waiting" | "known"> {
  const { canaryStore, settings } = ports;
  if (canaryStore === undefined || settings.operatorEmail === undefined) return "off";
  const now = ports.now();
  const beats = await ports.store.heartbeats();
  const arrived = beats[CANARY_PART];
  if (arrived !== undefined && dayOf(new Date(arrived.at)) === dayOf(now)) return "known";
  if (beats[CANARY_SINCE] === undefined) await ports.store.beat(CANARY_SINCE, now, {});
  const way = wayOf(ports, canaryStore, settings.operatorEmail, now);
  await enrolOperator(way, settings.operatorEmail);
  await readDocument(way, now);
  try {
    await planDigests(way);
  } catch (cause) {
    if (!(cause instanceof Error) || cause.name !== "DigestsDeferred") throw cause;
    return "waiting";
  }
  const after = (await ports.store.heartbeats())[CANARY_PART];
  if (after === undefined || dayOf(new Date(after.at)) !== dayOf(now))
    throw new Error(`canary ${dayOf(now)}: read, and no mail came of it`);
  return "arrived";
}

/** The same ports in the canary's space: its own registry, nothing to wait for, and every mail for the operator. */
function wayOf(ports: Ports, store: Store, operatorEmail: string, now: Date): Ports {
  const days = Array.from({ length: DAYS_KNOWN }, (_, back) => daysBefore(now, back));
  const way: Ports = {
    ...ports,
    store,
    registry: days.map(dossierOf),
    settings: { ...ports.settings, coalesceSeconds: 0 },
    log: (record) => ports.log({ ...record, canary: true }),
    enqueueDigest: async (job) => {
      await sendDigests(way, job);
    },
    sendMail: (mail) => handOver(ports, mail, operatorEmail, now),
  };
  return way;
}

/** What the readers' mail would have been is looked at; what goes out says what it is, and has no list to leave. */
async function handOver(
  ports: Ports,
  rendered: Mail,
  operatorEmail: string,
  now: Date,
): Promise<SendOutcome> {
  const tells = (text: string) => text.includes("Canary Interception Bill");
  if (!tells(rendered.text) || !tells(rendered.html))
    throw new Error("canary: the rendered mail does not tell it");
  const mail = renderOperatorMail({
    to: operatorEmail,
    listHost: rendered.messageId.slice(rendered.messageId.lastIndexOf("@") + 1, -1),
    name: rendered.messageId,
    subject: `Canary ${dayOf(now)}: the way from feed to mailbox is open`,
    paragraphs: [
      "An invented item was read, classified and found to bring back an invented bill; its event was raised, and this mail planned, rendered and sent.",
      `One such mail comes a day. Where none was sent for 26 hours, ${ports.settings.publicUrl} mails an alarm, if it can: see docs/runbook.md#canary`,
    ],
  });
  const outcome = await ports.sendMail(mail);
  if (outcome.kind === "sent") await ports.store.beat(CANARY_PART, ports.now(), {});
  return outcome;
}

/** The one subscriber of the space. Its id is no reader's, also where the operator is one. */
async function enrolOperator(way: Ports, address: string): Promise<void> {
  const id = subscriberIdOf(way.secrets.lookupKey, `canary ${address}`);
  const known = await way.store.loadSubscriber(id);
  const { addressKey } = way.secrets;
  if (known?.state === "active" && openAddress(addressKey, known.sealedAddress) === address) {
    // Rows of the space expire: written again, it stays.
    await way.store.saveSubscriber(known);
    return;
  }
  const at = way.now().toISOString();
  const subscriber: Subscriber = {
    id,
    version: known?.version ?? 0,
    state: "active",
    sealedAddress: sealAddress(addressKey, address, randomBytes),
    preferences: {
      cadence: "immediate",
      themes: [],
      jurisdictions: [],
      dossiers: [],
      language: "en",
      timezone: "UTC",
    },
    createdAt: at,
    confirmedAt: at,
    confirmationAt: null,
    confirmations: 0,
    nextDigestAt: null,
    digestedUntil: null,
  };
  await way.store.saveSubscriber(subscriber);
}

async function readDocument(way: Ports, now: Date): Promise<void> {
  const parsed = await way.parseFeed(documentOf(now), "application/feed+json", FEED.url);
  if (parsed.kind === "failed") throw new Error(`canary: ${parsed.reason}: ${parsed.detail}`);
  // As if it had been polled before: what a first poll brings is mailed to nobody.
  const state: FeedState = { ...newFeedState(FEED, now), firstPolledAt: now.toISOString() };
  const { failed } = await readItems(way, state, parsed.feed);
  if (failed > 0) throw new Error("canary: its item could not be settled");
}

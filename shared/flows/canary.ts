// The canary: once a day an invented bill comes back, and its mail shows that the way from feed to mail server is open.
import { randomBytes } from "node:crypto";
import { openAddress, sealAddress, subscriberIdOf } from "../digests/address.ts";
import { renderOperatorMail } from "../digests/render-operator-mail.ts";
import type { FeedState, ParsedFeed } from "../domain/feed.ts";
import type { Mail, SendOutcome } from "../domain/mail.ts";
import type { Subscriber } from "../domain/subscriber.ts";
import { newFeedState } from "../feeds/poll-schedule.ts";
import {
  CANARY_BILL,
  CANARY_FEED,
  CANARY_TYPE,
  canaryDocument,
  canaryDossier,
  canaryPath,
  dayOf,
  daysBefore,
} from "./canary-feed.ts";
import { planDigests } from "./plan-digests.ts";
import type { Ports, Store } from "./ports.ts";
import { readItems } from "./read-items.ts";
import { sendDigests } from "./send-digest.ts";

/** The parts whose beats say when a canary last arrived, and when the first was let go. */
export const CANARY_PART = "canary";
export const CANARY_SINCE = "canary-since";
/** One comes a day; without one for so long, something is wrong. */
export const CANARY_HOURS = 26;
/** What the log says of one that arrived: infra/alarms.ts counts these words, and their absence is an alarm. */
const ARRIVED = "canary-arrived";

/** Of earlier days, whose mail may have been deferred (plan-digests.ts gives up after as long). */
const DAYS_KNOWN = 4;

/** Written in the space, a row a day: also where the clock steps back, each day's canary is known for one that came. */
const arrivalOf = (day: string): string => `arrived ${day}`;
const hasArrived = async (space: Store, day: string): Promise<boolean> =>
  (await space.heartbeats())[arrivalOf(day)] !== undefined;

/** Where today's canary has not arrived, a job to those who may mail. */
export async function planCanary(ports: Ports): Promise<boolean> {
  const { canaryStore } = ports;
  const now = ports.now();
  if (canaryStore === undefined || (await hasArrived(canaryStore, dayOf(now)))) return false;
  await ports.enqueueDigest({ kind: "canary", enqueuedAt: now.toISOString() });
  return true;
}

/** What one canary's way is made of. */
interface Flight {
  readonly store: Store;
  readonly now: Date;
  /** Null where nobody gave an address: its mail is rendered, and handed to no server. */
  readonly mailbox: string | null;
  /** Why the document did not come by fetching; null where it did. */
  readonly unfetched: string | null;
}

/**
 * Lets the day's canary go, unless it has arrived: its document is fetched from the archive (where one is served), parsed, its
 * item settled, its event raised, its mail planned, rendered, claimed in the ledger and handed over, all by the code that does
 * so for readers, in a space of the table that no reader sees. Safe to call as often as one likes.
 * @returns `off` without a space of its own; `waiting` where its mail could not go out yet
 * @throws Error where a step of the way brought nothing
 */
export async function runCanary(ports: Ports): Promise<"off" | "arrived" | "waiting" | "known"> {
  const { canaryStore, settings } = ports;
  if (canaryStore === undefined) return "off";
  const now = ports.now();
  const day = dayOf(now);
  if (await hasArrived(canaryStore, day)) return "known";
  if ((await ports.store.heartbeats())[CANARY_SINCE] === undefined)
    await ports.store.beat(CANARY_SINCE, now, {});
  const { feed, unfetched } = await readDocument(ports, day);
  const mailbox = settings.canaryMailbox ?? settings.operatorEmail ?? null;
  const way = wayOf(ports, { store: canaryStore, now, mailbox, unfetched });
  await enrolCanary(way, mailbox ?? settings.mailFrom);
  await settleFeed(way, feed, now);
  try {
    await planDigests(way);
  } catch (cause) {
    if (!(cause instanceof Error) || cause.name !== "DigestsDeferred") throw cause;
    return "waiting";
  }
  if (!(await hasArrived(canaryStore, day)))
    throw new Error(`canary ${day}: read, and no mail came of it`);
  return "arrived";
}

/**
 * As a feed is read. An archive that cannot be reached from here does not keep the canary from showing the rest of its way: its
 * mail and the log say so.
 */
async function readDocument(
  ports: Ports,
  day: string,
): Promise<{ feed: ParsedFeed; unfetched: string | null }> {
  let unfetched = "not served";
  if (ports.fetchArchive !== undefined) {
    const fetched = await ports.fetchArchive(canaryPath(day));
    unfetched = fetched.kind === "failed" ? fetched.reason : fetched.kind;
    if (fetched.kind === "fetched") {
      const parsed = await ports.parseFeed(fetched.body, fetched.contentType, CANARY_FEED.url);
      if (parsed.kind === "parsed" && tellsCanary(parsed.feed))
        return { feed: parsed.feed, unfetched: null };
      unfetched = parsed.kind === "failed" ? parsed.reason : "another document";
    }
  }
  const bytes = new TextEncoder().encode(canaryDocument(day));
  const parsed = await ports.parseFeed(bytes, CANARY_TYPE, CANARY_FEED.url);
  if (parsed.kind === "failed") throw new Error(`canary: ${parsed.reason}: ${parsed.detail}`);
  return { feed: parsed.feed, unfetched };
}

const tellsCanary = ({ items }: ParsedFeed): boolean =>
  items.some(({ title }) => title.includes(CANARY_BILL));

/** The same ports in the canary's space: its own registry, nothing to wait for, and every mail for its mailbox. */
function wayOf(ports: Ports, flight: Flight): Ports {
  const days = Array.from({ length: DAYS_KNOWN }, (_, back) => dayOf(daysBefore(flight.now, back)));
  const way: Ports = {
    ...ports,
    store: flight.store,
    registry: days.map(canaryDossier),
    settings: { ...ports.settings, coalesceSeconds: 0 },
    log: (record) => ports.log({ ...record, canary: true }),
    enqueueDigest: async (job) => {
      if (job.kind === "immediate" || job.kind === "periodic") await sendDigests(way, job);
    },
    sendMail: (mail) => handOver(ports, mail, flight),
  };
  return way;
}

/** What the readers' mail would have been is looked at; what goes out says what it is, and has no list to leave. */
async function handOver(ports: Ports, rendered: Mail, flight: Flight): Promise<SendOutcome> {
  const { now, mailbox, unfetched } = flight;
  const tells = (text: string) => text.includes(CANARY_BILL);
  if (!tells(rendered.text) || !tells(rendered.html))
    throw new Error("canary: the rendered mail does not tell it");
  const outcome: SendOutcome =
    mailbox === null
      ? { kind: "sent" }
      : await ports.sendMail(canaryMail(ports, rendered, mailbox, flight), "canary");
  if (outcome.kind !== "sent") return outcome;
  const facts = { mailed: mailbox === null ? 0 : 1, fetched: unfetched === null ? 1 : 0 };
  await ports.store.beat(CANARY_PART, ports.now(), facts);
  await flight.store.beat(arrivalOf(dayOf(now)), ports.now(), facts);
  ports.log({ step: ARRIVED, day: dayOf(now), mailed: mailbox !== null, unfetched });
  return outcome;
}

function canaryMail(ports: Ports, rendered: Mail, to: string, { now, unfetched }: Flight): Mail {
  const began =
    unfetched === null
      ? "An invented item was fetched from the archive,"
      : `Not fetched (${unfetched}): an invented item was`;
  return renderOperatorMail({
    to,
    listHost: rendered.messageId.slice(rendered.messageId.lastIndexOf("@") + 1, -1),
    name: rendered.messageId,
    subject: `Canary ${dayOf(now)}: the way from feed to mailbox is open`,
    paragraphs: [
      `${began} read, classified and found to bring back an invented bill; its event was raised, and this mail planned, rendered and sent.`,
      `One such mail comes a day. Where none was sent for ${CANARY_HOURS} hours, ${ports.settings.publicUrl} mails an alarm, if it can: see docs/runbook.md#canary`,
    ],
  });
}

/** The one subscriber of the space. Its id is no reader's, also where the operator is one. */
async function enrolCanary(way: Ports, address: string): Promise<void> {
  const id = subscriberIdOf(way.secrets.lookupKey, "canary");
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

async function settleFeed(way: Ports, feed: ParsedFeed, now: Date): Promise<void> {
  // As if it had been polled before: what a first poll brings is mailed to nobody.
  const state: FeedState = { ...newFeedState(CANARY_FEED, now), firstPolledAt: now.toISOString() };
  const { failed } = await readItems(way, state, feed);
  if (failed > 0) throw new Error("canary: its item could not be settled");
}

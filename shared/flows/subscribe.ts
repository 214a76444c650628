// Signing up: one mail to confirm, at most, and the same answer whoever asks.
import { randomBytes } from "node:crypto";
import { sealAddress, subscriberIdOf } from "../digests/address.ts";
import {
  type Problem,
  preferencesOf,
  readRequest,
  SubscribeRequest,
} from "../digests/subscribe-request.ts";
import type { SubscriberId } from "../domain/ids.ts";
import type { OwedMail } from "../domain/owed-mail.ts";
import type { Preferences, Subscriber } from "../domain/subscriber.ts";
import { unknownDossiers } from "./check-dossiers.ts";
import type { Ports } from "./ports.ts";
import { LEASE_SECONDS } from "./send-once.ts";
import { tryOwed } from "./send-owed.ts";
import { type Admission, admit, COOL_DOWN_HOURS } from "./sign-up-caps.ts";

export type SubscribeOutcome =
  | { readonly kind: "accepted" }
  /** Too many ask, and this one is not kept: says so whoever's address it was. */
  | Extract<Admission, { readonly kind: "refused" }>
  | { readonly kind: "invalid"; readonly problems: readonly Problem[] };

/** Mails to an address that nobody has ever confirmed, within a year. */
export const MOST_CONFIRMATIONS = 3;
/** The same for an address whose owner has confirmed once. */
const MOST_WHEN_CONFIRMED = 10;
/** Every answer takes at least this long, so that its time tells nothing of what was done. */
const ANSWER_MS = 400;

const HOUR_MS = 3_600_000;
const YEAR_MS = 360 * 24 * HOUR_MS;

/**
 * @param request as it came, form or JSON
 * @param client the network address that asked, or "" where it is not known; kept only as a keyed hash that expires
 */
export async function subscribe(
  ports: Ports,
  request: unknown,
  client: string,
): Promise<SubscribeOutcome> {
  const read = readRequest(SubscribeRequest, request);
  if (read.kind === "invalid") return read;
  const { email, ...choices } = read.value;
  const problems = await unknownDossiers(ports, choices.dossiers);
  if (problems.length > 0) return { kind: "invalid", problems };
  const admission = await admit(ports, client);
  if (admission.kind === "refused") return admission;
  const preferences = preferencesOf(choices);
  const work = signUp(ports, { ...admission, address: email, preferences });
  // The slower of the two: what is done is not to be told by how long it took.
  await Promise.all([work, ports.sleep(ANSWER_MS)]);
  return { kind: "accepted" };
}

const windowOf = (now: Date, lengthMs: number): Date =>
  new Date(Math.floor(now.getTime() / lengthMs) * lengthMs);

interface Asked {
  readonly address: string;
  readonly preferences: Preferences;
  readonly lane: string | null;
  /** Waits for its turn: not to be tried at once. */
  readonly isQueued: boolean;
}

async function signUp(ports: Ports, asked: Asked): Promise<void> {
  const { store } = ports;
  const now = ports.now();
  const id = subscriberIdOf(ports.secrets.lookupKey, asked.address);
  const [suppression, known, waiting] = await Promise.all([
    store.suppressionOf(id),
    store.loadSubscriber(id),
    store.owedMail(id, "sign-up"),
  ]);
  // Who deleted everything may come back, by confirming; nobody else who is marked is ever written to.
  const barred = suppression !== null && suppression !== "deleted";
  if (barred || known?.state === "suppressed") return;
  if (waiting !== null) {
    // Asked for again, it is the same mail.
    if (!asked.isQueued && waiting.dueAt <= now.toISOString()) await tryOwed(ports, waiting, true);
    return;
  }
  if (!mayMail(known, now)) return;
  const next = nextOf(ports, { ...asked, id, known }, now);
  const mail = owedFor(next, asked, now);
  // The mail first: where a crash keeps the sign-up from being stored, the outbox drops it.
  if (!(await store.oweMail(mail))) return;
  // The cool-down is part of the write that a mail depends on: of two requests at once, one sends.
  const isOurs = await store.saveSubscriber(next);
  if (!isOurs || !(await withinYear(ports, next, now))) return store.settleOwed(mail);
  if (!asked.isQueued) await tryOwed(ports, mail, true);
}

/** A request that tries at once has until its lease is over; the outbox does not try meanwhile. */
function owedFor(next: Subscriber, { lane, isQueued }: Asked, now: Date): OwedMail {
  const askedAt = now.toISOString();
  const dueAt = isQueued ? askedAt : new Date(now.getTime() + LEASE_SECONDS * 1_000).toISOString();
  return {
    subscriber: next.id,
    kind: "sign-up",
    name: `sign-up:${askedAt}`,
    signUp: next.createdAt,
    askedAt,
    dueAt,
    tries: 0,
    repeats: 0,
    lane,
  };
}

/** Whoever has left and comes back within the day is mailed when it is over: takeTurns() sees to that. */
function mayMail(known: Subscriber | null, now: Date): boolean {
  if (known === null || known.confirmationAt === null || known.state === "unsubscribed")
    return true;
  const since = now.getTime() - Date.parse(known.confirmationAt);
  // One of the future was written by a clock that was wrong.
  return since < 0 || since >= COOL_DOWN_HOURS * HOUR_MS;
}

/**
 * Counted apart from the subscriber's row, which an unconfirmed sign-up loses after a week; in two rows of windows that
 * overlap by half, so that no year, wherever it begins, holds more than the number.
 */
async function withinYear(ports: Ports, next: Subscriber, now: Date): Promise<boolean> {
  const length = 2 * YEAR_MS;
  const most = next.confirmedAt === null ? MOST_CONFIRMATIONS : MOST_WHEN_CONFIRMED;
  const counts = await Promise.all(
    [0, YEAR_MS].map((shift) => {
      const window = windowOf(new Date(now.getTime() + shift), length);
      const start = new Date(window.getTime() - shift);
      return ports.store.countAttempt(`address:${next.id}:${shift}`, start, length / 1_000);
    }),
  );
  return counts.every((count) => count <= most);
}

interface SignUp {
  readonly id: SubscriberId;
  readonly address: string;
  readonly preferences: Preferences;
  readonly known: Subscriber | null;
}

/** An active one keeps what it chose: a stranger can make us write to it, not change it. */
function nextOf(ports: Ports, { id, address, preferences, known }: SignUp, now: Date): Subscriber {
  const asked = {
    confirmationAt: now.toISOString(),
    confirmations: (known?.confirmations ?? 0) + 1,
  };
  if (known !== null && (known.state === "active" || known.state === "paused"))
    return { ...known, ...asked };
  return {
    id,
    version: known?.version ?? 0,
    state: "pending",
    sealedAddress: sealAddress(ports.secrets.addressKey, address, randomBytes),
    preferences,
    // A sign-up that waits stays the same one: its first link is as good as its second.
    createdAt: known?.state === "pending" ? known.createdAt : now.toISOString(),
    confirmedAt: known?.confirmedAt ?? null,
    ...asked,
    nextDigestAt: null,
    digestedUntil: null,
  };
}

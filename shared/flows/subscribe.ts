// Signing up: one mail to confirm, at most, and the same answer whoever asks.
import { randomBytes } from "node:crypto";
import { clientKeyOf, sealAddress, subscriberIdOf } from "../digests/address.ts";
import { renderConfirmation, renderKnown, type Sample } from "../digests/render-confirmation.ts";
import {
  type Problem,
  preferencesOf,
  readRequest,
  SubscribeRequest,
} from "../digests/subscribe-request.ts";
import type { SubscriberId } from "../domain/ids.ts";
import type { Mail } from "../domain/mail.ts";
import type { Preferences, Subscriber } from "../domain/subscriber.ts";
import { SIGN_UP_CAP } from "./alarms.ts";
import { envelopeOf, titlesOf, tokenLink } from "./mail-links.ts";
import type { Ports } from "./ports.ts";
import { sampleOf } from "./sample-choices.ts";

export type SubscribeOutcome =
  | { readonly kind: "accepted" }
  | { readonly kind: "invalid"; readonly problems: readonly Problem[] };

/** Between two mails that a stranger can cause to one address. */
export const COOL_DOWN_HOURS = 24;
/** Mails to an address that nobody has ever confirmed, within a year. */
export const MOST_CONFIRMATIONS = 3;
/** The same for an address whose owner has confirmed once. */
const MOST_WHEN_CONFIRMED = 10;
export const MOST_PER_CLIENT_HOUR = 5;
export const MOST_PER_HOUR = 300;
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
  const work = admit(ports, client).then((admitted) =>
    admitted ? signUp(ports, email, preferencesOf(choices)) : undefined,
  );
  // The slower of the two: what is done is not to be told by how long it took.
  await Promise.all([work, ports.sleep(ANSWER_MS)]);
  return { kind: "accepted" };
}

const windowOf = (now: Date, lengthMs: number): Date =>
  new Date(Math.floor(now.getTime() / lengthMs) * lengthMs);

/** Counts the attempt. @returns false where this client, or everybody together, has asked too often this hour */
async function admit(ports: Ports, client: string): Promise<boolean> {
  const window = windowOf(ports.now(), HOUR_MS);
  if (client !== "") {
    const key = clientKeyOf(ports.secrets.lookupKey, client);
    if ((await ports.store.countAttempt(key, window, 3_600)) > MOST_PER_CLIENT_HOUR) {
      ports.log({ step: "subscribe", dropped: "client-cap" });
      return false;
    }
  }
  if ((await ports.store.countAttempt("global", window, 3_600)) > MOST_PER_HOUR) {
    ports.log({ step: "subscribe", dropped: "global-cap", alarm: true });
    await ports.store.beat(SIGN_UP_CAP, ports.now(), {});
    return false;
  }
  return true;
}

async function signUp(ports: Ports, address: string, preferences: Preferences): Promise<void> {
  const now = ports.now();
  const id = subscriberIdOf(ports.secrets.lookupKey, address);
  const [suppression, known] = await Promise.all([
    ports.store.suppressionOf(id),
    ports.store.loadSubscriber(id),
  ]);
  // Who deleted everything may come back, by confirming; nobody else who is marked is ever written to.
  const barred = suppression !== null && suppression !== "deleted";
  if (barred || known?.state === "suppressed" || !mayMail(known, now)) return;
  const next = nextOf(ports, { id, address, preferences, known }, now);
  // The cool-down is part of the write that a mail depends on: of two requests at once, one sends.
  if (!(await ports.store.saveSubscriber(next))) return;
  if (!(await withinYear(ports, next, now))) return;
  const saved: Subscriber = { ...next, version: next.version + 1 };
  const outcome = await ports.sendMail(await mailTo(ports, saved, now));
  ports.log({ step: "subscribe", subscriber: id, state: saved.state, mail: outcome.kind });
  // Nothing went out: whoever asked may ask again at once.
  if (outcome.kind === "deferred")
    await ports.store.saveSubscriber({ ...saved, confirmationAt: known?.confirmationAt ?? null });
}

function mayMail(known: Subscriber | null, now: Date): boolean {
  if (known?.confirmationAt === null || known === null) return true;
  return now.getTime() - Date.parse(known.confirmationAt) >= COOL_DOWN_HOURS * HOUR_MS;
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

async function mailTo(ports: Ports, subscriber: Subscriber, now: Date): Promise<Mail> {
  const envelope = envelopeOf(ports, subscriber, `sign-up:${subscriber.confirmationAt}`, now);
  if (subscriber.state !== "pending") return renderKnown(envelope);
  const link = tokenLink(ports, "confirm", subscriber, now);
  const sample: Sample = await sampleOf(ports, subscriber.preferences, now);
  return renderConfirmation(envelope, link, sample, titlesOf(ports));
}

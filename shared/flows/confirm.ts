// Confirming a sign-up: the POST behind the mailed link.
import { nextDigestAt } from "../digests/cadence.ts";
import { readToken, type Token } from "../digests/tokens.ts";
import type { OwedMail } from "../domain/owed-mail.ts";
import type { Subscriber } from "../domain/subscriber.ts";
import { changeSubscriber } from "./change-subscriber.ts";
import type { Ports } from "./ports.ts";
import { LEASE_SECONDS } from "./send-once.ts";
import { tryOwed } from "./send-owed.ts";

export type ConfirmOutcome =
  | { readonly kind: "confirmed"; readonly subscriber: Subscriber }
  | { readonly kind: "bad" }
  | { readonly kind: "expired" };

/**
 * Makes a waiting sign-up active. A link works for the sign-up that it was mailed for and no other: replayed after an
 * unsubscription it wakes nobody.
 */
export async function confirm(ports: Ports, text: string): Promise<ConfirmOutcome> {
  const now = ports.now();
  const reading = readToken(ports.secrets.tokenKeys, text, "confirm", now);
  if (reading.kind !== "good") return { kind: reading.kind };
  const { token } = reading;
  const suppression = await ports.store.suppressionOf(token.subscriber);
  if (suppression !== null && suppression !== "deleted") return { kind: "bad" };
  const welcome = await oweWelcome(ports, token, now);
  const change = await changeSubscriber(ports, token.subscriber, (subscriber) =>
    subscriber.state === "pending" && subscriber.createdAt === token.signUp
      ? activated(subscriber, now)
      : null,
  );
  if (change === null) return { kind: "bad" };
  const { subscriber, changed } = change;
  const awake = subscriber.state === "active" || subscriber.state === "paused";
  if (!awake || subscriber.createdAt !== token.signUp) return { kind: "bad" };
  if (suppression !== null) await ports.store.liftSuppression(token.subscriber);
  if (changed && welcome !== null) await tryOwed(ports, welcome, true);
  // Pressing the button twice says the same twice.
  return { kind: "confirmed", subscriber };
}

function activated(subscriber: Subscriber, now: Date): Subscriber {
  const { cadence, timezone } = subscriber.preferences;
  return {
    ...subscriber,
    state: "active",
    confirmedAt: now.toISOString(),
    nextDigestAt: nextDigestAt(cadence, timezone, now)?.toISOString() ?? null,
    digestedUntil: now.toISOString(),
  };
}

/**
 * Written down before the step that it belongs to, so that a crash between the two loses nothing: where the step was not
 * taken, the outbox drops it.
 */
async function oweWelcome(ports: Ports, token: Token, now: Date): Promise<OwedMail | null> {
  const subscriber = await ports.store.loadSubscriber(token.subscriber);
  if (subscriber?.state !== "pending" || subscriber.createdAt !== token.signUp) return null;
  const mail: OwedMail = {
    subscriber: token.subscriber,
    kind: "welcome",
    name: `welcome:${token.signUp}`,
    signUp: token.signUp,
    askedAt: now.toISOString(),
    dueAt: new Date(now.getTime() + LEASE_SECONDS * 1_000).toISOString(),
    tries: 0,
    repeats: 0,
    lane: null,
  };
  return (await ports.store.oweMail(mail)) ? mail : null;
}

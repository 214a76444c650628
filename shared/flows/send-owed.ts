// The outbox emptied: each mail that is owed goes out once, under a claim in the ledger, for as long as it is of use.
import type { Mail } from "../domain/mail.ts";
import type { OwedMail } from "../domain/owed-mail.ts";
import type { Subscriber } from "../domain/subscriber.ts";
import { changeSubscriber } from "./change-subscriber.ts";
import { retrySeconds } from "./ledger.ts";
import { mailOwed } from "./mail-owed.ts";
import type { Ports } from "./ports.ts";
import { wasTold } from "./resume.ts";
import { LEASE_SECONDS } from "./send-once.ts";
import { giveTurnsBack, takeTurns } from "./sign-up-caps.ts";

/** Its last beat says how much waits. */
export const OUTBOX_PART = "outbox";
/** After it was asked for: whoever still waits has given up, or asked again. */
export const PATIENCE_DAYS = 4;
/** In four days a server that always says "not now" is asked this often. */
const MOST_TRIES = 24;
/** Of a mail whose end nobody knows. Each is the same mail under the same Message-ID. */
const MOST_REPEATS = 2;
/** Of one turn. */
const MOST_IN_TURN = 200;
/** A server that takes none of so many in a row takes none now: the others stay due. */
const ENOUGH_DEFERRED = 3;
/** Where a mail could not be written or the store failed. */
const TROUBLE_SECONDS = 300;
const COUNTED = 1_000;

/** `waits`: its turn, or the mail server's, has not come. `dropped`: nobody waits for it any more. */
export type OwedFate = "sent" | "waits" | "deferred" | "dropped";

/** Where something is due, a job to those who may mail. */
export async function planOwed(ports: Ports): Promise<boolean> {
  const now = ports.now();
  if ((await ports.store.owedDue(now, 1)).length === 0) return false;
  await ports.enqueueDigest({ kind: "owed", enqueuedAt: now.toISOString() });
  return true;
}

/** Tries each mail that is due, once. What stays owed stays in the outbox: there is nothing to throw. */
export async function sendOwed(ports: Ports): Promise<Readonly<Record<OwedFate, number>>> {
  const counts: Record<OwedFate, number> = { sent: 0, waits: 0, deferred: 0, dropped: 0 };
  let inRow = 0;
  for (const mail of await ports.store.owedDue(ports.now(), MOST_IN_TURN)) {
    const fate = await tryOwed(ports, mail, false);
    counts[fate] += 1;
    inRow = fate === "deferred" ? inRow + 1 : 0;
    if (inRow === ENOUGH_DEFERRED) break;
  }
  const waiting = await ports.store.countOwed(COUNTED);
  await ports.store.beat(OUTBOX_PART, ports.now(), { ...counts, waiting });
  return counts;
}

/**
 * Tries one. What goes wrong is its own affair: it is logged without an address, and tried again.
 * @param isFresh asked for just now, and not to wait behind those that were put off
 */
export async function tryOwed(ports: Ports, mail: OwedMail, isFresh: boolean): Promise<OwedFate> {
  try {
    const fate = await attempt(ports, mail, isFresh);
    if (fate !== "waits") log(ports, mail, { fate });
    return fate;
  } catch (cause) {
    log(ports, mail, { failed: cause instanceof Error ? cause.name : "unknown" });
    await putOff(ports, { ...mail, tries: mail.tries + 1 }, TROUBLE_SECONDS);
    return "waits";
  }
}

const log = (ports: Ports, { kind, subscriber }: OwedMail, more: Record<string, string>): void =>
  ports.log({ step: "owed-mail", kind, subscriber, ...more });

async function attempt(ports: Ports, mail: OwedMail, isFresh: boolean): Promise<OwedFate> {
  const { store } = ports;
  const now = ports.now();
  const age = now.getTime() - Date.parse(mail.askedAt);
  if (age > PATIENCE_DAYS * 86_400_000 || mail.tries >= MOST_TRIES) return giveUp(ports, mail);
  if (wasTold(ports, mail.dueAt)) return giveUp(ports, mail);
  const subscriber = await store.loadSubscriber(mail.subscriber);
  if (subscriber === null || !(await isStillOwed(ports, mail, subscriber)))
    return settle(ports, mail, "dropped");
  if (mail.kind === "sign-up") {
    const freeAt = await takeTurns(ports, mail, now, isFresh);
    if (freeAt !== null) {
      await store.postponeOwed({ ...mail, dueAt: freeAt.toISOString() });
      return "waits";
    }
  }
  // Whatever can throw, before the claim: one that ends without a word counts as a mail that may have gone out.
  if (mail.kind === "sign-up") await noteMailed(ports, mail, now);
  const message = await mailOwed(ports, mail, subscriber, now);
  const claim = await store.claimSend(mail.subscriber, mail.name, now, LEASE_SECONDS);
  if (claim === "done") return settle(ports, mail, "sent");
  if (claim === "busy") return putOff(ports, mail, 60);
  if (claim === "claimed") return handOver(ports, mail, message);
  if (mail.repeats >= MOST_REPEATS) return settle(ports, mail, "sent");
  const repeat = { ...mail, repeats: mail.repeats + 1 };
  await store.postponeOwed(repeat);
  return handOver(ports, repeat, message);
}

/** Under the claim: whatever comes of it is written down in the ledger first. */
async function handOver(ports: Ports, mail: OwedMail, message: Mail): Promise<OwedFate> {
  const { store } = ports;
  const now = ports.now();
  const outcome = await ports.sendMail(message, mail.kind);
  await store.recordSend(mail.subscriber, mail.name, outcome.kind, ports.now());
  switch (outcome.kind) {
    case "sent":
      return settle(ports, mail, "sent");
    case "refused":
      return settle(ports, mail, "dropped");
    case "unknown":
      await putOff(ports, mail, LEASE_SECONDS);
      return "deferred";
    case "deferred": {
      if (mail.kind === "sign-up") await giveTurnsBack(ports, mail, now);
      const tries = mail.tries + 1;
      await putOff(ports, { ...mail, tries }, retrySeconds(tries));
      return "deferred";
    }
    default:
      return outcome satisfies never;
  }
}

/** A row may stand for a step that was never taken, or for somebody who has left, come back, or must not be written to. */
async function isStillOwed(
  { store }: Ports,
  { kind, signUp }: OwedMail,
  { id, state, createdAt }: Subscriber,
): Promise<boolean> {
  if (createdAt !== signUp) return false;
  const isLive = state === "active" || state === "paused";
  if (!isLive && !(kind === "sign-up" && state === "pending")) return false;
  const mark = await store.suppressionOf(id);
  return mark === null || mark === "deleted";
}

/** From here the day's rest counts, and the week within which a sign-up is to be confirmed. */
async function noteMailed(ports: Ports, { subscriber: id, signUp }: OwedMail, now: Date) {
  const at = now.toISOString();
  await changeSubscriber(ports, id, (subscriber) =>
    subscriber.createdAt === signUp && (subscriber.confirmationAt ?? "") < at
      ? { ...subscriber, confirmationAt: at }
      : null,
  );
}

async function settle<F extends OwedFate>(ports: Ports, mail: OwedMail, fate: F): Promise<F> {
  await ports.store.settleOwed(mail);
  return fate;
}

async function putOff(ports: Ports, mail: OwedMail, seconds: number): Promise<"waits"> {
  const dueAt = new Date(ports.now().getTime() + seconds * 1_000).toISOString();
  await ports.store.postponeOwed({ ...mail, dueAt });
  return "waits";
}

/** Nothing went out, and nothing will: who asked may ask anew. */
async function giveUp(ports: Ports, mail: OwedMail): Promise<"dropped"> {
  log(ports, mail, { gaveUp: `after ${mail.tries} tries` });
  if (mail.kind === "sign-up")
    await changeSubscriber(ports, mail.subscriber, (subscriber) =>
      subscriber.createdAt === mail.signUp && subscriber.confirmationAt !== null
        ? { ...subscriber, confirmationAt: null }
        : null,
    );
  return settle(ports, mail, "dropped");
}

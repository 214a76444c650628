// Bounces and complaints: permanent ones stop the mail at once, passing ones after some, forged ones nothing.
import { normalizeAddress, subscriberIdOf } from "../digests/address.ts";
import { type BounceNotice, tokenOf } from "../digests/bounce-notice.ts";
import { readToken } from "../digests/tokens.ts";
import type { SubscriberId } from "../domain/ids.ts";
import { changeSubscriber } from "./change-subscriber.ts";
import type { Ports } from "./ports.ts";
import { suppressSubscriber } from "./send-once.ts";

export type BounceOutcome = "suppressed" | "counted" | "paused" | "repeated" | "refused";

/** Passing failures within a window after which the mail is paused; its owner can go on by mailed link. */
export const MOST_TRANSIENT = 5;
const WINDOW_DAYS = 30;
const LEASE_SECONDS = 60;

/**
 * Takes one notice, in whatever order and as often as it comes; the send that it is about need not be recorded yet.
 * It must show the unsubscribe link of a mail to that very address, which nobody but us and its reader ever had: reports
 * that were made up silence nobody.
 */
export async function takeBounce(ports: Ports, notice: BounceNotice): Promise<BounceOutcome> {
  const address = normalizeAddress(notice.address);
  const now = ports.now();
  const token = tokenOf(notice.unsubscribe ?? "");
  const reading = readToken(ports.secrets.tokenKeys, token, "unsubscribe", now);
  const id = address === null ? null : subscriberIdOf(ports.secrets.lookupKey, address);
  if (id === null || reading.kind !== "good" || reading.token.subscriber !== id) {
    ports.log({ step: "take-bounce", kind: notice.kind, refused: true });
    return "refused";
  }
  switch (notice.kind) {
    case "permanent":
      await suppressSubscriber(ports, id, "bounce");
      return "suppressed";
    case "complaint":
      await suppressSubscriber(ports, id, "complaint");
      return "suppressed";
    case "transient":
      return takeTransient(ports, id, notice.reportId, now);
    default:
      return notice.kind satisfies never;
  }
}

async function takeTransient(
  ports: Ports,
  id: SubscriberId,
  reportId: string,
  now: Date,
): Promise<BounceOutcome> {
  const row = `bounce:${reportId}`;
  const claim = await ports.store.claimSend(id, row, now, LEASE_SECONDS);
  if (claim === "done" || claim === "busy") return "repeated";
  const window = WINDOW_DAYS * 86_400;
  const start = new Date(Math.floor(now.getTime() / 1000 / window) * window * 1000);
  const count = await ports.store.countAttempt(`bounce:${id}`, start, window);
  let outcome: BounceOutcome = "counted";
  if (count >= MOST_TRANSIENT) {
    const change = await changeSubscriber(ports, id, (subscriber) =>
      subscriber.state === "active" ? { ...subscriber, state: "paused" } : null,
    );
    if (change?.changed === true) outcome = "paused";
  }
  await ports.store.recordSend(id, row, "sent", now);
  ports.log({ step: "take-bounce", subscriber: id, kind: "transient", count, outcome });
  return outcome;
}

// The end of every mail: hand it over, and write down what became of it.
import type { SubscriberId } from "../domain/ids.ts";
import type { Mail } from "../domain/mail.ts";
import { changeSubscriber } from "./change-subscriber.ts";
import type { Ports } from "./ports.ts";
import type { Delivery } from "./send-digest.ts";
import { forgotten } from "./unsubscribe.ts";

/** Longer than any server takes to answer (smtp-mail.ts: a minute of silence). */
export const LEASE_SECONDS = 180;

/**
 * Sends what was claimed and closes the claims. Where the end is unknown the claims stay: after their lease one repeat,
 * under the same Message-ID, settles them.
 * @param digests the ledger rows that this one mail stands for
 */
export async function mailUnderClaim(
  ports: Ports,
  id: SubscriberId,
  digests: readonly string[],
  mail: Mail,
): Promise<Delivery> {
  const outcome = await ports.sendMail(
    mail,
    digests[0]?.startsWith("period:") === true ? "periodic" : "immediate",
  );
  // The first claim last: while it is open, a crash repeats the mail whole and as it was.
  for (const digest of [...digests].reverse())
    await ports.store.recordSend(id, digest, outcome.kind, ports.now());
  if (outcome.kind !== "sent")
    ports.log({ step: "send-mail", subscriber: id, outcome: outcome.kind, detail: outcome.detail });
  switch (outcome.kind) {
    case "sent":
      return "sent";
    case "deferred":
    case "unknown":
      return "deferred";
    case "refused":
      // The server knows no such mailbox; a mail that it merely dislikes says nothing of the reader.
      if (/RCPT TO/.test(outcome.detail)) await suppressSubscriber(ports, id, "refused");
      return "nothing";
    default:
      return outcome satisfies never;
  }
}

/** From now on nothing is sent there, whoever asks; the address is forgotten, the mark stays. */
export async function suppressSubscriber(
  ports: Pick<Ports, "store" | "now" | "log">,
  id: SubscriberId,
  reason: "refused" | "bounce" | "complaint",
): Promise<void> {
  await ports.store.suppress(id, reason, ports.now());
  await changeSubscriber(ports, id, (subscriber) =>
    subscriber.state === "suppressed" ? null : forgotten(subscriber, "suppressed"),
  );
  ports.log({ step: "suppress", subscriber: id, reason });
}

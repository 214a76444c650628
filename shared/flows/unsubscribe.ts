// Unsubscribing: one POST, from any mail ever sent, now or in years.
import { readToken } from "../digests/tokens.ts";
import type { Subscriber } from "../domain/subscriber.ts";
import { changeSubscriber } from "./change-subscriber.ts";
import type { Ports } from "./ports.ts";
import { restAfterLeaving } from "./sign-up-caps.ts";

export type UnsubscribeOutcome = { readonly kind: "unsubscribed" } | { readonly kind: "bad" };

/** Done twice, or for somebody who is gone, it is done as well. */
export async function unsubscribe(ports: Ports, text: string): Promise<UnsubscribeOutcome> {
  const reading = readToken(ports.secrets.tokenKeys, text, "unsubscribe", ports.now());
  if (reading.kind !== "good") return { kind: "bad" };
  const change = await changeSubscriber(ports, reading.token.subscriber, unsubscribed);
  if (change?.changed === true) {
    await restAfterLeaving(ports, reading.token.subscriber);
    ports.log({ step: "unsubscribe", subscriber: reading.token.subscriber });
  }
  return { kind: "unsubscribed" };
}

/** The address and the choices go with the subscription: what somebody followed is nobody's business afterwards. */
export function unsubscribed(subscriber: Subscriber): Subscriber | null {
  if (subscriber.state === "unsubscribed" || subscriber.state === "suppressed") return null;
  return forgotten(subscriber, "unsubscribed");
}

/** What stays of somebody who is not mailed any more. */
export function forgotten(
  subscriber: Subscriber,
  state: "unsubscribed" | "suppressed",
): Subscriber {
  const { language } = subscriber.preferences;
  return {
    ...subscriber,
    state,
    sealedAddress: "",
    preferences: {
      cadence: "weekly",
      themes: [],
      jurisdictions: [],
      dossiers: [],
      language,
      timezone: "UTC",
    },
    nextDigestAt: null,
    digestedUntil: null,
  };
}

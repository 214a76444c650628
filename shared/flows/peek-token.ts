// Looking at a link without acting on it: what a GET, a HEAD or a mail scanner may cause.
import { readToken, type Token, type TokenPurpose } from "../digests/tokens.ts";
import type { Subscriber } from "../domain/subscriber.ts";
import type { Ports } from "./ports.ts";

export type Peek =
  | { readonly kind: "good"; readonly token: Token; readonly subscriber: Subscriber | null }
  | { readonly kind: "bad" }
  | { readonly kind: "expired" };

/** Reads, and writes nothing. `subscriber` is null where nothing is kept of them any more. */
export async function peekToken(
  ports: Pick<Ports, "store" | "secrets" | "now">,
  text: string,
  purpose: TokenPurpose,
): Promise<Peek> {
  const reading = readToken(ports.secrets.tokenKeys, text, purpose, ports.now());
  if (reading.kind !== "good") return { kind: reading.kind };
  const subscriber = await ports.store.loadSubscriber(reading.token.subscriber);
  return { kind: "good", token: reading.token, subscriber };
}

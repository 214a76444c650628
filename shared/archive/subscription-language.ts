// In which language somebody is answered: the one that they chose, from the question to its answer.
import type { Context } from "hono";
import { readToken, type TokenPurpose } from "../digests/tokens.ts";
import { MailLanguage } from "../domain/vocabulary.ts";
import type { Ports } from "../flows/ports.ts";
import { readerLanguageOf } from "./reader-language.ts";

/** What was asked for, else what the browser prefers among ours. */
export function languageOf(c: Context, asked?: unknown): MailLanguage {
  const chosen = MailLanguage.safeParse(asked);
  return chosen.success ? chosen.data : readerLanguageOf(c);
}

/**
 * The language of whoever a link was mailed to, also where it is too old or its subscription has ended; the browser's where
 * nothing is kept of them, or the link was never ours.
 */
export async function subscriberLanguage(
  ports: Pick<Ports, "store" | "secrets" | "now">,
  c: Context,
  purpose: TokenPurpose,
): Promise<MailLanguage> {
  const text = c.req.query("token") ?? "";
  const reading = readToken(ports.secrets.tokenKeys, text, purpose, ports.now());
  if (reading.kind === "bad") return languageOf(c);
  const subscriber = await ports.store.loadSubscriber(reading.token.subscriber);
  return languageOf(c, subscriber?.preferences.language);
}

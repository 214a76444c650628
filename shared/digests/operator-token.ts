// The links in a question to the operator: which event, which verdict, until when, under an HMAC of their own.
import { createHmac, timingSafeEqual } from "node:crypto";
import { EventId } from "../domain/ids.ts";

const LETTERS = { confirm: "c", reject: "r" } as const;
export type OperatorVerdict = keyof typeof LETTERS;

export interface OperatorToken {
  readonly event: EventId;
  readonly verdict: OperatorVerdict;
  readonly expiresAt: Date;
}

export type OperatorTokenReading =
  | { readonly kind: "good"; readonly token: OperatorToken }
  | { readonly kind: "bad" | "expired" };

/** Days that an operator has to answer by mail; the command works for ever. */
export const QUESTION_DAYS = 30;

const FORMAT = /^o([cr])\.([A-Za-z0-9_-]{16})\.([0-9a-z]{1,9})\.([A-Za-z0-9_-]{43})$/;

/** Another text than a subscriber's token is signed over: neither can ever pass for the other. */
const macOf = (key: Uint8Array, body: string): string =>
  createHmac("sha256", key).update(`backdoor-watch operator token\n${body}`).digest("base64url");

/**
 * `overdict.event.expiry.mac`
 * @param keys the newest first: it signs
 */
export function writeOperatorToken(keys: readonly Uint8Array[], token: OperatorToken): string {
  const [key] = keys;
  if (key === undefined) throw new RangeError("no token key");
  const expiry = Math.floor(token.expiresAt.getTime() / 1000).toString(36);
  const body = `o${LETTERS[token.verdict]}.${token.event}.${expiry}`;
  return `${body}.${macOf(key, body)}`;
}

/** @param keys any of them may have signed */
export function readOperatorToken(
  keys: readonly Uint8Array[],
  text: string,
  now: Date,
): OperatorTokenReading {
  const parts = FORMAT.exec(text);
  if (parts === null) return { kind: "bad" };
  const [, letter = "", event = "", expiry = "", mac = ""] = parts;
  const body = text.slice(0, text.lastIndexOf("."));
  // Compared as text: base64url of 32 bytes has two idle bits, and a token has one spelling.
  const signed = keys
    .map((key) => timingSafeEqual(Buffer.from(macOf(key, body)), Buffer.from(mac)))
    .includes(true);
  if (!signed) return { kind: "bad" };
  const expiresAt = new Date(Number.parseInt(expiry, 36) * 1000);
  if (now >= expiresAt) return { kind: "expired" };
  const verdict = letter === LETTERS.confirm ? "confirm" : "reject";
  return { kind: "good", token: { event: EventId.parse(event), verdict, expiresAt } };
}

// Tokens: what a link in a mail may do, for whom and until when, under an HMAC. Nothing is stored of them.
import { createHmac, timingSafeEqual } from "node:crypto";
import type { SubscriberId } from "../domain/ids.ts";

/** One letter each in the token, so that a link stays short. */
const LETTERS = { confirm: "c", unsubscribe: "u", preferences: "p" } as const;
export type TokenPurpose = keyof typeof LETTERS;

export interface Token {
  readonly purpose: TokenPurpose;
  readonly subscriber: SubscriberId;
  /** Null for a link that never ages out (unsubscribe). */
  readonly expiresAt: Date | null;
  /**
   * Which sign-up it belongs to: the subscriber's createdAt. A link that confirmed once cannot wake a later sign-up that
   * somebody else asked for.
   */
  readonly signUp: string;
}

export type TokenReading =
  | { readonly kind: "good"; readonly token: Token }
  | { readonly kind: "bad" }
  | { readonly kind: "expired"; readonly token: Token };

const FORMAT =
  /^([cup])\.([A-Za-z0-9_-]{22})\.([0-9a-z]{1,9})\.([0-9a-z]{1,9})\.[A-Za-z0-9_-]{43}$/;

const macOf = (key: Uint8Array, body: string): string =>
  createHmac("sha256", key).update(`backdoor-watch token\n${body}`).digest("base64url");

/**
 * `purpose.subscriber.expiry.signUp.mac`: letters, digits, `-`, `_` and dots, so that no mail program breaks it.
 * @param keys the newest first: it signs
 */
export function writeToken(keys: readonly Uint8Array[], token: Token): string {
  const [key] = keys;
  if (key === undefined) throw new RangeError("no token key");
  const expiry = token.expiresAt === null ? 0 : Math.floor(token.expiresAt.getTime() / 1000);
  const signUp = Date.parse(token.signUp);
  const body = [
    LETTERS[token.purpose],
    token.subscriber,
    expiry.toString(36),
    signUp.toString(36),
  ].join(".");
  return `${body}.${macOf(key, body)}`;
}

/**
 * The same answer, in the same time, for every way of being wrong.
 * @param keys any of them may have signed
 */
export function readToken(
  keys: readonly Uint8Array[],
  text: string,
  purpose: TokenPurpose,
  now: Date,
): TokenReading {
  const parts = FORMAT.exec(text);
  if (parts === null) return { kind: "bad" };
  const [, letter = "", subscriber = "", expiry = "", signUp = ""] = parts;
  const cut = text.lastIndexOf(".");
  const body = text.slice(0, cut);
  // Compared as text: base64url of 32 bytes has two idle bits, and a token has one spelling.
  const given = Buffer.from(text.slice(cut + 1));
  const signed = keys
    .map((key) => timingSafeEqual(Buffer.from(macOf(key, body)), given))
    .includes(true);
  if (!signed || letter !== LETTERS[purpose]) return { kind: "bad" };
  const seconds = Number.parseInt(expiry, 36);
  const token: Token = {
    purpose,
    subscriber: subscriber as SubscriberId,
    expiresAt: seconds === 0 ? null : new Date(seconds * 1000),
    signUp: new Date(Number.parseInt(signUp, 36)).toISOString(),
  };
  const late = token.expiresAt !== null && now >= token.expiresAt;
  return { kind: late ? "expired" : "good", token };
}

/** Days that a link to confirm lives: as long as its sign-up waits. */
export const CONFIRM_DAYS = 7;
/** Days that a link to one's preferences lives: every mail brings a fresh one. */
export const PREFERENCES_DAYS = 60;

const DAY_MS = 86_400_000;

/** When a token of this purpose, made now, ends; unsubscribe never does. */
export function expiryOf(purpose: TokenPurpose, now: Date): Date | null {
  switch (purpose) {
    case "confirm":
      return new Date(now.getTime() + CONFIRM_DAYS * DAY_MS);
    case "preferences":
      return new Date(now.getTime() + PREFERENCES_DAYS * DAY_MS);
    case "unsubscribe":
      return null;
    default:
      return purpose satisfies never;
  }
}

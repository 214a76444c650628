// Mail that somebody asked for and that has not gone out yet: what the outbox keeps of it, without an address.
import { z } from "zod";
import { SubscriberId } from "./ids.ts";
import { Instant } from "./vocabulary.ts";

/** One of each kind at a time: what is asked for again while it waits is the same mail. */
export const OwedKind = z.enum(["sign-up", "welcome", "export"]);
export type OwedKind = z.infer<typeof OwedKind>;

export const OwedMail = z.object({
  subscriber: SubscriberId,
  kind: OwedKind,
  /** Its name in the ledger, and part of its Message-ID: every try is the same mail. */
  name: z.string(),
  /** The sign-up that it belongs to (the subscriber's createdAt): of another one it would be a stranger's. */
  signUp: Instant,
  askedAt: Instant,
  /** Not to be tried before. */
  dueAt: Instant,
  /** How often the mail server has put it off. */
  tries: z.number().int().nonnegative(),
  /** How often it was tried after an end that nobody knows. */
  repeats: z.number().int().nonnegative(),
  /** Which slots its client's mails share; null where the client is not known, or nobody floods with it. */
  lane: z.string().nullable(),
});
export type OwedMail = z.infer<typeof OwedMail>;

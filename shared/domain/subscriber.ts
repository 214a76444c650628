// Subscribers: people, at risk. Their address is only ever held encrypted, and found by a keyed hash.
import { z } from "zod";
import { DossierId, SubscriberId } from "./ids.ts";
import { Cadence, Instant, Jurisdiction, MailLanguage, ThemeId } from "./vocabulary.ts";

/** What someone asked for; an empty list means all. */
export const Preferences = z.object({
  cadence: Cadence,
  themes: z.array(ThemeId),
  jurisdictions: z.array(Jurisdiction),
  dossiers: z.array(DossierId),
  language: MailLanguage,
  /** IANA name. */
  timezone: z.string(),
  /** A line also when a day or week brought nothing. */
  quietNote: z.boolean().optional(),
  /** False where digests are not to carry what is reported and not confirmed; absent means that they may. */
  possible: z.boolean().optional(),
});
export type Preferences = z.infer<typeof Preferences>;

export const Subscriber = z.object({
  id: SubscriberId,
  version: z.number().int().nonnegative(),
  state: z.enum(["pending", "active", "paused", "unsubscribed", "suppressed"]),
  /** The address under AES-256-GCM; see digests/address.ts. */
  sealedAddress: z.string(),
  preferences: Preferences,
  createdAt: Instant,
  confirmedAt: Instant.nullable(),
  /** When the last confirmation mail was asked for, and how many have been: bounds bombing. */
  confirmationAt: Instant.nullable(),
  confirmations: z.number().int().nonnegative(),
  /** When the next daily or weekly digest is due; null for immediate. */
  nextDigestAt: Instant.nullable(),
  /** The end of the last period that was digested: what was first seen after it is still owed. */
  digestedUntil: Instant.nullable(),
});
export type Subscriber = z.infer<typeof Subscriber>;

// Identities: every id has its own type and one mint, so that mixing two of them does not compile.
import { createHash } from "node:crypto";
import { z } from "zod";

export const FeedId = z
  .string()
  .regex(/^[a-z0-9-]{2,40}$/)
  .brand<"FeedId">();
export type FeedId = z.infer<typeof FeedId>;

export const ItemId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{22}$/)
  .brand<"ItemId">();
export type ItemId = z.infer<typeof ItemId>;

/** A registry id (`eu-csar`), or `auto:JURISDICTION:…` for a bill that the registry does not hold. */
export const DossierId = z
  .string()
  .regex(/^(?:[a-z0-9][a-z0-9-]{1,59}|auto:[A-Z]{2,3}:[a-z0-9-]{1,80})$/)
  .brand<"DossierId">();
export type DossierId = z.infer<typeof DossierId>;

export const EventId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16}$/)
  .brand<"EventId">();
export type EventId = z.infer<typeof EventId>;

/** A keyed hash of the address (see digests/address.ts): the table can find a subscriber without naming one. */
export const SubscriberId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{22}$/)
  .brand<"SubscriberId">();
export type SubscriberId = z.infer<typeof SubscriberId>;

/** A registrable domain (`gov.uk` is a public suffix, so `parliament.uk`), or an IP literal or `localhost`. */
export const Domain = z.string().min(1).max(253).brand<"Domain">();
export type Domain = z.infer<typeof Domain>;

/** SHA-256 of the parts, joined by newlines, as the first `length` characters of base64url (6 bits each). */
export function fingerprintOf(length: number, ...parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\n")).digest("base64url").slice(0, length);
}

/**
 * Same feed and key give the same id for ever, so a second poll cannot make a second item.
 * @param key the first rung of the identity ladder that holds (guid, else link, else title and date), with an
 * ordinal where one document uses it twice; see feeds/identify-item.ts
 */
export function itemIdOf(feed: FeedId, key: string): ItemId {
  return fingerprintOf(22, feed, key) as ItemId;
}

/** One event per dossier and raising item: deciding twice cannot raise two. */
export function eventIdOf(dossier: DossierId, item: string): EventId {
  return fingerprintOf(16, dossier, item) as EventId;
}

// Feeds: what the catalogue says of one, what polling it has taught, and what a document holds.
import { z } from "zod";
import { Domain, FeedId } from "./ids.ts";
import { Instant, Jurisdiction, Kind, LanguageTag } from "./vocabulary.ts";

/** One line of a feed catalogue (JSON Lines); unknown keys are passed over. */
export const FeedDefinition = z.object({
  id: FeedId,
  url: z.url({ protocol: /^https?$/ }),
  title: z.string().min(1).max(300),
  kind: Kind,
  jurisdiction: Jurisdiction.nullish().transform((value) => value ?? null),
  language: LanguageTag.nullish().transform((value) => value ?? null),
  notes: z.string().optional(),
});
export type FeedDefinition = z.infer<typeof FeedDefinition>;

/** What an item knows of its feed: all that classification may use. */
export const FeedFacts = z.object({
  id: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
  kind: Kind.nullish().transform((value) => value ?? null),
  jurisdiction: Jurisdiction.nullish().transform((value) => value ?? null),
  language: LanguageTag.nullish().transform((value) => value ?? null),
});
export type FeedFacts = z.infer<typeof FeedFacts>;

/** Why a poll brought nothing: a closed list, shown on the feed's health and documented in docs/runbook.md. */
export const FAILURES = [
  "address-refused",
  "dns-failed",
  "connect-failed",
  "tls-failed",
  "timeout",
  "too-large",
  "too-many-redirects",
  "redirect-refused",
  "bad-encoding",
  "http-error",
  "rate-limited",
  "gone",
  "blocked",
  "challenge",
  "empty",
  "not-a-feed",
  "html",
  "truncated",
  "parse-timeout",
  "parse-crashed",
  "network",
] as const;
export const FailureReason = z.enum(FAILURES);
export type FailureReason = z.infer<typeof FailureReason>;

/** HTTP validators, opaque and sent back as they came (RFC 9110 §8.8). */
export const Validators = z.object({
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  /** When the 200 or 304 that carried them arrived. */
  at: Instant,
});
export type Validators = z.infer<typeof Validators>;

/** All that is kept of a feed between two polls. */
export const FeedState = z.object({
  id: FeedId,
  definition: FeedDefinition,
  domain: Domain,
  /** Grows by one at each save; a save names the version it read. */
  version: z.number().int().nonnegative(),
  nextPollAt: Instant,
  /** Null until a first poll has stored its items: what that poll brings is filed and mails nobody. */
  firstPolledAt: Instant.nullable(),
  lastPolledAt: Instant.nullable(),
  lastSuccessAt: Instant.nullable(),
  /** When a poll last brought an item that was new. */
  lastNewItemAt: Instant.nullable(),
  validators: Validators.nullable(),
  /** SHA-256 of the last body that was read whole: the same bytes need no parsing. */
  bodyFingerprint: z.string().nullable(),
  /** Polls in a row that failed. */
  failures: z.number().int().nonnegative(),
  lastFailure: z
    .object({ at: Instant, reason: FailureReason, detail: z.string().max(500) })
    .nullable(),
  /** Minutes between polls, as learned. */
  intervalMinutes: z.number().positive(),
  itemsRead: z.number().int().nonnegative(),
  itemsNew: z.number().int().nonnegative(),
  /** Whatever else the feeds room learns (redirects seen, usual interval, hours to skip); shape: feeds/poll-schedule.ts. */
  learned: z.record(z.string(), z.unknown()),
  removed: z.boolean(),
});
export type FeedState = z.infer<typeof FeedState>;

/** An entry as the document states it, in plain text; identity and clamped dates come after. */
export interface ParsedItem {
  readonly guid: string | null;
  /** Absolute where the feed lets one be known. */
  readonly url: string | null;
  readonly title: string;
  readonly summary: string;
  /** Published, else updated; UTC with milliseconds. */
  readonly published: string | null;
  /** A bill's stage where an attribute or element carries it (`p4:stage="Report stage"`). */
  readonly stage: string | null;
  readonly updated: string | null;
  readonly categories: readonly string[];
}

export interface ParsedFeed {
  readonly title: string | null;
  readonly language: string | null;
  readonly items: readonly ParsedItem[];
  /** RSS `ttl`, minutes. */
  readonly ttlMinutes: number | null;
  /** RSS `skipHours`, 0 to 23 UTC. */
  readonly skipHours: readonly number[];
  /** True where the document held more than were read. */
  readonly capped: boolean;
}

export type ParseOutcome =
  | { readonly kind: "parsed"; readonly feed: ParsedFeed }
  | {
      readonly kind: "failed";
      readonly reason: FailureReason;
      readonly detail: string;
      /** Of a truncated document, the items that stand whole before the cut: for a person to see, never to be stored. */
      readonly whole?: readonly ParsedItem[];
    };

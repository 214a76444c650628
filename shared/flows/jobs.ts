// What travels through a queue; parsed once where it comes out.
import { z } from "zod";
import { Domain, DossierId, EventId, FeedId, ItemId } from "../domain/ids.ts";
import { Instant, Stage } from "../domain/vocabulary.ts";

/** Due feeds of one registrable domain, read in turn: how manners hold while many functions run at once. */
export const PollJob = z.strictObject({
  domain: Domain,
  feedIds: z.array(FeedId).min(1).max(50),
  enqueuedAt: Instant,
});
export type PollJob = z.infer<typeof PollJob>;

/** One shard of subscribers for whom something is due: events just raised, or their daily or weekly digest. */
export const DigestJob = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("immediate"),
    /** Names the digest in the ledger: the same events gathered again make the same mail. */
    digest: z.string().min(1).max(100),
    events: z.array(EventId).max(50),
    /** Stage changes of the same dossier. */
    changes: z
      .array(z.object({ dossier: DossierId, stage: Stage, item: ItemId }))
      .max(50)
      .optional(),
    /** Events of the same dossier that were told and no longer stand. */
    corrections: z.array(EventId).max(50).optional(),
    shard: z.number().int().nonnegative(),
    enqueuedAt: Instant,
  }),
  z.strictObject({
    kind: z.literal("periodic"),
    shard: z.number().int().nonnegative(),
    enqueuedAt: Instant,
  }),
  /** Mails that were asked for and have not gone out: confirmations, welcomes, exports. */
  z.strictObject({ kind: z.literal("owed"), enqueuedAt: Instant }),
  /** Possible events that the operator has not been asked about. */
  z.strictObject({ kind: z.literal("questions"), enqueuedAt: Instant }),
  /** Today's canary has not arrived. */
  z.strictObject({ kind: z.literal("canary"), enqueuedAt: Instant }),
  /** Whether there is anything to tell the operator. */
  z.strictObject({ kind: z.literal("alarms"), enqueuedAt: Instant }),
]);
export type DigestJob = z.infer<typeof DigestJob>;
/** Those that mail readers. */
export type ReaderJob = Extract<DigestJob, { readonly shard: number }>;

/** @throws ZodError naming the field, SyntaxError where the body is no JSON */
export const readPollJob = (body: string): PollJob => PollJob.parse(JSON.parse(body));
export const readDigestJob = (body: string): DigestJob => DigestJob.parse(JSON.parse(body));

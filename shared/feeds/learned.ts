// Feeds: what polling teaches of a feed, as kept in its state between two polls.
import { z } from "zod";
import type { FeedState } from "../domain/feed.ts";
import { Instant } from "../domain/vocabulary.ts";

export const Learned = z.object({
  /** Items of the last documents, newest first; see known-items.ts. */
  seen: z.array(z.string()).catch([]),
  /** A permanent redirect, how often running it was seen, and whether it is followed by now. */
  moved: z
    .object({ from: z.string(), to: z.string(), times: z.number().int().positive() })
    .nullable()
    .catch(null),
  ttlMinutes: z.number().positive().nullable().catch(null),
  skipHours: z.array(z.number().int().min(0).max(23)).catch([]),
  /** Minutes between polls that brought something new: a moving average, and how many went into it. */
  gapMinutes: z.number().positive().nullable().catch(null),
  gaps: z.number().int().nonnegative().catch(0),
  /** When the last whole document (a 200) was read: validators older than a week are not sent again. */
  wholeAt: Instant.nullable().catch(null),
  /** When all guids last changed at once, and how many items were matched or held back then. */
  churn: z.object({ at: Instant, matched: z.number(), held: z.number() }).nullable().catch(null),
});
export type Learned = z.infer<typeof Learned>;

export const learnedOf = (state: FeedState): Learned => Learned.parse(state.learned);

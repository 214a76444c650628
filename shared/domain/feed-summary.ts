// All feeds in a few figures: counted by whoever polls, a page of feeds at a time, so that no page of the archive has to.
import { z } from "zod";
import { FeedId } from "./ids.ts";
import { Instant } from "./vocabulary.ts";

const Count = z.number().int().nonnegative();

export const FeedFigures = z.object({
  feeds: Count,
  /** Of those, ever polled. */
  polled: Count,
  /** Whose last poll failed. */
  failing: Count,
  /** What an operator should look at (feeds/feed-health.ts). */
  inTrouble: Count,
  /** Not polled within their interval, though nothing holds them back. */
  overdue: Count,
  itemsRead: Count,
  /** Of those in trouble or overdue, the first MOST_NAMED each, by id. */
  troubled: z.array(FeedId),
  late: z.array(FeedId),
});
export type FeedFigures = z.infer<typeof FeedFigures>;

/** More than anybody looks at, and few enough for one row. */
export const MOST_NAMED = 1_000;

export const NO_FEEDS: FeedFigures = {
  feeds: 0,
  polled: 0,
  failing: 0,
  inTrouble: 0,
  overdue: 0,
  itemsRead: 0,
  troubled: [],
  late: [],
};

/** How far the count has come, and what the last whole one found. */
export const FeedCount = z.object({
  /** Grows by one at each save; a save names the version it read. */
  version: Count,
  going: z.object({ after: FeedId, figures: FeedFigures }).nullable(),
  done: z.object({ at: Instant, figures: FeedFigures }).nullable(),
});
export type FeedCount = z.infer<typeof FeedCount>;

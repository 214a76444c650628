// Looking after what is stored: feeds as they stand, counted and mended, without trusting the index that says what is due.
import type { FeedState } from "../domain/feed.ts";
import type { FeedCount } from "../domain/feed-summary.ts";
import type { Domain, FeedId } from "../domain/ids.ts";

export interface FeedPage {
  /** By id; without those that were removed, so a page may be shorter than was asked for. */
  readonly rows: readonly FeedState[];
  /** Where the next page begins, or null at the end. */
  readonly next: FeedId | null;
}

export interface IndexCheck {
  readonly checked: number;
  readonly mended: number;
  /** True where the whole table has been walked. */
  readonly done: boolean;
}

export interface WatchStore {
  /** Feeds as their own rows say, read as they stand now. */
  feedsPage(after: FeedId | null, limit: number): Promise<FeedPage>;
  /** All of them: for commands, never for a request. */
  listFeeds(): Promise<readonly FeedState[]>;
  loadFeeds(ids: readonly FeedId[]): Promise<readonly FeedState[]>;
  /** True while somebody speaks to the domain, or it asked to be left alone. */
  isDomainHeld(domain: Domain, now: Date): Promise<boolean>;
  /** Where the index does not know when this feed is due, its row is written anew. @returns whether it was */
  mendFeed(state: FeedState): Promise<boolean>;
  loadFeedCount(): Promise<FeedCount>;
  /** @returns false where another save came between */
  saveFeedCount(count: FeedCount): Promise<boolean>;
  /**
   * Goes on comparing rows that wait for something with what the index answers, so many pages of the table; begins anew a day
   * after it last came to the end, or where told. A store whose rows and index cannot part has nothing to do.
   */
  checkIndex(now: Date, pages: number, anew: boolean): Promise<IndexCheck>;
}

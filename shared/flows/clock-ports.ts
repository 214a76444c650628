// What a clock that was wrong once left in the store, as the flows ask for it.
import type { EventId, FeedId, ItemId, SubscriberId } from "../domain/ids.ts";
import type { Item, StoredItem } from "../domain/item.ts";

export interface ClockStore {
  /** Feeds whose next poll is later than that; those that are never polled again (410) are not among them. */
  feedsBeyond(beyond: Date, limit: number): Promise<readonly FeedId[]>;
  /** Active subscribers whose next digest is later than that. */
  subscribersBeyond(beyond: Date, limit: number): Promise<readonly SubscriberId[]>;
  /** Pending items that were first seen later than that: from now on they were first seen now. @returns how many */
  rightPending(beyond: Date, now: Date): Promise<number>;
  /** What is to be told later than that is to be told now, as if it had been raised now. @returns how many */
  rightAnnouncements(beyond: Date, now: Date): Promise<number>;
}

/** What was done already, and is dated ahead. Looked for by a scan: only when a clock has come back. */
export interface RedateStore {
  /** Relevant items that were first seen later than that. */
  seenBeyond(beyond: Date, limit: number): Promise<readonly ItemId[]>;
  /** Files a settled item under its right dates, and no longer under the wrong ones. */
  redateItem(wrong: StoredItem, right: Item): Promise<void>;
  /** Events that were raised later than that. */
  raisedBeyond(beyond: Date, limit: number): Promise<readonly EventId[]>;
  /** An event that was raised later was raised then. */
  redateEvent(id: EventId, raisedAt: Date): Promise<void>;
}

// Which feeds are due, as jobs of one registrable domain each.
import type { Domain, FeedId } from "../domain/ids.ts";
import type { Ports } from "./ports.ts";
import { rightFeeds } from "./put-right.ts";

/** Feeds of one run; what is left is due at the next. */
const MOST_FEEDS = 5_000;
const JOB_FEEDS = 25;

/** Enqueues every due feed; planning the same feed twice is harmless, a job passes over what is not due any more. */
export async function planPolls(ports: Ports): Promise<{ domains: number; feeds: number }> {
  await rightFeeds(ports);
  const now = ports.now();
  const due = await ports.store.feedsDue(now, MOST_FEEDS);
  const domains = new Map<Domain, FeedId[]>();
  for (const { id, domain } of due) domains.set(domain, [...(domains.get(domain) ?? []), id]);
  for (const [domain, feedIds] of domains)
    for (let from = 0; from < feedIds.length; from += JOB_FEEDS)
      await ports.enqueuePoll({
        domain,
        feedIds: feedIds.slice(from, from + JOB_FEEDS),
        enqueuedAt: now.toISOString(),
      });
  await ports.store.beat("polls", now, { feeds: due.length, domains: domains.size });
  return { domains: domains.size, feeds: due.length };
}

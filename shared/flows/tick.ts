// All that is due at one instant, once: what the scheduled functions do, in turn.
import { raiseAlarms } from "./alarms.ts";
import { planQuestions } from "./ask-operator.ts";
import { runCanary } from "./canary.ts";
import { checkFeeds } from "./check-feeds.ts";
import { checkIndex } from "./check-index.ts";
import { planDigests } from "./plan-digests.ts";
import { planPolls } from "./plan-polls.ts";
import type { Ports } from "./ports.ts";
import { planOwed } from "./send-owed.ts";
import { sweepExpired, sweepPending } from "./sweep.ts";

export interface TickReport {
  readonly feedsDue: number;
  readonly settled: number;
  readonly digestJobs: number;
  readonly expired: number;
}

/**
 * @param drain resolves when the polls that were enqueued have ended
 * @throws what a part threw, after the other parts have run: the first one
 */
export async function tick(ports: Ports, drain: () => Promise<void>): Promise<TickReport> {
  const failures: unknown[] = [];
  const part = async <T>(otherwise: T, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (cause) {
      failures.push(cause);
      return otherwise;
    }
  };
  const polls = await part({ domains: 0, feeds: 0 }, () => planPolls(ports));
  await part(undefined, drain);
  await part(null, () => checkFeeds(ports));
  await part(0, () => checkIndex(ports));
  const settled = await part(0, () => sweepPending(ports));
  const digests = await part({ jobs: 0 }, () => planDigests(ports));
  await part(false, () => planOwed(ports));
  await part(0, () => planQuestions(ports));
  const expired = await part(0, () => sweepExpired(ports));
  await part(undefined, async () => void (await runCanary(ports)));
  await part(0, () => raiseAlarms(ports));
  if (failures.length > 0) throw failures[0];
  return { feedsDue: polls.feeds, settled, digestJobs: digests.jobs, expired };
}

// One registrable domain's due feeds, read in turn: fetch, parse, settle each item, then save what was learned.
import type { FailureReason, FeedState, ParsedFeed } from "../domain/feed.ts";
import type { FeedId } from "../domain/ids.ts";
import { fingerprintOf } from "../domain/ids.ts";
import {
  addressOf,
  afterPoll,
  isDue,
  type PollCounts,
  type PollOutcome,
  rateLimitMinutes,
  SPACING_MS,
  validatorsToSend,
} from "../feeds/poll-schedule.ts";
import type { PollJob } from "./jobs.ts";
import type { FetchOutcome, Ports } from "./ports.ts";
import { readItems } from "./read-items.ts";

export interface PollReport {
  readonly feedId: FeedId;
  readonly outcome: "fetched" | "not-modified" | "unchanged" | "failed";
  readonly reason: FailureReason | null;
  readonly read: number;
  readonly fresh: number;
  readonly revised: number;
}

export interface PollOptions {
  /** No feed is begun after then: a function must end before it is ended. */
  readonly deadlineAt?: Date;
  readonly onPolled?: (report: PollReport) => void;
  /** Between two requests to one domain; a second unless told. */
  readonly spacingMs?: number;
}

/** A feed that hangs until its deadline, its documents read and settled: a job's lease outlives it, and its death not by much. */
const LEASE_SECONDS_PER_FEED = 40;
const LEASE_SECONDS = 60;
const MOST_RACES = 5;

/**
 * Where another function speaks to the domain, or the domain asked to be left alone, nothing is done: the feeds stay due. A
 * failing feed or item never stops another.
 * @throws the first surprise (the store does not answer), after every feed has had its turn
 */
export async function pollDomain(
  ports: Ports,
  job: PollJob,
  options: PollOptions = {},
): Promise<PollReport[]> {
  const lease = await ports.store.acquireDomain(
    job.domain,
    ports.now(),
    LEASE_SECONDS + job.feedIds.length * LEASE_SECONDS_PER_FEED,
  );
  if (lease === null) return [];
  const spacingMs = options.spacingMs ?? SPACING_MS;
  const reports: PollReport[] = [];
  const surprises: unknown[] = [];
  const guarded = async <T>(feedId: FeedId, work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      surprises.push(error);
      ports.log({ step: "poll-error", feed: feedId, error: nameOf(error) });
      return null;
    }
  };
  let asked = 0;
  let holdUntil: Date | null = null;
  try {
    for (const state of await dueFeeds(ports, job, guarded)) {
      if (isHalted(ports)) break;
      if (options.deadlineAt !== undefined && ports.now() >= options.deadlineAt) break;
      if (asked > 0) await ports.sleep(spacingMs);
      asked += 1;
      const polled = await guarded(state.id, () => pollFeed(ports, state));
      if (polled === null) continue;
      reports.push(polled.report);
      options.onPolled?.(polled.report);
      if (polled.holdMinutes === null) continue;
      holdUntil = new Date(ports.now().getTime() + polled.holdMinutes * 60_000);
      break;
    }
  } finally {
    const spaced = asked > 0 ? new Date(ports.now().getTime() + spacingMs) : null;
    await ports.store.releaseDomain(lease, holdUntil ?? spaced);
  }
  if (surprises.length > 0) throw surprises[0];
  return reports;
}

/** Those that failed most come last: a server that hangs must not keep its neighbours waiting. */
async function dueFeeds(
  ports: Ports,
  job: PollJob,
  guarded: <T>(feedId: FeedId, work: () => Promise<T>) => Promise<T | null>,
): Promise<FeedState[]> {
  const due: FeedState[] = [];
  for (const feedId of job.feedIds) {
    const state = await guarded(feedId, () => ports.store.loadFeed(feedId));
    if (state !== null && isDue(state, ports.now())) due.push(state);
  }
  return due.sort((a, b) => a.failures - b.failures);
}

const isHalted = ({ halted }: Ports): boolean => halted?.aborted === true;

const nameOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : "unknown";

interface Polled {
  readonly report: PollReport;
  /** Minutes for which the whole domain is to be left alone, or null. */
  readonly holdMinutes: number | null;
}

/** @returns null where the process is to end: what came of the poll says nothing of the feed, which stays due */
async function pollFeed(ports: Ports, state: FeedState): Promise<Polled | null> {
  const fetched = await ports.fetchFeed({
    url: addressOf(state),
    validators: validatorsToSend(state, ports.now()),
    now: ports.now(),
  });
  if (isHalted(ports)) return null;
  if (fetched.kind === "failed") return endPoll(ports, state, fetched, NOTHING, "failed", fetched);
  if (fetched.kind === "not-modified")
    return endPoll(ports, state, fetched, NOTHING, "not-modified", null);
  const fingerprint = fingerprintOf(43, Buffer.from(fetched.body).toString("latin1"));
  const { validators, freshSeconds, movedTo } = fetched;
  const common = { kind: "fetched", validators, freshSeconds, movedTo, fingerprint } as const;
  if (fingerprint === state.bodyFingerprint)
    return endPoll(
      ports,
      state,
      { ...common, feed: null, seen: [], churn: null, complete: true },
      NOTHING,
      "unchanged",
      null,
    );
  const parsed = await ports.parseFeed(fetched.body, fetched.contentType, fetched.url);
  if (isHalted(ports)) return null;
  if (parsed.kind === "failed") {
    const failed = { ...parsed, retryAfterSeconds: null };
    return endPoll(ports, state, failed, NOTHING, "failed", null);
  }
  return settleFeed(ports, state, common, parsed.feed);
}

async function settleFeed(
  ports: Ports,
  state: FeedState,
  fetched: Omit<Extract<PollOutcome, { kind: "fetched" }>, "feed" | "seen" | "churn" | "complete">,
  feed: ParsedFeed,
): Promise<Polled | null> {
  const { counts, seen, churn, failed } = await readItems(ports, state, feed);
  if (isHalted(ports)) return null;
  if (churn !== null)
    ports.log({ step: "guid-churn", feed: state.id, matched: churn.matched, held: churn.held });
  return endPoll(
    ports,
    state,
    { ...fetched, feed, seen, churn, complete: failed === 0 },
    counts,
    "fetched",
    null,
  );
}

const NOTHING = { read: 0, fresh: 0, revised: 0 };

async function endPoll(
  ports: Ports,
  state: FeedState,
  outcome: PollOutcome,
  counts: PollCounts & { readonly revised: number },
  kind: PollReport["outcome"],
  failure: Extract<FetchOutcome, { kind: "failed" }> | null,
): Promise<Polled> {
  await save(ports, state, outcome, counts);
  const reason = outcome.kind === "failed" ? outcome.reason : null;
  const { read, fresh, revised } = counts;
  const report = { feedId: state.id, outcome: kind, reason, read, fresh, revised };
  ports.log({ step: "poll", feed: state.id, outcome: kind, reason, read, fresh, revised });
  const isHeld =
    failure !== null &&
    (failure.reason === "rate-limited" ||
      (failure.status === 503 && failure.retryAfterSeconds !== null));
  return {
    report,
    holdMinutes: isHeld ? rateLimitMinutes(state.failures, failure.retryAfterSeconds) : null,
  };
}

/** An operator's change may come between: what the poll taught is laid over the newest state. */
async function save(
  ports: Ports,
  polled: FeedState,
  outcome: PollOutcome,
  counts: PollCounts,
): Promise<void> {
  let state: FeedState | null = polled;
  for (let race = 0; race < MOST_RACES; race += 1) {
    const next = afterPoll(state, outcome, counts, ports.now(), ports.settings);
    if (await ports.store.saveFeed(next)) return;
    state = await ports.store.loadFeed(polled.id);
    if (state === null) return;
  }
  throw new Error(`feed ${polled.id}: ${MOST_RACES} saves lost in a row`);
}

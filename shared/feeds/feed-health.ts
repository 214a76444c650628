// Feeds: how a feed is doing, in one word and with the reason, for pages, operators and alarms.
import type { FailureReason, FeedState } from "../domain/feed.ts";
import { isAhead, minutesSince } from "../domain/instants.ts";
import { learnedOf } from "./learned.ts";

export type HealthStatus =
  | "new"
  | "ok"
  | "degraded"
  | "failing"
  | "silent"
  | "gone"
  | "quarantined";

export interface FeedHealth {
  readonly status: HealthStatus;
  readonly reason: FailureReason | null;
  readonly detail: string | null;
  readonly lastSuccessAt: string | null;
  readonly lastNewItemAt: string | null;
  /** How often it usually has something new; null until that is known. */
  readonly usualGapMinutes: number | null;
  readonly failures: number;
  readonly nextPollAt: string;
}

const DAY_MINUTES = 24 * 60;
/** Silence is unlike a feed when it lasts five times its usual gap, and three days at least. */
const SILENT_GAPS = 5;
const SILENT_LEAST_MINUTES = 3 * DAY_MINUTES;
/** A habit shows after this many gaps. */
const HABIT_GAPS = 3;
/** One bad poll is weather; a day of them is an alarm. */
const FAILING_MINUTES = DAY_MINUTES;
const QUARANTINE_MINUTES = 2 * DAY_MINUTES;

export function healthOf(state: FeedState, now: Date): FeedHealth {
  const { gapMinutes, gaps, churn } = learnedOf(state);
  const failure = state.failures > 0 ? state.lastFailure : null;
  const since = (at: string | null): number =>
    at === null ? Number.POSITIVE_INFINITY : minutesSince(at, now);
  const { lastNewItemAt } = state;
  // Seen by a clock that was wrong: how long ago is not known.
  const silence = lastNewItemAt !== null && isAhead(lastNewItemAt, now) ? 0 : since(lastNewItemAt);
  const isSilent =
    gapMinutes !== null &&
    gaps >= HABIT_GAPS &&
    silence > Math.max(SILENT_GAPS * gapMinutes, SILENT_LEAST_MINUTES);
  const status = ((): HealthStatus => {
    if (failure?.reason === "gone") return "gone";
    if (failure !== null)
      return since(state.lastSuccessAt) > FAILING_MINUTES && state.failures > 2
        ? "failing"
        : "degraded";
    if (state.lastSuccessAt === null) return "new";
    if (churn !== null && since(churn.at) < QUARANTINE_MINUTES) return "quarantined";
    return isSilent ? "silent" : "ok";
  })();
  return {
    status,
    reason: failure?.reason ?? null,
    detail:
      failure?.detail ??
      (status === "quarantined" && churn !== null
        ? `all guids changed: ${churn.matched} matched, ${churn.held} held back`
        : null),
    lastSuccessAt: state.lastSuccessAt,
    lastNewItemAt: state.lastNewItemAt,
    usualGapMinutes: gapMinutes === null ? null : Math.round(gapMinutes),
    failures: state.failures,
    nextPollAt: state.nextPollAt,
  };
}

/** Past its time for so long a feed is late: planning, a domain's queue and its lease take less. */
export const LATE_MINUTES = 60;
/** One that was never polled may be one of many that are new. */
const NEW_LATE_MINUTES = 6 * 60;

/** True of a feed that should have been polled long ago, if nothing holds its domain back. */
export function isLate(state: FeedState, now: Date): boolean {
  const most = state.lastPolledAt === null ? NEW_LATE_MINUTES : LATE_MINUTES;
  const isPast = state.nextPollAt <= now.toISOString();
  return !state.removed && isPast && minutesSince(state.nextPollAt, now) > most;
}

/** What an operator should look at: not every hiccup. */
export const needsAttention = (health: FeedHealth): boolean =>
  !["new", "ok", "degraded"].includes(health.status);

// Feeds: when a feed is polled next, and what its state becomes after a poll. Pure: the clock is an argument.
import type {
  FailureReason,
  FeedDefinition,
  FeedState,
  ParsedFeed,
  Validators,
} from "../domain/feed.ts";
import type { FetchOutcome } from "../domain/fetch.ts";
import { minutesSince } from "../domain/instants.ts";
import { domainOf } from "../domain/registrable-domain.ts";
import { type Learned, learnedOf } from "./learned.ts";

/** Between two requests to one host, be they two feeds or a redirect. */
export const SPACING_MS = 1_000;
export const LEAST_MINUTES = 60;
export const MOST_MINUTES = 24 * 60;
/** A gone feed (410) is asked no more until an operator says so. */
const NEVER = "9999-12-31T00:00:00.000Z";
/** 301 or 308 to the same place this many times running moves the feed. */
const MOVES_NEEDED = 3;
/**
 * Some servers answer 304 for ever once they have seen a validator, so after a week without a whole document none is sent.
 * Eight days: a weekly feed still gets its cheap poll. RFC 9110 §13.1.
 */
const VALIDATOR_MAX_AGE_DAYS = 8;
const DAY_MINUTES = 24 * 60;

/** What a poll came to, fetching and parsing together. */
export type PollOutcome =
  | {
      readonly kind: "fetched";
      readonly validators: Validators;
      readonly freshSeconds: number | null;
      readonly movedTo: string | null;
      readonly fingerprint: string;
      /** Null where the bytes were those of the poll before. */
      readonly feed: Pick<ParsedFeed, "ttlMinutes" | "skipHours"> | null;
      /** Items known by now, to be remembered (known-items.ts). */
      readonly seen: readonly string[];
      readonly churn: Learned["churn"];
      /** False where an item could not be stored: the whole document must be read again. */
      readonly complete: boolean;
    }
  | Extract<FetchOutcome, { kind: "not-modified" }>
  | {
      readonly kind: "failed";
      readonly reason: FailureReason;
      readonly detail: string;
      readonly retryAfterSeconds: number | null;
    };

export interface PollCounts {
  readonly read: number;
  readonly fresh: number;
}

export interface ScheduleSettings {
  /** The least seconds between two polls, instead of the schedule's own; null for the schedule's own. */
  readonly pollSeconds: number | null;
}

/** No right clock puts the next poll further away: a day, and a day of hours to skip. */
export const longestWaitMinutes = ({ pollSeconds }: ScheduleSettings): number =>
  Math.max(2 * MOST_MINUTES, (pollSeconds ?? 0) / 60);

export function newFeedState(definition: FeedDefinition, now: Date): FeedState {
  return {
    id: definition.id,
    definition,
    domain: domainOf(definition.url),
    version: 0,
    nextPollAt: now.toISOString(),
    firstPolledAt: null,
    lastPolledAt: null,
    lastSuccessAt: null,
    lastNewItemAt: null,
    validators: null,
    bodyFingerprint: null,
    failures: 0,
    lastFailure: null,
    intervalMinutes: LEAST_MINUTES,
    itemsRead: 0,
    itemsNew: 0,
    learned: {},
    removed: false,
  };
}

export function isDue(state: FeedState, now: Date): boolean {
  return !state.removed && state.nextPollAt <= now.toISOString();
}

/** Where the feed is fetched: its catalogue address, or where that has moved for good. */
export function addressOf(state: FeedState): string {
  const { moved } = learnedOf(state);
  const { url } = state.definition;
  return moved !== null && moved.from === url && moved.times >= MOVES_NEEDED ? moved.to : url;
}

/** What the next request may send, or null for an unconditional one. */
export function validatorsToSend(state: FeedState, now: Date): Validators | null {
  const { wholeAt } = learnedOf(state);
  if (state.validators === null || wholeAt === null) return null;
  const isStale = minutesSince(wholeAt, now) > VALIDATOR_MAX_AGE_DAYS * DAY_MINUTES;
  return isStale ? null : state.validators;
}

/** The state to save once every item is; validators change here and nowhere else. */
export function afterPoll(
  state: FeedState,
  outcome: PollOutcome,
  counts: PollCounts,
  now: Date,
  settings: ScheduleSettings,
): FeedState {
  if (outcome.kind === "failed") return afterFailure(state, outcome, now, settings);
  const at = now.toISOString();
  const isComplete = outcome.kind !== "fetched" || outcome.complete;
  const learned = learn(state, outcome, counts, now);
  const intervalMinutes = learnedInterval(state, learned, counts, now);
  const minutes = waitMinutes(intervalMinutes, learned.ttlMinutes, outcome.freshSeconds, settings);
  const moved: FeedState = { ...state, learned };
  return {
    ...state,
    domain: domainOf(addressOf(moved)),
    nextPollAt:
      settings.pollSeconds === null ? skip(now, minutes, learned.skipHours) : later(now, minutes),
    firstPolledAt: isComplete ? (state.firstPolledAt ?? at) : state.firstPolledAt,
    lastPolledAt: at,
    lastSuccessAt: at,
    lastNewItemAt: counts.fresh > 0 ? at : state.lastNewItemAt,
    validators: isComplete ? outcome.validators : state.validators,
    bodyFingerprint:
      outcome.kind === "fetched" && isComplete ? outcome.fingerprint : state.bodyFingerprint,
    failures: 0,
    intervalMinutes,
    itemsRead: state.itemsRead + counts.read,
    itemsNew: state.itemsNew + counts.fresh,
    learned,
  };
}

/** clamp(max(learned, ttl, max-age), an hour, a day); an operator's own figure stands for all of it. */
export function waitMinutes(
  interval: number,
  ttlMinutes: number | null,
  freshSeconds: number | null,
  settings: ScheduleSettings,
): number {
  if (settings.pollSeconds !== null) return settings.pollSeconds / 60;
  const asked = Math.max(interval, ttlMinutes ?? 0, (freshSeconds ?? 0) / 60);
  return Math.min(Math.max(asked, LEAST_MINUTES), MOST_MINUTES);
}

function learn(
  state: FeedState,
  outcome: Exclude<PollOutcome, { kind: "failed" }>,
  counts: PollCounts,
  now: Date,
): Learned {
  const before = learnedOf(state);
  const gap = gapOf(state, before, counts, now);
  const whole = outcome.kind === "fetched" && outcome.complete;
  return {
    ...before,
    ...gap,
    moved: movedAfter(state, before, outcome.movedTo),
    wholeAt: whole ? now.toISOString() : before.wholeAt,
    ...(whole && outcome.feed !== null
      ? {
          ttlMinutes: outcome.feed.ttlMinutes,
          skipHours: [...outcome.feed.skipHours],
          seen: [...outcome.seen],
          churn: outcome.churn ?? before.churn,
        }
      : {}),
  };
}

/** Each poll that brings something new says how long nothing came before; the newest counts half. */
function gapOf(
  state: FeedState,
  before: Learned,
  counts: PollCounts,
  now: Date,
): Pick<Learned, "gapMinutes" | "gaps"> {
  const { gapMinutes, gaps } = before;
  if (counts.fresh === 0 || state.lastNewItemAt === null || state.firstPolledAt === null)
    return { gapMinutes, gaps };
  const minutes = Math.max((now.getTime() - Date.parse(state.lastNewItemAt)) / 60_000, 1);
  return { gapMinutes: gapMinutes === null ? minutes : (gapMinutes + minutes) / 2, gaps: gaps + 1 };
}

/** A quarter of the usual gap, so that an item waits about an eighth of it; a silence longer than usual slows it down. */
function learnedInterval(
  state: FeedState,
  learned: Learned,
  counts: PollCounts,
  now: Date,
): number {
  const since = state.lastNewItemAt ?? state.firstPolledAt;
  const silence =
    counts.fresh > 0 || since === null ? 0 : (now.getTime() - Date.parse(since)) / 60_000 / 4;
  const usual = (learned.gapMinutes ?? 0) / 4;
  return Math.min(Math.max(usual, silence, LEAST_MINUTES), MOST_MINUTES);
}

function movedAfter(state: FeedState, before: Learned, movedTo: string | null): Learned["moved"] {
  const from = state.definition.url;
  const known = before.moved?.from === from ? before.moved : null;
  const isFollowed = known !== null && known.times >= MOVES_NEEDED;
  if (movedTo === null) return isFollowed ? known : null;
  if (known?.to === movedTo) return { from, to: movedTo, times: known.times + 1 };
  // A moved feed that moves on starts counting again, from where it is followed now.
  return { from, to: movedTo, times: 1 };
}

function afterFailure(
  state: FeedState,
  outcome: Extract<PollOutcome, { kind: "failed" }>,
  now: Date,
  settings: ScheduleSettings,
): FeedState {
  const at = now.toISOString();
  const { reason, retryAfterSeconds } = outcome;
  const base =
    settings.pollSeconds === null
      ? Math.max(state.intervalMinutes, LEAST_MINUTES)
      : settings.pollSeconds / 60;
  const backOff = Math.min(base * 2 ** Math.min(state.failures, 10), MOST_MINUTES);
  const least = reason === "rate-limited" ? rateLimitMinutes(state.failures, retryAfterSeconds) : 0;
  const minutes = Math.max(backOff, least, (retryAfterSeconds ?? 0) / 60);
  return {
    ...state,
    nextPollAt:
      reason === "gone"
        ? NEVER
        : skip(
            now,
            Math.min(minutes, MOST_MINUTES),
            settings.pollSeconds === null ? learnedOf(state).skipHours : [],
          ),
    lastPolledAt: at,
    failures: state.failures + 1,
    lastFailure: { at, reason, detail: outcome.detail.slice(0, 500) },
  };
}

/** How long a 429 or 503 holds back its whole domain: as told, else an hour, doubling. */
export function rateLimitMinutes(failures: number, retryAfterSeconds: number | null): number {
  if (retryAfterSeconds !== null) return Math.min(retryAfterSeconds / 60, MOST_MINUTES);
  return Math.min(LEAST_MINUTES * 2 ** Math.min(failures, 5), MOST_MINUTES);
}

const later = (now: Date, minutes: number): string =>
  new Date(now.getTime() + minutes * 60_000).toISOString();

/** The first moment from then on outside the hours to skip (UTC); a feed that skips all 24 means none. */
function skip(now: Date, minutes: number, skipHours: readonly number[]): string {
  const at = new Date(later(now, minutes));
  if (new Set(skipHours).size >= 24) return at.toISOString();
  while (skipHours.includes(at.getUTCHours())) {
    at.setUTCMinutes(0, 0, 0);
    at.setUTCHours(at.getUTCHours() + 1);
  }
  return at.toISOString();
}

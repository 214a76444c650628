// Feeds by their own rows: counted for pages, health and digests; one that the index has lost is brought back, one that is late is told of.
import type { FeedState } from "../domain/feed.ts";
import { type FeedCount, type FeedFigures, MOST_NAMED, NO_FEEDS } from "../domain/feed-summary.ts";
import type { Domain, FeedId } from "../domain/ids.ts";
import { minutesSince } from "../domain/instants.ts";
import { healthOf, isLate, LATE_MINUTES, needsAttention } from "../feeds/feed-health.ts";
import { isDue } from "../feeds/poll-schedule.ts";
import type { Ports } from "./ports.ts";

const PAGE = 100;
/** Feeds of one turn: a count of ten thousand takes twenty turns, and none of them long. */
export const MOST_FEEDS = 500;
/** A count that is younger is not begun again. */
const REST_SECONDS = 30;
/** A feed that has been due for so long is looked up in the index: planning would have seen it by then. */
const DUE_MINUTES = 5;
/** What log lines say where feeds are late: infra/alarms.ts counts these words. */
export const OVERDUE = "feeds-overdue";

export interface CheckOptions {
  /** At most so many feeds now; the next turn goes on. */
  readonly most?: number;
  /** Since when this process plans polls, or null where others do: what fell due while nobody did is given its time. */
  readonly runsSince?: Date | null;
  /** Begins even where the last count is young. */
  readonly anew?: boolean;
}

/** What one turn knows. */
interface Turn {
  readonly ports: Ports;
  readonly now: Date;
  readonly runsSince: Date | null;
  readonly held: Map<Domain, Promise<boolean>>;
  mended: number;
}

/**
 * Goes on counting, at most `most` feeds; a count that came to its end is kept until the next one has.
 * @returns the figures of the last whole count, or null where there has been none
 */
export async function checkFeeds(
  ports: Ports,
  { most = MOST_FEEDS, runsSince = null, anew = false }: CheckOptions = {},
): Promise<FeedFigures | null> {
  const now = ports.now();
  const count = await ports.store.loadFeedCount();
  const { going, done } = count;
  const isYoung = done !== null && minutesSince(done.at, now) * 60 < REST_SECONDS;
  if (going === null && isYoung && !anew) return done.figures;
  const turn: Turn = { ports, now, runsSince, held: new Map(), mended: 0 };
  const next = await countOn(turn, count, most);
  if (turn.mended > 0) ports.log({ step: "mend-feeds", mended: turn.mended });
  // Where another process counts as well, one of the two is enough.
  if (!(await ports.store.saveFeedCount(next))) return done?.figures ?? null;
  if (next.going === null && next.done !== null && next.done.figures.overdue > 0)
    ports.log({ step: OVERDUE, feeds: next.done.figures.overdue });
  return next.done?.figures ?? null;
}

async function countOn(turn: Turn, count: FeedCount, most: number): Promise<FeedCount> {
  let after = count.going?.after ?? null;
  let figures = count.going?.figures ?? NO_FEEDS;
  for (let read = 0; read < most; read += PAGE) {
    const page = await turn.ports.store.feedsPage(after, PAGE);
    for (const state of page.rows) figures = add(figures, state, await look(turn, state), turn.now);
    if (page.next === null)
      return { ...count, going: null, done: { at: turn.now.toISOString(), figures } };
    after = page.next;
  }
  return { ...count, going: after === null ? null : { after, figures } };
}

/** Mends the feed's place in the index. @returns whether the feed is late, and nothing holds it back */
async function look(turn: Turn, state: FeedState): Promise<boolean> {
  const { ports, now } = turn;
  if (!isDue(state, now) || minutesSince(state.nextPollAt, now) < DUE_MINUTES) return false;
  if (await ports.store.mendFeed(state)) turn.mended += 1;
  if (!isLate(state, now) || isJustBegun(turn)) return false;
  const held = turn.held.get(state.domain) ?? ports.store.isDomainHeld(state.domain, now);
  turn.held.set(state.domain, held);
  return !(await held);
}

const isJustBegun = ({ runsSince, now }: Turn): boolean =>
  runsSince !== null && minutesSince(runsSince.toISOString(), now) < LATE_MINUTES;

function add(figures: FeedFigures, state: FeedState, isOverdue: boolean, now: Date): FeedFigures {
  const isTroubled = needsAttention(healthOf(state, now));
  return {
    feeds: figures.feeds + 1,
    polled: figures.polled + Number(state.lastPolledAt !== null),
    failing: figures.failing + Number(state.failures > 0),
    inTrouble: figures.inTrouble + Number(isTroubled),
    overdue: figures.overdue + Number(isOverdue),
    itemsRead: figures.itemsRead + state.itemsRead,
    troubled: named(figures.troubled, isTroubled, state.id),
    late: named(figures.late, isOverdue, state.id),
  };
}

const named = (ids: readonly FeedId[], isOne: boolean, id: FeedId): FeedId[] =>
  isOne && ids.length < MOST_NAMED ? [...ids, id] : [...ids];

// A clock that was wrong once: what it left waiting for years is due now. No more than that is undone.
import { nextDigestAt } from "../digests/cadence.ts";
import type { SubscriberId } from "../domain/ids.ts";
import { isAhead, minutesSince, notAhead } from "../domain/instants.ts";
import { longestWaitMinutes } from "../feeds/poll-schedule.ts";
import { changeSubscriber } from "./change-subscriber.ts";
import type { Ports } from "./ports.ts";
import { redate } from "./redate.ts";

/** Of one look: more than one machine follows. */
const MOST = 100_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** From one weekly digest to the next, and a day for the change of clocks. */
const DIGEST_DAYS = 8;

/**
 * A clock that is a year and more behind the newest date that the registry knows is itself the wrong one (a machine that woke
 * in its year of birth): by such a clock everything waits too long, and nothing is put right.
 */
export function isBehind({ registry, now }: Pick<Ports, "registry" | "now">): boolean {
  const dates = registry.flatMap(({ history }) => history.map(({ date }) => date));
  const newest = dates.reduce((a, b) => (a > b ? a : b), "");
  return new Date(now().getTime() + 365 * DAY_MS).toISOString() < newest;
}

/** Looked for again after so long, and at once by a clock to which the last look is still to come. */
const LOOK_MINUTES = 60;

/** Lets `work` look, unless it did lately. @returns how many it put right */
async function look(
  ports: Ports,
  what: string,
  work: (now: Date, hasComeBack: boolean) => Promise<number>,
) {
  if (isBehind(ports)) return 0;
  const part = `put-right-${what}`;
  const at = (await ports.store.heartbeats())[part]?.at;
  const now = ports.now();
  if (at !== undefined && minutesSince(at, now) < LOOK_MINUTES) return 0;
  // The first look of all cannot know.
  const righted = await work(now, at === undefined || isAhead(at, now));
  await ports.store.beat(part, now, { righted });
  if (righted > 0) ports.log({ step: "put-right", what, righted });
  return righted;
}

/** Feeds whose next poll is further away than any schedule puts it are due now. @returns how many */
export const rightFeeds = (ports: Ports): Promise<number> =>
  look(ports, "feeds", async (now) => {
    const longest = longestWaitMinutes(ports.settings) * 60_000;
    let righted = 0;
    for (const id of await ports.store.feedsBeyond(new Date(now.getTime() + longest), MOST)) {
      const state = await ports.store.loadFeed(id);
      if (state === null) continue;
      // Where a poll saved it meanwhile, that one knew the time.
      if (await ports.store.saveFeed({ ...state, nextPollAt: now.toISOString() })) righted += 1;
    }
    return righted;
  });

/** Items that a crash left pending under such a clock were first seen now, or no sweep would come to them. @returns how many */
export const rightPending = (ports: Ports): Promise<number> =>
  look(ports, "pending", (now) => ports.store.rightPending(new Date(now.getTime() + HOUR_MS), now));

/**
 * What is to be told in years is told now, what was dated in years is dated now, and digests come at their next hour.
 * @returns how many
 */
export const rightMail = (ports: Ports): Promise<number> =>
  look(ports, "told", async (now, hasComeBack) => {
    const hold = ports.settings.coalesceSeconds * 1_000;
    const latest = new Date(now.getTime() + hold + DAY_MS);
    let righted = await ports.store.rightAnnouncements(latest, now);
    const beyond = new Date(now.getTime() + DIGEST_DAYS * DAY_MS);
    const subscribers = await ports.store.subscribersBeyond(beyond, MOST);
    if (hasComeBack) righted += await redate(ports, subscribers, now);
    for (const id of subscribers) if (await rightSubscriber(ports, id, beyond, now)) righted += 1;
    return righted;
  });

/** A period that was closed in years to come holds all that was seen before: the next one begins now. */
async function rightSubscriber(
  ports: Ports,
  id: SubscriberId,
  beyond: Date,
  now: Date,
): Promise<boolean> {
  const change = await changeSubscriber(ports, id, (subscriber) => {
    const { nextDigestAt: wrong, preferences } = subscriber;
    if (wrong === null || wrong <= beyond.toISOString()) return null;
    const from = subscriber.digestedUntil ?? subscriber.confirmedAt ?? subscriber.createdAt;
    const right = nextDigestAt(preferences.cadence, preferences.timezone, now);
    return {
      ...subscriber,
      nextDigestAt: right?.toISOString() ?? null,
      digestedUntil: isAhead(from, now) ? notAhead(from, now) : subscriber.digestedUntil,
    };
  });
  return change?.changed === true;
}

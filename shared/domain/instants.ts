// Instants that were written down, and what they are worth to a clock that may have been wrong when it wrote them.

/** Clocks of several machines differ by seconds; what lies further ahead was written by one that was wrong. */
const AHEAD_MS = 3_600_000;

/** True of an instant that no right clock can have reached yet. */
export const isAhead = (instant: string, now: Date): boolean =>
  Date.parse(instant) > now.getTime() + AHEAD_MS;

/** @returns minutes since then; infinitely many where it is still to come, so that nothing waits for it or trusts it */
export const minutesSince = (instant: string, now: Date): number =>
  isAhead(instant, now) ? Number.POSITIVE_INFINITY : (now.getTime() - Date.parse(instant)) / 60_000;

/** The instant itself, or now where it is still to come. */
export const notAhead = (instant: string, now: Date): string =>
  isAhead(instant, now) ? now.toISOString() : instant;

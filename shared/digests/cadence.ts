// When a daily or weekly digest is due: at seven in the morning where its reader lives, weekly ones on Monday.
import type { Cadence } from "../domain/vocabulary.ts";

export const DIGEST_HOUR = 7;
/** 1 is Monday (ISO 8601). */
export const DIGEST_WEEKDAY = 1;
const DAY_MS = 86_400_000;

const clocks = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError where the zone is not one */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    calendar: "iso8601",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  if (clocks.size < 1_000) clocks.set(timeZone, clock);
  return clock;
}

export function isTimeZone(name: string): boolean {
  // Offsets such as "+02:00" are zones to Intl and know no summer time; people mean a place.
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,60}$/.test(name)) return false;
  try {
    clockOf(name);
    return true;
  } catch {
    return false;
  }
}

/** The wall clock there, as if it were UTC. */
function wallTime(instant: Date, timeZone: string): number {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of clockOf(timeZone).formatToParts(instant))
    parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The instant at which clocks there show this; one that a change of the clocks leaves out comes an hour later. */
function instantOf(wall: number, timeZone: string): Date {
  let guess = wall - (wallTime(new Date(wall), timeZone) - wall);
  // The offset at the guess may be another than at the wall time read as UTC: once more settles it.
  guess = wall - (wallTime(new Date(guess), timeZone) - guess);
  return new Date(guess);
}

/**
 * @returns the first digest hour strictly after `after`, or null where nothing is periodic
 * @throws RangeError where the zone is not one
 */
export function nextDigestAt(cadence: Cadence, timeZone: string, after: Date): Date | null {
  if (cadence === "immediate") return null;
  const midnight = Math.floor(wallTime(after, timeZone) / DAY_MS) * DAY_MS;
  for (let day = 0; day <= 8; day += 1) {
    const wall = midnight + day * DAY_MS + DIGEST_HOUR * 3_600_000;
    const weekday = new Date(wall).getUTCDay() || 7;
    if (cadence === "weekly" && weekday !== DIGEST_WEEKDAY) continue;
    const due = instantOf(wall, timeZone);
    if (due > after) return due;
  }
  throw new RangeError("no digest hour within a week");
}

/** The newest digest hour that is not after `now`, where `due` is past: an outage's periods become one digest. */
export function newestDue(cadence: Cadence, timeZone: string, due: Date, now: Date): Date {
  let newest = due;
  for (;;) {
    const next = nextDigestAt(cadence, timeZone, newest);
    if (next === null || next > now) return newest;
    newest = next;
  }
}

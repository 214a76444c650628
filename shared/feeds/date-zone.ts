// Feeds: time zones as dates in feeds state them.
import { ZONES } from "./date-words.ts";

/**
 * `Z`, `+01:00`, `+0100`, `+01`, `GMT+1`, `EST`, `(CET)`; nothing is UTC.
 * @returns minutes east of Greenwich; null for anything else
 */
export function zoneOf(text: string): number | null {
  const zone = text
    .replace(/[()[\]]/g, " ")
    .trim()
    .toUpperCase();
  if (zone === "" || zone === "Z") return 0;
  const offset =
    /^(?:(?:GMT|UTC|UT|Z)? ?|[A-Z]{3,5}(?=[+-]\d{2}:?\d{2}))([+-]) ?(\d{1,2})(?:[:.]?(\d{2}))?(?::?\d{2})?(?: .*)?$/.exec(
      zone,
    );
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    return minutes > 24 * 60 ? 0 : offset[1] === "-" ? -minutes : minutes;
  }
  const name = /^([A-Z]{1,5})(?:[ /,].*)?$/.exec(zone)?.[1];
  return name === undefined ? null : (ZONES.get(name) ?? null);
}

/** The first zone that can be read anywhere in what follows the time; UTC where there is none. */
export function looseZone(text: string): number {
  for (const word of text.split(/[\s,]+/)) {
    const offset = word === "" ? null : zoneOf(word);
    if (offset !== null) return offset;
  }
  return 0;
}

/**
 * `America/Los_Angeles`, `EST5EDT`, `(Europe/Paris)`: what the zone database says.
 * @returns minutes east at a wall-clock time (its fields read as UTC); null where the text names no region
 */
export function regionOffset(text: string): ((wall: Date) => number) | null {
  if (!text.includes("/") && !/[A-Z]{3}\d[A-Z]{3}/.test(text)) return null;
  const match =
    /\b(?:[A-Z][A-Za-z]+(?:\/[A-Z][A-Za-z_+-]*[A-Za-z]\d{0,2}){1,2}|Etc\/[A-Z]{3}[+-]\d{1,2}|[A-Z]{3}\d[A-Z]{3})(?=[)\]]?$)/.exec(
      text,
    );
  if (match === null) return null;
  // An offset says more than the region after it: `10:00+02:00[Europe/Paris]`.
  if (/:\d{2}[^+-]*(?:[+-]\d{2}:?\d{2}|Z)\W*$/.test(text.slice(0, match.index))) return null;
  const region = regionOf(match[0]);
  if (region === null) return null;
  // The offset at the wall clock's time read as UTC, then at the instant that this gives: they differ near a change of clocks.
  return (wall) => minutesAt(region, new Date(wall.getTime() - minutesAt(region, wall) * 60_000));
}

interface Region {
  readonly format: Intl.DateTimeFormat;
  /** Of days in UTC, by their number since 1970: minutes east all day long; null where the clocks change on that day. */
  readonly days: Map<number, number | null>;
}

/** To make one costs most of a millisecond, and to ask it 40 µs; a feed's dates name the same region, and few days. */
const regions = new Map<string, Region | null>();
const MOST_REGIONS = 100;
const MOST_DAYS = 1_000;

function regionOf(timeZone: string): Region | null {
  const known = regions.get(timeZone);
  if (known !== undefined) return known;
  let region: Region | null = null;
  try {
    const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
    region = { format, days: new Map() };
  } catch {
    // the database knows no such region
  }
  if (regions.size >= MOST_REGIONS) regions.clear();
  regions.set(timeZone, region);
  return region;
}

const DAY_MS = 86_400_000;

function minutesAt({ format, days }: Region, instant: Date): number {
  const day = Math.floor(instant.getTime() / DAY_MS);
  let allDay = days.get(day);
  if (allDay === undefined) {
    const first = statedAt(format, new Date(day * DAY_MS));
    allDay = first === statedAt(format, new Date((day + 1) * DAY_MS)) ? first : null;
    if (days.size >= MOST_DAYS) days.clear();
    days.set(day, allDay);
  }
  return allDay ?? statedAt(format, instant);
}

function statedAt(format: Intl.DateTimeFormat, instant: Date): number {
  const offset = /GMT([+-])(\d{2}):(\d{2})/.exec(format.format(instant));
  if (offset === null) return 0;
  const minutes = Number(offset[2]) * 60 + Number(offset[3]);
  return offset[1] === "-" ? -minutes : minutes;
}

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
  const format = formatOf(match[0]);
  if (format === null) return null;
  // The offset at the wall clock's time read as UTC, then at the instant that this gives: they differ near a change of clocks.
  return (wall) => minutesAt(format, new Date(wall.getTime() - minutesAt(format, wall) * 60_000));
}

/** To make one costs most of a millisecond; a feed names the same region in all its dates. */
const formats = new Map<string, Intl.DateTimeFormat | null>();
const MOST_FORMATS = 100;

function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  let format: Intl.DateTimeFormat | null = null;
  try {
    format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  } catch {
    // the database knows no such region
  }
  if (formats.size >= MOST_FORMATS) formats.clear();
  formats.set(timeZone, format);
  return format;
}

function minutesAt(format: Intl.DateTimeFormat, instant: Date): number {
  const offset = /GMT([+-])(\d{2}):(\d{2})/.exec(format.format(instant));
  if (offset === null) return 0;
  const minutes = Number(offset[2]) * 60 + Number(offset[3]);
  return offset[1] === "-" ? -minutes : minutes;
}

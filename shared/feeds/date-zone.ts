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
 * `America/Los_Angeles`, `EST5EDT`: what the zone database says.
 * @returns minutes east at a wall-clock time (its fields read as UTC); null where the text names no region
 */
export function regionOffset(text: string): ((wall: Date) => number) | null {
  const match =
    /\b(?:[A-Z][a-z]+\/[A-Z][A-Za-z_]+(?:\/[A-Z][A-Za-z_]+)?|[A-Z]{3}\d[A-Z]{3})(?=[)\]]?$)/.exec(
      text,
    );
  if (match === null) return null;
  const [name] = match;
  // An offset says more than the region after it: `10:00+02:00[Europe/Paris]`.
  if (/:\d{2}[^+-]*(?:[+-]\d{2}:?\d{2}|Z)\W*$/.test(text.slice(0, match.index))) return null;
  try {
    const format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
    return (wall) => {
      const offset = /GMT([+-])(\d{2}):(\d{2})/.exec(format.format(wall));
      if (offset === null) return 0;
      const minutes = Number(offset[2]) * 60 + Number(offset[3]);
      return offset[1] === "-" ? -minutes : minutes;
    };
  } catch {
    return null; // the database knows no such region
  }
}

// Feeds: dates in every form that publishers have thought of, to one instant in UTC.
import { type DateParts, fullYear, milliseconds, readWords } from "./date-in-words.ts";
import { MONTHS } from "./date-words.ts";
import { looseZone, regionOffset, zoneOf } from "./date-zone.ts";

/**
 * ISO 8601 and W3CDTF (partial dates too), RFC 822 with its many variants, asctime, and the forms of Korean, Greek, Hungarian
 * and other tools, as known from feeds. A date without a zone is read as UTC.
 * @returns ISO 8601 in UTC with milliseconds; null where it is no date, or one that only a tool's zero or a slip can be (year 1, 1970-01-01T00:00, 20261)
 */
export function parseDate(text: string | null): string | null {
  if (text === null) return null;
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const date = readDate(text);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  if (text.length < 60) remembered.set(text, date);
  if (date !== null) remembered.set(date, date);
  return date;
}

/** Each reader of a document asks for the same dates: as many as the longest document states (MOST_ITEMS), as stated and as read. */
const remembered = new Map<string, string | null>();
const MOST_REMEMBERED = 6_000;

function readDate(text: string): string | null {
  const trimmed = text
    .replace(/[\s\u00a0]+/g, " ")
    .replace(/[\u2010-\u2013\u2212]/g, "-")
    .trim()
    .slice(0, 120)
    .replace(TIME_FIRST, "$2 $1")
    .replace(SPACED, "$1$2.$3.$4")
    .replace(SPACED_YEAR_FIRST, "$1-$2-$3");
  if (!/\d/.test(trimmed)) return null;
  for (const read of [
    readRfc822,
    readIso,
    readEpoch,
    readCompact,
    readKorean,
    readWords,
    readSlashes,
  ]) {
    const parts = read(trimmed);
    if (parts !== null) return instantOf(parts, regionOffset(trimmed));
  }
  return null;
}

/** `10:30, 6 February 2026` */
const TIME_FIRST =
  /^(\d{1,2}[:h]\d{2}(?::\d{2})?(?: ?[ap]\.?m\b\.?)?(?: (?:[A-Z]{2,5}|[+-]\d{2}:?\d{2})(?=[, ]))?)(?: ?[,|-] ?| )(?:on |le |am |den )?(.*\d.*)$/i;
/** `Wed, 04 02 2026 08:51:49` */
const SPACED = /^((?:[\p{L}.]+,? )?)(\d{1,2}) (\d{1,2}) (\d{4})(?= |$)/u;
const SPACED_YEAR_FIRST = /^(\d{4}) (\d{1,2}) (\d{1,2})(?= |$)/;

/** Before and after lie what tools write that have no date (year 1, 1601, 1899, 1900, 1904) or have lost a digit. */
const FIRST_YEAR = 1905;
const LAST_YEAR = 2200;
/** The first instant of a clock that counts from 1970, wherever its day began. */
const isEpoch = (date: Date): boolean =>
  Math.abs(date.getTime()) <= 14 * 3_600_000 && date.getTime() % 900_000 === 0;

/**
 * A day that no calendar has (31 June) is a slip that nobody can mend: no date is better than a wrong one.
 * @param region minutes east at a wall-clock time, where the text names a region instead of an offset
 */
function instantOf(parts: DateParts, region: ((wall: Date) => number) | null): string | null {
  const { year, month, day, hour, minute, second, millisecond, offset } = parts;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  if (hour > 24 || minute > 59 || second > 61 || (hour === 24 && minute + second > 0)) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute - offset, Math.min(second, 59), millisecond);
  if (region !== null) date.setUTCMinutes(date.getUTCMinutes() - region(date));
  const result = date.getUTCFullYear();
  return result >= FIRST_YEAR && result <= LAST_YEAR && !isEpoch(date) ? date.toISOString() : null;
}

const daysIn = (year: number, month: number): number => {
  const last = new Date(0);
  last.setUTCFullYear(year, month, 0);
  return last.getUTCDate();
};

/** `2003-12-31T10:14:55.123+01:00`, `2003-12`, `2003`, `2003-335`, `--`-style centuries left out (W3CDTF, ISO 8601). */
function readIso(text: string): DateParts | null {
  if (!/^\d{4}(?:-\d{1,2}(?:-\d{1,2})?|-\d{3})?(?:$|[T ]| *[Z+])/i.test(text)) return null;
  const match =
    /^(\d{4})(?:-(\d{3})(?!\d)|(?:-(\d{1,2})(?:-(\d{1,2}))?)?)(?:(?: ?T ?|,? (?:(?:[-|]|at|à|um) )?)(\d{1,2})(?:[:.]?(\d{1,2})(?:[:.]?(\d{1,2})(?:[.,:](\d{1,9}))?)?)?)? ?(.*)$/i.exec(
      text,
    );
  if (match === null) return null;
  const [, year, ordinal, month, day, hour, minute, second, fraction, rest] = match;
  if (/^[ap]\.?m\b/i.test(rest ?? "")) return null;
  const zone = zoneOf(rest ?? "") ?? (minute === undefined ? null : looseZone(rest ?? ""));
  if (zone === null) return null;
  const base = {
    year: Number(year),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    millisecond: milliseconds(fraction),
    offset: zone,
  };
  if (ordinal === undefined) return { ...base, month: Number(month ?? 1), day: Number(day ?? 1) };
  return { ...base, ...ofYear(base.year, Number(ordinal)) };
}

/** The day of a year by its number from 1; month 0 where the year has no such day. */
function ofYear(year: number, ordinal: number): Pick<DateParts, "month" | "day"> {
  const date = new Date(Date.UTC(year, 0, ordinal));
  if (date.getUTCFullYear() !== year) return { month: 0, day: 0 };
  return { month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** `20031231`, `20031231T101455Z`, `2003335` (ordinal), `031231`, `03335`, `03-335`. */
function readCompact(text: string): DateParts | null {
  const match =
    /^(\d{8}|\d{6}|\d{7}|\d{5})(?:[T ]?(\d{2}):?(\d{2}):?(\d{2})?)? *(Z|[+-].*)?$/i.exec(
      text.replace(/^(\d{2})-(\d{3})(?!\d)/, "$1$2"),
    );
  if (match === null) return null;
  const [, digits = "", hour, minute, second, rest = ""] = match;
  const zone = zoneOf(rest);
  if (zone === null) return null;
  const time = {
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    millisecond: 0,
    offset: zone,
  };
  const yearLength = digits.length >= 7 ? 4 : 2;
  const year = fullYear(digits.slice(0, yearLength));
  const after = digits.slice(yearLength);
  if (after.length === 4)
    return { ...time, year, month: Number(after.slice(0, 2)), day: Number(after.slice(2)) };
  return { ...time, year, ...ofYear(year, Number(after)) };
}

/** Seconds or milliseconds since 1970, as some tools print them. */
function readEpoch(text: string): DateParts | null {
  if (!/^\d{10}$|^\d{13}$/.test(text)) return null;
  const date = new Date(text.length === 10 ? Number(text) * 1000 : Number(text));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
    offset: 0,
  };
}

/** OnBlog, Nate (Korean, UTC+9) and their like: `2004년 05월 28일 01:31:15`, `2004-05-25 오후 11:23:17`, `2004年5月28日 01:31`. */
function readKorean(text: string): DateParts | null {
  const match =
    /^(\d{4}) ?[-./년年] ?(\d{1,2}) ?[-./월月] ?(\d{1,2}) ?[일日.]? ?(?:\([^)]*\) ?)?(오전|오후|午前|午後|上午|下午)? ?(?:(\d{1,2})[:시時](\d{1,2})(?:[:분分](\d{1,2})?)?)?/.exec(
      text,
    );
  if (match === null || !/[년월일오年月日午]/.test(text)) return null;
  const [, year, month, day, half, hour, minute, second] = match;
  const isAfternoon = half !== undefined && /오후|午後|下午/.test(half);
  const isMorning = half !== undefined && !isAfternoon;
  const clock = Number(hour ?? 0);
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: isAfternoon && clock < 12 ? clock + 12 : isMorning && clock === 12 ? 0 : clock,
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    millisecond: 0,
    offset: 9 * 60,
  };
}

/** `Thu, 01 Jan 2004 19:48:21 GMT`: nearly every date there is, without the detours that its variants need. */
function readRfc822(text: string): DateParts | null {
  const match =
    /^(?:[A-Za-z]{3,9}, )?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) (GMT|UTC|Z|[+-]\d{4}|[A-Z][A-Za-z]+\/[A-Za-z/_+-]+)$/.exec(
      text,
    );
  const month = MONTHS.get(match?.[2]?.toLowerCase() ?? "");
  if (match === null || month === undefined) return null;
  return {
    year: Number(match[3]),
    month,
    day: Number(match[1]),
    hour: Number(match[4]),
    minute: Number(match[5]),
    second: Number(match[6]),
    millisecond: 0,
    offset: zoneOf(match[7] ?? "") ?? looseZone(match[7] ?? ""),
  };
}

/** `12/31/2003 10:14`, `31.12.2003 10:14`, `2003/12/31`; where both orders fit, the American one for slashes, unless the weekday is foreign. */
function readSlashes(text: string): DateParts | null {
  const match =
    /^(?:([\p{L}.]+),? +)?(\d{1,4})([/.-])(\d{1,2})\3(\d{1,4})(?:(?:,? +(?:(?:[-|]|at|à|um) +)?|T)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)? ?([ap]m)?)? *(.*)$/iu.exec(
      text,
    );
  if (match === null) return null;
  const [, name, first = "", separator, second = "", third = "", ...clocked] = match;
  const [hour, minute, seconds, half, rest] = clocked;
  const clock = Number(hour ?? 0);
  const isPm = half?.toLowerCase() === "pm";
  const time = {
    hour: isPm && clock < 12 ? clock + 12 : half !== undefined && !isPm && clock === 12 ? 0 : clock,
    minute: Number(minute ?? 0),
    second: Number(seconds ?? 0),
    millisecond: 0,
    offset: zoneOf(rest ?? "") ?? looseZone(rest ?? ""),
  };
  if (first.length >= 3)
    return { ...time, year: Number(first), month: Number(second), day: Number(third) };
  if (separator === "-" && first.length === 2 && third.length <= 2)
    return { ...time, year: fullYear(first), month: Number(second), day: Number(third) };
  const isElsewhere = name !== undefined && !/^(?:sun|mon|tue|wed|thu|fri|sat)/i.test(name);
  const isAmerican = separator === "/" && Number(first) <= 12 && !isElsewhere;
  const [day, month] = isAmerican
    ? [Number(second), Number(first)]
    : [Number(first), Number(second)];
  // A month that is none is a day in the other place.
  const isSwapped = month > 12 && day <= 12;
  return {
    ...time,
    year: fullYear(third),
    month: isSwapped ? day : month,
    day: isSwapped ? month : day,
  };
}

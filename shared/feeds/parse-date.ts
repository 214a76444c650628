// Feeds: dates in every form that publishers have thought of, to one instant in UTC.
import { MONTHS } from "./date-words.ts";
import { looseZone, regionOffset, zoneOf } from "./date-zone.ts";

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** Minutes east of Greenwich. */
  readonly offset: number;
}

/**
 * ISO 8601 and W3CDTF (partial dates too), RFC 822 with its many variants, asctime, and the forms of Korean, Greek, Hungarian
 * and other tools, as known from feeds. A date without a zone is read as UTC.
 * @returns ISO 8601 in UTC with milliseconds; null where it is no date, or one outside the years 1 to 9999
 */
export function parseDate(text: string | null): string | null {
  if (text === null) return null;
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const date = readDate(text);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  if (text.length < 60) remembered.set(text, date);
  return date;
}

/** Each reader of a document asks for the same few dates. */
const remembered = new Map<string, string | null>();
const MOST_REMEMBERED = 500;

function readDate(text: string): string | null {
  const trimmed = text
    .replace(/[\s\u00a0]+/g, " ")
    .trim()
    .slice(0, 120);
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

/** @param region minutes east at a wall-clock time, where the text names a region instead of an offset */
function instantOf(parts: Parts, region: ((wall: Date) => number) | null): string | null {
  const { year, month, day, hour, minute, second, millisecond, offset } = parts;
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 61)
    return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, Math.min(day, daysIn(year, month)));
  date.setUTCHours(hour, minute - offset, Math.min(second, 59), millisecond);
  if (region !== null) date.setUTCMinutes(date.getUTCMinutes() - region(date));
  const result = date.getUTCFullYear();
  return result >= 1 && result <= 9999 ? date.toISOString() : null;
}

const daysIn = (year: number, month: number): number => {
  const last = new Date(0);
  last.setUTCFullYear(year, month, 0);
  return last.getUTCDate();
};

/** `2003-12-31T10:14:55.123+01:00`, `2003-12`, `2003`, `2003-335`, `--`-style centuries left out (W3CDTF, ISO 8601). */
function readIso(text: string): Parts | null {
  if (!/^\d{4}(?:-\d{1,2}(?:-\d{1,2})?|-\d{3})?(?:$|[T ]| *[Z+])/i.test(text)) return null;
  const match =
    /^(\d{4})(?:-(\d{3})(?!\d)|(?:-(\d{1,2})(?:-(\d{1,2}))?)?)(?:(?:[Tt]| +[Tt]?)(\d{1,2})(?:[:.](\d{2})(?:[:.](\d{2})(?:[.,:](\d{1,9}))?)?)?)? *(.*)$/.exec(
      text,
    );
  if (match === null) return null;
  const [, year, ordinal, month, day, hour, minute, second, fraction, rest] = match;
  const zone = zoneOf(rest ?? "");
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
  const date = new Date(Date.UTC(base.year, 0, Number(ordinal)));
  return { ...base, month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

const milliseconds = (fraction: string | undefined): number =>
  fraction === undefined ? 0 : Number(fraction.padEnd(3, "0").slice(0, 3));

/** `20031231`, `20031231T101455Z`, `2003335` (ordinal), `031231`, `03335`. */
function readCompact(text: string): Parts | null {
  const match = /^(\d{8}|\d{6}|\d{7}|\d{5})(?:T?(\d{2}):?(\d{2}):?(\d{2})?)? *(Z|[+-].*)?$/i.exec(
    text,
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
  const date = new Date(Date.UTC(year, 0, Number(after)));
  return { ...time, year, month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** Seconds or milliseconds since 1970, as some tools print them. */
function readEpoch(text: string): Parts | null {
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
function readKorean(text: string): Parts | null {
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
function readRfc822(text: string): Parts | null {
  const match =
    /^(?:[A-Za-z]{3,9}, )?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) (GMT|UTC|Z|[+-]\d{4})$/.exec(
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
    offset: zoneOf(match[7] ?? "") ?? 0,
  };
}

/** Anything with a month's name: RFC 822 in all its variants, asctime, RFC 850, Greek, Hungarian, French… */
function readWords(text: string): Parts | null {
  const clock =
    /(?:^|[\sT,.])(\d{1,2})[:.h](\d{1,2})(?:[:.](\d{1,2})(?:[.,](\d{1,6}))?)?\s*([ap]\.?m\b\.?)?/i.exec(
      text,
    );
  const four = clock === null ? /(?<=\d)\s+(\d{2})(\d{2})\s+(?=[A-Z+-])/.exec(text) : null;
  const time = clock ?? four;
  const before = time === null ? text : `${text.slice(0, time.index)} `;
  const after = time === null ? "" : text.slice(time.index + time[0].length);
  const date = dateWords(before, after);
  if (date === null) return null;
  let zoneText = date.rest;
  if (time === null) {
    const inline = /([+-]\d{2}:?\d{2}|\b(?:GMT|UTC|UT|Z|[A-Z]{1,2}[SD]T)\b)\s*$/i.exec(text);
    zoneText = inline?.[1] ?? "";
  }
  const hour = Number(time?.[1] ?? 0);
  const half = clock?.[5]?.toLowerCase() ?? "";
  return {
    ...date.day,
    hour:
      half.startsWith("p") && hour < 12
        ? hour + 12
        : half.startsWith("a") && hour === 12
          ? 0
          : hour,
    minute: Number(time?.[2] ?? 0),
    second: Number(clock?.[3] ?? 0),
    millisecond: milliseconds(clock?.[4]),
    offset: zoneOf(zoneText) ?? looseZone(zoneText),
  };
}

interface DateWords {
  readonly day: { year: number; month: number; day: number };
  /** What stands after the time, a year taken out. */
  readonly rest: string;
}

function dateWords(before: string, after: string): DateWords | null {
  const found = monthIn(before);
  if (found === null) return null;
  const left = numbers(before.slice(0, found.start));
  const right = numbers(before.slice(found.end));
  const trailing = /(?:^|\s)(\d{4})(?:\s|$)/.exec(after);
  const rest = trailing === null ? after : after.replace(trailing[0], " ");
  const make = (year: string | undefined, day: string | undefined): DateWords | null =>
    year === undefined
      ? null
      : { day: { year: fullYear(year), month: found.month, day: Number(day ?? 1) }, rest };
  // `31 Dec 2003`; `2003 Dec 31`; `Dec 31, 2003`; `Dec 31 10:14:55 2003` (asctime); `Dec 2003`.
  const last = left.at(-1);
  if (last !== undefined && last.length >= 3) return make(last, right[0]);
  if (last !== undefined && right[0] !== undefined) return make(right[0], last);
  if (last !== undefined) return make(trailing?.[1], last);
  if (right.length >= 2) return make(right[1], right[0]);
  if (right[0] !== undefined && right[0].length >= 3) return make(right[0], "1");
  return make(trailing?.[1], right[0]);
}

const numbers = (text: string): string[] => text.match(/\d+/g) ?? [];

/** The last word that is one: `mar., 01 oct. 2013` begins with a Tuesday. */
function monthIn(text: string): { month: number; start: number; end: number } | null {
  let found: { month: number; start: number; end: number } | null = null;
  for (const match of text.matchAll(/[\p{L}\p{M}]+/gu)) {
    const word = match[0].normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const month = MONTHS.get(word);
    if (month !== undefined)
      found = { month, start: match.index, end: match.index + match[0].length };
  }
  return found;
}

/** Two digits before 90 are this century, as feedparser has it; three (`103`) count from 1900. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 2) return year < 90 ? 2000 + year : 1900 + year;
  if (digits.length === 3) return 1900 + year;
  return year;
}

/** `12/31/2003 10:14`, `31.12.2003 10:14`, `2003/12/31`; where both orders fit, the American one for slashes. */
function readSlashes(text: string): Parts | null {
  const match =
    /^(?:[\p{L}.]+,? +)?(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?:,? +(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)? ?([ap]m)?)? *(.*)$/iu.exec(
      text,
    );
  if (match === null) return null;
  const [, first = "", separator, second = "", third = "", hour, minute, seconds, half, rest] =
    match;
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
  if (separator === "-" && first.length === 2 && second.length === 2 && third.length === 2)
    return { ...time, year: fullYear(first), month: Number(second), day: Number(third) };
  const isAmerican = separator === "/" && Number(first) <= 12;
  return {
    ...time,
    year: fullYear(third),
    month: Number(isAmerican ? first : second),
    day: Number(isAmerican ? second : first),
  };
}

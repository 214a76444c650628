// Feeds: dates that name their month, in the order and the language that a publisher likes.
import { MONTHS } from "./date-words.ts";
import { looseZone, zoneOf } from "./date-zone.ts";

/** A date as it was stated, not yet known to exist. */
export interface DateParts {
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

/** @param fraction the digits after the decimal sign of the seconds */
export const milliseconds = (fraction: string | undefined): number =>
  fraction === undefined ? 0 : Number(fraction.padEnd(3, "0").slice(0, 3));

/** A date in numbers beside a word that looks like a month: `mar, 01/10/2013` is a Tuesday. */
const NUMERIC = /\d{1,2}([/.-])\d{1,2}\1\d{4}|\d{4}([/.-])\d{1,2}\2\d{1,2}(?!\d)/;

/** Anything with a month's name: RFC 822 in all its variants, asctime, RFC 850, Greek, Hungarian, French… */
export function readWords(stated: string): DateParts | null {
  if (NUMERIC.test(stated)) return null;
  const text = stated
    .replace(/(^|\s)(\d{1,2}) ?([ap]\.?m\b)/i, "$1$2:00 $3")
    .replace(/(\s\d{1,2}) h (\d{2})(?!\d)/, "$1:$2");
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
    const inline = /((?<=\s)[+-]\d{2}:?\d{2}|\b(?:GMT|UTC|UT|Z|[A-Z]{1,2}[SD]T)\b)\s*$/i.exec(text);
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
  const trailing = /(?:^|(?<![+-])\s)(\d{4})(?:\s|$)/.exec(after);
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
    const word = match[0]
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replaceAll("ı", "i");
    const month = MONTHS.get(word);
    if (month !== undefined)
      found = { month, start: match.index, end: match.index + match[0].length };
  }
  return found;
}

/** Two digits before 90 are this century, as feedparser has it; three (`103`) count from 1900. */
export function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 2) return year < 90 ? 2000 + year : 1900 + year;
  if (digits.length === 3) return 1900 + year;
  return year;
}

// Feeds: dates in numbers, of which the feed itself shows whether the day or the month comes first.
import { textOf, type XmlElement } from "./xml-tree.ts";

export type DateOrder = "day" | "month";

const DATES = /date|published|issued|updated|modified|created|lastmod/;
/** Two numbers and a year, after a weekday and a time at most. */
const NUMERIC =
  /^(\s*(?:([\p{L}]+)\.?,?\s+)?(?:\d{1,2}:\d{2}(?::\d{2})?,?\s+)?)(\d{1,2})([/.-])(\d{1,2})\4(\d{4}|\d{2}(?!\d))/u;
/** A quick look, which all dates in numbers pass. */
const IN_NUMBERS = /\d[/.-]\d\d?[/.-]\d/;
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
/** Where English is written with the month first, or nobody knows. */
const MONTH_FIRST = /^(?:en(?:-(?:us|ca|ph))?|es-(?:us|pr))$/i;

/**
 * What one date proves for all of a feed: a number beyond twelve, or a weekday that fits one order alone. Where none proves
 * anything, a language that never puts the month first decides.
 * @returns null where nothing tells, or the feed contradicts itself
 */
export function dateOrderOf(dates: readonly string[], language: string | null): DateOrder | null {
  const proven = new Set<DateOrder>();
  let isAny = false;
  for (const date of dates) {
    const match = NUMERIC.exec(date);
    if (match === null) continue;
    isAny = true;
    const order = proofIn(match);
    if (order !== null) proven.add(order);
  }
  const [only] = proven;
  if (only !== undefined) return proven.size === 1 ? only : null;
  const tag = language?.trim() ?? "";
  return isAny && /^[a-z]{2,3}(?:[-_]|$)/i.test(tag) && !MONTH_FIRST.test(tag.replace("_", "-"))
    ? "day"
    : null;
}

function proofIn(match: RegExpExecArray): DateOrder | null {
  const [, , weekday, first, , second, year = ""] = match;
  const a = Number(first);
  const b = Number(second);
  if (a > 12 && b <= 12) return "day";
  if (b > 12 && a <= 12) return "month";
  const named = WEEKDAYS.indexOf(weekday?.slice(0, 3).toLowerCase() ?? "");
  if (named < 0 || a > 12 || b > 12 || a === b || year.length < 4) return null;
  const isOn = (month: number, day: number): boolean =>
    new Date(Date.UTC(Number(year), month - 1, day)).getUTCDay() === named;
  if (isOn(b, a) === isOn(a, b)) return null;
  return isOn(b, a) ? "day" : "month";
}

/** A date in numbers, so written that parse-date.ts reads it in that order. */
export function inOrder(date: string, order: DateOrder): string {
  return date.replace(
    NUMERIC,
    (whole, before: string, _weekday, first: string, _sign, second: string, year: string) => {
      if (Number(first) > 12 || Number(second) > 12) return whole;
      return order === "day"
        ? `${before}${first}.${second}.${year}`
        : `${before}${first}/${second}/${year}`;
    },
  );
}

/** Puts all dates of a feed's entries into the order that they themselves prove; most feeds have none in numbers. */
export function orderDates(items: readonly XmlElement[], language: string | null): void {
  const stated: { node: XmlElement; date: string }[] = [];
  const named = new Map<string, boolean>();
  const isDate = (local: string): boolean => {
    const known = named.get(local) ?? DATES.test(local);
    named.set(local, known);
    return known;
  };
  for (const item of items)
    for (const node of item.children) {
      if (typeof node === "string" || !isDate(node.local)) continue;
      const date = textOf(node);
      if (IN_NUMBERS.test(date)) stated.push({ node, date });
    }
  const order = dateOrderOf(
    stated.map(({ date }) => date),
    language,
  );
  if (order === null) return;
  for (const { node, date } of stated) {
    const ordered = inOrder(date, order);
    if (ordered !== date) node.children.splice(0, node.children.length, ordered);
  }
}

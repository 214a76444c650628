// Feeds: what response headers say about when to come back.

const DAY_SECONDS = 86_400;

/**
 * `Retry-After` in either form (RFC 9110 §10.2.3).
 * @returns seconds from now, at most a day; null where absent, past or unreadable
 */
export function retryAfterSeconds(value: string | null, now: Date): number | null {
  if (value === null) return null;
  const text = value.trim();
  if (/^\d+$/.test(text)) return Math.min(Number(text), DAY_SECONDS);
  if (!/[a-z]/i.test(text)) return null;
  const at = Date.parse(text);
  if (Number.isNaN(at)) return null;
  const seconds = Math.ceil((at - now.getTime()) / 1000);
  return seconds < 0 ? null : Math.min(seconds, DAY_SECONDS);
}

/**
 * How long the answer stays fresh: `max-age`, else `Expires` against `Date` (RFC 9111 §4.2).
 * @returns seconds from now; null where nothing usable is said
 */
export function freshSeconds(
  headers: { cacheControl: string | null; expires: string | null; date: string | null },
  now: Date,
): number | null {
  const control = headers.cacheControl ?? "";
  if (/\bno-(?:store|cache)\b/i.test(control)) return null;
  const age = /(?:^|[\s,])max-age\s*=\s*"?(\d+)"?\s*(?:,|$)/i.exec(control);
  if (age !== null) return Math.min(Number(age[1]), 365 * DAY_SECONDS);
  if (/(?:^|[\s,])max-age\b/i.test(control) || headers.expires === null) return null;
  const until = Date.parse(headers.expires);
  if (Number.isNaN(until) || !/[a-z]/i.test(headers.expires)) return null;
  const sent = headers.date === null ? Number.NaN : Date.parse(headers.date);
  const seconds = Math.floor((until - (Number.isNaN(sent) ? now.getTime() : sent)) / 1000);
  return seconds > 0 ? Math.min(seconds, 365 * DAY_SECONDS) : null;
}

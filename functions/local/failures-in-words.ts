// Polls that failed, for a terminal: how many, of which kind and of which feeds.
import { FailureReason } from "../../shared/domain/feed.ts";

const WORDS: Readonly<Record<FailureReason, string>> = {
  "address-refused": "an address that is not polled",
  "dns-failed": "a host that no name server knows",
  "connect-failed": "no connection",
  "tls-failed": "a certificate that does not hold",
  timeout: "no answer in time",
  "too-large": "an answer that is too large",
  "too-many-redirects": "redirects without an end",
  "redirect-refused": "a redirect that is not followed",
  "bad-encoding": "bytes that are no text",
  "http-error": "an error from the server",
  "rate-limited": "asked to come less often",
  gone: "gone for good",
  blocked: "refused by the site",
  challenge: "a bot wall in the feed's place",
  empty: "an empty answer",
  "not-a-feed": "a document that is no feed",
  html: "a web page in the feed's place",
  truncated: "an answer that was cut off",
  "parse-timeout": "a document that takes too long to read",
  "parse-crashed": "a document that cannot be read",
  network: "a line that broke",
};
/** Of one kind, by name; the others by their number. */
const MOST_NAMED = 3;

export interface FailedPoll {
  readonly feed: string;
  readonly reason: string;
}

/** `a web page in the feed's place (html)` */
export function failureInWords(reason: string): string {
  const known = FailureReason.safeParse(reason);
  return known.success ? `${WORDS[known.data]} (${reason})` : reason;
}

/** A line per kind, the most frequent first. */
export function failuresInWords(polls: readonly FailedPoll[]): string[] {
  const kinds = new Map<string, string[]>();
  for (const { feed, reason } of polls) kinds.set(reason, [...(kinds.get(reason) ?? []), feed]);
  return [...kinds]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([reason, all]) => {
      const feeds = [...new Set(all)];
      const named = feeds.slice(0, MOST_NAMED).join(", ");
      const left = feeds.length - MOST_NAMED;
      const more = left > 0 ? ` and ${left} more` : "";
      return `${String(all.length).padStart(4)}  ${failureInWords(reason)}: ${named}${more}`;
    });
}

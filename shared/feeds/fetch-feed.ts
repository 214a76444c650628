// Feeds: one polite conditional GET under every guard; whatever happens is a value.
import { setTimeout as wait } from "node:timers/promises";
import type { Validators } from "../domain/feed.ts";
import type { FetchOutcome, FetchRequest } from "../domain/fetch.ts";
import { type Cookie, cookieHeader, keepCookies } from "./fetch-cookies.ts";
import { failed, failureOf, settle } from "./fetch-outcome.ts";
import { createGuardedDial, type Dial, type Lookup } from "./guarded-dial.ts";
import { exchange } from "./http-exchange.ts";
import { headerOf } from "./http-head.ts";
import { SPACING_MS } from "./poll-schedule.ts";

/** After decompression; real feeds of 4 MB exist (goread #343), honest ones above 10 MiB do not. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;
const MOST_REDIRECTS = 5;
const ACCEPT =
  "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json, application/json;q=0.9, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1";
/** Added where a server answers 406 without it; never at first, because others then send a page instead of the feed. */
const ACCEPT_HTML = ", text/html;q=0.1";

export interface FetcherOptions {
  /** Lets loopback and private addresses be polled: for trying it out and for tests. */
  readonly allowPrivateNetwork: boolean;
  /** In the User-Agent, so that a publisher knows whom to ask. */
  readonly contactUrl: string;
  readonly version: string;
  /** Over DNS, connection, every redirect and the body together. */
  readonly deadlineMs?: number;
  readonly maxBytes?: number;
  readonly lookup?: Lookup;
  /** Waits before the next request to the same host; ends when the deadline does. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface Fetcher {
  readonly fetchFeed: (request: FetchRequest) => Promise<FetchOutcome>;
  /** Ends what is under way. */
  readonly close: () => Promise<void>;
}

export function createFetcher(options: FetcherOptions): Fetcher {
  const { deadlineMs = 20_000, maxBytes = MAX_BODY_BYTES, pause = waitFor } = options;
  const dial = createGuardedDial(options.allowPrivateNetwork, options.lookup);
  const closing = new AbortController();
  const userAgent = `backdoor-watch/${options.version} (+${options.contactUrl})`;
  return {
    async fetchFeed(request) {
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(), deadlineMs);
      try {
        return await follow(request, {
          dial,
          userAgent,
          maxBytes,
          pause,
          signal: AbortSignal.any([deadline.signal, closing.signal]),
        });
      } catch (error) {
        if (deadline.signal.aborted) return failed("timeout", `over ${deadlineMs} ms`);
        return failureOf(error);
      } finally {
        clearTimeout(timer);
        deadline.abort();
      }
    },
    close: async () => closing.abort(),
  };
}

const waitFor = (ms: number, signal: AbortSignal): Promise<void> => wait(ms, undefined, { signal });

interface Trip {
  readonly dial: Dial;
  readonly userAgent: string;
  readonly maxBytes: number;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
}

async function follow(request: FetchRequest, trip: Trip): Promise<FetchOutcome> {
  let url = new URL(request.url);
  let permanent = true;
  let cookies: readonly Cookie[] = [];
  let accept = ACCEPT;
  for (let hops = 0; ; ) {
    url.hash = "";
    const headers = requestHeaders(request.validators, trip.userAgent, accept);
    const cookie = cookieHeader(cookies, url);
    if (cookie !== null) headers["cookie"] = cookie;
    const answer = await exchange(trip.dial, url, headers, trip.signal);
    cookies = keepCookies(cookies, url, answer.headers.get("set-cookie") ?? [], request.now);
    if (answer.status === 406 && accept === ACCEPT) {
      answer.close();
      accept = `${ACCEPT}${ACCEPT_HTML}`;
      await trip.pause(SPACING_MS, trip.signal);
      continue;
    }
    const location = headerOf(answer.headers, "location");
    if (!isRedirect(answer.status) || location === null) {
      const movedTo = hops > 0 && permanent ? url.href : null;
      return settle(request, answer, { url: url.href, movedTo, maxBytes: trip.maxBytes });
    }
    answer.close();
    if (hops === MOST_REDIRECTS) return failed("too-many-redirects", `more than ${MOST_REDIRECTS}`);
    hops += 1;
    const next = addressOf(location, url);
    if (next === null || !/^https?:$/.test(next.protocol))
      return failed("redirect-refused", `to ${next?.protocol ?? "no address"}`);
    permanent &&= answer.status === 301 || answer.status === 308;
    if (next.host === url.host) await trip.pause(SPACING_MS, trip.signal);
    url = next;
  }
}

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

/** Bytes beyond ASCII are asked for as they came, UTF-8 or not, as browsers do. */
function addressOf(location: string, base: URL): URL | null {
  const escaped = location.replace(
    /[\x80-\xff]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return URL.canParse(escaped, base.href) ? new URL(escaped, base) : null;
}

/** Validators are opaque: sent as they came, or not at all where HTTP cannot carry them. */
function requestHeaders(
  validators: Validators | null,
  userAgent: string,
  accept: string,
): Record<string, string> {
  const headers: Record<string, string> = {
    "user-agent": userAgent,
    accept,
    "accept-encoding": "gzip, br, deflate",
  };
  const etag = validators?.etag ?? null;
  const lastModified = validators?.lastModified ?? null;
  if (etag !== null && isSendable(etag)) headers["if-none-match"] = etag;
  if (lastModified !== null && isSendable(lastModified))
    headers["if-modified-since"] = lastModified;
  return headers;
}

const isSendable = (value: string): boolean =>
  value !== "" && !/[^\t\x20-\x7e\x80-\xff]/.test(value);

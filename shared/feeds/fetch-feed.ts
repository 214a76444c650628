// Feeds: one polite conditional GET under every guard; whatever happens is a value.
import { setTimeout as wait } from "node:timers/promises";
import type { Dispatcher } from "undici";
import { request as send } from "undici";
import type { FailureReason, Validators } from "../domain/feed.ts";
import type { FetchOutcome, FetchRequest } from "../domain/fetch.ts";
import { createGuardedAgent, type Lookup } from "./guarded-agent.ts";
import { freshSeconds, retryAfterSeconds } from "./http-headers.ts";
import { SPACING_MS } from "./poll-schedule.ts";
import { readBody } from "./read-body.ts";

/** After decompression; real feeds of 4 MB exist (goread #343), honest ones above 10 MiB do not. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;
const MOST_REDIRECTS = 5;
const ACCEPT =
  "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json, application/json;q=0.9, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1";

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
  readonly close: () => Promise<void>;
}

type Headers = Record<string, string | string[] | undefined>;
type Failed = Extract<FetchOutcome, { kind: "failed" }>;

export function createFetcher(options: FetcherOptions): Fetcher {
  const { deadlineMs = 20_000, maxBytes = MAX_BODY_BYTES, pause = waitFor } = options;
  const agent = createGuardedAgent(options.allowPrivateNetwork, options.lookup);
  const userAgent = `backdoor-watch/${options.version} (+${options.contactUrl})`;
  return {
    async fetchFeed(request) {
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(), deadlineMs);
      try {
        return await follow(request, {
          agent,
          userAgent,
          maxBytes,
          pause,
          signal: deadline.signal,
        });
      } catch (error) {
        if (deadline.signal.aborted) return failed("timeout", `over ${deadlineMs} ms`);
        return failureOf(error);
      } finally {
        clearTimeout(timer);
        deadline.abort();
      }
    },
    close: () => agent.destroy(),
  };
}

const waitFor = (ms: number, signal: AbortSignal): Promise<void> => wait(ms, undefined, { signal });

interface Trip {
  readonly agent: Dispatcher;
  readonly userAgent: string;
  readonly maxBytes: number;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
}

async function follow(request: FetchRequest, trip: Trip): Promise<FetchOutcome> {
  let url = new URL(request.url);
  let permanent = true;
  for (let hops = 0; ; hops += 1) {
    url.hash = "";
    const response = await send(url, {
      dispatcher: trip.agent,
      signal: trip.signal,
      headers: requestHeaders(request.validators, trip.userAgent),
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    // An answer that is not read to its end may still err: that must not become an uncaught exception.
    response.body.on("error", () => undefined);
    const location = one(response.headers, "location");
    if (!isRedirect(response.statusCode) || location === null) {
      const movedTo = hops > 0 && permanent ? url.href : null;
      return settle(request, trip, response, url.href, movedTo);
    }
    response.body.destroy();
    if (hops === MOST_REDIRECTS) return failed("too-many-redirects", `more than ${MOST_REDIRECTS}`);
    const next = URL.canParse(location, url.href) ? new URL(location, url) : null;
    if (next === null || !/^https?:$/.test(next.protocol))
      return failed("redirect-refused", `to ${next?.protocol ?? "no address"}`);
    permanent &&= response.statusCode === 301 || response.statusCode === 308;
    if (next.host === url.host) await trip.pause(SPACING_MS, trip.signal);
    url = next;
  }
}

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

/** Validators are opaque: sent as they came, or not at all where HTTP cannot carry them. */
function requestHeaders(validators: Validators | null, userAgent: string): Record<string, string> {
  const headers: Record<string, string> = {
    "user-agent": userAgent,
    accept: ACCEPT,
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

async function settle(
  request: FetchRequest,
  trip: Trip,
  response: Dispatcher.ResponseData,
  url: string,
  movedTo: string | null,
): Promise<FetchOutcome> {
  const { headers, statusCode } = response;
  const fresh = freshSeconds(
    {
      cacheControl: one(headers, "cache-control"),
      expires: one(headers, "expires"),
      date: one(headers, "date"),
    },
    request.now,
  );
  const given = { etag: one(headers, "etag"), lastModified: one(headers, "last-modified") };
  const at = request.now.toISOString();
  if (statusCode === 304 && request.validators !== null) {
    response.body.destroy();
    const { etag, lastModified } = request.validators;
    const validators = {
      etag: given.etag ?? etag,
      lastModified: given.lastModified ?? lastModified,
      at,
    };
    return { kind: "not-modified", validators, freshSeconds: fresh, movedTo };
  }
  const refusal = refusalOf(statusCode, headers, request.now);
  if (refusal !== null) {
    response.body.destroy();
    return refusal;
  }
  const read = await readBody(response.body, one(headers, "content-encoding"), trip.maxBytes);
  if (read.kind === "failed") return failed(read.reason, read.detail, statusCode);
  if (read.body.length === 0) return failed("empty", `HTTP ${statusCode}`, statusCode);
  return {
    kind: "fetched",
    body: read.body,
    contentType: one(headers, "content-type"),
    url,
    movedTo,
    validators: { ...given, at },
    freshSeconds: fresh,
  };
}

/** What a status or a challenge header says instead of a feed, or null. */
function refusalOf(status: number, headers: Headers, now: Date): Failed | null {
  const retry = retryAfterSeconds(one(headers, "retry-after"), now);
  const challenge = one(headers, "cf-mitigated") ?? one(headers, "x-amzn-waf-action");
  if (challenge !== null && challenge.trim() !== "")
    return failed("challenge", `HTTP ${status}, ${challenge.slice(0, 40)}`, status, retry);
  if (status === 204 || status === 205 || status === 202)
    return failed("empty", `HTTP ${status}`, status, retry);
  if (status === 200 || status === 203) return null;
  return failed(reasonOf(status, retry), `HTTP ${status}`, status, retry);
}

function reasonOf(status: number, retry: number | null): FailureReason {
  if (status === 429 || (status === 503 && retry !== null)) return "rate-limited";
  if (status === 410) return "gone";
  if (status === 401 || status === 403 || status === 451) return "blocked";
  return "http-error";
}

function failed(
  reason: FailureReason,
  detail: string,
  status: number | null = null,
  retryAfterSeconds: number | null = null,
): Failed {
  return { kind: "failed", reason, detail, status, retryAfterSeconds };
}

function one(headers: Headers, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value.at(-1) : value) ?? null;
}

function failureOf(error: unknown): Failed {
  const { code = "", message = "" } = error as { code?: string; message?: string };
  const detail = `${code} ${message}`.trim().slice(0, 200);
  if (code === "ADDRESS_REFUSED") return failed("address-refused", message);
  if (/^(?:ENOTFOUND|EAI_|ENODATA|ESERVFAIL|EREFUSED|ENOMEM_DNS)/.test(code))
    return failed("dns-failed", detail);
  if (
    /^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT|EACCES)/.test(
      code,
    )
  )
    return failed("connect-failed", detail);
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_|EPROTO/.test(code)) return failed("tls-failed", detail);
  if (code === "ERR_INVALID_URL") return failed("redirect-refused", detail);
  return failed("network", detail || "unknown");
}

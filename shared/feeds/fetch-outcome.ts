// Feeds: what an answer, or the lack of one, comes to.
import type { FailureReason } from "../domain/feed.ts";
import type { FetchOutcome, FetchRequest } from "../domain/fetch.ts";
import type { HttpAnswer } from "./http-exchange.ts";
import { type HttpHeaders, headerOf } from "./http-head.ts";
import { freshSeconds, retryAfterSeconds } from "./http-headers.ts";
import { readBody } from "./read-body.ts";

type Failed = Extract<FetchOutcome, { kind: "failed" }>;

/** Where an answer came from, and what is taken of it. */
interface Origin {
  readonly url: string;
  readonly movedTo: string | null;
  readonly maxBytes: number;
}

/** Reads the answer that is no redirect to its end, or says why not. */
export async function settle(
  request: FetchRequest,
  answer: HttpAnswer,
  { url, movedTo, maxBytes }: Origin,
): Promise<FetchOutcome> {
  const { headers, status } = answer;
  const fresh = freshSeconds(
    {
      cacheControl: headerOf(headers, "cache-control"),
      expires: headerOf(headers, "expires"),
      date: headerOf(headers, "date"),
    },
    request.now,
  );
  const given = {
    etag: headerOf(headers, "etag"),
    lastModified: headerOf(headers, "last-modified"),
  };
  const at = request.now.toISOString();
  if (status === 304 && request.validators !== null) {
    answer.close();
    const { etag, lastModified } = request.validators;
    const validators = {
      etag: given.etag ?? etag,
      lastModified: given.lastModified ?? lastModified,
      at,
    };
    return { kind: "not-modified", validators, freshSeconds: fresh, movedTo };
  }
  const refusal = refusalOf(status, headers, request.now);
  if (refusal !== null) {
    answer.close();
    return refusal;
  }
  const encoding = headers.get("content-encoding")?.join() ?? null;
  const read = await readBody(answer.body, encoding, maxBytes);
  if (read.kind === "failed") return failed(read.reason, read.detail, status);
  if (read.body.length === 0) return failed("empty", `HTTP ${status}`, status);
  return {
    kind: "fetched",
    body: read.body,
    contentType: headerOf(headers, "content-type"),
    url,
    movedTo,
    validators: { ...given, at },
    freshSeconds: fresh,
  };
}

/** What a status or a challenge header says instead of a feed, or null. */
function refusalOf(status: number, headers: HttpHeaders, now: Date): Failed | null {
  const retry = retryAfterSeconds(headerOf(headers, "retry-after"), now);
  const challenge = headerOf(headers, "cf-mitigated") ?? headerOf(headers, "x-amzn-waf-action");
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

/** A failure as a value. */
export function failed(
  reason: FailureReason,
  detail: string,
  status: number | null = null,
  retryAfterSeconds: number | null = null,
): Failed {
  return { kind: "failed", reason, detail, status, retryAfterSeconds };
}

/** What the network, a guard or an answer that is none threw, by its reason. */
export function failureOf(error: unknown): Failed {
  const { code = "", message = "" } = error as { code?: string; message?: string };
  const detail = `${code} ${message}`.trim().slice(0, 200);
  if (code === "ADDRESS_REFUSED") return failed("address-refused", message);
  if (/^(?:ENOTFOUND|EAI_|ENODATA|ESERVFAIL|EREFUSED|ENOMEM_DNS)/.test(code))
    return failed("dns-failed", detail);
  if (/^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ETIMEDOUT|EACCES)/.test(code))
    return failed("connect-failed", detail);
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_|EPROTO/.test(code)) return failed("tls-failed", detail);
  if (code === "ERR_INVALID_URL") return failed("redirect-refused", detail);
  return failed("network", detail || "unknown");
}

// Errors as values and as JSON problems (RFC 9457): what is wrong, and where.
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** A request that cannot be answered as it stands; `parameter` names what is wrong. */
export class BadRequest extends Error {
  override readonly name = "BadRequest";
  readonly parameter: string;

  constructor(parameter: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.parameter = parameter;
  }
}

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad request",
  404: "Not found",
  413: "Too large",
  429: "Too many requests",
  500: "Something went wrong here",
  503: "Not now",
};

export function problem(
  c: Context,
  status: ContentfulStatusCode,
  detail: string,
  more: Readonly<Record<string, unknown>> = {},
): Response {
  const body = JSON.stringify({
    type: "about:blank",
    title: TITLES[status] ?? "Error",
    status,
    detail,
    ...more,
  });
  return c.body(body, status, { "content-type": "application/problem+json; charset=utf-8" });
}

// What every answer carries, error pages included: nothing from elsewhere, no script, no frame, no referrer.
import type { MiddlewareHandler } from "hono";

/** Our own stylesheet and forms, and nothing else. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'";

const HEADERS: Readonly<Record<string, string>> = {
  "Content-Security-Policy": CONTENT_SECURITY_POLICY,
  "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
};

/** Speaks for the whole host and all below it. */
const FOR_THE_HOST = "Strict-Transport-Security";

/**
 * A route that needs another value (the mailbox's frame) sets it itself.
 * @param isBelowPath true where the host has other pages than ours, which we do not speak for
 */
export const securityHeaders =
  (isBelowPath: () => boolean): MiddlewareHandler =>
  async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(HEADERS))
      if (!c.res.headers.has(name) && !(name === FOR_THE_HOST && isBelowPath()))
        c.res.headers.set(name, value);
  };

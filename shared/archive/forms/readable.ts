// Archive, forms: what every answer made for programs carries: other sites' pages may read it, and who has it is told so.
import type { MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import { etag, RETAINED_304_HEADERS } from "hono/etag";

/** What is made for programs: data and feeds. */
const FOR_PROGRAMS = /^\/(?:api\/|(?:feed|events)\.(?:rss|atom|json)$|calendar\.ics$)/;
/** Whether an address is a program's to ask, so that errors are answered as data too. */
export const isForPrograms = (path: string): boolean => FOR_PROGRAMS.test(path);

/** Whole files are sent as they are read: nobody knows their end when they begin. */
const STREAMED = /^\/api\/\w+\.(?:csv|jsonl)$/;

/** Short: what came in a minute ago is to be seen. */
const FOR_A_MINUTE = "public, max-age=60";

/** @returns CORS for reading, ETag and Cache-Control for data and feeds; nothing for pages and forms */
export function readable(): MiddlewareHandler {
  const crossSite = cors({
    origin: "*",
    allowMethods: ["GET", "HEAD"],
    exposeHeaders: ["ETag", "Link", "Retry-After", "Content-Disposition"],
  });
  const kept = ["access-control-allow-origin", "access-control-expose-headers", "link"];
  const tagged = etag({ retainedHeaders: [...RETAINED_304_HEADERS, ...kept] });
  return async (c, next) => {
    if (!isForPrograms(c.req.path)) return next();
    const then = async () => {
      await next();
      // Nothing in it is anybody's own.
      c.res.headers.set("Cross-Origin-Resource-Policy", "cross-origin");
      if (c.res.ok && !c.res.headers.has("Cache-Control"))
        c.res.headers.set("Cache-Control", FOR_A_MINUTE);
    };
    return crossSite(c, async () => {
      if (STREAMED.test(c.req.path)) await then();
      else await tagged(c, then);
    });
  };
}

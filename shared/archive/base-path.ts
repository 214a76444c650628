// The archive below a path: pages and routes are written as if at the root, and PUBLIC_URL's path is put on in this one place.
import type { MiddlewareHandler } from "hono";
import { getPath } from "hono/utils/url";

/** @returns `/watch` of `https://example.org/watch/`, "" of an address without a path */
export const basePathOf = (publicUrl: string): string =>
  new URL(publicUrl).pathname.replace(/\/+$/, "");

/**
 * The path that routes know, whether the proxy in front takes the base off or hands it on. One that takes it off may leave
 * its slash behind (`//items`).
 */
export function pathBelow(base: string, request: Request): string {
  const path = getPath(request).replace(/^\/{2,}/, "/");
  if (base === "" || !(path === base || path.startsWith(`${base}/`))) return path;
  return path.slice(base.length) || "/";
}

/** An address of ours in a tag: whatever a feed wrote is escaped, so that a quote or an angle bracket is always markup. */
const OWN_ADDRESS = /(<[a-z]+\b[^<>]*?\s(?:href|src|action|formaction)=")\/(?!\/)/g;

/** Puts the base before every address of our own in a page, and in a redirect: a new page cannot forget it. */
export const belowBase =
  (baseOf: () => string): MiddlewareHandler =>
  async (c, next) => {
    await next();
    const base = baseOf();
    if (base === "") return;
    const location = c.res.headers.get("location");
    if (location !== null && /^\/(?!\/)/.test(location))
      c.res.headers.set("location", base + location);
    if (!(c.res.headers.get("content-type") ?? "").startsWith("text/html")) return;
    const page = await c.res.text();
    const moved = page.replace(OWN_ADDRESS, (_, before: string) => `${before}${base}/`);
    c.res = new Response(moved, { status: c.res.status, headers: c.res.headers });
  };

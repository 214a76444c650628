// The archive, Request → Response: the same in Lambda and on one machine.
import { Hono } from "hono";
import type { Ports } from "../flows/ports.ts";
import { BadCursor } from "../store/cursor.ts";
import { apiRoutes } from "./api-routes.ts";
import { basePathOf, belowBase, pathBelow } from "./base-path.ts";
import { securityHeaders } from "./headers.ts";
import { type Mailbox, mailboxRoutes } from "./mailbox-routes.ts";
import { operatorRoutes } from "./operator-routes.ts";
import { pageRoutes } from "./page-routes.ts";
import { errorPage, notFoundPage } from "./pages/text-pages.ts";
import { BadRequest, problem } from "./problem.ts";
import { subscriptionRoutes } from "./subscription-routes.ts";

export interface ArchiveDeps {
  readonly ports: Ports;
  /** Null where mail goes out to the world. */
  readonly mailbox: Mailbox | null;
  readonly version: string;
  /** docs/accuracy.md, which the composing file reads; null where it is not at hand. */
  readonly accuracy?: string | null;
}

const wantsJson = (path: string): boolean => path.startsWith("/api/") || path === "/healthz";

export function archiveApp({ ports, mailbox, version, accuracy = null }: ArchiveDeps): Hono {
  // Asked at each request: the demo learns its port late.
  const baseOf = () => basePathOf(ports.settings.publicUrl);
  const app = new Hono({ getPath: (request) => pathBelow(baseOf(), request) });
  app.use(securityHeaders);
  app.use(belowBase(baseOf));
  app.use(async (c, next) => {
    // Other sites' pages may not act here in a visitor's name (Fetch Metadata); mail programs send neither header.
    if (c.req.method !== "POST" || !isCrossSite(c.req.raw.headers, ports.settings.publicUrl))
      return next();
    return problem(c, 403, "This form belongs to another site.");
  });
  app.route("/", apiRoutes(ports));
  app.route("/", subscriptionRoutes({ ports }));
  app.route("/", operatorRoutes(ports));
  if (mailbox !== null) app.route("/", mailboxRoutes(mailbox));
  app.route("/", pageRoutes(ports, mailbox !== null, version, accuracy));
  app.notFound((c) =>
    wantsJson(c.req.path) ? problem(c, 404, "There is nothing here.") : c.html(notFoundPage(), 404),
  );
  app.onError((cause, c) => {
    const bad = cause instanceof BadRequest || cause instanceof BadCursor;
    const parameter = cause instanceof BadRequest ? cause.parameter : "cursor";
    if (!bad) ports.log({ step: "web", path: routeOf(c.req.path), failed: cause.message });
    if (wantsJson(c.req.path))
      return bad
        ? problem(c, 400, cause.message, { parameter })
        : problem(c, 500, "The fault is ours, and in the log.");
    return c.html(
      bad ? errorPage(400, cause.message) : errorPage(500, "The fault is ours, and in the log."),
      bad ? 400 : 500,
    );
  });
  return app;
}

/** The first segment is enough for a log: a path may name what somebody looks for. */
const routeOf = (path: string): string => `/${path.split("/")[1] ?? ""}`;

function isCrossSite(headers: Headers, publicUrl: string): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "cross-site" || site === "same-site";
  const origin = headers.get("origin");
  if (origin === null) return false;
  // `null` is what a sandboxed frame or a privacy setting sends; the token decides.
  if (origin === "null") return false;
  return (
    origin !== new URL(publicUrl).origin &&
    origin !== `http://${headers.get("host")}` &&
    origin !== `https://${headers.get("host")}`
  );
}

// The archive, Request → Response: the same in Lambda and on one machine.
import { type Context, Hono } from "hono";
import type { Ports } from "../flows/ports.ts";
import { BadCursor } from "../store/cursor.ts";
import { apiRoutes } from "./api-routes.ts";
import { basePathOf, belowBase, pathBelow } from "./base-path.ts";
import { feedRoutes } from "./forms/feed-routes.ts";
import { isForPrograms, readable } from "./forms/readable.ts";
import { rowRoutes } from "./forms/row-routes.ts";
import { securityHeaders } from "./headers.ts";
import { linkMailbox, type Mailbox, mailboxRoutes } from "./mailbox-routes.ts";
import { operatorRoutes } from "./operator-routes.ts";
import { pageRoutes } from "./page-routes.ts";
import { errorPage, notFoundPage } from "./pages/text-pages.ts";
import { BadRequest, problem } from "./problem.ts";
import { limitRate } from "./rate-limit.ts";
import { speakLanguage, spokenPath } from "./reader-language.ts";
import { subscriptionRoutes } from "./subscription-routes.ts";

export interface ArchiveDeps {
  readonly ports: Ports;
  /** Null where mail goes out to the world. */
  readonly mailbox: Mailbox | null;
  readonly version: string;
  /** docs/accuracy.md, which the composing file reads; null where it is not at hand. */
  readonly accuracy?: string | null;
  /** Of one answer, where it cannot be streamed; a longer one is cut, with the address of the rest. */
  readonly mostBytes?: number;
}

/** Data is answered with data, and so is a program that asks a page for it. */
const wantsJson = (c: Context): boolean =>
  isForPrograms(c.req.path) ||
  c.req.path === "/healthz" ||
  /^application\/(?:problem\+)?json\b/.test(c.req.header("accept") ?? "");

/** What is wrong with the request, or null where the fault is ours. */
function badRequestOf(cause: Error): { parameter: string; detail: string } | null {
  if (cause instanceof BadRequest) return { parameter: cause.parameter, detail: cause.message };
  if (!(cause instanceof BadCursor)) return null;
  const detail = "“cursor” is none that this list gave out for these filters. Begin without it.";
  return { parameter: "cursor", detail };
}

export function archiveApp({
  ports,
  mailbox,
  version,
  accuracy = null,
  mostBytes = Number.POSITIVE_INFINITY,
}: ArchiveDeps): Hono {
  // Asked at each request: the demo learns its port late.
  const baseOf = () => basePathOf(ports.settings.publicUrl);
  const app = new Hono({ getPath: (request) => spokenPath(pathBelow(baseOf(), request)).path });
  app.use(securityHeaders(() => baseOf() !== ""));
  app.use(readable());
  app.use(limitRate(ports.now));
  app.use(belowBase(baseOf));
  if (mailbox !== null) app.use(linkMailbox);
  app.use(
    speakLanguage(
      (request) => pathBelow(baseOf(), request),
      () => ports.settings.publicUrl,
    ),
  );
  app.use(async (c, next) => {
    // Other sites' pages may not act here in a visitor's name (Fetch Metadata); mail programs send neither header.
    if (c.req.method !== "POST" || !isCrossSite(c.req.raw.headers, ports.settings.publicUrl))
      return next();
    return problem(c, 403, "This form belongs to another site.");
  });
  app.route("/", rowRoutes(ports, mostBytes));
  app.route("/", feedRoutes(ports));
  app.route("/", apiRoutes(ports, mostBytes, version));
  app.route("/", subscriptionRoutes({ ports, hasMailbox: mailbox !== null }));
  app.route("/", operatorRoutes(ports));
  if (mailbox !== null) app.route("/", mailboxRoutes(mailbox));
  app.route("/", pageRoutes(ports, mailbox !== null, version, accuracy));
  app.notFound((c) =>
    wantsJson(c) ? problem(c, 404, "There is nothing here.") : c.html(notFoundPage(), 404),
  );
  app.onError((cause, c) => {
    const bad = badRequestOf(cause);
    if (bad === null) ports.log({ step: "web", path: routeOf(c.req.path), failed: cause.message });
    const status = bad === null ? 500 : 400;
    const detail = bad?.detail ?? "The fault is ours, and in the log.";
    if (!wantsJson(c)) return c.html(errorPage(status, detail), status);
    return problem(c, status, detail, bad === null ? {} : { parameter: bad.parameter });
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

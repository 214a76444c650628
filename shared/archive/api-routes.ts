// The JSON API: the contract's routes over the store.
import { Hono } from "hono";
import { CANARY_TYPE, canaryDocument } from "../flows/canary-feed.ts";
import type { Ports } from "../flows/ports.ts";
import { healthOf } from "./health.ts";
import {
  dossiersFrom,
  eventsFrom,
  feedsFrom,
  findDossier,
  findEvent,
  findItem,
  titlesOf,
} from "./look-up.ts";
import { describeApi } from "./openapi.ts";
import { apiPage } from "./pages/api-page.ts";
import { pageTakes, parametersOf, takes } from "./parameters.ts";
import {
  presentDossier,
  presentEvent,
  presentFeed,
  presentItem,
  presentThemes,
} from "./present.ts";
import { problem } from "./problem.ts";
import { readEventQuery, readJurisdictions, readListQuery, readQuery } from "./query.ts";

/** @param mostBytes of one answer; @param version of the program */
export function apiRoutes(ports: Ports, mostBytes: number, version: string): Hono {
  const app = new Hono();
  const { store } = ports;

  app.get("/api/items", async (c) => {
    const query = readQuery(parametersOf(c.req.url));
    for (let limit = query.limit; ; limit = Math.ceil(limit / 2)) {
      const page = await store.queryItems({ ...query, limit });
      const body = JSON.stringify({ items: page.rows.map(presentItem), next: page.next });
      // Fewer than were asked for, where so many are more than an answer may be: `next` says that there are others.
      if (limit === 1 || Buffer.byteLength(body) <= mostBytes)
        return c.body(body, 200, { "content-type": "application/json" });
    }
  });
  app.get("/api/items/:id", takes(), async (c) => {
    const item = await findItem(ports, c.req.param("id"));
    return item === null ? problem(c, 404, "There is no such item.") : c.json(presentItem(item));
  });

  app.get("/api/events", async (c) => {
    const page = await eventsFrom(ports, readEventQuery(parametersOf(c.req.url)));
    const titles = await titlesOf(ports, page.rows);
    return c.json({
      events: page.rows.map((stored) => presentEvent(stored, titles)),
      next: page.next,
    });
  });
  app.get("/api/events/:id", takes(), async (c) => {
    const stored = await findEvent(ports, c.req.param("id"));
    if (stored === null) return problem(c, 404, "There is no such event.");
    return c.json(presentEvent(stored, await titlesOf(ports, [stored])));
  });

  app.get("/api/dossiers", takes("jurisdiction", "limit", "cursor"), async (c) => {
    const parameters = parametersOf(c.req.url);
    const isAsked = readJurisdictions(parameters);
    const { limit, cursor } = readListQuery(parameters);
    const { rows, next } = await dossiersFrom(ports, cursor, limit);
    const known = rows.filter(({ dossier }) => isAsked(dossier.jurisdiction));
    return c.json({
      dossiers: known.map(({ dossier, record }) => presentDossier(dossier, record)),
      next,
    });
  });
  app.get("/api/dossiers/:id", takes(), async (c) => {
    const known = await findDossier(ports, c.req.param("id"));
    if (known === null) return problem(c, 404, "There is no such dossier.");
    const [moves, events] = await Promise.all([
      store.listMoves(known.dossier.id),
      store.listEvents(100, null, known.dossier.id),
    ]);
    const titles = new Map([[known.dossier.id as string, known.dossier.title]]);
    return c.json({
      ...presentDossier(known.dossier, known.record),
      moves: [...moves].sort((a, b) => (a.at < b.at ? 1 : -1)),
      events: events.rows.map((stored) => presentEvent(stored, titles)),
    });
  });

  app.get("/api", pageTakes(), (c) => c.html(apiPage()));
  app.get("/api/openapi.json", takes(), (c) =>
    c.json(describeApi(ports.settings.publicUrl, version)),
  );
  app.get("/api/themes", takes(), (c) => c.json(presentThemes()));
  app.get("/api/feeds", takes("limit", "cursor"), async (c) => {
    const { limit, cursor } = readListQuery(parametersOf(c.req.url));
    const { rows, next } = await feedsFrom(ports, cursor, limit);
    return c.json({ feeds: rows.map((feed) => presentFeed(feed, ports.now())), next });
  });

  /** Nothing of it is real, and no search engine is to find it. */
  app.get("/canary/:file{\\d{4}-\\d{2}-\\d{2}\\.json}", takes(), (c) => {
    const day = c.req.param("file").slice(0, 10);
    if (Number.isNaN(Date.parse(day))) return problem(c, 404, "There is no such day.");
    c.header("Cache-Control", "no-store");
    c.header("X-Robots-Tag", "noindex");
    return c.body(canaryDocument(day), 200, { "content-type": CANARY_TYPE });
  });

  app.get("/healthz", takes(), async (c) => {
    const health = await healthOf(ports);
    c.header("Cache-Control", "no-store");
    return c.json(health, health.ok ? 200 : 503);
  });
  return app;
}

// Pages for people: what came back, why, and everything behind it.
import { Hono } from "hono";
import type { Dossier } from "../domain/dossier.ts";
import type { StoredItem } from "../domain/item.ts";
import { explainMove } from "../dossiers/explain-move.ts";
import { explainStored } from "../flows/explain-stored.ts";
import type { Ports } from "../flows/ports.ts";
import {
  dossiersFrom,
  dossiersOf,
  feedsFrom,
  figuresOf,
  findDossier,
  findEvent,
  findItem,
  itemsById,
  itemsOf,
  newestByKind,
} from "./look-up.ts";
import { isLocal } from "./mailbox-routes.ts";
import { accuracyPage } from "./pages/accuracy-page.ts";
import { dossierPage } from "./pages/dossier-page.ts";
import { dossierListPage } from "./pages/dossier-pages.ts";
import { eventPage } from "./pages/event-page.ts";
import { feedsPage } from "./pages/feeds-page.ts";
import { frontPage } from "./pages/front-page.ts";
import { itemPage } from "./pages/item-page.ts";
import type { Why } from "./pages/item-reading.ts";
import { searchPage } from "./pages/search-page.ts";
import { STYLESHEET } from "./pages/stylesheet.ts";
import { subscribePage } from "./pages/subscribe-page.ts";
import { aboutPage, privacyPage } from "./pages/text-pages.ts";
import { pageParametersOf, pageTakes } from "./parameters.ts";
import { readJurisdictions, readQuery } from "./query.ts";
import { readerFor } from "./reader-language.ts";

const SHOWN_EVENTS = 8;
const SHOWN_CORRECTIONS = 5;
const SHOWN_ITEMS = 12;
/** Rows of one page of a list. */
const LISTED = 100;
/** Moves of a dossier that are shown by their items' titles; older ones by their reasons, at no read each. */
const TITLED_MOVES = 60;

/** The address of the next page with the same filters, or null at the end. */
function nextOf(path: string, parameters: URLSearchParams, cursor: string | null): string | null {
  if (cursor === null) return null;
  const next = new URLSearchParams(parameters);
  next.set("cursor", cursor);
  return `${path}?${next.toString()}`;
}

/** Read anew by the models that decided it; of an item that others decided only what came of it is told. */
async function whyOf(ports: Ports, item: StoredItem, dossier: Dossier | null): Promise<Why> {
  if (item.decision?.model === ports.models.version) {
    const read = await explainStored(ports, item, dossier);
    return { read, outcome: read.outcome };
  }
  if (dossier === null) return { read: null, outcome: null };
  const moves = await ports.store.listMoves(dossier.id);
  return { read: null, outcome: explainMove(dossier, moves, item.id) };
}

export function pageRoutes(
  ports: Ports,
  hasMailbox: boolean,
  version: string,
  accuracy: string | null,
): Hono {
  const app = new Hono();
  const { store } = ports;

  app.get("/style.css", (c) => {
    c.header("Cache-Control", "public, max-age=3600");
    return c.body(STYLESHEET, 200, { "content-type": "text/css; charset=utf-8" });
  });
  app.get("/", pageTakes(), async (c) => {
    const newest = await newestByKind(ports, {
      events: SHOWN_EVENTS,
      corrections: SHOWN_CORRECTIONS,
    });
    const shown = [...newest.resurfaced, ...newest.possible, ...newest.corrections];
    const [dossiers, items, latest, figures] = await Promise.all([
      dossiersOf(ports, shown),
      itemsOf(ports, shown),
      store.queryItems(readQuery(new URLSearchParams({ limit: String(SHOWN_ITEMS) }))),
      figuresOf(ports),
    ]);
    return c.html(
      frontPage({
        ...newest,
        dossiers,
        items,
        latest: latest.rows,
        figures,
        hasMailbox: hasMailbox && isLocal(c),
        now: ports.now(),
      }),
    );
  });
  app.get("/items", async (c) => {
    const parameters = pageParametersOf(c.req.url);
    const query = readQuery(parameters);
    const page = await store.queryItems(query);
    return c.html(searchPage(query, parameters, page));
  });
  app.get("/items/:id", pageTakes(), async (c) => {
    const item = await findItem(ports, c.req.param("id"));
    if (item === null) return c.notFound();
    const dossier = item.decision?.dossier ?? null;
    const known = dossier === null ? null : await findDossier(ports, dossier);
    const of = known?.dossier ?? null;
    return c.html(itemPage(item, of, await whyOf(ports, item, of)));
  });
  app.get("/events/:id", pageTakes(), async (c) => {
    const stored = await findEvent(ports, c.req.param("id"));
    if (stored === null) return c.notFound();
    const [dossiers, items] = await Promise.all([
      dossiersOf(ports, [stored]),
      itemsOf(ports, [stored]),
    ]);
    return c.html(
      eventPage(
        stored,
        dossiers.get(stored.event.dossier) ?? { title: stored.event.dossier, jurisdiction: "INT" },
        items.get(stored.event.item) ?? null,
      ),
    );
  });
  app.get("/dossiers", pageTakes("jurisdiction", "cursor"), async (c) => {
    const parameters = pageParametersOf(c.req.url);
    const isAsked = readJurisdictions(parameters);
    const { rows, next } = await dossiersFrom(ports, parameters.get("cursor"), LISTED);
    const known = rows.filter(({ dossier }) => isAsked(dossier.jurisdiction));
    return c.html(
      dossierListPage(known, nextOf("/dossiers", parameters, next), ports.now(), readerFor(c)),
    );
  });
  app.get("/dossiers/:id", pageTakes(), async (c) => {
    const known = await findDossier(ports, c.req.param("id"));
    if (known === null) return c.notFound();
    const [moves, events] = await Promise.all([
      store.listMoves(known.dossier.id),
      store.listEvents(100, null, known.dossier.id),
    ]);
    const newest = [...moves].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, TITLED_MOVES);
    const items = await itemsById(ports, [
      ...newest.map(({ item }) => item),
      ...events.rows.map(({ event }) => event.item),
    ]);
    const { id, jurisdiction } = known.dossier;
    return c.html(
      dossierPage(
        {
          known,
          story: { moves, events: events.rows, items },
          sisters: ports.registry.filter(
            (other) => other.jurisdiction === jurisdiction && other.id !== id,
          ),
          address: `${ports.settings.publicUrl}/dossiers/${id}`,
          now: ports.now(),
        },
        readerFor(c),
      ),
    );
  });
  app.get("/feeds", pageTakes("cursor"), async (c) => {
    const cursor = pageParametersOf(c.req.url).get("cursor");
    const [figures, { rows, next }] = await Promise.all([
      figuresOf(ports),
      feedsFrom(ports, cursor, LISTED),
    ]);
    const worst = cursor === null ? figures.troubled.slice(0, LISTED) : [];
    const troubled = await store.loadFeeds(worst);
    return c.html(feedsPage({ figures, troubled, rows, next }, ports.now()));
  });
  app.get("/subscribe", pageTakes("dossier", "jurisdiction", "theme"), async (c) => {
    const { dossier, jurisdiction, theme } = readQuery(pageParametersOf(c.req.url));
    const listed = (await dossiersFrom(ports, null, LISTED)).rows.map((known) => known.dossier);
    const unlisted = dossier.filter((id) => !listed.some((known) => known.id === id));
    const found = await Promise.all(unlisted.map((id) => findDossier(ports, id)));
    const offered = [...listed, ...found.flatMap((known) => known?.dossier ?? [])];
    const wanted = { dossiers: dossier, jurisdictions: jurisdiction, themes: theme };
    return c.html(subscribePage(offered, wanted, readerFor(c)));
  });
  app.get("/about", pageTakes(), (c) => c.html(aboutPage(ports.settings.contactUrl, version)));
  app.get("/accuracy", pageTakes(), (c) =>
    accuracy === null ? c.notFound() : c.html(accuracyPage(accuracy)),
  );
  app.get("/privacy", pageTakes(), (c) => c.html(privacyPage(ports.settings.contactUrl)));
  return app;
}

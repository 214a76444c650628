// Archive, forms: any query as a feed to follow, with the filters of the API.
import { type Context, Hono } from "hono";
import { type Dossier, shortTitleOf } from "../../domain/dossier.ts";
import type { Ports } from "../../flows/ports.ts";
import { dossiersOf, eventsFrom, findDossier, itemsOf } from "../look-up.ts";
import { parametersOf } from "../parameters.ts";
import { readEventQuery, readQuery } from "../query.ts";
import { eventEntry, itemEntry } from "./entries.ts";
import {
  FEED_FORMS,
  FEED_TYPES,
  type FeedForm,
  type OutgoingEntry,
  writeFeed,
} from "./outgoing-feed.ts";
import { queryName } from "./query-name.ts";

/** Addresses that an answer names begin with PUBLIC_URL, whatever host was asked. */
function addressesOf(path: string, parameters: URLSearchParams, next: string | null) {
  const asked = new URLSearchParams(parameters);
  for (const [name, value] of parameters) if (value === "") asked.delete(name, value);
  const at = (query: URLSearchParams) => (query.size === 0 ? path : `${path}?${query}`);
  const onward = new URLSearchParams(asked);
  if (next !== null) onward.set("cursor", next);
  return { self: at(asked), next: next === null ? null : at(onward) };
}

async function dossiersById(
  ports: Ports,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, Dossier>> {
  const found = await Promise.all([...new Set(ids)].map((id) => findDossier(ports, id)));
  return new Map(
    found.flatMap((known) => (known === null ? [] : [[known.dossier.id as string, known.dossier]])),
  );
}

const answer = (c: Context, form: FeedForm, text: string): Response =>
  c.body(text, 200, { "content-type": `${FEED_TYPES[form]}; charset=utf-8` });

const ABOUT_ITEMS =
  "Items on access to encrypted messages, as backdoor-watch found them, with the words that made each one.";
const ABOUT_EVENTS =
  "Bills and demands for access to encrypted messages that came back, and what was taken back of that.";

async function itemFeed(ports: Ports, form: FeedForm, parameters: URLSearchParams) {
  const root = ports.settings.publicUrl;
  const query = readQuery(parameters);
  const { rows, next } = await ports.store.queryItems(query);
  const dossiers = await dossiersById(ports, [
    ...query.dossier,
    ...rows.flatMap(({ decision }) => decision?.dossier ?? []),
  ]);
  const entries: OutgoingEntry[] = await Promise.all(
    rows.map((item) => itemEntry(item, dossiers.get(item.decision?.dossier ?? "") ?? null, root)),
  );
  const name = queryName(query, new Map([...dossiers].map(([id, { title }]) => [id, title])));
  const page = new URLSearchParams(parameters);
  for (const position of ["limit", "cursor"]) page.delete(position);
  return writeFeed(form, {
    ...addressesOf(`${root}/feed.${form}`, parameters, next),
    title: `backdoor-watch: ${name === "" ? "all items" : name}`,
    description: ABOUT_ITEMS,
    home: addressesOf(`${root}/items`, page, null).self,
    since: ports.now().toISOString().replace(/T.*/, "T00:00:00.000Z"),
    entries,
  });
}

async function eventFeed(ports: Ports, form: FeedForm, parameters: URLSearchParams) {
  const root = ports.settings.publicUrl;
  const query = readEventQuery(parameters);
  const { rows, next } = await eventsFrom(ports, query);
  const [known, items, asked] = await Promise.all([
    dossiersOf(ports, rows),
    itemsOf(ports, rows),
    dossiersById(ports, query.dossier),
  ]);
  const entries = await Promise.all(
    rows.map((stored) =>
      eventEntry(
        stored,
        known.get(stored.event.dossier) ?? null,
        items.get(stored.event.item) ?? null,
        root,
      ),
    ),
  );
  const names = query.dossier.map((id) => shortTitleOf(asked.get(id)?.title ?? id));
  const [only] = query.dossier;
  const isOne = query.dossier.length === 1 && only !== undefined && asked.has(only);
  return writeFeed(form, {
    ...addressesOf(`${root}/events.${form}`, parameters, next),
    title: `backdoor-watch: ${names.length === 0 ? "what came back" : `what came back of ${names.join(" or ")}`}`,
    description: ABOUT_EVENTS,
    home: isOne ? `${root}/dossiers/${only}` : `${root}/`,
    since: ports.now().toISOString().replace(/T.*/, "T00:00:00.000Z"),
    entries,
  });
}

/** `/feed.*` of items, `/events.*` of what came back. */
export function feedRoutes(ports: Ports): Hono {
  const app = new Hono();
  for (const form of FEED_FORMS) {
    app.get(`/feed.${form}`, async (c) =>
      answer(c, form, await itemFeed(ports, form, parametersOf(c.req.url))),
    );
    app.get(`/events.${form}`, async (c) =>
      answer(c, form, await eventFeed(ports, form, parametersOf(c.req.url))),
    );
  }
  return app;
}

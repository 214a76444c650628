// Archive: the API's description (OpenAPI 3.1), made of the schemas that check its questions and name its answers.
import { z } from "zod";
import { DossierId, EventId, ItemId } from "../domain/ids.ts";
import * as answers from "./answers.ts";
import { FEED_FORMS, FEED_TYPES } from "./forms/outgoing-feed.ts";
import { FACETS, Relevant } from "./query.ts";

type Json = Readonly<Record<string, unknown>>;

/** What a route takes and gives. */
export interface ApiRoute {
  /** As OpenAPI spells it, with `{id}`. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly Json[];
  /** By media type: a named schema, or a text of that type. */
  readonly gives: Readonly<Record<string, keyof typeof answers | null>>;
  /** What it may answer besides 200. */
  readonly else: readonly number[];
}

/** Of one schema, without the mark of the dialect that the whole document has. */
function schemaOf(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { unrepresentable: "any" }) as Json;
  return rest;
}

const any = (name: string, schema: z.ZodType, description: string): Json => ({
  name,
  in: "query",
  description: `${description} Repeated: any of them.`,
  schema: { type: "array", items: schemaOf(schema) },
  style: "form",
  explode: true,
});
const once = (name: string, schema: z.ZodType, description: string): Json => ({
  name,
  in: "query",
  description,
  schema: schemaOf(schema),
});
const pathId = (schema: z.ZodType): Json => ({
  name: "id",
  in: "path",
  required: true,
  schema: schemaOf(schema),
});

const cursor = once("cursor", z.string(), "Where to go on: `next` of the answer before.");
const page = [once("limit", z.int().min(1).max(100), "How many; 25 unless told."), cursor];
const list = [once("limit", z.int().min(1).max(1_000), "How many; 1000 unless told."), cursor];
const When = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

const OF_ITEMS: readonly Json[] = [
  any("q", z.string().max(500), 'All words, "a phrase", -without.'),
  ...Object.entries(FACETS).map(([name, schema]) => any(name, schema, `By ${name}.`)),
  any("from", When, "Inclusive."),
  any("to", When, "Exclusive."),
  any("relevant", Relevant, "true unless told."),
  ...page,
];
const OF_EVENTS: readonly Json[] = [any("dossier", DossierId, "Of these dossiers."), ...page];

const JSON_TYPE = "application/json";

const get = (
  path: string,
  operationId: string,
  summary: string,
  parameters: readonly Json[],
  gives: ApiRoute["gives"],
  otherwise: readonly number[] = [400],
): ApiRoute => ({ path, operationId, summary, parameters, gives, else: otherwise });

const asFiles = (name: "items" | "events", parameters: readonly Json[]): ApiRoute[] =>
  (["csv", "jsonl"] as const).map((form) =>
    get(
      `/api/${name}.${form}`,
      `${name}${form === "csv" ? "Csv" : "JsonLines"}`,
      `All ${name} of a query, or a part with a Link to the next.`,
      parameters,
      { [form === "csv" ? "text/csv" : "application/jsonl"]: null },
    ),
  );

const asFeeds = (name: "feed" | "events", parameters: readonly Json[]): ApiRoute[] =>
  FEED_FORMS.map((form) =>
    get(
      `/${name}.${form}`,
      `${name}As${form.charAt(0).toUpperCase()}${form.slice(1)}`,
      name === "feed" ? "Items as a feed to follow." : "What came back as a feed to follow.",
      parameters,
      { [FEED_TYPES[form]]: null },
    ),
  );

/** Every address that gives data. */
export const API_ROUTES: readonly ApiRoute[] = [
  get("/api/items", "listItems", "A page of items, newest first.", OF_ITEMS, {
    [JSON_TYPE]: "Items",
  }),
  get("/api/items/{id}", "getItem", "One item.", [pathId(ItemId)], { [JSON_TYPE]: "Item" }, [404]),
  ...asFiles("items", OF_ITEMS),
  ...asFeeds("feed", OF_ITEMS),
  get("/api/events", "listEvents", "What came back, newest first.", OF_EVENTS, {
    [JSON_TYPE]: "Events",
  }),
  get(
    "/api/events/{id}",
    "getEvent",
    "One event.",
    [pathId(EventId)],
    { [JSON_TYPE]: "Event" },
    [404],
  ),
  ...asFiles("events", OF_EVENTS),
  ...asFeeds("events", OF_EVENTS),
  get(
    "/api/dossiers",
    "listDossiers",
    "Bills and demands that are followed.",
    [any("jurisdiction", FACETS.jurisdiction, "At home there."), ...list],
    { [JSON_TYPE]: "Dossiers" },
  ),
  get(
    "/api/dossiers/{id}",
    "getDossier",
    "One dossier with its moves and events.",
    [pathId(DossierId)],
    { [JSON_TYPE]: "DossierStory" },
    [404],
  ),
  get("/api/themes", "listThemes", "Themes and their arguments.", [], { [JSON_TYPE]: "Themes" }),
  get("/api/feeds", "listFeeds", "Feeds that are polled, each with its health.", list, {
    [JSON_TYPE]: "Feeds",
  }),
  get("/api/openapi.json", "describe", "This description.", [], { [JSON_TYPE]: null }),
  get(
    "/healthz",
    "health",
    "Whether the installation does its work.",
    [],
    {
      [JSON_TYPE]: "Health",
    },
    [400, 503],
  ),
];

const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

const REASONS: Readonly<Record<number, string>> = {
  400: "A parameter is not known, or its value is bad.",
  404: "There is no such thing.",
  429: "Asked too often; Retry-After says when again.",
  503: "Part of it does not work; the answer names it.",
};

function answersOf({ gives, else: otherwise }: ApiRoute): Json {
  const content = (name: string | null) => (name === null ? {} : { schema: reference(name) });
  const refused = [...otherwise, 429].map((status) => [
    status,
    {
      description: REASONS[status],
      content:
        status === 503
          ? { [JSON_TYPE]: { schema: reference("Health") } }
          : { "application/problem+json": { schema: reference("Problem") } },
    },
  ]);
  const given = Object.entries(gives).map(([type, name]) => [type, content(name)]);
  return {
    200: { description: "What was asked for.", content: Object.fromEntries(given) },
    ...Object.fromEntries(refused),
  };
}

/** @param publicUrl where the archive is, path and all */
export function describeApi(publicUrl: string, version: string): Json {
  const paths = API_ROUTES.map((route) => {
    const { path, operationId, summary, parameters } = route;
    return [path, { get: { operationId, summary, parameters, responses: answersOf(route) } }];
  });
  const schemas = Object.entries(answers).map(([name, schema]) => [name, schemaOf(schema)]);
  return {
    openapi: "3.1.0",
    info: {
      title: "backdoor-watch",
      version,
      description: "Demands for access to encrypted messages that come back, and all behind them.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: publicUrl }],
    paths: Object.fromEntries(paths),
    components: { schemas: Object.fromEntries(schemas) },
  };
}

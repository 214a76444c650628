import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { OpenAPIClientAxios } from "openapi-client-axios";
import { afterAll, beforeAll, expect, it } from "vitest";
import { serveWeb, type WebServer } from "../../functions/local/http.ts";
import { BACK_ID, FR_BILL, FR_EVENT, openArchive, type SeededArchive } from "./seed.ts";

let archive: SeededArchive;
let web: WebServer;
let document: Document;

interface Document {
  readonly servers: readonly { url: string }[];
  readonly paths: Readonly<
    Record<
      string,
      {
        get: {
          operationId: string;
          parameters: { name: string; in: string }[];
          responses: Record<string, { content: Record<string, { schema?: object }> }>;
        };
      }
    >
  >;
  readonly components: { schemas: Record<string, object> };
}

beforeAll(async () => {
  archive = await openArchive({ publicUrl: () => web.url });
  web = await serveWeb(archive.app, "127.0.0.1", 0);
  document = (await (await fetch(`${web.url}/api/openapi.json`)).json()) as Document;
});
afterAll(async () => {
  await web.close();
  await archive.close();
});

/** @returns what is wrong with a value by a schema of the description, or null */
function faultOf(schema: object, value: unknown): string | null {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (addFormats as unknown as (to: Ajv2020) => void)(ajv);
  const check = ajv.compile({ ...schema, components: document.components });
  return check(value) ? null : ajv.errorsText(check.errors);
}

const ids: Readonly<Record<string, string>> = {
  getItem: BACK_ID,
  getEvent: FR_EVENT.id,
  getDossier: FR_BILL.id,
};

it("is a valid OpenAPI 3.1 document, at the address that PUBLIC_URL says", async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(document) as never);

  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  expect(validator.version).toBe("3.1");
  expect(document.servers).toEqual([{ url: web.url }]);
});

it("leaves no address out that gives data", () => {
  const given = archive.app.routes
    .filter(
      ({ method, path }) =>
        method === "GET" && /^\/api\/|\.(?:rss|atom|json)$|^\/healthz/.test(path),
    )
    .map(({ path }) => path.replace(":id", "{id}"));

  expect(new Set(Object.keys(document.paths))).toEqual(new Set(given));
});

it("a client made of it gets from every address what it says", async () => {
  const api = new OpenAPIClientAxios({ definition: document as never });
  const client = await api.init();
  const faults: string[] = [];
  for (const [path, { get }] of Object.entries(document.paths)) {
    const call = (client as unknown as Record<string, (id?: object) => Promise<unknown>>)[
      get.operationId
    ];
    const id = ids[get.operationId];
    const answer = (await call?.(id === undefined ? undefined : { id })) as {
      status: number;
      headers: Record<string, string>;
      data: unknown;
    };
    const [[type = "", { schema = {} }] = ["", {}]] = Object.entries(
      get.responses["200"]?.content ?? {},
    );
    if (!answer.headers["content-type"]?.startsWith(type))
      faults.push(`${path}: ${answer.headers["content-type"]}`);
    const fault = faultOf(schema, answer.data);
    if (fault !== null) faults.push(`${path}: ${fault}`);
  }

  expect(faults).toEqual([]);
});

it("names every parameter that an address takes, and no other", async () => {
  for (const [path, { get }] of Object.entries(document.paths)) {
    if (path.includes("{")) continue;
    const answer = await archive.app.request(`${web.url}${path}?no-such=1`);
    const { detail, ...problem } = (await answer.json()) as { detail: string };
    const said = /This address takes (.*)\.$/.exec(detail)?.[1] ?? "";
    const taken = said === "none" ? [] : said.split(", ");

    expect(get.parameters.map(({ name }) => name).sort(), path).toEqual(
      taken.filter((name) => name !== "").sort(),
    );
    expect(faultOf({ $ref: "#/components/schemas/Problem" }, { detail, ...problem })).toBeNull();
  }
});

it("sees an answer that is not as described", () => {
  expect(faultOf({ $ref: "#/components/schemas/Items" }, { items: [{}], next: null })).toContain(
    "id",
  );
});

it("is a page for people too, which names every address", async () => {
  const page = await (await fetch(`${web.url}/api`)).text();

  for (const path of Object.keys(document.paths)) expect(page).toContain(path);
});

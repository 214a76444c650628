import type { APIGatewayProxyEventV2, APIGatewayProxyResult, Context } from "aws-lambda";
import { handle } from "hono/aws-lambda";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveWeb, type WebServer } from "../../functions/local/http.ts";
import { LocalSettings, OWN_SEGMENTS, readSettings } from "../../shared/settings.ts";
import { crawl } from "../servers/crawl.ts";
import { type PathProxy, pathProxy } from "../servers/path-proxy.ts";
import { openArchive, type SeededArchive } from "./seed.ts";

const PATH = "/watch/keys";
let archive: SeededArchive;
let web: WebServer;
let publicUrl = `https://example.org${PATH}`;

beforeAll(async () => {
  archive = await openArchive({ publicUrl: () => publicUrl, accuracy: "# Accuracy" });
  web = await serveWeb(archive.app, "127.0.0.1", 0);
});
afterAll(async () => {
  await web.close();
  await archive.close();
});

describe.each([
  { proxy: "takes the path off", strips: true },
  { proxy: "hands the path on", strips: false },
])("behind a proxy that $proxy", ({ strips }) => {
  let front: PathProxy;
  beforeAll(async () => {
    front = await pathProxy({ path: PATH, strips, to: () => web.url });
    publicUrl = front.url;
  });
  afterAll(() => front.close());

  it("every address that a page names stays below the path and answers", async () => {
    publicUrl = front.url;
    // The archive's clock stands still here, and a client's allowance with it: each page is asked for by another one.
    let client = 0;
    const { read, dead } = await crawl(front.url, (url) => {
      client += 1;
      return fetch(url, { headers: { "x-forwarded-for": `203.0.113.${client % 250}` } });
    });

    expect(dead).toEqual([]);
    expect(read.size).toBeGreaterThan(20);
    expect([...read].filter((url) => !url.startsWith(`${front.url}/`))).toEqual([]);
  });

  it("an address without a slash at its end is the first page, and the API's answers are the same", async () => {
    const [bare, slash] = await Promise.all([fetch(front.url), fetch(`${front.url}/`)]);
    const direct = await (await fetch(`${web.url}/api/items`)).text();

    expect(await bare.text()).toBe(await slash.text());
    expect(await (await fetch(`${front.url}/api/items`)).text()).toBe(direct);
  });

  it("what is not there says so in a page whose links work", async () => {
    const answer = await fetch(`${front.url}/nowhere`);
    const page = await answer.text();

    expect(answer.status).toBe(404);
    expect(page).toContain(`href="${PATH}/style.css"`);
    expect(page).toContain(`href="${PATH}/"`);
  });
});

it("says nothing for the rest of a host that has other pages, and what it says for its own", async () => {
  const below = await archive.app.request(`${PATH}/about`);

  expect(below.headers.get("strict-transport-security")).toBeNull();
  expect(below.headers.get("content-security-policy")).toContain("default-src 'none'");
});

it("is found by a proxy that leaves the slash of the path behind", async () => {
  expect((await archive.app.request("http://x//items")).status).toBe(200);
});

it("is found behind API Gateway, which hands on the path of its mapping", async () => {
  const serve = handle(archive.app) as (
    event: APIGatewayProxyEventV2,
    context: Context,
  ) => Promise<APIGatewayProxyResult>;
  const event = {
    version: "2.0",
    rawPath: `${PATH}/dossiers`,
    rawQueryString: "",
    headers: { host: "example.org" },
    requestContext: { http: { method: "GET" }, domainName: "example.org" },
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;

  const answer = await serve(event, {} as Context);

  expect(answer.statusCode).toBe(200);
  expect(answer.body).toContain(`href="${PATH}/items"`);
});

it("text of a feed that looks like a link stays as it was written", async () => {
  const page = await (await archive.app.request("/items?q=%22%3Ca+href=%22/x%22%3E")).text();

  expect(page).not.toContain(`${PATH}/x`);
});

describe("what PUBLIC_URL may be", () => {
  const read = (url: string) => readSettings(LocalSettings, { PUBLIC_URL: url }).PUBLIC_URL;

  it.each([
    ["https://example.org", "https://example.org"],
    ["https://example.org/", "https://example.org"],
    ["https://example.org:443/watch//", "https://example.org/watch"],
    ["http://localhost:8080//a//b", "http://localhost:8080/a/b"],
    ["https://EXAMPLE.org/Watch", "https://example.org/Watch"],
  ])("%s", (given, meant) => {
    expect(read(given)).toBe(meant);
  });

  it.each([
    ["https://example.org/watch?a=1"],
    ["https://example.org/#watch"],
    ["https://me:secret@example.org/"],
    ["https://example.org/a%22b"],
    ["https://example.org/items"],
    ["https://example.org/feeds/x"],
    ["ftp://example.org/"],
    ["example.org"],
  ])("%s is refused by name, before anything starts", (given) => {
    expect(() => read(given)).toThrow(/PUBLIC_URL: /);
  });

  it("no route of the archive is missing among the names that a path may not begin with", () => {
    const named = archive.app.routes.flatMap(({ path }) => path.split("/")[1] ?? "");
    const missing = named.filter(
      (first) => !/^(?:\*?|:.*)$/.test(first) && !OWN_SEGMENTS.has(first),
    );

    expect([...new Set(missing)]).toEqual([]);
  });
});

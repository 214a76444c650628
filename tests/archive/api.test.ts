import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BACK_ID, FR_BILL, FR_EVENT, NOISE_ID, openArchive, type SeededArchive } from "./seed.ts";

let archive: SeededArchive;
beforeAll(async () => {
  archive = await openArchive({ mailbox: true });
});
afterAll(() => archive.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  archive.app.request(path, { headers: { host: "127.0.0.1:8080", ...headers } });

async function titles(query: string): Promise<string[]> {
  const answer = await get(`/api/items?${query}`);
  expect(answer.status).toBe(200);
  const { items } = (await answer.json()) as { items: { title: string }[] };
  return items.map(({ title }) => title);
}

describe("a filter finds what it names and nothing else", () => {
  it.each([
    ["theme=french-politics", 1],
    ["theme=", 6],
    [
      "q=&theme=&argument=&dossier=&jurisdiction=&stage=&language=&kind=&from=&to=&relevant=&limit=&cursor=",
      6,
    ],
    ["jurisdiction=SE", 1],
    ["jurisdiction=SE&jurisdiction=FR", 6],
    ["kind=press", 1],
    ["dossier=fr-test-bill", 1],
    ["relevant=false", 1],
    ["relevant=any", 7],
    ["q=clause+messageries", 1],
    ['q="clause d’accès"', 1],
    ["q=clause+-messageries", 0],
    ["from=2025-10-14&to=2025-10-15", 1],
    ["from=2025-10-14T10:00:00Z", 5],
    ["to=2025-10-14T10:00:00Z", 1],
    ["from=2025-10-14T12:00:00%2B02:00&to=2025-10-15", 1],
    ["limit=2", 2],
    ["q=clause&q=nosuchword", 1],
    ["q=nosuchword&q=&q=clause", 1],
    ["q=nosuchword&q=nothereeither", 0],
    ["q=clause&q=clause", 1],
    ["q=clause&q=-clause", 6],
    ["relevant=true&relevant=false", 7],
    ["relevant=false&relevant=false", 1],
    ["from=2025-10-14T10:00:00Z&from=2020-01-01", 6],
    ["to=2025-10-14T10:00:00Z&to=2030-01-01", 6],
  ])("%s", async (query, count) => {
    expect(await titles(query)).toHaveLength(count);
  });
});

describe("a question that cannot be answered as it stands names what is wrong with it", () => {
  it.each([
    ["colour=red", "colour"],
    ["__proto__=1", "__proto__"],
    ["theme=french", "theme"],
    ["argument=x", "argument"],
    ["dossier=NO%20ID", "dossier"],
    ["jurisdiction=fr", "jurisdiction"],
    ["stage=voted", "stage"],
    ["language=--", "language"],
    ["kind=blog", "kind"],
    ["from=yesterday", "from"],
    ["to=2025-02-30", "to"],
    ["relevant=yes", "relevant"],
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["limit=1e1", "limit"],
    ["limit=5&limit=6", "limit"],
    ["language=xx-invalid-tag", "language"],
    ["language=en_US", "language"],
    [`${"q=a&".repeat(11)}`, "q"],
    ["cursor=abc", "cursor"],
    [`q=${"a".repeat(9_000)}`, "q"],
    [`q=${"a+".repeat(60)}`, "q"],
  ])("%s", async (query, parameter) => {
    const answer = await get(`/api/items?${query}`);

    expect(answer.status).toBe(400);
    expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    const problem = (await answer.json()) as { detail: string };
    expect(problem).toMatchObject({ status: 400, parameter });
    expect(problem.detail).toMatch(/^[“A-Z].*\.$/);
    expect(problem.detail).not.toMatch(/Invalid|expected/);
  });
});

describe("a parameter that an address does not take is refused by name, not passed over", () => {
  /** Links in mail act whatever a mail program adds to them; a stylesheet's address may carry a version. */
  const EXEMPT = ["/confirm", "/unsubscribe", "/preferences", "/operator", "/style.css"];
  const paths = async () => {
    const routes = archive.app.routes.filter(({ method }) => method === "GET");
    return [...new Set(routes.map(({ path }) => path))]
      .filter((path) => !EXEMPT.includes(path))
      .map((path) => path.replace(/:file\{.*\}/, "2026-03-01.json").replace(":id", BACK_ID));
  };

  it("on every route that there is", async () => {
    const asked = await paths();
    const kept: string[] = [];
    for (const path of asked) {
      const answer = await get(`${path}?nosuch=1`, { accept: "application/json" });
      const { parameter } = (await answer.json()) as { parameter?: string };
      if (answer.status !== 400 || parameter !== "nosuch") kept.push(path);
    }

    expect(asked.length).toBeGreaterThan(20);
    expect(kept).toEqual([]);
  });

  it("and a page says so in a sentence, while marks of clicks are passed over", async () => {
    const refused = await get("/items?theme=x");
    const marked = await get("/items?utm_source=a&fbclid=b&q=clause");
    const page = await refused.text();

    expect(refused.status).toBe(400);
    expect(page).toContain("There is no theme “x”. There are french-politics, technical-debate");
    expect(page).not.toContain("Invalid");
    expect(marked.status).toBe(200);
    expect(await marked.text()).not.toContain("fbclid");
  });
});

it("lists the dossiers of the jurisdictions that are asked for, as data and as a page", async () => {
  const homes = async (query: string) => {
    const answer = await get(`/api/dossiers?${query}`);
    const { dossiers } = (await answer.json()) as { dossiers: { jurisdiction: string }[] };
    return dossiers.map(({ jurisdiction }) => jurisdiction).sort();
  };
  const page = await (await get("/dossiers?jurisdiction=SE")).text();

  expect(await homes("")).toEqual(["FR", "SE"]);
  expect(await homes("jurisdiction=FR")).toEqual(["FR"]);
  expect(await homes("jurisdiction=FR&jurisdiction=SE")).toEqual(["FR", "SE"]);
  expect(await homes("jurisdiction=DE")).toEqual([]);
  expect((await get("/api/dossiers?jurisdiction=France")).status).toBe(400);
  expect(page).not.toContain("/dossiers/fr-test-bill");
});

it("pages through everything once, and takes no cursor of another question", async () => {
  const seen: string[] = [];
  let cursor = "";
  for (;;) {
    const answer = await get(`/api/items?limit=2&cursor=${cursor}`);
    const page = (await answer.json()) as { items: { id: string }[]; next: string | null };
    seen.push(...page.items.map(({ id }) => id));
    if (page.next === null) break;
    cursor = page.next;
  }

  expect(new Set(seen).size).toBe(6);
  expect(seen).toHaveLength(6);
  for (const path of [`/api/items?kind=press&cursor=${cursor}`, `/api/events?cursor=${cursor}`])
    expect((await get(path)).status).toBe(400);
});

it("says of an item what classify prints, and where it came from", async () => {
  const item = (await (await get(`/api/items/${BACK_ID}`)).json()) as Record<string, unknown>;

  const contract =
    "id relevant score themes arguments legislation stage jurisdiction language dossier model title summary url published firstSeen feed revision sources";
  expect(Object.keys(item)).toEqual(expect.arrayContaining(contract.split(" ")));
  expect(item).toMatchObject({ id: BACK_ID, dossier: FR_BILL.id, revision: 1, relevant: true });
});

it("keeps an irrelevant item readable, with no theme and the words against it", async () => {
  const item = await (await get(`/api/items/${NOISE_ID}`)).json();

  expect(item).toMatchObject({ relevant: false, themes: [], stage: "none" });
});

it("gives an event's keys as the contract has them, and the dossier's moves and events", async () => {
  const { events } = (await (await get("/api/events")).json()) as { events: { id: string }[] };
  const dossier = await (await get(`/api/dossiers/${FR_BILL.id}`)).json();

  expect(events).toHaveLength(2);
  expect(events[0]).toMatchObject(FR_EVENT);
  expect(dossier).toMatchObject({ id: FR_BILL.id, events: [{ id: FR_EVENT.id }] });
});

it("answers every route with a policy that runs nothing and frames nothing, errors too", async () => {
  const paths = [
    "/",
    "/items",
    "/items?colour=red",
    "/nowhere",
    "/api/nowhere",
    "/api/items?limit=x",
  ];
  for (const path of [...paths, "/api/feeds", "/api/themes", "/healthz", "/style.css", "/feeds"]) {
    const { headers } = await get(path);
    expect(headers.get("content-security-policy"), path).toMatch(
      /^default-src 'none';.*frame-ancestors 'none'/,
    );
    expect(headers.get("content-security-policy"), path).not.toContain("unsafe");
    expect(headers.get("x-content-type-options"), path).toBe("nosniff");
    expect(headers.get("referrer-policy"), path).toBe("no-referrer");
  }
});

it("tells nothing of the inside when the store fails, to programs or people", async () => {
  const broken = await openArchive();
  await broken.close();

  for (const path of ["/api/items", "/", "/api/events", "/dossiers"]) {
    const answer = await broken.app.request(path);
    expect(answer.status, path).toBe(500);
    expect(await answer.text()).not.toMatch(/ECONN|127\.0\.0\.1|at .*\.ts|dynamo/i);
  }
  const health = await broken.app.request("/healthz");
  expect(health.status).toBe(503);
  expect(await health.json()).toMatchObject({ ok: false, parts: { store: { ok: false } } });
});

it("names the part that fell silent", async () => {
  const quiet = await openArchive();
  await quiet.store.beat("digests", new Date("2025-10-20T09:00:00Z"), {});

  const answer = await quiet.app.request("/healthz");

  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({
    parts: { store: { ok: true }, digests: { ok: false } },
  });
  await quiet.close();
});

it.each([
  [{ "sec-fetch-site": "cross-site" }, 403],
  [{ "sec-fetch-site": "same-site" }, 403],
  [{ origin: "https://evil.example" }, 403],
])("refuses a form that another site sends: %o", async (headers, status) => {
  const answer = await archive.app.request("/subscribe", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: "email=a%40example.org",
  });

  expect(answer.status).toBe(status);
});

it.each([
  [{}, 200],
  [{ host: "[::1]:8080" }, 200],
  [{ host: "evil.example" }, 404],
  [{ host: "127.0.0.1.evil.example" }, 404],
  [{ forwarded: "for=1.2.3.4" }, 404],
  [{ "x-forwarded-for": "127.0.0.1" }, 404],
  [{ "x-forwarded-anything": "" }, 404],
])("shows the mailbox to this machine alone: %o", async (headers, status) => {
  for (const path of ["/mailbox", `/mailbox/${"a".repeat(32)}`, `/mailbox/${"a".repeat(32)}/html`])
    expect((await get(path, headers)).status).toBe(status);
});

describe("a fact of the registry that names no source says so, instead of seeming to have one", () => {
  it.each([
    ["en-GB", "from memory"],
    ["fr", "de mémoire"],
    ["de-AT,de;q=0.9", "aus dem Gedächtnis"],
    ["sv", "from memory"],
  ])("on its dossier's page, to a browser that asks for %s", async (language, words) => {
    const page = await (
      await get("/dossiers/se-test-bill", { "accept-language": language })
    ).text();

    expect(page).toContain(`(${words})`);
    expect(await (await get(`/dossiers/${FR_BILL.id}`)).text()).toContain(">source</a>");
  });

  it("as data, in all three languages", async () => {
    const { history } = (await (await get("/api/dossiers/se-test-bill")).json()) as {
      history: object[];
    };

    expect(history[0]).toMatchObject({
      source: null,
      sourceNote: { en: "from memory", fr: "de mémoire", de: "aus dem Gedächtnis" },
    });
  });
});

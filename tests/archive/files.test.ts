import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveWeb } from "../../functions/local/http.ts";
import { safeText } from "../../shared/archive/forms/csv.ts";
import { HOSTILE, openHostile, ROOT } from "./hostile.ts";
import { FR_BILL, openArchive, SE_BILL } from "./seed.ts";

let archive: Awaited<ReturnType<typeof openHostile>>;
const app = (mostBytes?: number) => archive.app(mostBytes);

beforeAll(async () => {
  archive = await openHostile();
});
afterAll(() => archive.close());

const textOf = async (path: string, mostBytes?: number) =>
  (await app(mostBytes).request(`https://other.example/keys${path}`)).text();
const rowsOf = (csv: string): Record<string, string>[] => parse(csv, { columns: true });
const linesOf = (jsonl: string): Record<string, unknown>[] =>
  jsonl
    .trimEnd()
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .map((line) => JSON.parse(line));

/** As docs/api.md tells readers of the file. */
const readBack = (cell: string): string =>
  safeText(cell.slice(1)) === cell ? cell.slice(1) : cell;
/** What no file can hold. */
const writable = (text: string): string =>
  text.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "\ufffd");

describe("a spreadsheet of the archive", () => {
  it("holds every item once, with its text as it was, whatever the text", async () => {
    const rows = rowsOf(await textOf("/api/items.csv"));

    expect(HOSTILE.length).toBeGreaterThan(200);
    expect(rows.map(({ summary = "" }) => readBack(summary)).reverse()).toEqual(
      HOSTILE.map(writable),
    );
  });

  it("runs no formula: no cell begins with what a spreadsheet program takes for one", async () => {
    const cells = rowsOf(await textOf("/api/items.csv")).flatMap((row) => Object.values(row));

    expect(cells.filter((cell) => /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(cell))).toEqual([]);
    expect(cells.join("")).not.toContain("\0");
  });

  it("links to its pages by PUBLIC_URL, path and all, whatever host was asked", async () => {
    const [row] = rowsOf(await textOf("/api/items.csv?limit=1"));

    expect(row?.["page"]).toBe(`${ROOT}/items/${row?.["id"]}`);
  });

  it.each([
    ["=1", "'=1"],
    ["+33 1", "'+33 1"],
    ["-x", "'-x"],
    ["@x", "'@x"],
    ["\t=1", "'\t=1"],
    ["\r=1", "'\r=1"],
    ["  =1", "'  =1"],
    ["\0=1", "'=1"],
    ["'=1", "''=1"],
    ["\u200b=1", "'\u200b=1"],
    ["'tis", "'tis"],
    ["a=1", "a=1"],
    ["", ""],
  ])("%j is written %j", (text, cell) => {
    expect(safeText(text)).toBe(cell);
  });
});

it("JSON Lines hold what the API's pages hold, and a line is a line to every reader", async () => {
  const lines = linesOf(await textOf("/api/items.jsonl"));
  const page = JSON.parse(await textOf("/api/items?limit=100"));

  expect(lines).toHaveLength(HOSTILE.length);
  expect(lines.slice(0, 100)).toEqual(page.items);
});

it("a question is answered by the same filters, and refused in the same words, in every form", async () => {
  for (const form of ["csv", "jsonl"]) {
    for (const query of ["colour=red", "theme=x", "from=yesterday", "limit=0", "cursor=abc"]) {
      const [file, list] = await Promise.all(
        [`/api/items.${form}?${query}`, `/api/items?${query}`].map((path) => textOf(path)),
      );
      expect(file).toBe(list);
      expect(JSON.parse(file ?? "")).toMatchObject({ status: 400, parameter: query.split("=")[0] });
    }
    expect(await textOf(`/api/items.${form}?jurisdiction=SE`)).not.toContain("example.org");
    expect(await textOf(`/api/items.${form}?jurisdiction=SE&jurisdiction=FR`)).toBe(
      await textOf(`/api/items.${form}`),
    );
  }
});

describe("a file as long as the archive", () => {
  it("is read from the store as its reader takes it, not before", async () => {
    archive.state.reads = 0;
    const answer = await app().request(`${ROOT}/api/items.jsonl`);
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    const atFirst = archive.state.reads;
    await reader.read();
    const atSecond = archive.state.reads;
    await reader.cancel();

    expect([atFirst, atSecond]).toEqual([1, 2]);
    expect(HOSTILE.length).toBeGreaterThan(200);
  });

  it("breaks off where the store fails: a part is never taken for the whole", async () => {
    const web = await serveWeb(app(), "127.0.0.1", 0);
    const answer = await app().request(`${ROOT}/api/items.csv`);
    archive.state.fails = true;
    const read = answer.text();
    await expect(read).rejects.toThrow();
    expect(archive.logged).toEqual([
      expect.objectContaining({ step: "web", path: "/api/items.csv" }),
    ]);
    expect((await fetch(`${web.url}/api/items.csv`)).status).toBe(500);
    archive.state.fails = false;
    await web.close();
  });

  it.each([
    { why: "a limit is asked for", query: "?limit=60", mostBytes: undefined, rows: HOSTILE.length },
    {
      why: "answers may not be larger than some size",
      query: "",
      mostBytes: 20_000,
      rows: HOSTILE.length,
    },
    {
      why: "not even one row is that small",
      query: "?to=2025-10-01T00:05:00Z",
      mostBytes: 100,
      rows: 5,
    },
  ])(
    "comes in parts with the address of the next where $why",
    async ({ query, mostBytes, rows }) => {
      const seen: string[] = [];
      let parts = 0;
      for (let url: string | undefined = `${ROOT}/api/items.jsonl${query}`; url !== undefined; ) {
        const answer = await app(mostBytes).request(url);
        const text = await answer.text();
        expect(answer.headers.get("content-disposition")).toContain("items-part.jsonl");
        expect(Buffer.byteLength(text)).toBeLessThan(Math.max(mostBytes ?? 0, 100_000));
        seen.push(...linesOf(text).map(({ id }) => String(id)));
        parts += 1;
        url = /^<(.+)>; rel="next"$/.exec(answer.headers.get("link") ?? "")?.[1];
      }

      expect(parts).toBeGreaterThan(2);
      expect(seen).toHaveLength(rows);
      expect(new Set(seen).size).toBe(rows);
    },
  );
});

it("a page that is more than an answer may be has fewer items, and its cursor goes on with the others", async () => {
  const seen: string[] = [];
  let next: string | null = "";
  while (next !== null) {
    const text: string = await textOf(`/api/items?limit=100&cursor=${next}`, 30_000);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(30_000);
    const page = JSON.parse(text) as { items: { id: string }[]; next: string | null };
    seen.push(...page.items.map(({ id }) => id));
    next = page.next;
  }

  expect([seen.length, new Set(seen).size]).toEqual([HOSTILE.length, HOSTILE.length]);
});

describe("events of some dossiers", () => {
  it.each([
    ["", [FR_BILL.id, SE_BILL.id]],
    [`dossier=${FR_BILL.id}`, [FR_BILL.id]],
    [`dossier=${SE_BILL.id}&dossier=${FR_BILL.id}&dossier=${SE_BILL.id}`, [FR_BILL.id, SE_BILL.id]],
    ["dossier=none-such", []],
  ])("%s", async (query, dossiers) => {
    const { app: seeded, close } = await openArchive();
    const get = async (path: string) => (await seeded.request(path)).text();
    const list = JSON.parse(await get(`/api/events?${query}`)).events;
    const csv = rowsOf(await get(`/api/events.csv?${query}`));
    const first = JSON.parse(await get(`/api/events?limit=1&${query}`));
    const rest =
      first.next === null
        ? { events: [] }
        : JSON.parse(await get(`/api/events?limit=1&${query}&cursor=${first.next}`));

    expect(list.map(({ dossier }: { dossier: string }) => dossier)).toEqual(dossiers);
    expect(csv.map(({ dossier }) => dossier)).toEqual(dossiers);
    expect(csv.every(({ id, page }) => page?.endsWith(`/events/${id}`))).toBe(true);
    expect([...first.events, ...rest.events]).toEqual(list);
    if (list.length > 0) expect(linesOf(await get(`/api/events.jsonl?${query}`))).toEqual(list);
    await close();
  });
});

describe("data may be read from anywhere, and is sent once", () => {
  it.each(["/api/items", "/api/items.csv", "/api/events", "/api/themes", "/api/items?x=1"])(
    "%s is open to the pages of other sites, errors too",
    async (path) => {
      const answer = await app().request(ROOT + path, { headers: { origin: "https://a.example" } });

      expect(answer.headers.get("access-control-allow-origin")).toBe("*");
      expect(answer.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    },
  );

  it("pages and forms are not", async () => {
    for (const path of ["/items", "/subscribe", "/"]) {
      const { headers } = await app().request(ROOT + path);
      expect(headers.get("access-control-allow-origin"), path).toBeNull();
      expect(headers.get("cross-origin-resource-policy"), path).toBe("same-origin");
    }
  });

  it("a browser that asks first is told that it may read", async () => {
    const { status, headers } = await app().request(`${ROOT}/api/items`, {
      method: "OPTIONS",
      headers: { origin: "https://a.example", "access-control-request-headers": "if-none-match" },
    });

    expect(status).toBe(204);
    expect(headers.get("access-control-allow-headers")).toContain("if-none-match");
  });

  it("who has it already is told so, and HEAD tells of it without it", async () => {
    const first = await app().request(`${ROOT}/api/items`);
    const tag = first.headers.get("etag") ?? "";
    const again = await app().request(`${ROOT}/api/items`, { headers: { "if-none-match": tag } });
    const head = await app().request(`${ROOT}/api/items`, { method: "HEAD" });
    const file = await app().request(`${ROOT}/api/items.csv`, { method: "HEAD" });

    expect(tag).toMatch(/^".+"$/);
    expect(first.headers.get("cache-control")).toBe("public, max-age=60");
    expect([again.status, await again.text()]).toEqual([304, ""]);
    expect(again.headers.get("access-control-allow-origin")).toBe("*");
    expect([head.status, head.headers.get("etag"), await head.text()]).toEqual([200, tag, ""]);
    expect([file.status, await file.text()]).toEqual([200, ""]);
  });
});

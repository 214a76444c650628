import { readFileSync } from "node:fs";
import { Parser } from "htmlparser2";
import { afterAll, beforeAll, expect, it } from "vitest";
import { crawl } from "../servers/crawl.ts";
import { openArchive, type SeededArchive } from "./seed.ts";

const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const HOME = "http://127.0.0.1:8080";
let archive: SeededArchive;
beforeAll(async () => {
  const accuracy = readFileSync(new URL("../../docs/accuracy.md", import.meta.url), "utf8");
  archive = await openArchive({ mailbox: true, accuracy, publicUrl: () => HOME });
});
afterAll(() => archive.close());

it("no page of the archive names an address of its own that leads nowhere", async () => {
  const { read, dead } = await crawl(HOME, async (url) =>
    archive.app.request(url, { headers: { host: "127.0.0.1:8080" } }),
  );

  expect(dead).toEqual([]);
  const reached = [...read].map((url) => new URL(url).pathname.split("/")[1]);
  expect(reached).toEqual(
    expect.arrayContaining(["items", "dossiers", "events", "accuracy", "mailbox", "api"]),
  );
});

it("marks of direction in a feed's text turn nothing of ours around: they are in isolates, and in no title", async () => {
  const loose: string[] = [];
  let isolated = 0;
  await crawl(HOME, async (url) => {
    const answer = await archive.app.request(url, { headers: { host: "127.0.0.1:8080" } });
    if (!(answer.headers.get("content-type") ?? "").startsWith("text/html")) return answer;
    let depth = 0;
    const parser = new Parser({
      onopentag: (name, attributes) => {
        if (name === "bdi") depth += 1;
        const { href: _, ...shown } = attributes;
        if (TURNS.test(Object.values(shown).join())) loose.push(`${url}: attribute of ${name}`);
      },
      onclosetag: (name) => {
        if (name === "bdi") depth -= 1;
      },
      ontext: (text) => {
        if (!TURNS.test(text)) return;
        if (depth > 0) isolated += 1;
        else loose.push(`${url}: ${text}`);
      },
    });
    parser.end(await answer.clone().text());
    return answer;
  });

  expect(loose).toEqual([]);
  expect(isolated).toBeGreaterThan(10);
});

it("the crawler sees a page that is not there, and a place that its page does not have", async () => {
  const pages: Record<string, string> = {
    "/": '<a href="/gone">a</a><a href="#here">b</a><a href="/b#there">c</a><p id="here">',
    "/b": '<form method="post" action="/act"></form><a href="https://example.org/">d</a>',
  };
  const { dead, outside } = await crawl(HOME, async (url) => {
    const page = pages[new URL(url).pathname];
    const headers = { "content-type": "text/html" };
    return new Response(page ?? "", { status: page === undefined ? 404 : 200, headers });
  });

  expect(dead).toEqual([
    `${HOME}/gone (404), named by ${HOME}/`,
    `${HOME}/b#there (no such place), named by ${HOME}/`,
  ]);
  expect([...outside]).toEqual(["https://example.org/"]);
});

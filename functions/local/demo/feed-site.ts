// The sample feeds as a web site on loopback: a port each, in as many formats, showing what the demo's clock has reached.
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { FeedDefinition } from "../../../shared/domain/feed.ts";
import { FORMATS, renderFeed } from "./render-feed.ts";

const SampleFeed = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.string(),
  jurisdiction: z.string(),
  language: z.string(),
  format: z.enum(FORMATS),
  /** From and to: the days on which the site answers with a web page instead of its feed. */
  outage: z.tuple([z.iso.date(), z.iso.date()]).optional(),
});
export type SampleFeed = z.infer<typeof SampleFeed>;

const SampleItem = z.object({
  feed: z.string(),
  at: z.iso.datetime(),
  title: z.string(),
  summary: z.string(),
  stage: z.string().optional(),
  guid: z.string().optional(),
});
export type SampleItem = z.infer<typeof SampleItem>;

export interface FeedSite {
  readonly definitions: readonly FeedDefinition[];
  close(): Promise<void>;
}

/** Feeds show their newest entries and forget the rest, as real ones do. */
const WINDOW = 10;

const HTML = { "content-type": "text/html; charset=utf-8" } as const;

async function load() {
  const feeds = z
    .array(SampleFeed)
    .parse(JSON.parse(await readFile(new URL("./feeds.json", import.meta.url), "utf8")));
  const story = await readFile(new URL("./story.jsonl", import.meta.url), "utf8");
  const items = story
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => SampleItem.parse(JSON.parse(line)));
  return { feeds, items };
}

/** What one feed shows at an instant: of entries under one guid only the newest, as a list of bills does. */
function shownAt(items: readonly SampleItem[], now: Date): SampleItem[] {
  const due = items.filter((item) => Date.parse(item.at) <= now.getTime());
  const newest = new Map(due.map((item) => [item.guid ?? item.title, item]));
  return [...newest.values()].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, WINDOW);
}

const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function articlePage(feed: SampleFeed, item: SampleItem): string {
  return `<!doctype html><html lang="${feed.language}"><meta charset="utf-8"><title>${escapeHtml(item.title)}</title><p>${escapeHtml(feed.title)}, ${item.at.slice(0, 10)}<h1>${escapeHtml(item.title)}</h1><p>${escapeHtml(item.summary)}<p><em>A sample, written for the demo.</em>`;
}

function answer(
  feed: SampleFeed,
  items: readonly SampleItem[],
  now: Date,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const origin = `http://${request.headers.host}`;
  const path = new URL(request.url ?? "/", origin).pathname;
  const article = items[Number(path.slice("/article/".length))];
  if (path.startsWith("/article/") && article !== undefined) {
    response.writeHead(200, HTML).end(articlePage(feed, article));
    return;
  }
  const day = now.toISOString().slice(0, 10);
  if (feed.outage !== undefined && day >= feed.outage[0] && day < feed.outage[1]) {
    response
      .writeHead(200, HTML)
      .end("<!doctype html><title>Back soon</title><h1>We are moving house</h1>");
    return;
  }
  const linkOf = (item: SampleItem) => `${origin}/article/${items.indexOf(item)}`;
  const { body, type } = renderFeed(feed, shownAt(items, now), linkOf);
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 16)}"`;
  if (request.headers["if-none-match"] === etag) response.writeHead(304, { etag }).end();
  else response.writeHead(200, { "content-type": type, etag }).end(body);
}

/** @param now the demo's clock */
export async function serveFeedSite(now: () => Date): Promise<FeedSite> {
  const { feeds, items } = await load();
  const servers: Server[] = [];
  const definitions: FeedDefinition[] = [];
  for (const feed of feeds) {
    const own = items.filter((item) => item.feed === feed.id);
    const server = createServer((request, response) => answer(feed, own, now(), request, response));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    servers.push(server);
    definitions.push(FeedDefinition.parse({ ...feed, url: `http://127.0.0.1:${port}/feed` }));
  }
  return {
    definitions,
    async close() {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

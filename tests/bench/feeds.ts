// Bench: items per second and CPU per poll, beside rss-parser alone and a bare fetch.
import { pathToFileURL } from "node:url";
import RssParser from "rss-parser";
import { createFetcher } from "../../shared/feeds/fetch-feed.ts";
import { parseFeedDocument } from "../../shared/feeds/parse-feed.ts";
import { honest, rssOf, sampleItems, startFeedServer } from "../servers/feed-server.ts";

export interface BenchLine {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly bar?: string;
}

const ITEMS = 50;
const ROUNDS = 60;
const POLLS = 300;

/** A document like a parliament's: 50 items with a page of HTML each. */
function sampleDocument(): string {
  const html = "<p>The committee <b>heard</b> evidence on messages &amp; keys.</p>".repeat(20);
  return rssOf(sampleItems(ITEMS, "bench").map((item) => ({ ...item, description: html })));
}

async function itemsPerSecond(read: () => Promise<number>): Promise<number> {
  for (let warm = 0; warm < 5; warm += 1) await read();
  const begun = performance.now();
  let items = 0;
  for (let round = 0; round < ROUNDS; round += 1) items += await read();
  return (items / (performance.now() - begun)) * 1000;
}

async function cpuPerPoll(poll: () => Promise<unknown>): Promise<number> {
  for (let warm = 0; warm < 20; warm += 1) await poll();
  const before = process.cpuUsage();
  for (let count = 0; count < POLLS; count += 1) await poll();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / POLLS;
}

/** The longest document there is, each date with a zone of the zone database, before anything is warm. */
async function cpuOfRegions(): Promise<number> {
  const day = (index: number): string =>
    `Tue, 03 Feb 2026 ${new Date(index * 1000).toISOString().slice(11, 19)} America/New_York`;
  const items = Array.from(
    { length: 2_000 },
    (_, index) => `<item><title>t${index}</title>
<link>https://feeds.example/${index}</link><pubDate>${day(index)}</pubDate></item>`,
  );
  const body = new TextEncoder().encode(
    `<rss version="2.0"><channel>${items.join("")}</channel></rss>`,
  );
  const before = process.cpuUsage();
  await parseFeedDocument(body, null, "https://feeds.example/");
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

export async function benchFeeds(): Promise<BenchLine[]> {
  const regions = await cpuOfRegions();
  const text = sampleDocument();
  const body = new TextEncoder().encode(text);
  const ours = await itemsPerSecond(async () => {
    const outcome = await parseFeedDocument(body, null, "https://feeds.example/");
    return outcome.kind === "parsed" ? outcome.feed.items.length : 0;
  });
  const parser = new RssParser();
  const theirs = await itemsPerSecond(async () => (await parser.parseString(text)).items.length);

  const server = await startFeedServer();
  const document = { body: text, etag: '"1"', lastModified: "Sun, 01 Mar 2026 12:00:00 GMT" };
  const url = server.serve("/bench", honest(document));
  const fetcher = createFetcher({
    allowPrivateNetwork: true,
    contactUrl: "https://watch.example/",
    version: "1",
  });
  const now = new Date();
  const validators = { etag: '"1"', lastModified: null, at: now.toISOString() };
  const whole = await cpuPerPoll(() => fetcher.fetchFeed({ url, validators: null, now }));
  const conditional = await cpuPerPoll(() => fetcher.fetchFeed({ url, validators, now }));
  const bare = await cpuPerPoll(async () => (await fetch(url)).arrayBuffer());
  const pollAndRead = await cpuPerPoll(async () => {
    const outcome = await fetcher.fetchFeed({ url, validators: null, now });
    if (outcome.kind === "fetched")
      await parseFeedDocument(outcome.body, outcome.contentType, outcome.url);
  });
  const rssParserUrl = await cpuPerPoll(() => parser.parseURL(url));
  await fetcher.close();
  await server.close();
  return [
    { name: "parse: 2,000 dates by region", value: regions, unit: "ms CPU, once", bar: "≤ 300" },
    { name: "parse: ours", value: ours, unit: "items/s" },
    { name: "parse: rss-parser alone", value: theirs, unit: "items/s" },
    { name: "poll, 304: ours", value: conditional, unit: "ms CPU (server included)" },
    { name: "poll, 200, unread: ours", value: whole, unit: "ms CPU (server included)" },
    { name: "poll, 200, unread: bare fetch", value: bare, unit: "ms CPU (server included)" },
    { name: "poll, 200, read: ours", value: pollAndRead, unit: "ms CPU (server included)" },
    {
      name: "poll, 200, read: rss-parser alone",
      value: rssParserUrl,
      unit: "ms CPU (server included)",
    },
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  for (const { name, value, unit } of await benchFeeds())
    process.stdout.write(
      `${name.padEnd(40)} ${value.toFixed(value < 100 ? 2 : 0).padStart(10)} ${unit}\n`,
    );

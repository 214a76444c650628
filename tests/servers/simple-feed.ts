// A feed of one's own on loopback: what it shows can be changed while it runs.
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface SimpleEntry {
  readonly guid: string;
  readonly title: string;
  readonly summary: string;
  readonly at: string;
}

export interface SimpleFeed {
  readonly url: string;
  show(entries: readonly SimpleEntry[]): void;
  requests(): number;
  close(): Promise<void>;
}

const xml = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function rss(entries: readonly SimpleEntry[]): string {
  const items = entries.map(
    ({ guid, title, summary, at }) =>
      `<item><guid isPermaLink="false">${xml(guid)}</guid><link>https://example.org/${encodeURIComponent(guid)}</link><title>${xml(title)}</title><description>${xml(summary)}</description><pubDate>${new Date(at).toUTCString()}</pubDate></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Sample</title><link>https://example.org/</link><description>-</description>${items.join("")}</channel></rss>`;
}

export async function simpleFeed(): Promise<SimpleFeed> {
  let body = rss([]);
  let seen = 0;
  const server = createServer((request, response) => {
    seen += 1;
    const etag = `"${createHash("sha256").update(body).digest("hex").slice(0, 12)}"`;
    if (request.headers["if-none-match"] === etag) response.writeHead(304, { etag }).end();
    else response.writeHead(200, { "content-type": "application/rss+xml", etag }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/feed.xml`,
    show(entries) {
      body = rss(entries);
    },
    requests: () => seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

// Test kit: a feed server on loopback that keeps to the protocol, or breaks it in every way seen in the wild; seeded.
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo, Socket } from "node:net";

export interface LoggedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  /** By performance.now. */
  readonly at: number;
  /** When the connection was seen closed, else null. */
  closedAt: number | null;
  /** Requests in flight when this one came, itself included. */
  readonly inFlight: number;
}

/** What one address does; `nth` counts its requests from 0. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse, nth: number) => void;

export interface FeedServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly requests: LoggedRequest[];
  /** Open connections. */
  readonly sockets: ReadonlySet<Socket>;
  /** Sets what a path does; returns its address. */
  serve(path: string, behaviour: Behaviour): string;
  to(path: string): LoggedRequest[];
  close(): Promise<void>;
}

/** @param host a loopback address; each is a domain of its own to the poller */
export async function startFeedServer(host = "127.0.0.1", port = 0): Promise<FeedServer> {
  const behaviours = new Map<string, Behaviour>();
  const counts = new Map<string, number>();
  const requests: LoggedRequest[] = [];
  const sockets = new Set<Socket>();
  const bySocket = new WeakMap<Socket, LoggedRequest[]>();
  let inFlight = 0;
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    const nth = counts.get(path) ?? 0;
    counts.set(path, nth + 1);
    inFlight += 1;
    const { headers, rawHeaders } = request;
    const logged: LoggedRequest = {
      path,
      headers,
      rawHeaders,
      at: performance.now(),
      closedAt: null,
      inFlight,
    };
    requests.push(logged);
    response.on("close", () => {
      inFlight -= 1;
    });
    bySocket.get(request.socket)?.push(logged);
    const behaviour = behaviours.get(path) ?? behaviours.get(path.split("?")[0] ?? "");
    if (behaviour === undefined) response.writeHead(404).end();
    else behaviour(request, response, nth);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    bySocket.set(socket, []);
    socket.on("error", () => undefined);
    socket.once("close", () => {
      sockets.delete(socket);
      for (const logged of bySocket.get(socket) ?? []) logged.closedAt = performance.now();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  const bound = (server.address() as AddressInfo).port;
  const url = `http://${host}:${bound}`;
  return {
    url,
    port: bound,
    requests,
    sockets,
    serve(path, behaviour) {
      behaviours.set(path, behaviour);
      return url + path;
    },
    to: (path) => requests.filter((logged) => logged.path === path),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** mulberry32: the same seed, the same feeds and the same faults. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface SampleItem {
  readonly guid?: string;
  readonly link?: string;
  readonly title: string;
  readonly description?: string;
  readonly pubDate?: string;
  readonly stage?: string;
}

const xmlText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** A well-formed RSS 2.0 document. */
export function rssOf(items: readonly SampleItem[], channel = ""): string {
  const body = items.map(({ guid, link, title, description, pubDate, stage }) => {
    const tag = (name: string, value: string | undefined): string =>
      value === undefined ? "" : `<${name}>${xmlText(value)}</${name}>`;
    const attribute = stage === undefined ? "" : ` p4:stage="${xmlText(stage)}"`;
    return `<item${attribute}>${tag("guid", guid)}${tag("link", link)}${tag("title", title)}${tag("description", description)}${tag("pubDate", pubDate)}</item>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel xmlns:p4="#stages"><title>Sample</title><link>https://feeds.example/</link>${channel}${body.join("\n")}</channel></rss>\n`;
}

/** Items that never end, newest first: number 1 is the oldest. */
export function sampleItems(count: number, name = "item"): SampleItem[] {
  return Array.from({ length: count }, (_, index) => {
    const number = count - index;
    return {
      guid: `${name}-${number}`,
      link: `https://feeds.example/${name}/${number}`,
      title: `Report ${number} of the ${name} committee`,
      description: `Paper ${number}: minutes, annexes and the votes of the members present.`,
      pubDate: new Date(Date.UTC(2026, 0, 1) + number * 3_600_000).toUTCString(),
    };
  });
}

/** A good citizen: ETag and Last-Modified, 304 where both agree; the document can be changed under way. */
export function honest(
  document: { body: string | Buffer; etag: string; lastModified: string },
  headers: Record<string, string> = {},
): Behaviour {
  return (request, response) => {
    const validators = { etag: document.etag, "last-modified": document.lastModified };
    if (request.headers["if-none-match"] === document.etag) {
      response.writeHead(304, { ...validators, ...headers }).end();
      return;
    }
    response
      .writeHead(200, { "content-type": "application/rss+xml", ...validators, ...headers })
      .end(document.body);
  };
}

/** The same bytes each time, without validators. */
export function plain(
  body: string | Buffer,
  contentType = "application/rss+xml",
  headers: Record<string, string> = {},
): Behaviour {
  return (_request, response) => {
    response.writeHead(200, { "content-type": contentType, ...headers }).end(body);
  };
}

export function status(code: number, headers: Record<string, string> = {}, body = ""): Behaviour {
  return (_request, response) => {
    response.writeHead(code, headers).end(body);
  };
}

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import {
  serveWeb,
  WEB_LIMITS,
  type WebLimits,
  type WebServer,
} from "../../functions/local/http.ts";
import { archiveApp } from "../../shared/archive/app.ts";
import { BUCKET, limitRate, rateLimit } from "../../shared/archive/rate-limit.ts";
import type { Ports } from "../../shared/flows/ports.ts";

let web: WebServer | null = null;
afterEach(() => web?.close());

const hello = () => new Hono().all("/", async (c) => c.text((await c.req.text()) || "hello"));
const QUICK: WebLimits = { ...WEB_LIMITS, headersMs: 1_000, requestMs: 2_000, lookEveryMs: 50 };

/** Sends a beginning, then a byte at a time for as long as the server lets it. */
function drip(port: number, beginning: string): Socket {
  const socket = connect(port, "127.0.0.1", () => void socket.write(beginning));
  const timer = setInterval(() => socket.write("x"), 20);
  socket.on("error", () => {});
  socket.once("close", () => clearInterval(timer));
  socket.resume();
  return socket;
}

describe("slow clients", () => {
  it.each([
    ["headers", "GET / HTTP/1.1\r\nHost: a\r\nX: "],
    ["a body", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"],
  ])("that drip %s are all cut off, and others are answered", async (_what, beginning) => {
    web = await serveWeb(hello(), "127.0.0.1", 0, QUICK);
    const { port, url } = web;
    const drips = Array.from({ length: 40 }, () => drip(port, beginning));
    const closed = Promise.all(drips.map((socket) => once(socket, "close")));
    const meanwhile = await (await fetch(url)).text();
    await closed;

    expect(meanwhile).toBe("hello");
  });

  it("hold no more connections than an address's share", async () => {
    web = await serveWeb(hello(), "127.0.0.1", 0, { ...WEB_LIMITS, perLoopback: 5 });
    const { port } = web;
    const sockets = Array.from({ length: 8 }, () => connect(port, "127.0.0.1"));
    let refused = 0;
    await new Promise<void>((resolve) => {
      for (const socket of sockets)
        socket
          .on("error", () => {})
          .once("close", () => {
            refused += 1;
            if (refused === 3) resolve();
          })
          .resume();
    });
    const open = sockets.filter((socket) => !socket.destroyed);
    for (const socket of open) socket.destroy();

    expect(open).toHaveLength(5);
  });

  it("are given seconds, not minutes", () => {
    expect(WEB_LIMITS.headersMs).toBeLessThanOrEqual(10_000);
    expect(WEB_LIMITS.requestMs + WEB_LIMITS.lookEveryMs).toBeLessThanOrEqual(30_000);
  });
});

describe("many quick requests", () => {
  const at = new Date("2026-03-01T00:00:00Z");
  const from = (remoteAddress: string, headers: Record<string, string> = {}) =>
    [{ headers }, { incoming: { socket: { remoteAddress } } }] as const;

  it("of one client are told 429 and when to ask again; those of others are answered", async () => {
    const app = new Hono().use(limitRate(() => at)).get("/", (c) => c.text("hello"));
    const answers = [];
    for (let n = 0; n < 150; n += 1) answers.push(await app.request("/", ...from("192.0.2.1")));
    const refused = answers.filter(({ status }) => status === 429);

    expect(answers.length - refused.length).toBe(BUCKET.burst);
    expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await app.request("/", ...from("192.0.2.2"))).status).toBe(200);
  });

  it("are told apart by the address that a proxy on this machine names, and by no other header", async () => {
    const app = new Hono()
      .use(limitRate(() => at, rateLimit({ burst: 1, perSecond: 1 })))
      .get("/", (c) => c.text("hello"));
    const statuses = [];
    for (const [remote, forwarded] of [
      ["127.0.0.1", "192.0.2.1"],
      ["127.0.0.1", "192.0.2.2"],
      ["127.0.0.1", "192.0.2.1"],
      ["192.0.2.9", "192.0.2.3"],
      ["192.0.2.9", "192.0.2.4"],
    ] as const)
      statuses.push(
        (await app.request("/", ...from(remote, { "x-forwarded-for": forwarded }))).status,
      );

    expect(statuses).toEqual([200, 200, 429, 200, 429]);
  });

  it("are answered again as time passes, and keep no client longer than that", () => {
    const limit = rateLimit({ burst: 2, perSecond: 1 });
    const after = (seconds: number) => new Date(at.getTime() + seconds * 1_000);

    expect([0, 0, 0, 1, 1, 60].map((seconds) => limit.take("a", after(seconds)))).toEqual([
      0, 0, 1, 0, 1, 0,
    ]);
  });

  it("hold up no look at the health", async () => {
    const ports = {
      now: () => at,
      log: () => {},
      settings: { publicUrl: "https://watch.example" },
      store: { ping: async () => Promise.reject(new Error("none")) },
    } as unknown as Ports;
    const app = archiveApp({ ports, mailbox: null, version: "0" });
    const statuses = new Set<number>();
    for (let n = 0; n < 100; n += 1)
      statuses.add((await app.request("/healthz", ...from("192.0.2.1"))).status);

    expect([...statuses]).toEqual([503]);
  });
});

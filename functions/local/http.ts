// The archive's web server on one machine.
import type { Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { serve } from "@hono/node-server";
import type { Hono } from "hono";

export interface WebServer {
  /** Where it can be opened from this machine. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** What one connection, one address and all of them together may hold. */
export interface WebLimits {
  /** For a request's headers, and for the whole of it; who drips them is cut off. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** A connection on which nothing moves. */
  readonly idleMs: number;
  /** How often it is looked for slow ones. */
  readonly lookEveryMs: number;
  readonly connections: number;
  /** From one address. A proxy on this machine is one address for everybody, so loopback may hold more. */
  readonly perAddress: number;
  readonly perLoopback: number;
}

export const WEB_LIMITS: WebLimits = {
  headersMs: 10_000,
  requestMs: 20_000,
  idleMs: 30_000,
  lookEveryMs: 1_000,
  connections: 512,
  perAddress: 32,
  perLoopback: 256,
};

const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/;

/** Connections past an address's share are closed as they come: others keep their room. */
function shareConnections(server: Server, { perAddress, perLoopback }: WebLimits): void {
  const held = new Map<string, number>();
  server.on("connection", (socket: Socket) => {
    const address = socket.remoteAddress ?? "";
    const count = (held.get(address) ?? 0) + 1;
    if (count > (LOOPBACK.test(address) ? perLoopback : perAddress)) return void socket.destroy();
    held.set(address, count);
    socket.once("close", () => {
      const left = (held.get(address) ?? 1) - 1;
      if (left === 0) held.delete(address);
      else held.set(address, left);
    });
  });
}

/** @throws Error where the port is taken or not ours to open, naming it */
export async function serveWeb(
  app: Hono,
  host: string,
  port: number,
  limits: WebLimits = WEB_LIMITS,
): Promise<WebServer> {
  const serverOptions = {
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: limits.lookEveryMs,
  };
  const server = await new Promise<Server>((resolve, reject) => {
    const starting = serve({ fetch: app.fetch, hostname: host, port, serverOptions }, () =>
      resolve(starting),
    ) as Server;
    starting.once("error", (cause: NodeJS.ErrnoException) => {
      const why = cause.code === "EADDRINUSE" ? "is taken; set PORT to another" : cause.message;
      reject(new Error(`PORT: ${host}:${port} ${why}`, { cause }));
    });
    starting.maxConnections = limits.connections;
    starting.setTimeout(limits.idleMs);
    shareConnections(starting, limits);
  });
  const bound = (server.address() as AddressInfo).port;
  const shown = host.includes(":") ? `[${host}]` : host;
  return {
    url: `http://${shown}:${bound}`,
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

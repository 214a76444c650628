// The archive's web server on one machine.
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import type { Hono } from "hono";

export interface WebServer {
  /** Where it can be opened from this machine. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** @throws Error where the port is taken or not ours to open, naming it */
export async function serveWeb(app: Hono, host: string, port: number): Promise<WebServer> {
  const server = await new Promise<Server>((resolve, reject) => {
    const starting = serve({ fetch: app.fetch, hostname: host, port }, () =>
      resolve(starting),
    ) as Server;
    starting.once("error", (cause: NodeJS.ErrnoException) => {
      const why = cause.code === "EADDRINUSE" ? "is taken; set PORT to another" : cause.message;
      reject(new Error(`PORT: ${host}:${port} ${why}`, { cause }));
    });
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

// A reverse proxy on loopback that serves what is behind it below a path, as an operator's nginx or Caddy does.
import { once } from "node:events";
import { request as ask, createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface PathProxy {
  /** Origin and path, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

export interface PathProxyOptions {
  readonly path: string;
  /** True where the path is taken off before what is behind is asked; else it is handed on as it came. */
  readonly strips: boolean;
  /** Where to; asked at each request, since what is behind may start later. */
  readonly to: () => string;
}

/** Answers 404 outside its path: whatever asks at the root is caught. */
export async function pathProxy({ path, strips, to }: PathProxyOptions): Promise<PathProxy> {
  const server = createServer((request, response) => {
    const asked = request.url ?? "/";
    if (asked !== path && !asked.startsWith(`${path}/`)) {
      response.writeHead(404, { "content-type": "text/plain" }).end("not below the path");
      return;
    }
    const handed = strips ? asked.slice(path.length) || "/" : asked;
    const headers = { ...request.headers, "x-forwarded-host": request.headers.host ?? "" };
    const behind = ask(to() + handed, { method: request.method ?? "GET", headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    behind.on("error", () => response.writeHead(502).end());
    request.pipe(behind);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

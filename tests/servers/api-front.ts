// An HTTP API on loopback: what is asked of it is answered by a function, as API Gateway's proxy integration does.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface ApiAnswer {
  readonly statusCode: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiFront {
  readonly url: string;
  close(): Promise<void>;
}

/** @param answer asked for each request; of its body nothing is passed on */
export async function apiFront(
  answer: (method: string, path: string) => Promise<ApiAnswer>,
): Promise<ApiFront> {
  const server = createServer((request, response) => {
    answer(request.method ?? "GET", request.url ?? "/").then(
      ({ statusCode, headers = {}, body }) => response.writeHead(statusCode, headers).end(body),
      () => response.writeHead(502).end(),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

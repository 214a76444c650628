// A proxy in front of an HTTP server that counts what passes and, at a chosen request, stands for the caller's death.
import { once } from "node:events";
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

export interface FaultProxy {
  readonly url: string;
  /** Requests that have arrived. */
  count(): number;
  close(): Promise<void>;
}

export interface Fault {
  /** Strikes at this request, counted from 1. */
  readonly at: number;
  /** Before the server saw it, or after it did the work and before the caller heard of it. */
  readonly when: "before" | "after";
  /** Ends the caller. */
  readonly strike: () => void;
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function forward(target: URL, incoming: IncomingMessage, body: Buffer) {
  const outgoing = httpRequest({
    host: target.hostname,
    port: target.port,
    method: incoming.method,
    path: incoming.url,
    headers: incoming.headers,
  });
  outgoing.end(body);
  const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
  return { status: answer.statusCode ?? 500, headers: answer.headers, body: await bodyOf(answer) };
}

/** What a client never asks again about: a line that broke it would try anew, after waits that grow. */
const refuse = (outgoing: ServerResponse): void =>
  void outgoing
    .writeHead(400, { "content-type": "application/x-amz-json-1.0" })
    .end(JSON.stringify({ __type: "AccessDeniedException", message: "the caller is dead" }));

/** Once the fault has struck, nothing passes any more: the dead neither ask nor hear. */
export async function faultProxy(target: string, fault: Fault | null): Promise<FaultProxy> {
  let seen = 0;
  let dead = false;
  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming);
    if (dead) return refuse(outgoing);
    seen += 1;
    const struck = fault !== null && seen === fault.at;
    if (struck) dead = true;
    if (struck && fault.when === "before") {
      fault.strike();
      return refuse(outgoing);
    }
    const answer = await forward(new URL(target), incoming, body);
    if (struck) fault.strike();
    if (dead) return refuse(outgoing);
    outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  }
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    count: () => seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

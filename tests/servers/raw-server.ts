// Test kit: a server that answers with bytes as given, for answers that no HTTP library would write.
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

export interface RawServer {
  readonly url: string;
  /** Requests as they came, Latin-1. */
  readonly requests: string[];
  readonly sockets: ReadonlySet<Socket>;
  close(): Promise<void>;
}

/**
 * @param answer to a request's path: what is sent before the connection is closed; or what to do with the connection
 */
export async function startRawServer(
  answer: (path: string, request: string) => Buffer | string | ((socket: Socket) => void),
  host = "127.0.0.1",
): Promise<RawServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    let text = "";
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => sockets.delete(socket));
    socket.on("data", (bytes) => {
      text += bytes.toString("latin1");
      if (!text.endsWith("\r\n\r\n")) return;
      requests.push(text);
      const reply = answer(text.split(" ")[1] ?? "", text);
      if (typeof reply === "function") reply(socket);
      else socket.end(reply);
    });
  });
  server.listen(0, host);
  await once(server, "listening");
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    requests,
    sockets,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

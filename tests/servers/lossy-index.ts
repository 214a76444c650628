// A DynamoDB-compatible server whose index has lost rows: it answers as if they were not there, until the row is written again.
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface LossyIndex {
  readonly endpoint: string;
  /** From now on the index does not know the rows whose partition key this is. */
  lose(pk: string): void;
  close(): Promise<void>;
}

interface Request {
  readonly IndexName?: string;
  readonly Item?: { readonly pk: { readonly S: string } };
  readonly Key?: { readonly pk: { readonly S: string } };
}

async function textOf(message: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of message.setEncoding("utf8")) text += part;
  return text;
}

/** @param target the server behind it, which knows all its rows */
export async function lossyIndex(target: string): Promise<LossyIndex> {
  const lost = new Set<string>();
  const server = createServer(async (incoming, outgoing) => {
    const body = await textOf(incoming);
    const headers = Object.entries(incoming.headers).flatMap(([name, value]) =>
      /^(?:host|connection|content-length|transfer-encoding)$/.test(name)
        ? []
        : [[name, String(value)] as [string, string]],
    );
    const answer = await fetch(target, { method: "POST", headers, body });
    const asked = JSON.parse(body || "{}") as Request;
    const written = asked.Item ?? asked.Key;
    const operation = String(incoming.headers["x-amz-target"]);
    if (written !== undefined && /PutItem|UpdateItem/.test(operation) && answer.ok)
      lost.delete(written.pk.S);
    let text = await answer.text();
    if (asked.IndexName !== undefined && answer.ok) {
      const page = JSON.parse(text) as { Items: { pk?: { S: string } }[] };
      text = JSON.stringify({
        ...page,
        Items: page.Items.filter(({ pk }) => !lost.has(pk?.S ?? "")),
      });
    }
    outgoing.writeHead(answer.status, { "content-type": "application/x-amz-json-1.0" }).end(text);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    lose: (pk) => void lost.add(pk),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

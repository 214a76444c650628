// The embedded DynamoDB-compatible server: dynalite over LevelDB, on loopback alone.
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import dynalite from "dynalite";

export interface EmbeddedDynamo {
  readonly endpoint: string;
  close(): Promise<void>;
}

/**
 * dynalite listens on every interface unless told, and takes any credentials: so 127.0.0.1, always.
 * @param dataDir null keeps all in memory
 * @throws Error where another process has the data directory open
 */
export async function startDynamo(dataDir: string | null): Promise<EmbeddedDynamo> {
  const path = dataDir === null ? null : join(dataDir, "dynamodb");
  if (path !== null) await mkdir(path, { recursive: true, mode: 0o700 });
  const server: Server = dynalite({
    ...(path === null ? {} : { path }),
    createTableMs: 0,
    deleteTableMs: 0,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** A client for a server that is not AWS's: any credentials will do, and none of the machine's own are looked for. */
export function clientFor(endpoint: string): DynamoDBClient {
  return new DynamoDBClient({
    endpoint,
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 5,
  });
}

// DynamoDB-compatible servers for tests: dynalite always, dynoxide (stricter) where its binary installs.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { type AddressInfo, createServer } from "node:net";
import { dirname, join } from "node:path";
import { clientFor, startDynamo } from "../../functions/local/dynamo.ts";
import type { Store } from "../../shared/flows/ports.ts";
import { createTable } from "../../shared/store/create-table.ts";
import { createStore } from "../../shared/store/store.ts";

export interface DynamoServer {
  readonly name: string;
  readonly endpoint: string;
  close(): Promise<void>;
}

const sleep = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

export async function dynaliteServer(): Promise<DynamoServer> {
  return { name: "dynalite", ...(await startDynamo(null)) };
}

/** @returns the path of the binary, or null where the platform has none */
export function dynoxideBinary(): string | null {
  try {
    const manifest = createRequire(import.meta.url).resolve("@dynoxide/linux-x64/package.json");
    return join(dirname(manifest), "dynoxide");
  } catch {
    return null;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

export async function dynoxideServer(binary: string): Promise<DynamoServer> {
  const port = await freePort();
  const child = spawn(binary, ["--host", "127.0.0.1", "--port", String(port)], { stdio: "ignore" });
  const endpoint = `http://127.0.0.1:${port}`;
  for (let turn = 0; turn < 200; turn += 1) {
    try {
      await fetch(endpoint);
      break;
    } catch {
      await sleep(25);
    }
  }
  return {
    name: "dynoxide",
    endpoint,
    async close() {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}

export interface TestStore {
  readonly store: Store;
  readonly tableName: string;
  close(): void;
}

/** A store over a table of its own on this server. */
export async function openStore(
  endpoint: string,
  now: () => Date,
  tableName = `t-${crypto.randomUUID()}`,
): Promise<TestStore> {
  const client = clientFor(endpoint);
  await createTable(client, tableName, sleep);
  const store = createStore({ client, tableName, now, sleep });
  return { store, tableName, close: () => client.destroy() };
}

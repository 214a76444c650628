// DynamoDB-compatible servers for tests: dynalite always, dynoxide (stricter) where its binary installs.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { type AddressInfo, createServer } from "node:net";
import { dirname, join } from "node:path";
import dynalite from "dynalite";
import { clientFor } from "../../functions/local/dynamo.ts";
import { openSqlite } from "../../functions/local/sqlite-database.ts";
import type { Store } from "../../shared/flows/ports.ts";
import { createTable } from "../../shared/store/create-table.ts";
import type { Database } from "../../shared/store/database.ts";
import { openDatabase } from "../../shared/store/dynamo-database.ts";
import { createStore } from "../../shared/store/store.ts";

export interface DynamoServer {
  readonly name: string;
  readonly endpoint: string;
  close(): Promise<void>;
}

const sleep = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** @param path keeps the tables in a folder, as installations once did; in memory unless told */
export async function dynaliteServer(path?: string): Promise<DynamoServer> {
  const server = dynalite({
    ...(path === undefined ? {} : { path }),
    createTableMs: 0,
    deleteTableMs: 0,
  });
  // Without an address it would listen on every interface.
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    name: "dynalite",
    endpoint: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
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
  for (let answers = false; !answers; ) {
    if (child.exitCode !== null) throw new Error(`dynoxide ended with ${child.exitCode}`);
    answers = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (!answers) await sleep(25);
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
  readonly database: Database;
  readonly tableName: string;
  close(): void;
}

/** A store of its own in the memory of this process, over what `npm start` keeps in a file. */
export function memoryStore(now: () => Date): TestStore {
  const database = openSqlite(":memory:");
  const store = createStore({ database, now });
  return { store, database, tableName: "", close: () => database.close() };
}

const IN_MEMORY = "memory:";

/**
 * What flows are tried over: a store in this process, as `npm start` keeps it in a file. tests/store holds every database to one
 * contract, and `npm run test:long` tries the flows over DynamoDB's protocol too (FLOWS_OVER).
 */
export async function flowServer(): Promise<DynamoServer> {
  if (process.env["FLOWS_OVER"] === "dynalite") return dynaliteServer();
  return { name: "memory", endpoint: IN_MEMORY, close: async () => {} };
}

/** A store over a table of its own on this server. */
export async function openStore(
  endpoint: string,
  now: () => Date,
  tableName = `t-${crypto.randomUUID()}`,
): Promise<TestStore> {
  if (endpoint === IN_MEMORY) return memoryStore(now);
  const client = clientFor(endpoint);
  await createTable(client, tableName, sleep);
  const database = openDatabase(client, tableName, sleep);
  const store = createStore({ database, now });
  return { store, database, tableName, close: () => client.destroy() };
}

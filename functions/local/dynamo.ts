// The embedded DynamoDB-compatible server: dynalite over LevelDB, on loopback alone, one for all processes of a data directory.
import { once } from "node:events";
import { mkdir, readFile, unlink, writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import dynalite from "dynalite";
import { z } from "zod";

export interface EmbeddedDynamo {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** dynalite listens on every interface unless told, and takes any credentials: so 127.0.0.1, always. */
async function startServer(path: string | null): Promise<EmbeddedDynamo> {
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

/** Who has the data directory open: LevelDB lets one process in. */
const Holder = z.object({ pid: z.number().int().positive(), endpoint: z.url().nullable() });
type Holder = z.infer<typeof Holder>;

const LOOK_EVERY_MS = 100;
/** Longer than opening a large database takes. */
const MOST_LOOKS = 100;

function isAlive(pid: number): boolean {
  // In a container the dead one may have had our own number.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === "EPERM";
  }
}

const answers = (endpoint: string): Promise<boolean> =>
  fetch(endpoint, { signal: AbortSignal.timeout(2_000) }).then(
    () => true,
    () => false,
  );

/** @returns the holder, or null where nobody is, or what stands there cannot be read any more */
async function holderOf(path: string): Promise<Holder | null> {
  const text = await readFile(path, "utf8").catch(() => "");
  try {
    return Holder.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

async function take(path: string): Promise<boolean> {
  const mine: Holder = { pid: process.pid, endpoint: null };
  try {
    await writeFile(path, JSON.stringify(mine), { flag: "wx", mode: 0o600 });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw cause;
  }
}

async function startAsHolder(path: string, database: string): Promise<EmbeddedDynamo> {
  const server = await startServer(database);
  const mine: Holder = { pid: process.pid, endpoint: server.endpoint };
  await writeFile(path, JSON.stringify(mine), { mode: 0o600 });
  return {
    endpoint: server.endpoint,
    async close() {
      await server.close();
      await unlink(path).catch(() => {});
    },
  };
}

/**
 * Opens the data directory's database, or joins the process that has it open: commands work beside a running `npm start`.
 * What a killed process left is taken over.
 * @param dataDir null keeps all in memory
 * @throws Error where another process holds it and does not answer
 */
export async function startDynamo(dataDir: string | null): Promise<EmbeddedDynamo> {
  if (dataDir === null) return startServer(null);
  const database = join(dataDir, "dynamodb");
  await mkdir(database, { recursive: true, mode: 0o700 });
  const path = join(dataDir, "dynamodb.json");
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    if (await take(path)) return startAsHolder(path, database);
    const holder = await holderOf(path);
    if (holder?.endpoint && (await answers(holder.endpoint)))
      return { endpoint: holder.endpoint, close: async () => {} };
    if (holder !== null && !isAlive(holder.pid)) await unlink(path).catch(() => {});
    else await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Error(
    `DATA_DIR: ${dataDir} is held by another process, which does not answer (see ${path})`,
  );
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

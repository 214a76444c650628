// Lambda's Runtime API on loopback, and a built bundle in a process of its own behind it.
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

export interface LambdaProcess {
  /** @returns what the handler returned. @throws Error with what it threw */
  invoke(event: unknown): Promise<unknown>;
  /** The end of what it logged. */
  readonly said: () => string;
  close(): Promise<void>;
}

const BOOTSTRAP = join(import.meta.dirname, "lambda-bootstrap.mjs");
/** The longest of our functions. */
const TIMEOUT_MS = 600_000;

interface Call {
  readonly id: string;
  readonly event: unknown;
  readonly settle: (error: Error | null, result: unknown) => void;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

/** @param environment the function's own variables; nothing else of this process's reaches it but the PATH */
export async function startLambda(
  directory: string,
  environment: Readonly<Record<string, string>>,
): Promise<LambdaProcess> {
  const calls: Call[] = [];
  const running = new Map<string, Call>();
  let idle: ServerResponse | null = null;
  let said = "";

  function handOut(): void {
    if (idle === null) return;
    const call = calls.shift();
    if (call === undefined) return;
    running.set(call.id, call);
    idle
      .writeHead(200, {
        "lambda-runtime-aws-request-id": call.id,
        "lambda-runtime-deadline-ms": String(Date.now() + TIMEOUT_MS),
      })
      .end(JSON.stringify(call.event));
    idle = null;
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, id = "", kind] = /invocation\/([^/]+)\/?(\w*)/.exec(request.url ?? "") ?? [];
    if (id === "next") {
      idle = response;
      return handOut();
    }
    const body: unknown = JSON.parse(await textOf(request));
    response.writeHead(202).end();
    const call = running.get(id);
    running.delete(id);
    if (kind === "error") call?.settle(new Error(JSON.stringify(body)), null);
    else call?.settle(null, body);
  }

  const server = createServer((request, response) => void take(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const child: ChildProcess = spawn(process.execPath, [BOOTSTRAP], {
    cwd: directory,
    env: {
      PATH: process.env["PATH"] ?? "",
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
      LAMBDA_TASK_ROOT: directory,
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const hear = (part: Buffer) => {
    said = (said + part.toString()).slice(-4_000);
  };
  child.stdout?.on("data", hear);
  child.stderr?.on("data", hear);
  child.once("exit", (code) => {
    for (const call of [...calls.splice(0), ...running.values()])
      call.settle(new Error(`the function's process ended (${code}): ${said}`), null);
  });
  return {
    invoke: (event) =>
      new Promise((resolve, reject) => {
        calls.push({
          id: randomUUID(),
          event,
          settle: (error, result) => (error === null ? resolve(result) : reject(error)),
        });
        handOut();
      }),
    said: () => said,
    async close() {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      server.close();
      server.closeAllConnections();
    },
  };
}

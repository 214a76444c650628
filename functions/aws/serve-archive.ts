// The archive behind the HTTP API.
import { readFile } from "node:fs/promises";
import type { APIGatewayProxyEventV2, APIGatewayProxyResult, Context } from "aws-lambda";
import { handle } from "hono/aws-lambda";
import { archiveApp } from "../../shared/archive/app.ts";
import { composeCloud, VERSION } from "./compose.ts";

/** The bundle carries the published figures beside it. */
const ACCURACY = new URL("./accuracy.md", import.meta.url);

/**
 * Lambda's answer is at most 6 MB, and this one is a string in JSON: a text of quotation marks alone would take twice its
 * length, and one in base64 a third more.
 */
const MOST_BYTES = 3_000_000;

type Serve = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyResult>;
async function compose(): Promise<Serve> {
  const ports = await composeCloud();
  const accuracy = await readFile(ACCURACY, "utf8").catch(() => null);
  const app = archiveApp({
    ports,
    mailbox: null,
    version: VERSION,
    accuracy,
    mostBytes: MOST_BYTES,
  });
  return handle(app) as Serve;
}

let serving: Promise<Serve> | null = null;

export async function handler(
  event: APIGatewayProxyEventV2,
  context: Context,
): Promise<APIGatewayProxyResult> {
  serving ??= compose();
  const serve = await serving.catch((cause: unknown) => {
    serving = null;
    throw cause;
  });
  return serve(event, context);
}

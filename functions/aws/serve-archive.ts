// The archive behind the HTTP API.
import { readFile } from "node:fs/promises";
import type { APIGatewayProxyEventV2, APIGatewayProxyResult, Context } from "aws-lambda";
import { handle } from "hono/aws-lambda";
import { archiveApp } from "../../shared/archive/app.ts";
import { composeCloud, VERSION } from "./compose.ts";

/** The bundle carries the published figures beside it. */
const ACCURACY = new URL("./accuracy.md", import.meta.url);

type Serve = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyResult>;
async function compose(): Promise<Serve> {
  const ports = await composeCloud();
  const accuracy = await readFile(ACCURACY, "utf8").catch(() => null);
  return handle(archiveApp({ ports, mailbox: null, version: VERSION, accuracy })) as Serve;
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

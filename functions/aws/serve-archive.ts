// The archive behind the HTTP API.
import type { APIGatewayProxyEventV2, APIGatewayProxyResult, Context } from "aws-lambda";
import { handle } from "hono/aws-lambda";
import { archiveApp } from "../../shared/archive/app.ts";
import { composeCloud, VERSION } from "./compose.ts";

type Serve = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyResult>;
let serving: Promise<Serve> | null = null;

export async function handler(
  event: APIGatewayProxyEventV2,
  context: Context,
): Promise<APIGatewayProxyResult> {
  serving ??= composeCloud().then(
    (ports) => handle(archiveApp({ ports, mailbox: null, version: VERSION })) as Serve,
  );
  const serve = await serving.catch((cause: unknown) => {
    serving = null;
    throw cause;
  });
  return serve(event, context);
}

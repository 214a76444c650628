// A client for the DynamoDB-compatible server that DYNAMODB_ENDPOINT names, that a test runs, or that an older version left its data to.
import { Agent } from "node:http";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";

/** An agent hands its options on to `net.connect`, which its types know in part. */
const agentFor = (socketPath: string) =>
  new Agent({ keepAlive: true, ...({ socketPath } as object) });

/**
 * Of a server that is not AWS's: any credentials will do, and none of the machine's own are looked for.
 * @param socketPath where it listens on a socket of the file system, which no browser can reach
 */
export function clientFor(endpoint: string, socketPath?: string): DynamoDBClient {
  return new DynamoDBClient({
    endpoint,
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 5,
    ...(socketPath === undefined ? {} : { requestHandler: { httpAgent: agentFor(socketPath) } }),
  });
}

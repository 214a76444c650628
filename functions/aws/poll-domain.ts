// One message: the due feeds of one registrable domain.
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { readPollJob } from "../../shared/flows/jobs.ts";
import { pollDomain } from "../../shared/flows/poll-domain.ts";
import { eachMessage } from "./batch.ts";
import { composeCloud } from "./compose.ts";

/** No feed is begun when a slow one could outlast the function: fetch, parse and settling of a long document. */
const RESERVE_MS = 90_000;

export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const ports = await composeCloud();
  const left = Math.max(0, context.getRemainingTimeInMillis() - RESERVE_MS);
  const deadlineAt = new Date(ports.now().getTime() + left);
  return eachMessage(event, (body) => pollDomain(ports, readPollJob(body), { deadlineAt }));
}

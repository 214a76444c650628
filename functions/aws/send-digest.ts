// One message: a shard of subscribers for whom something is due.
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { readDigestJob } from "../../shared/flows/jobs.ts";
import { runDigestJob } from "../../shared/flows/run-job.ts";
import { eachMessage } from "./batch.ts";
import { composeCloud } from "./compose.ts";

export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const ports = await composeCloud();
  return eachMessage(event, (body) => runDigestJob(ports, readDigestJob(body)));
}

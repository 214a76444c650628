// One bad message fails alone: the others of its batch are done, and it comes back.
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { composeCloud } from "./compose.ts";

/** @param work gets a message's body; what it throws is logged by name and hands that message back to its queue */
export async function eachMessage(
  event: SQSEvent,
  work: (body: string) => Promise<unknown>,
): Promise<SQSBatchResponse> {
  const results = await Promise.allSettled(event.Records.map(async ({ body }) => work(body)));
  const { log } = await composeCloud();
  const batchItemFailures = event.Records.flatMap(({ messageId }, index) => {
    const result = results[index];
    if (result?.status !== "rejected") return [];
    log({ step: "message", message: messageId, failed: nameOf(result.reason) });
    return [{ itemIdentifier: messageId }];
  });
  return { batchItemFailures };
}

const nameOf = (cause: unknown): string =>
  cause instanceof Error ? `${cause.name}: ${cause.message}`.slice(0, 300) : "unknown";

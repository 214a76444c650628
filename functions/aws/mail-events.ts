// What SES says of a mail afterwards. It comes by EventBridge from `aws.ses`, which nobody outside AWS can put there.
import type { EventBridgeEvent } from "aws-lambda";
import { readSesEvent } from "../../shared/digests/bounce-notice.ts";
import { takeBounce } from "../../shared/flows/take-bounce.ts";
import { composeCloud } from "./compose.ts";

export async function handler(event: EventBridgeEvent<string, unknown>): Promise<void> {
  const ports = await composeCloud();
  for (const notice of readSesEvent(JSON.stringify(event.detail))) await takeBounce(ports, notice);
}

// What a digest job asks for, by whom it mails: readers, or the operator.
import { raiseAlarms } from "./alarms.ts";
import { askOperator } from "./ask-operator.ts";
import { runCanary } from "./canary.ts";
import type { DigestJob } from "./jobs.ts";
import type { Ports } from "./ports.ts";
import { wasTold } from "./resume.ts";
import { sendDigests } from "./send-digest.ts";
import { sendOwed } from "./send-owed.ts";

/**
 * Does one job. What the operator could not be mailed now is planned again at the next turn.
 * @throws DigestsDeferred where some of it must be tried again; what the store or the world threw
 */
export async function runDigestJob(ports: Ports, job: DigestJob): Promise<void> {
  // One that the lost installation left in its queue is of another table.
  if (wasTold(ports, job.enqueuedAt)) return;
  switch (job.kind) {
    case "immediate":
    case "periodic":
      await sendDigests(ports, job);
      return;
    case "owed":
      await sendOwed(ports);
      return;
    case "questions":
      await askOperator(ports);
      return;
    case "alarms":
      await raiseAlarms(ports);
      return;
    case "canary":
      await letCanary(ports);
      return;
    default:
      job satisfies never;
  }
}

/** Its absence is what alarms: tried again at every turn, it must not fill the dead letters as well. */
async function letCanary(ports: Ports): Promise<void> {
  try {
    await runCanary(ports);
  } catch (cause) {
    const failed =
      cause instanceof Error ? `${cause.name}: ${cause.message}`.slice(0, 300) : "unknown";
    ports.log({ step: "canary", failed });
  }
}

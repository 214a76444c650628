// Every few minutes: events whose hold is over, digests whose time has come, and what only the operator is mailed.
import { planAlarms } from "../../shared/flows/alarms.ts";
import { planQuestions } from "../../shared/flows/ask-operator.ts";
import { planCanary } from "../../shared/flows/canary.ts";
import { planDigests } from "../../shared/flows/plan-digests.ts";
import { planOwed } from "../../shared/flows/send-owed.ts";
import { composeCloud } from "./compose.ts";

export const handler = async (): Promise<{ jobs: number }> => {
  const ports = await composeCloud();
  // None waits for another's success.
  const results = await Promise.allSettled([
    planDigests(ports).then(({ jobs }) => jobs),
    planOwed(ports).then(Number),
    planQuestions(ports).then((open) => Math.min(open, 1)),
    planCanary(ports).then(Number),
    planAlarms(ports).then(Number),
  ]);
  let jobs = 0;
  for (const result of results) {
    if (result.status === "rejected") throw result.reason;
    jobs += result.value;
  }
  return { jobs };
};

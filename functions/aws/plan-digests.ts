// Every few minutes: events whose hold is over, digests whose time has come, and what only the operator can say.
import { planQuestions } from "../../shared/flows/ask-operator.ts";
import { planDigests } from "../../shared/flows/plan-digests.ts";
import { composeCloud } from "./compose.ts";

export const handler = async (): Promise<{ jobs: number; questions: number }> => {
  const ports = await composeCloud();
  // Neither waits for the other's success.
  const [planned, asked] = await Promise.allSettled([planDigests(ports), planQuestions(ports)]);
  if (planned.status === "rejected") throw planned.reason;
  if (asked.status === "rejected") throw asked.reason;
  return { jobs: planned.value.jobs, questions: asked.value };
};

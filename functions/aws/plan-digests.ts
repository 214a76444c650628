// Every few minutes: events whose hold is over, and digests whose time has come, as messages.
import { planDigests } from "../../shared/flows/plan-digests.ts";
import { composeCloud } from "./compose.ts";

export const handler = async (): Promise<{ jobs: number }> => planDigests(await composeCloud());

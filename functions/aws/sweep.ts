// Every hour: items that a crash left pending are settled. Rows past their time are the table's own affair here.
import { sweepPending } from "../../shared/flows/sweep.ts";
import { composeCloud } from "./compose.ts";

export const handler = async (): Promise<{ settled: number }> => ({
  settled: await sweepPending(await composeCloud()),
});

// Every hour: items that a crash left pending are settled, and the index is compared with the table. Rows past their time are the table's own affair here.
import { checkIndex } from "../../shared/flows/check-index.ts";
import { sweepPending } from "../../shared/flows/sweep.ts";
import { composeCloud } from "./compose.ts";

export const handler = async (): Promise<{ settled: number; mended: number }> => {
  const ports = await composeCloud();
  return { settled: await sweepPending(ports), mended: await checkIndex(ports) };
};

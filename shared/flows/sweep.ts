// What a crash left half done is finished; what has had its time goes.

import type { Ports } from "./ports.ts";
import { rightPending } from "./put-right.ts";
import { finishingClock } from "./resume.ts";
import { finishItem } from "./settle-item.ts";

/** An item pending for longer than any poll takes was left by a crash. */
export const PENDING_SECONDS = 300;
const BATCH = 200;

/**
 * Settles items that a crash left pending, from what is stored of them: their feed may not show them any more.
 * One that fails is logged and tried again at the next sweep; it stops no other.
 * @returns how many were settled
 */
export async function sweepPending(ports: Ports): Promise<number> {
  await rightPending(ports);
  const before = new Date(ports.now().getTime() - PENDING_SECONDS * 1000);
  let settled = 0;
  for (const stored of await ports.store.pendingItems(before, BATCH)) {
    if (ports.halted?.aborted === true) break;
    try {
      await finishItem(finishingClock(ports, stored), stored, stored.decision);
      settled += 1;
    } catch (cause) {
      ports.log({ step: "sweep", item: stored.id, failed: String(cause) });
    }
  }
  await ports.store.beat("sweep", ports.now(), { settled });
  return settled;
}

/** Deletes rows past their time, on servers that do not do so themselves. @returns how many */
export async function sweepExpired(ports: Ports): Promise<number> {
  const swept = await ports.store.sweepExpired(ports.now());
  if (swept > 0) ports.log({ step: "expire", rows: swept });
  return swept;
}

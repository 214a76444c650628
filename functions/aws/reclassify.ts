// Every day: where a deployment brought new models, the archive is brought to them, a stretch at a time; mails nobody.
import type { Context } from "aws-lambda";
import { reclassify } from "../../shared/flows/reclassify.ts";
import { composeCloud } from "./compose.ts";

const STRETCH = 200;
/** A stretch takes less than this. */
const RESERVE_MS = 120_000;

export async function handler(
  _event: unknown,
  context: Context,
): Promise<{ seen: number; changed: number; done: boolean }> {
  const ports = await composeCloud();
  const part = `reclassify ${ports.models.version}`;
  if ((await ports.store.heartbeats())[part] !== undefined)
    return { seen: 0, changed: 0, done: true };
  let cursor: string | null = null;
  let [seen, changed, failed] = [0, 0, 0];
  do {
    const stretch: Awaited<ReturnType<typeof reclassify>> = await reclassify(
      ports,
      STRETCH,
      cursor,
    );
    [seen, changed, failed] = [
      seen + stretch.seen,
      changed + stretch.changed,
      failed + stretch.failed,
    ];
    cursor = stretch.next;
  } while (cursor !== null && context.getRemainingTimeInMillis() > RESERVE_MS);
  const done = cursor === null && failed === 0;
  if (done) await ports.store.beat(part, ports.now(), { seen, changed });
  return { seen, changed, done };
}

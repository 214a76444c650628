// Brings the archive to the present models: every item whose decision an older version made is decided again.
import type { Item, StoredItem } from "../domain/item.ts";
import { everyItem } from "./every-item.ts";
import type { Ports } from "./ports.ts";
import { decide, finishItem } from "./settle-item.ts";

const PAGE = 50;

export interface Reclassified {
  /** Items looked at, and those decided again. */
  readonly seen: number;
  readonly changed: number;
  /** Items that failed; they keep their old version, so the next run takes them up again. */
  readonly failed: number;
  /** Where to go on, or null when all has been seen. */
  readonly next: string | null;
}

/**
 * One stretch of the archive, newest first. An item carries the version that decided it, so a run that was cut short
 * is taken up by running again: what is done already is passed over. Mails nobody: whatever a new model makes
 * relevant, or moves to another dossier or stage, is filed like what a feed's first poll brings. What was
 * to be mailed anyway stays so.
 * @param most items looked at before it returns, for functions that have a time limit
 * @param cursor from the run before, or null to begin
 */
export async function reclassify(
  ports: Ports,
  most: number,
  cursor: string | null = null,
): Promise<Reclassified> {
  let seen = 0;
  let changed = 0;
  let failed = 0;
  let next = cursor;
  do {
    const limit = Math.min(PAGE, most - seen);
    const page = await ports.store.queryItems({ ...everyItem(PAGE), limit, cursor: next });
    for (const item of page.rows) {
      seen += 1;
      if (item.state === "pending" || item.decision?.model === ports.models.version) continue;
      try {
        await reclassifyItem(ports, item);
        changed += 1;
      } catch (cause) {
        failed += 1;
        ports.log({ step: "reclassify", item: item.id, failed: String(cause) });
      }
    }
    next = page.next;
  } while (next !== null && seen < most);
  ports.log({ step: "reclassify", model: ports.models.version, seen, changed, failed });
  return { seen, changed, failed, next };
}

async function reclassifyItem(ports: Ports, stored: StoredItem): Promise<void> {
  const { state: _state, decision: previous, ...item } = stored;
  const quiet = await saysSomethingNew(ports, item, previous);
  await finishItem(ports, { ...item, backfill: item.backfill || quiet }, previous);
}

/** Whether the new decision could mail somebody whom the old one would not have. */
async function saysSomethingNew(
  ports: Ports,
  item: Item,
  previous: StoredItem["decision"],
): Promise<boolean> {
  const { decision, move } = await decide(ports, item);
  if (decision.relevant && previous?.relevant !== true) return true;
  if (move === null) return false;
  const moves = await ports.store.listMoves(move.dossier);
  const before = moves.find((one) => one.item === item.id);
  return before === undefined || before.stage !== move.stage || (move.official && !before.official);
}

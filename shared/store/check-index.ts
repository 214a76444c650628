// Rows that wait for something, compared with what the due index answers: one that it has lost would wait for ever.
import { minutesSince } from "../domain/instants.ts";
import type { IndexCheck } from "../flows/watch-ports.ts";
import type { Database, Row } from "./database.ts";
import { keys, TABLE } from "./table.ts";

/** Rows of the table that are looked at in one read. */
const PAGE_ROWS = 1_000;
/** Comparisons under way at once. */
const AT_ONCE = 8;
const DAY_MINUTES = 24 * 60;

async function isShown(db: Database, row: Row): Promise<boolean> {
  const shown = db.queryAll({
    IndexName: TABLE.dueIndex.name,
    KeyConditionExpression: "duePk = :partition AND dueAt = :at",
    ExpressionAttributeValues: { ":partition": row["duePk"], ":at": row["dueAt"] },
    ProjectionExpression: "pk, sk",
  });
  for await (const { pk, sk } of shown) if (pk === row["pk"] && sk === row["sk"]) return true;
  return false;
}

/** Written anew as it is, under a mark, since a server may leave out a write that changes nothing. */
async function mendRow(db: Database, row: Row, now: Date): Promise<boolean> {
  if (await isShown(db, row)) return false;
  const key = { pk: String(row["pk"]), sk: String(row["sk"]) };
  const mended = await db.update(key, "SET mendedAt = :now", {
    expression: "duePk = :partition AND dueAt = :at",
    values: { ":now": now.toISOString(), ":partition": row["duePk"], ":at": row["dueAt"] },
  });
  return mended !== null;
}

async function mendRows(db: Database, rows: readonly Row[], now: Date): Promise<number> {
  let next = 0;
  let mended = 0;
  const worker = async () => {
    for (let row = rows[next++]; row !== undefined; row = rows[next++])
      if (await mendRow(db, row, now)) mended += 1;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return mended;
}

/** As WatchStore has it. */
export async function checkIndex(
  db: Database,
  now: Date,
  pages: number,
  anew: boolean,
): Promise<IndexCheck> {
  if (db.scanPage === undefined) return { checked: 0, mended: 0, done: true };
  const walk = await db.get(keys.indexWalk());
  const endedAt = walk?.["endedAt"];
  const rested = typeof endedAt !== "string" || minutesSince(endedAt, now) >= DAY_MINUTES;
  if (!anew && !rested) return { checked: 0, mended: 0, done: true };
  let from = anew ? null : ((walk?.["lastKey"] ?? null) as Row | null);
  let [checked, mended] = [0, 0];
  for (let page = 0; page < pages; page += 1) {
    const { rows, lastKey } = await db.scanPage(
      { expression: "attribute_exists(duePk)" },
      from,
      PAGE_ROWS,
    );
    checked += rows.length;
    mended += await mendRows(db, rows, now);
    from = lastKey;
    if (from === null) break;
  }
  const done = from === null;
  const ended = done ? { endedAt: now.toISOString() } : {};
  await db.put({ ...keys.indexWalk(), lastKey: from, ...ended });
  return { checked, mended, done };
}

// The clock that rows expire by: the machine's, except where that has just jumped. A wrong clock may delay an end, never bring one.
import { z } from "zod";
import { Instant } from "../domain/vocabulary.ts";
import type { Database } from "./database.ts";
import { keys } from "./table.ts";

const DAY_MS = 86_400_000;
/** A clock that has jumped, or a machine that was off, is believed again after so many days of going on steadily. */
const STEADY_DAYS = 3;
/** Where `tick` runs by the week or the month, its rhythm is what is steady. */
const LONGEST_RHYTHM_DAYS = 40;
/** Reads ask the store anew after so long, or where the clock has moved by as much. */
const KEPT_MS = 600_000;

const SeenClock = z.object({
  /** What rows expire by. */
  trusted: Instant,
  /** When it was last looked at, by the machine's clock, and since when that has gone without a jump. */
  at: Instant,
  since: Instant,
  /** Milliseconds from the look before to that one, where they can be a rhythm. */
  rhythm: z.number().optional(),
});
export type SeenClock = z.infer<typeof SeenClock>;

/** @param seen what was noted at the last sweep, null at the first */
export function lookAtClock(seen: SeenClock | null, now: Date): SeenClock {
  const at = now.toISOString();
  if (seen === null) return { trusted: at, at, since: at };
  const passed = now.getTime() - Date.parse(seen.at);
  const isRhythm = passed > DAY_MS && passed <= LONGEST_RHYTHM_DAYS * DAY_MS;
  const isInRhythm = isRhythm && seen.rhythm !== undefined && passed <= seen.rhythm + DAY_MS;
  const isSteady = Math.abs(passed) <= DAY_MS || isInRhythm;
  const since = isSteady ? seen.since : at;
  const isNear = now.getTime() <= Date.parse(seen.trusted) + DAY_MS;
  const hasLasted = now.getTime() - Date.parse(since) >= STEADY_DAYS * DAY_MS;
  const trusted = isNear || hasLasted ? at : seen.trusted;
  return { trusted, at, since, ...(isRhythm ? { rhythm: passed } : {}) };
}

export interface ExpiryClock {
  /** A row whose time ended by then reads as gone. */
  gone(): Promise<Date>;
  /** Notes the clock. @returns by when rows have expired, for a sweep */
  look(now: Date): Promise<Date>;
}

/** Where nothing sweeps (DynamoDB's own time to live does, by a clock of AWS's) there is no note, and the clock is believed. */
export function expiryClock(db: Database, now: () => Date): ExpiryClock {
  let kept: { readonly at: number; readonly seen: SeenClock | null } | null = null;
  const read = async () => {
    const row = await db.get(keys.clock);
    return row === null ? null : SeenClock.parse(row);
  };
  return {
    async gone() {
      const at = now().getTime();
      if (kept === null || Math.abs(at - kept.at) >= KEPT_MS) kept = { at, seen: await read() };
      const { seen } = kept;
      return new Date(seen === null ? at : Math.min(at, Date.parse(seen.trusted) + DAY_MS));
    },
    async look(at) {
      const seen = lookAtClock(await read(), at);
      await db.put({ ...keys.clock, ...seen });
      kept = { at: now().getTime(), seen };
      return new Date(seen.trusted);
    },
  };
}

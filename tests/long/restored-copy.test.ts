import fc from "fast-check";
import { expect, it } from "vitest";
import {
  AT_ONCE,
  BILLS,
  comeback,
  DAILY,
  REPORTS,
  report,
  restoreRig,
} from "../flows/restore-rig.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const BEGIN = Date.parse("2025-10-12T12:00:00Z");
const PACE = 12 * MINUTE;
/** Of events before they are told (COALESCE_SECONDS). */
const HOLD = 10 * MINUTE;
const RUNS = 12;

const isoAt = (ms: number): string => new Date(BEGIN + ms).toISOString();
const hours = (min: number, max: number) =>
  fc.integer({ min: min * 60, max: max * 60 }).map((minutes) => minutes * MINUTE);

const story = fc.record({
  copyAt: hours(10, 40),
  runsOn: hours(0, 40),
  isDown: hours(0, 3),
  /** When each item is dated, and how much later its feed shows it. */
  entries: fc.tuple(
    ...[...BILLS, ...REPORTS].map(() =>
      fc.record({ dated: hours(2, 95), late: fc.oneof(fc.constant(0), hours(0, 3)) }),
    ),
  ),
});

it("a table that is copied and lost at any time mails nobody twice, and everybody what is dated after the loss", async () => {
  await fc.assert(
    fc.asyncProperty(story, async ({ copyAt, runsOn, isDown, entries }) => {
      const rig = await restoreRig(isoAt(0));
      const lossAt = copyAt + runsOn;
      const endAt = lossAt + 60 * HOUR;
      const items = [...BILLS, ...REPORTS].flatMap((name, index) => {
        const { dated = 0, late = 0 } = entries[index] ?? {};
        const bill = BILLS.find((known) => known === name);
        const entry =
          bill === undefined ? report(name, isoAt(dated)) : comeback(bill, isoAt(dated));
        // What comes too near the end is in no digest yet.
        return dated + late > endAt - 26 * HOUR ? [] : [{ dated, shownAt: dated + late, entry }];
      });
      try {
        let ports = await rig.openLost();
        let copied = false;
        let resumeAt: number | null = null;
        let lastTurn = 0;
        for (let ms = 0; ms < endAt; ms += PACE) {
          if (!copied && ms >= copyAt) await rig.copyTable();
          copied ||= ms >= copyAt;
          if (resumeAt === null && ms >= lossAt) {
            ms += isDown;
            resumeAt = Math.min(lastTurn + HOLD, ms);
            rig.now = new Date(BEGIN + ms);
            ports = await rig.openWorld("copy", isoAt(resumeAt));
          }
          if (resumeAt === null) lastTurn = ms;
          const shown = items.filter(({ shownAt }) => shownAt <= ms);
          await rig.tickAt(
            ports,
            isoAt(ms),
            shown.sort((a, b) => b.shownAt - a.shownAt).map(({ entry }) => entry),
          );
        }
        const told = rig.told();
        expect(told.filter((line, index) => told[index + 1] === line)).toEqual([]);
        const news = items.filter(({ dated }) => resumeAt !== null && dated > resumeAt);
        const wanted = news.flatMap(({ entry: { guid } }) => [
          `${DAILY} ${guid}`,
          ...(BILLS.some((bill) => bill === guid) ? [`${AT_ONCE} ${guid}`] : []),
        ]);
        expect(wanted.filter((line) => !told.includes(line))).toEqual([]);
      } finally {
        await rig.close();
      }
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
});

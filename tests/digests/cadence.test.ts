import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTimeZone, newestDue, nextDigestAt } from "../../shared/digests/cadence.ts";

describe("the next digest is at seven in the morning where its reader lives", () => {
  it.each([
    ["later the same day", "daily", "Europe/Paris", "2026-01-10T05:59:59Z", "2026-01-10T06:00:00Z"],
    [
      "the day after, at the hour itself",
      "daily",
      "Europe/Paris",
      "2026-01-10T06:00:00Z",
      "2026-01-11T06:00:00Z",
    ],
    ["in summer time", "daily", "Europe/Paris", "2026-07-10T12:00:00Z", "2026-07-11T05:00:00Z"],
    [
      "on the day that clocks go forward",
      "daily",
      "Europe/Paris",
      "2026-03-28T12:00:00Z",
      "2026-03-29T05:00:00Z",
    ],
    [
      "on the day that clocks go back",
      "daily",
      "Europe/Paris",
      "2026-10-24T12:00:00Z",
      "2026-10-25T06:00:00Z",
    ],
    [
      "west of the date line",
      "daily",
      "Pacific/Honolulu",
      "2026-01-10T12:00:00Z",
      "2026-01-10T17:00:00Z",
    ],
    ["east of it", "daily", "Pacific/Kiritimati", "2026-01-10T12:00:00Z", "2026-01-10T17:00:00Z"],
    ["by half hours", "daily", "Asia/Kolkata", "2026-01-10T12:00:00Z", "2026-01-11T01:30:00Z"],
    ["on Monday for a weekly one", "weekly", "UTC", "2026-03-02T07:00:00Z", "2026-03-09T07:00:00Z"],
    ["this Monday before seven", "weekly", "UTC", "2026-03-02T06:59:00Z", "2026-03-02T07:00:00Z"],
    [
      "Monday by the local calendar",
      "weekly",
      "Pacific/Auckland",
      "2026-03-01T17:00:00Z",
      "2026-03-01T18:00:00Z",
    ],
  ] as const)("%s", (_what, cadence, zone, after, due) => {
    expect(nextDigestAt(cadence, zone, new Date(after))?.toISOString()).toBe(
      new Date(due).toISOString(),
    );
  });

  it("immediate mail has no such hour", () => {
    expect(nextDigestAt("immediate", "UTC", new Date("2026-01-01T00:00:00Z"))).toBeNull();
  });

  it("never skips a day, in any zone, over a year and its changes of the clocks", () => {
    const zones = fc.constantFrom(
      "Europe/Paris",
      "America/New_York",
      "Australia/Lord_Howe",
      "Asia/Kathmandu",
      "America/Sao_Paulo",
      "Africa/Casablanca",
      "UTC",
    );
    const starts = fc.integer({ min: Date.UTC(2025, 0), max: Date.UTC(2027, 0) });
    fc.assert(
      fc.property(zones, starts, (zone, start) => {
        let due = new Date(start);
        for (let day = 0; day < 20; day += 1) {
          const next = nextDigestAt("daily", zone, due) ?? due;
          const hours = (next.getTime() - due.getTime()) / 3_600_000;
          expect(hours).toBeGreaterThan(0);
          expect(hours).toBeLessThanOrEqual(25);
          if (day > 0) expect(hours).toBeGreaterThanOrEqual(23);
          due = next;
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("after an outage", () => {
  it("the newest hour that is past ends the period", () => {
    const due = new Date("2026-03-02T07:00:00Z");
    const now = new Date("2026-03-05T09:00:00Z");

    expect(newestDue("daily", "UTC", due, now).toISOString()).toBe("2026-03-05T07:00:00.000Z");
    expect(newestDue("weekly", "UTC", due, now)).toEqual(due);
  });
});

describe("a time zone", () => {
  it.each(["Europe/Paris", "UTC", "America/Argentina/Buenos_Aires"])("%s is one", (name) => {
    expect(isTimeZone(name)).toBe(true);
  });
  it.each(["", "Paris", "+02:00", "Europe/Nowhere", "../../etc", "x".repeat(1_000)])(
    "'%.20s' is none",
    (name) => {
      expect(isTimeZone(name)).toBe(false);
    },
  );
});

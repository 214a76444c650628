import { describe, expect, test } from "vitest";
import { comebackLine } from "../../shared/archive/pages/event-card.ts";
import { dayOf, localeOf } from "../../shared/digests/words.ts";
import { MAIL_LANGUAGES } from "../../shared/domain/vocabulary.ts";
import { FR_EVENT } from "../archive/seed.ts";

describe("a comeback on the very day of the withdrawal is said to be of that day, not after 0 quiet days", () => {
  test.each(MAIL_LANGUAGES)("by mail in %s", (language) => {
    const said = localeOf(language).backFrom("withdrawn", 0);

    expect(said).toMatch(/on the same day|le jour même|am selben Tag/);
    expect(said).not.toMatch(/\d/);
  });

  test("on the pages", () => {
    expect(comebackLine({ ...FR_EVENT, from: "withdrawn", quietDays: 0 })).toBe(
      "Back from withdrawn on the same day",
    );
  });
});

test("a date without a time is the same day to a reader west of Greenwich", () => {
  const locale = localeOf("en");

  expect(dayOf(locale, "2026-01-21T00:00:00.000Z", "America/New_York")).toBe("21 January 2026");
  expect(dayOf(locale, "2026-01-21T03:00:00.000Z", "America/New_York")).toBe("20 January 2026");
});

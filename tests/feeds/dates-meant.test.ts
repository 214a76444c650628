// Dates as they were meant: no date where a tool had none, the order of day and month that a feed itself shows, zones by region.
import { describe, expect, test, vi } from "vitest";
import { parseDate } from "../../shared/feeds/parse-date.ts";
import { atom, holdDates, itemsOf, json } from "./form-rows.ts";

holdDates({
  "a tool's zero or a slip is no date": `
Mon, 01 Jan 0001 00:00:00 +0000 = null
0001-01-01T00:00:00 = null
0001-01-01T00:00:00Z = null
01/01/0001 00:00:00 = null
Wed, 30 Nov -0001 00:00:00 +0000 = null
-0001-11-30T00:00:00+00:00 = null
0000-00-00 00:00:00 = null
-62135596800 = null
1970-01-01T00:00:00Z = null
Thu, 01 Jan 1970 00:00:00 GMT = null
Thu, 01 Jan 1970 01:00:00 +0100 = null
1970-01-01T01:00:00Z = null
0000000000 = null
1601-01-01T00:00:00Z = null
1899-12-30T00:00:00Z = null
1900-01-01T00:00:00 = null
9999-12-31T23:59:59Z = null
Tue, 03 Feb 20261 10:00:00 GMT = null
20261-02-03T10:00:00Z = null
0026-02-03T10:00:00Z = null
Tue, 03 Feb 1026 10:00:00 GMT = null
1948-12-10 = 1948-12-10T00:00:00
1970-01-02T00:00:00Z = 1970-01-02T00:00:00
`,
  "a time before its date": `
10:30, 6 February 2026 = 2026-02-06T10:30:00
10:30 6 February 2026 = 2026-02-06T10:30:00
10:30:15 UTC, 6 February 2026 = 2026-02-06T10:30:15
10:30 pm, February 6, 2026 = 2026-02-06T22:30:00
10h30, 6 février 2026 = 2026-02-06T10:30:00
10:30 2026-02-06 = 2026-02-06T10:30:00
10:30 06.02.2026 = 2026-02-06T10:30:00
`,
  "numbers with spaces": `
Wed, 04 02 2026 08:51:49 +0100 = 2026-02-04T07:51:49
04 02 2026 = 2026-02-04T00:00:00
2026 02 04 08:51:49 = 2026-02-04T08:51:49
`,
  "a zone named by its region": `
Tue, 03 Feb 2026 00:00:00 America/New_York = 2026-02-03T05:00:00
Tue, 03 Feb 2026 10:00:00 Europe/Paris = 2026-02-03T09:00:00
2026-07-03 10:00:00 Europe/Paris = 2026-07-03T08:00:00
2026-02-03T10:00:00 (Europe/Paris) = 2026-02-03T09:00:00
2026-02-03T10:00:00[Europe/Paris] = 2026-02-03T09:00:00
2026-02-03T10:00:00+02:00[Europe/Paris] = 2026-02-03T08:00:00
Tue, 03 Feb 2026 10:00:00 US/Eastern = 2026-02-03T15:00:00
Tue, 03 Feb 2026 10:00:00 America/Argentina/Buenos_Aires = 2026-02-03T13:00:00
Tue, 03 Feb 2026 10:00:00 America/Port-au-Prince = 2026-02-03T15:00:00
2026-03-29 01:30:00 Europe/Paris = 2026-03-29T00:30:00
2026-03-29 03:30:00 Europe/Paris = 2026-03-29T01:30:00
Sun, 02 Apr 2006 00:00:30 America/St_Johns = 2006-04-02T03:30:30
Sun, 02 Apr 2006 01:30:00 America/St_Johns = 2006-04-02T04:00:00
Tue, 03 Feb 2026 10:00:00 Europe/Nowhere = 2026-02-03T10:00:00
`,
});

const listed = (language: string, ...dates: readonly string[]): string =>
  `<rss version="2.0"><channel><title>c</title><language>${language}</language>${dates.map((date) => `<item><title>t</title><pubDate>${date}</pubDate></item>`).join("")}</channel></rss>`;

describe("day and month in numbers", () => {
  test.each([
    ["a day beyond twelve", "en", ["05/02/2026 10:00:00", "23/02/2026 10:00:00"], "2026-02-05T10"],
    [
      "a month first, proven",
      "fr",
      ["02/05/2026 10:00:00", "02/23/2026 10:00:00"],
      "2026-02-05T10",
    ],
    [
      "a month first with dashes, proven",
      "en",
      ["02-05-2026 10:00:00", "02-23-2026 10:00:00"],
      "2026-02-05T10",
    ],
    ["a weekday", "en", ["05/02/2026 10:00:00", "Thu, 05/02/2026 10:00:00"], "2026-02-05T10"],
    ["a language that has the day first", "fr-fr", ["05/02/2026 10:00:00"], "2026-02-05T10"],
    ["nothing", "en", ["02/05/2026 10:00:00"], "2026-02-05T10"],
    [
      "dates that contradict each other",
      "en",
      ["02/05/2026 10:00:00", "23/02/2026 10:00:00", "02/24/2026"],
      "2026-02-05T10",
    ],
  ])("%s decides for the whole feed", async (_name, language, dates, start) => {
    const items = await itemsOf(listed(language, ...dates));

    expect(items[0]?.published).toBe(`${start}:00:00.000Z`);
    expect(items.map(({ published }) => published)).not.toContain(null);
  });

  test("Atom and JSON Feed are put in order too", async () => {
    const [entry] = await itemsOf(
      atom("<title>t</title><updated>23/02/2026</updated><published>05/02/2026</published>"),
    );
    const [item] = await itemsOf(
      json({ id: "1", date_published: "05/02/2026", date_modified: "23/02/2026" }),
    );

    expect(entry?.published).toBe("2026-02-05T00:00:00.000Z");
    expect(item?.published).toBe("2026-02-05T00:00:00.000Z");
  });
});

test("a long feed whose dates name a region asks the zone database a few times, not once a date", () => {
  const asked = vi.spyOn(Intl.DateTimeFormat.prototype as { format: unknown }, "format", "get");
  const dates = Array.from({ length: 2_000 }, (_, index) => {
    const clock = new Date(index * 1_000).toISOString().slice(11, 19);
    return `Wed, 04 Feb 2026 ${clock} Asia/Tashkent`;
  });

  const read = dates.map((date) => parseDate(date));

  expect(read[1_999]).toBe("2026-02-03T19:33:19.000Z");
  expect(asked.mock.calls.length).toBeLessThan(10);
  asked.mockRestore();
});

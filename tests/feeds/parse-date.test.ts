import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDate } from "../../shared/feeds/parse-date.ts";

const ROWS: Readonly<Record<string, readonly (readonly [string, string | null])[]>> = {
  "RFC 822 and its variants": [
    ["Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21.000Z"],
    ["01 Jan 04 19:48 +0100", "2004-01-01T18:48:00.000Z"],
    ["Thu, 5 Apr 2012 10:00:00 EDT", "2012-04-05T14:00:00.000Z"],
    ["Thursday, 01-Jan-04 19:48:21 PST", "2004-01-02T03:48:21.000Z"],
    ["Mon, 09 Mar 2020 00:00:00 EST", "2020-03-09T05:00:00.000Z"],
    ["Sat, 01 Feb 2025 15:08:29 Z", "2025-02-01T15:08:29.000Z"],
    ["03 Apr 02 1500 GMT", "2002-04-03T15:00:00.000Z"],
    ["Mon, 26 Jan 2004 24:00:00 GMT", "2004-01-27T00:00:00.000Z"],
    ["Thu, 01 Jan 2004 00:00:00 +0000 (UTC)", "2004-01-01T00:00:00.000Z"],
    ["Tue, 05 Apr 2016 12:30 p.m. EDT", "2016-04-05T16:30:00.000Z"],
    ["Fri, 31 March 2023 20:19:00 America/Los_Angeles", "2023-04-01T03:19:00.000Z"],
    ["Thu, 01 Jan 2004", "2004-01-01T00:00:00.000Z"],
    ["Wed, 03-07-2013 10:00:00 +0200", "2013-07-03T08:00:00.000Z"],
    ["January 2nd, 2006 at 15:04", "2006-01-02T15:04:00.000Z"],
  ],
  "ISO 8601 and W3CDTF": [
    ["2003-12-31T10:14:55Z", "2003-12-31T10:14:55.000Z"],
    ["2003-12-31T10:14:55.123456-08:00", "2003-12-31T18:14:55.123Z"],
    ["2003-12-31T10:14", "2003-12-31T10:14:00.000Z"],
    ["2003-12-31 10:14:55 +0530", "2003-12-31T04:44:55.000Z"],
    ["2003-12-31", "2003-12-31T00:00:00.000Z"],
    ["2003-12", "2003-12-01T00:00:00.000Z"],
    ["2003", "2003-01-01T00:00:00.000Z"],
    ["2003-335", "2003-12-01T00:00:00.000Z"],
    ["20031231T101455Z", "2003-12-31T10:14:55.000Z"],
    ["03-12-31", "2003-12-31T00:00:00.000Z"],
  ],
  "other tools": [
    ["Sun Jan  4 16:29:06 2004", "2004-01-04T16:29:06.000Z"],
    ["Sun Jan 04 16:29:06 PST 2004", "2004-01-05T00:29:06.000Z"],
    ["Tue Nov 05 07:00:00 GMT+01:00 2013", "2013-11-05T06:00:00.000Z"],
    ["12/31/2003 10:14:55 PM", "2003-12-31T22:14:55.000Z"],
    ["31.12.2003 10:14", "2003-12-31T10:14:00.000Z"],
    ["2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53.000Z"],
    ["1072865695", "2003-12-31T10:14:55.000Z"],
  ],
  "other languages": [
    ["2004년 05월 28일  01:31:15", "2004-05-27T16:31:15.000Z"],
    ["2004-05-25 오후 11:23:17", "2004-05-25T14:23:17.000Z"],
    ["Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00.000Z"],
    ["2004-július-13T9:15-05:00", "2004-07-13T14:15:00.000Z"],
    ["mar., 01 oct. 2013 00:00:00 +0200", "2013-09-30T22:00:00.000Z"],
    ["Mo, 02 Mär 2015 10:00:00 +0100", "2015-03-02T09:00:00.000Z"],
    ["di, 02 mei 2017 10:00:00 +0200", "2017-05-02T08:00:00.000Z"],
    ["Пт, 13 янв 2017 10:00:00 +0300", "2017-01-13T07:00:00.000Z"],
  ],
  "no dates": [
    ["", null],
    ["soon", null],
    ["Mon, 2 Jan 15:04:05 MST", null],
    ["2012-12-32", null],
    ["Thu, 31 Jun 2004 19:48:21 GMT", null],
    ["2012-13-01T00:00:00Z", null],
    ["C-8, second reading", null],
    ["99999999999999999999", null],
  ],
};

describe.each(Object.entries(ROWS))("%s", (_name, rows) => {
  test.each(rows)("%s", (text, expected) => {
    expect(parseDate(text)).toBe(expected);
  });
});

test("what a date says of itself is read back as it was", () => {
  const dates = fc.date({
    min: new Date("1990-01-01"),
    max: new Date("2089-12-31"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(dates, (date) => {
      const whole = new Date(Math.floor(date.getTime() / 1000) * 1000).toISOString();
      expect(parseDate(date.toISOString())).toBe(date.toISOString());
      expect(parseDate(date.toUTCString())).toBe(whole);
    }),
  );
});

test("any text is a date in the years 1 to 9999, or none", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9:./ TZ+,-]{0,30}$/)), (text) => {
      const date = parseDate(text);
      if (date !== null) expect(date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }),
    { numRuns: 2_000 },
  );
});

import { describe, expect, test } from "vitest";
import type { ParsedItem } from "../../shared/domain/feed.ts";
import { FeedId } from "../../shared/domain/ids.ts";
import { recogniseItems } from "../../shared/feeds/known-items.ts";

const NOW = new Date("2026-12-01T12:00:00Z");
const FEED = FeedId.parse("bills");
const DATE = "2026-11-30T13:05:00.000Z";

const item = (over: Partial<ParsedItem>): ParsedItem => ({
  guid: null,
  url: null,
  title: "A report on messages",
  summary: "The committee heard evidence.",
  published: null,
  stage: null,
  updated: null,
  categories: [],
  ...over,
});

/** Each document as it was polled; which item each entry is, numbered in the order in which they were first seen. */
function poll(...documents: readonly (readonly ParsedItem[])[]): number[][] {
  const ids: string[] = [];
  let seen: readonly string[] = [];
  return documents.map((document) => {
    const found = recogniseItems(FEED, document, seen, NOW);
    seen = found.seen;
    return found.items.map(({ id }) => {
      if (!ids.includes(id)) ids.push(id);
      return ids.indexOf(id);
    });
  });
}

describe("an article whose id changes is not mailed as a new one", () => {
  const link = "https://gov.example/notices";
  const rows: readonly [string, Partial<ParsedItem>, Partial<ParsedItem>][] = [
    [
      "the time of the update appended, and a new date",
      { guid: `${link}#2026-11-30T10:00:00+00:00`, url: link, published: DATE },
      {
        guid: `${link}#2026-12-01T05:30:00+00:00`,
        url: link,
        published: "2026-12-01T05:30:00.000Z",
      },
    ],
    [
      "a revision number, and a new headline",
      { guid: `${link}#0`, url: link, published: DATE },
      { guid: `${link}#1`, url: link, published: DATE, title: "A report on private messages" },
    ],
    [
      "http, then https",
      { guid: `http://gov.example/1`, url: "http://gov.example/1" },
      { guid: "https://gov.example/1", url: "https://gov.example/1" },
    ],
    [
      "with www, then without",
      { guid: "a", url: "https://www.gov.example/1/" },
      { guid: "b", url: "https://gov.example/1" },
    ],
    [
      "a tag URI with its revision",
      { guid: "tag:gov.example,2026:7,rev1", url: link },
      { guid: "tag:gov.example,2026:7,rev2", url: link },
    ],
    [
      "an id with its revision and no link",
      { guid: "tag:gov.example,2026:7;rev=1" },
      { guid: "tag:gov.example,2026:7;rev=2", title: "Edited" },
    ],
    [
      "a session in id and link",
      {
        guid: "https://gov.example/n?id=7&sid=2f7c0b6e5a4d4e3f",
        url: "https://gov.example/n?id=7&sid=2f7c0b6e5a4d4e3f",
      },
      {
        guid: "https://gov.example/n?id=7&sid=99ac0b6e5a4d4e30",
        url: "https://gov.example/n?id=7&sid=99ac0b6e5a4d4e30",
      },
    ],
    [
      "a campaign in id and link",
      {
        guid: "https://gov.example/n/7?utm_campaign=a",
        url: "https://gov.example/n/7?utm_campaign=a",
      },
      {
        guid: "https://gov.example/n/7?utm_campaign=b",
        url: "https://gov.example/n/7?utm_campaign=b",
      },
    ],
    [
      "a new number and a new address, but title and date as before",
      { guid: "1", url: "https://gov.example/a/81", published: DATE },
      { guid: "2", url: "https://gov.example/b/82", published: DATE },
    ],
    [
      "a new number at each poll and no link",
      { guid: "8812", published: DATE },
      { guid: "9911", published: DATE },
    ],
    ["neither link nor date, the words as before", { guid: "8812" }, { guid: "9911" }],
  ];
  const other = item({
    guid: "other",
    url: "https://gov.example/other",
    title: "Other",
    published: DATE,
  });

  test.each(rows)("%s", (_how, before, after) => {
    expect(poll([item(before), other], [item(after), other], [item(before), other])).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
  });

  test("a feed of two whose numbers change at every poll, for weeks", () => {
    const two = (nth: number) =>
      [1, 2].map((number) =>
        item({
          guid: `${nth}-${number}`,
          url: `https://x.example/${number}`,
          title: `Paper ${number}`,
        }),
      );

    const polls = poll(...Array.from({ length: 400 }, (_, nth) => two(nth)));

    expect(polls.every(([first, second]) => first === 0 && second === 1)).toBe(true);
  });

  test("what is new in a feed whose guids change at every poll is news, though it bears no date", () => {
    const papers = (nth: number, count: number) =>
      Array.from({ length: count }, (_, number) =>
        item({
          guid: `${nth}-${number}`,
          url: `https://x.example/${number}`,
          title: `Paper ${number}`,
        }),
      );
    const first = recogniseItems(FEED, papers(1, 5), [], NOW);
    const second = recogniseItems(FEED, papers(2, 5), first.seen, NOW);

    const third = recogniseItems(FEED, papers(3, 6), second.seen, NOW);

    expect(second.churn).toMatchObject({ matched: 5 });
    expect(third.items[5]).toMatchObject({ held: false, renamed: false, unchanged: false });
    expect(third.churn).toBeNull();
  });

  test("what changed its id is remembered once, so that the memory holds whole documents", () => {
    const first = recogniseItems(FEED, [item({ guid: "1", url: "https://x.example/1" })], [], NOW);
    const second = recogniseItems(
      FEED,
      [item({ guid: "2", url: "https://x.example/1" })],
      first.seen,
      NOW,
    );

    expect(second.seen).toHaveLength(1);
  });

  test("three edited in a document of twenty raise no alarm", () => {
    const twenty = (edited: string) =>
      Array.from({ length: 20 }, (_, number) =>
        item({
          guid: `n${number}${number < 3 ? edited : ""}`,
          url: `https://x.example/${number}`,
          title: `Paper ${number}`,
        }),
      );
    const first = recogniseItems(FEED, twenty("#1"), [], NOW);

    expect(recogniseItems(FEED, twenty("#2"), first.seen, NOW).churn).toBeNull();
  });
});

describe("what is another item stays one, and is not lost", () => {
  const page = "https://parliament.example/business";

  test.each<[string, Partial<ParsedItem>, Partial<ParsedItem>]>([
    [
      "the front page as link",
      { guid: "1", url: "https://x.example/" },
      { guid: "2", url: "https://x.example/", title: "Another" },
    ],
    [
      "the same headline on another day",
      { guid: "1", url: "https://x.example/1", published: "2026-11-29T09:10:00.000Z" },
      { guid: "2", url: "https://x.example/2", published: "2026-11-30T09:10:00.000Z" },
    ],
    [
      "the same headline twice on a day that has no time",
      { guid: "1", url: "https://x.example/1", published: "2026-11-30T00:00:00.000Z" },
      { guid: "2", url: "https://x.example/2", published: "2026-11-30T00:00:00.000Z" },
    ],
    [
      "the same headline without a date",
      { guid: "1", url: "https://x.example/1" },
      { guid: "2", url: "https://x.example/2" },
    ],
    [
      "numbers that are no revisions",
      { guid: "paper-1", title: "One" },
      { guid: "paper-2", title: "Two" },
    ],
  ])("%s", (_how, before, after) => {
    expect(poll([item(before)], [item(after)])).toEqual([[0], [1]]);
  });

  test("an address that two known items had is no way to tell which one a new guid is", () => {
    const at = (guid: string, title: string) => item({ guid, url: page, title });

    expect(poll([at("1", "First"), at("2", "Second")], [at("3", "Third")])).toEqual([[0, 1], [2]]);
  });
});

describe("one link for every item and no guid, as an official feed has it", () => {
  const page = "https://parliament.example/business";
  const entry = (
    number: number,
    published: string | null = `2026-11-${10 + number}T08:30:00.000Z`,
  ) => item({ url: page, title: `Decision ${number}`, published });

  test.each([
    ["dated", undefined],
    ["undated", null],
  ])("as entries come and go (%s) none becomes another, down to a single one", (_how, date) => {
    const [one, two, three, four] = [1, 2, 3, 4].map((number) => entry(number, date)) as [
      ParsedItem,
      ParsedItem,
      ParsedItem,
      ParsedItem,
    ];

    expect(poll([two, one], [three, two], [three], [four], [four, three])).toEqual([
      [0, 1],
      [2, 0],
      [2],
      [3],
      [3, 2],
    ]);
  });

  test("what comes to the address that a numbered entry has left is another one", () => {
    const at = (guid: string, url: string) =>
      item({ guid: `https://gov.example/${guid}#1`, url, title: guid, published: DATE });

    expect(poll([at("a", `${page}/1`)], [at("a", `${page}/2`), at("b", `${page}/1`)])).toEqual([
      [0],
      [0, 1],
    ]);
  });

  test("the first entry stays itself when a second comes to its link", () => {
    expect(poll([entry(1)], [entry(2), entry(1)], [entry(3), entry(2)])).toEqual([
      [0],
      [1, 0],
      [2, 1],
    ]);
  });

  test("one guid for every item is as little", () => {
    const same = (number: number) => ({ ...entry(number), guid: "false", url: null });

    expect(poll([same(1)], [same(2), same(1)], [same(3), same(2)], [same(3)], [same(4)])).toEqual([
      [0],
      [1, 0],
      [2, 1],
      [2],
      [3],
    ]);
  });
});

test("a stable guid is the same item whatever else of it changes", () => {
  expect(
    poll(
      [item({ guid: "g", url: "https://x.example/1", title: "First", published: DATE })],
      [item({ guid: "g", url: "https://x.example/2", title: "Second", published: null })],
    ),
  ).toEqual([[0], [0]]);
});

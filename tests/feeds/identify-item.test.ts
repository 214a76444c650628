import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FeedDefinition, type ParsedItem } from "../../shared/domain/feed.ts";
import { FeedId } from "../../shared/domain/ids.ts";
import { canonicalUrl, keysOf } from "../../shared/feeds/identify-item.ts";
import { recogniseItems } from "../../shared/feeds/known-items.ts";
import { isMaterialChange, normalizeItem } from "../../shared/feeds/normalize-item.ts";
import { newFeedState } from "../../shared/feeds/poll-schedule.ts";

const NOW = new Date("2026-03-01T12:00:00Z");
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

describe("the ladder", () => {
  test.each([
    [
      "guid",
      item({ guid: "g", url: "https://x.example/1" }),
      item({ guid: "g", url: "https://x.example/2", title: "Other" }),
    ],
    [
      "link",
      item({ url: "https://x.example/1?wt_mc=rss.ho" }),
      item({ url: "https://x.example/1?utm_source=a&utm_medium=b", title: "Other" }),
    ],
    [
      "title and date",
      item({ published: "2026-01-01T00:00:00.000Z" }),
      item({ published: "2026-01-01T00:00:00.000Z", summary: "Edited." }),
    ],
  ])("by %s, the same item keeps its key while the rest changes", (_rung, before, after) => {
    expect(keysOf([after])).toEqual(keysOf([before]));
  });

  test("titles alike on different days are different items", () => {
    const keys = keysOf([
      item({ published: "2026-01-01T00:00:00.000Z" }),
      item({ published: "2026-01-02T00:00:00.000Z" }),
    ]);

    expect(new Set(keys).size).toBe(2);
  });

  test("two items with one guid in one document are two, and none has the key that one alone would have", () => {
    const first = item({ guid: "g", title: "First reading" });
    const second = item({ guid: "g", title: "Second reading" });
    const third = item({ guid: "g", title: "Third reading" });

    const three = keysOf([third, second, first]);

    expect(new Set(three).size).toBe(3);
    expect(keysOf([second, first])).toEqual([three[1], three[2]]);
    expect(three).not.toContain(keysOf([first])[0]);
  });

  test("an entry that stands twice in a document is one, under the key it has alone", () => {
    const one = item({ url: "https://x.example/1", published: "2026-01-01T00:00:00.000Z" });

    expect(new Set(keysOf([one, one]))).toEqual(new Set(keysOf([one])));
  });

  test("the order of a document changes no key", () => {
    const some = fc.array(
      fc.record({
        guid: fc.constantFrom("a", "b", null),
        title: fc.constantFrom("x", "y", "z"),
        published: fc.constantFrom("2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(
        some,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (rows, chance) => {
          const items = rows.map((row) => item(row));
          const order = items
            .map((_, index) => ({ index, at: chance.next().value ?? 0 }))
            .sort((a, b) => a.at - b.at);
          const keys = keysOf(items);

          const shuffled = keysOf(order.flatMap(({ index }) => items[index] ?? []));

          expect(new Set(shuffled)).toEqual(new Set(keys));
        },
      ),
    );
  });

  test("ten polls of a feed with neither guids nor links keep every id", () => {
    const items = [
      item({ title: "One" }),
      item({ title: "Two" }),
      item({ title: "", summary: "Untitled words" }),
    ];
    const polls = Array.from({ length: 10 }, () => keysOf(items).join());

    expect(new Set(polls).size).toBe(1);
  });
});

test.each([
  ["https://x.example/a?id=1&utm_campaign=x&fbclid=y#rss", "https://x.example/a?id=1"],
  ["http://x.example/a?ref=rss", "https://x.example/a"],
  ["https://x.example/a?ref=amendment-3", "https://x.example/a?ref=amendment-3"],
  ["https://x.example/a?source=committee&rss=1", "https://x.example/a?source=committee"],
  ["no address", "no address"],
])("%s is known as %s", (url, expected) => {
  expect(canonicalUrl(url)).toBe(expected);
});

describe("what was seen is recognised", () => {
  const feed = FeedId.parse("bills");
  const fifty = Array.from({ length: 50 }, (_, index) =>
    item({
      guid: `old-${index}`,
      url: `https://x.example/${index}`,
      title: `Paper ${index}`,
      published: "2025-01-01T00:00:00.000Z",
    }),
  );
  const recognise = (items: readonly ParsedItem[], seen: readonly string[] = []) =>
    recogniseItems(feed, items, seen, NOW);
  const first = recognise(fifty);

  test("a second look finds nothing to do", () => {
    expect(recognise(fifty, first.seen).items.every(({ unchanged }) => unchanged)).toBe(true);
  });

  test("when all guids change overnight the items are the old ones, and an alarm is raised", () => {
    const renamed = fifty.map((old, index) => ({ ...old, guid: `new-${index}` }));

    const again = recognise(renamed, first.seen);

    expect(again.items.map(({ id }) => id)).toEqual(first.items.map(({ id }) => id));
    expect(again.items.every(({ unchanged }) => unchanged)).toBe(true);
    expect(again.churn).toMatchObject({ matched: 50, held: 0 });
  });

  test("a feed whose guids change at every poll never floods", () => {
    let seen = first.seen;
    for (let poll = 1; poll < 6; poll += 1) {
      const renamed = fifty.map((old, index) => ({ ...old, guid: `poll-${poll}-${index}` }));
      const again = recognise(renamed, seen);
      expect(again.items.map(({ id }) => id)).toEqual(first.items.map(({ id }) => id));
      seen = again.seen;
    }
  });

  test("addresses may change with the guids, if the titles tell them apart", () => {
    const moved = fifty.map((old, index) => ({
      ...old,
      guid: `new-${index}`,
      url: `https://y.example/n/${index}`,
    }));

    expect(recognise(moved, first.seen).items.map(({ id }) => id)).toEqual(
      first.items.map(({ id }) => id),
    );
  });

  test("what is new on such a night is news only where its date says so; the rest is held back", () => {
    const renamed = fifty.slice(2).map((old, index) => ({ ...old, guid: `new-${index}` }));
    const recent = item({
      guid: "r",
      url: "https://x.example/r",
      title: "Fresh",
      published: "2026-03-01T10:00:00.000Z",
    });
    const old = item({
      guid: "o",
      url: "https://x.example/o",
      title: "Dug up",
      published: "2024-03-01T10:00:00.000Z",
    });

    const again = recognise([recent, old, ...renamed], first.seen);

    expect(again.items[0]).toMatchObject({ unchanged: false, held: false });
    expect(again.items[1]).toMatchObject({ unchanged: false, held: true });
    expect(again.churn).toMatchObject({ held: 1 });
  });

  test("ordinary new items are news, though they stand at the address of an item that is still shown", () => {
    const added = item({
      guid: "x",
      url: "https://x.example/49",
      title: "Paper 49, second reading",
    });

    const again = recognise([added, ...fifty], first.seen);

    expect(again.items[0]).toMatchObject({ unchanged: false, held: false, renamed: false });
    expect(first.items.map(({ id }) => id)).not.toContain(again.items[0]?.id);
    expect(again.churn).toBeNull();
  });
});

describe("a revision is a new stage or new text, not a new headline", () => {
  const said = (title: string, summary: string, stageHint: string | null = null) => ({
    title,
    summary,
    stageHint,
  });
  const LONG =
    "The House of Lords will consider the report of its committee on the interception of encrypted messages next week.";

  test.each([
    ["a new stage", said("Bill", LONG, "2nd reading"), said("Bill", LONG, "Report stage"), true],
    [
      "a stage spelled otherwise",
      said("Bill", LONG, "2nd reading"),
      said("Bill", LONG, "2nd  Reading"),
      false,
    ],
    [
      "a corrected headline",
      said("Lords debate messages", LONG),
      said("Lords to debate private messages", LONG),
      false,
    ],
    [
      "a rewritten headline",
      said("Lords debate messages", LONG),
      said("Peers weigh in on snooping", LONG),
      false,
    ],
    [
      "a corrected word",
      said("Bill", LONG),
      said("Bill", LONG.replace("next week", "on Tuesday")),
      false,
    ],
    [
      "a new text",
      said("Bill", LONG),
      said(
        "Bill",
        "Ministers withdrew clause 7 after the vote; a revised draft follows in autumn, the home secretary told members.",
      ),
      true,
    ],
  ])("%s", (_change, before, after, expected) => {
    expect(isMaterialChange(before, after, false)).toBe(expected);
  });

  test("where an institution's item is all headline, a new one is new text", () => {
    const before = said("C-8, First Reading in the House", "");

    expect(isMaterialChange(before, said("C-8, Royal Assent received", ""), true)).toBe(true);
    expect(isMaterialChange(before, said("C-8, first reading in the House", ""), true)).toBe(false);
  });
});

describe("dates", () => {
  const state = newFeedState(
    FeedDefinition.parse({ id: "x1", url: "https://x.example/", title: "X", kind: "press" }),
    NOW,
  );

  test.each([
    ["2026-02-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z"],
    ["2041-01-01T00:00:00.000Z", NOW.toISOString()],
    ["1970-01-01T00:00:00.000Z", NOW.toISOString()],
    ["0001-01-01T00:00:00.000Z", NOW.toISOString()],
    [null, NOW.toISOString()],
  ])("published %s is filed under %s, and never above now", (published, expected) => {
    const kept = normalizeItem(item({ published }), "k", state, NOW);

    expect(kept.effectiveAt).toBe(expected);
    expect(kept.publishedAt).toBe(published);
  });

  test("a first poll's items are backfill, and a later one's are not", () => {
    expect(normalizeItem(item({}), "k", state, NOW).backfill).toBe(true);
    expect(
      normalizeItem(item({}), "k", { ...state, firstPolledAt: NOW.toISOString() }, NOW).backfill,
    ).toBe(false);
  });
});

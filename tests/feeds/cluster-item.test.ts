import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { FeedId } from "../../shared/domain/ids.ts";
import type { Kind } from "../../shared/domain/vocabulary.ts";
import { isSameStory, mayCluster, storyKeysOf } from "../../shared/feeds/cluster-item.ts";

const told = (
  title: string,
  over: { feed?: string; kind?: Kind; url?: string | null; summary?: string; at?: string } = {},
) => ({
  title,
  summary: over.summary ?? "",
  url: over.url ?? null,
  feed: {
    id: (over.feed ?? "a-paper") as FeedId,
    kind: over.kind ?? ("press" as Kind),
    jurisdiction: null,
    language: "en",
  },
  effectiveAt: over.at ?? "2026-03-01T10:00:00.000Z",
});

const TITLE = "French MPs reject encryption backdoor in drug trafficking bill";

const ROWS: readonly [string, ReturnType<typeof told>, ReturnType<typeof told>, boolean][] = [
  ["the same words elsewhere are one story", told(TITLE), told(TITLE, { feed: "b-paper" }), true],
  [
    "an aggregator's suffix hides nothing",
    told(TITLE),
    told(`${TITLE} - The Daily Paper`, { feed: "b-paper" }),
    true,
  ],
  [
    "a word more or less is the same agency report",
    told(TITLE),
    told(`Update: ${TITLE}`, { feed: "b-paper" }),
    true,
  ],
  [
    "one address is one story whatever the headline",
    told("MPs say no to Paris", { url: "https://x.org/a?utm_source=rss" }),
    told("A vote in France surprises all", { feed: "b-paper", url: "https://x.org/a" }),
    true,
  ],
  [
    "like headlines with like leads are one story",
    told("French deputies reject the encryption backdoor bill", {
      summary: "The Assembly voted 119 to 24 against article 8 ter on Thursday night.",
    }),
    told("French deputies reject encryption backdoor again", {
      feed: "b-paper",
      summary: "The Assembly voted 119 to 24 against article 8 ter late on Thursday.",
    }),
    true,
  ],
  [
    "the same subject told anew is another story",
    told(TITLE),
    told("Encryption backdoor returns in new French bill, minister says", { feed: "b-paper" }),
    false,
  ],
  [
    "the same words a month later are another story",
    told(TITLE),
    told(TITLE, { feed: "b-paper", at: "2026-04-02T10:00:00.000Z" }),
    false,
  ],
  ["a feed's own repeat is an item of its own", told(TITLE), told(TITLE), false],
  [
    "a parliament's item is never swallowed by the press",
    told(TITLE),
    told(TITLE, { feed: "assembly", kind: "parliament" }),
    false,
  ],
  [
    "nor does it swallow one",
    told(TITLE, { feed: "assembly", kind: "parliament" }),
    told(TITLE),
    false,
  ],
  [
    "short headlines tell no story",
    told("Chat control"),
    told("Chat control", { feed: "b-paper" }),
    false,
  ],
];

describe("one story in many feeds", () => {
  it.each(ROWS)("%s", (_name, a, b, same) => {
    expect(isSameStory(a, b)).toBe(same);
    expect(isSameStory(b, a)).toBe(same);
  });

  it.each(ROWS.filter(([, , , same]) => same))(
    "%s, and is found by a shared name",
    (_name, a, b) => {
      const names = new Set(storyKeysOf(a));

      expect(storyKeysOf(b).some((name) => names.has(name))).toBe(true);
    },
  );

  test("any title gives few names, the same at every look", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (title) => {
        const names = storyKeysOf(told(title));
        expect(names.length).toBeLessThanOrEqual(7);
        expect(storyKeysOf(told(title))).toEqual(names);
      }),
    );
  });

  test("government and regulator stand for themselves like a parliament", () => {
    const kinds: readonly Kind[] = [
      "parliament",
      "government",
      "regulator",
      "press",
      "ngo",
      "community",
    ];

    expect(kinds.filter((kind) => mayCluster(told(TITLE, { kind })))).toEqual([
      "press",
      "ngo",
      "community",
    ]);
  });
});

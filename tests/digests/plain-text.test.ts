import { describe, expect, it } from "vitest";
import { itemWords } from "../../shared/digests/digest-words.ts";
import { oneLine } from "../../shared/digests/plain-text.ts";
import { localeOf } from "../../shared/digests/words.ts";
import { sampleDecision, sampleItem } from "../store/samples.ts";

const [ISOLATE, END] = ["\u2068", "\u2069"];

describe("a feed's text turns nothing around in a mail", () => {
  it.each([
    ["a Latin title stays as it is", "Chat control is back", "Chat control is back"],
    ["a mark that turns what follows is gone", "a\u202eb\u2067c\u200fd", "abcd"],
    ["Hebrew is isolated", "הצפנה", `${ISOLATE}הצפנה${END}`],
    ["Arabic among Latin letters is isolated", "EU: التشفير", `${ISOLATE}EU: التشفير${END}`],
    ["an isolate that a feed left open is closed", "\u2067التشفير", `${ISOLATE}التشفير${END}`],
  ])("%s", (_name, text, shown) => {
    expect(oneLine(text, 100)).toBe(shown);
    expect(oneLine(oneLine(text, 100), 100)).toBe(shown);
  });

  it("is closed where it was cut", () => {
    expect(oneLine("הצפנה ".repeat(40), 60)).toMatch(/^\u2068[^\u2068\u2069]*…\u2069$/);
  });

  it("in each list of words and facts", () => {
    const { title, words } = itemWords(
      {
        item: {
          ...sampleItem("a"),
          title: "قانون التشفير",
          decision: {
            ...sampleDecision(),
            evidence: [{ term: "x", field: "title", start: 0, end: 5, weight: 1 }],
          },
        },
        dossier: null,
      } as unknown as Parameters<typeof itemWords>[0],
      localeOf("en"),
      { publicUrl: "https://watch.example.org" } as Parameters<typeof itemWords>[2],
      "UTC",
    );

    expect(title).toBe(`${ISOLATE}قانون التشفير${END}`);
    expect(words).toContain(`${ISOLATE}قانون${END}`);
  });
});

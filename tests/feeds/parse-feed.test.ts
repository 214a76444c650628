import { describe, expect, test } from "vitest";
import { parseFeedDocument } from "../../shared/feeds/parse-feed.ts";
import { itemsOf } from "./form-rows.ts";
import { read, rss } from "./seen-rows.ts";

describe("a document that is no feed is named, and yields nothing", () => {
  test.each([
    ["", "empty"],
    ["   \n", "empty"],
    ["<!DOCTYPE html><html><head><title>Moved</title></head></html>", "html"],
    ["<head><title>Moved</title></head><body>here</body>", "html"],
    ["<html><head><title>Just a moment...</title></head></html>", "challenge"],
    ["<html><body>Please solve this CAPTCHA</body></html>", "challenge"],
    ['{"error":"none"}', "not-a-feed"],
    ['{"version":"https://jsonfeed.org/version/1","items":[{"id":"1"', "truncated"],
    ["<error><code>500</code></error>", "not-a-feed"],
    ["Service unavailable", "not-a-feed"],
    ["<opml><body/></opml>", "not-a-feed"],
    ["<opml><head><title>t</title></head><body><outline text='t'/></body></opml>", "not-a-feed"],
    ["<rss version='2.0'><channel><item><title>One</title></item><item><title>Tw", "truncated"],
    ["<rss version='2.0'><channel><item><title>One</title><descr", "truncated"],
    ["<rss version='2.0'><channel><title>On", "truncated"],
    ["<feed xmlns='http://www.w3.org/2005/Atom'><entry><title><![CDATA[One", "truncated"],
  ])("%j is %s", async (document, reason) => {
    const outcome = await parseFeedDocument(new TextEncoder().encode(document), null, "");

    expect(outcome).toMatchObject({ kind: "failed", reason });
  });
});

test.each([
  ["in the second item's title", "<item><title>One</title></item><item><title>Tw", ["One"]],
  [
    "between two fields of the second",
    "<item><title>One</title></item><item><title>Two</title>\n",
    ["One", "Two"],
  ],
  ["in a tag of the first", "<item><title>One</title><li", []],
  ["in the first one's words", "<item><title>One</title><description>wor", []],
])(
  "a feed cut off %s is refused, and its whole items are told apart",
  async (_where, items, whole) => {
    const body = new TextEncoder().encode(`<rss version="2.0"><channel>${items}`);

    const outcome = await parseFeedDocument(body, null, "");

    expect(outcome).toMatchObject({ kind: "failed", reason: "truncated" });
    expect(outcome.kind === "failed" && outcome.whole?.map(({ title }) => title)).toEqual(whole);
  },
);

test("a feed without items is a feed", async () => {
  expect(await itemsOf('<rss version="2.0"><channel><title>t</title></channel></rss>')).toEqual([]);
});

test("one bad item costs no other", async () => {
  const read = await itemsOf(
    "<rss version='2.0'><channel><item/><item><link/><pubDate>never</pubDate><guid/></item><item><title>One</title></item></channel></rss>",
  );

  expect(read.map(({ title }) => title)).toEqual(["", "", "One"]);
});

test("an item that is never closed does not swallow the next", async () => {
  const read = await itemsOf(
    "<rss version='2.0'><channel><item><title>One</title><item><title>Two</title></item></channel></rss>",
  );

  expect(read.map(({ title }) => title)).toEqual(["One", "Two"]);
});

test("ttl and skipHours are read where they say something", async () => {
  const feed = await read(
    rss(
      "<title>t</title>",
      '2.0"',
      "<ttl>90</ttl><skipHours><hour>0</hour><hour>24</hour><hour>5</hour><hour>x</hour></skipHours>",
    ),
  );

  expect(feed).toMatchObject({ ttlMinutes: 90, skipHours: [0, 5], capped: false });
});

test("names that JavaScript holds dear are only names", async () => {
  const read = await itemsOf(
    rss(
      "<__proto__ constructor='x'><toString/></__proto__><constructor>c</constructor><title>One</title><hasOwnProperty/>",
    ),
  );

  expect(read[0]?.title).toBe("One");
  expect(Object.keys(Object.prototype)).toEqual([]);
});

// Addresses that a browser would not follow, or that lead past somebody who counts, and where they end.
import { describe, expect, test } from "vitest";
import { resolveUrl } from "../../shared/feeds/resolve-url.ts";
import { atom, hold, rss } from "./form-rows.ts";

const BASE = "https://www.site.example/feeds/all.xml";

const SLIPS: Readonly<Record<string, readonly (readonly [stated: string, meant: string])[]>> = {
  "a host without its scheme is a host, not a path": [
    ["www.site.example/news/7", "https://www.site.example/news/7"],
    ["site.example/news/7", "https://site.example/news/7"],
    ["news.site.example", "https://news.site.example"],
    ["bills.parliament.uk/bills/3137?x=1", "https://bills.parliament.uk/bills/3137?x=1"],
    ["news.html", "https://www.site.example/feeds/news.html"],
    ["index.pl/7", "https://www.site.example/feeds/index.pl/7"],
    ["2026/02.03/a", "https://www.site.example/feeds/2026/02.03/a"],
  ],
  "a scheme that lacks a sign is mended": [
    ["http:/site.example/a", "http://site.example/a"],
    ["https:site.example/a", "https://site.example/a"],
    ["https//site.example/a", "https://site.example/a"],
    ["http://https://site.example/a", "https://site.example/a"],
    ["https://http.example/a", "https://http.example/a"],
  ],
  "an ampersand is one, however often it was escaped": [
    ["https://site.example/v?id=7&amp;lang=en", "https://site.example/v?id=7&lang=en"],
    ["https://site.example/v?id=7&amp;amp;lang=en", "https://site.example/v?id=7&lang=en"],
    ["https://site.example/v?id=7&#038;lang=en", "https://site.example/v?id=7&lang=en"],
    ["/v?id=7&amp;lang=en", "https://www.site.example/v?id=7&lang=en"],
  ],
  "spaces and accents are encoded": [
    ["https://site.example/un été.html", "https://site.example/un%20%C3%A9t%C3%A9.html"],
    ["https://site.example/a?q=clé de", "https://site.example/a?q=cl%C3%A9%20de"],
    ["https://site.example/a%20b", "https://site.example/a%20b"],
  ],
  "a redirector gives way to the page it leads to": [
    [
      "https://www.google.com/url?rct=j&sa=t&url=https://paper.example/a/7&ct=ga",
      "https://paper.example/a/7",
    ],
    [
      "https://www.google.co.uk/url?q=https%3A%2F%2Fpaper.example%2Fa%3Fid%3D7&sa=U",
      "https://paper.example/a?id=7",
    ],
    [
      "http://news.google.com/news/url?sa=t&fd=R&usg=x&url=http://paper.example/a",
      "http://paper.example/a",
    ],
    [
      "http://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fpaper.example%2fa&c=1",
      "https://paper.example/a",
    ],
    ["https://www.bing.com/ck/a?u=a1aHR0cHM6Ly9wYXBlci5leGFtcGxlL2E", "https://paper.example/a"],
    ["https://duckduckgo.com/l/?uddg=https%3A%2F%2Fpaper.example%2Fa", "https://paper.example/a"],
    ["//duckduckgo.com/l/?uddg=https%3A%2F%2Fpaper.example%2Fa", "https://paper.example/a"],
    [
      "https://l.facebook.com/l.php?u=https%3A%2F%2Fpaper.example%2Fa&h=AT0",
      "https://paper.example/a",
    ],
    [
      "https://r.search.yahoo.com/_ylt=A/RV=2/RU=https%3a%2f%2fpaper.example%2fa/RK=2/RS=x",
      "https://paper.example/a",
    ],
    ["https://www.google.com/amp/s/paper.example/a", "https://paper.example/a"],
    [
      "https://www.google.com/url?url=https%3A%2F%2Fl.facebook.com%2Fl.php%3Fu%3Dhttps%253A%252F%252Fpaper.example%252Fa",
      "https://paper.example/a",
    ],
    [
      "https://www.google.com/url?url=javascript:alert(1)",
      "https://www.google.com/url?url=javascript:alert(1)",
    ],
    [
      "https://paper.example/url?url=https://other.example/",
      "https://paper.example/url?url=https://other.example/",
    ],
  ],
};

describe.each(Object.entries(SLIPS))("%s", (_name, rows) => {
  test.each(rows)("%s", (stated, meant) => {
    expect(resolveUrl(stated, BASE)).toBe(meant);
  });
});

hold("an entry's address", [
  [
    "escaped twice",
    rss("<link>https://site.example/view?id=7&amp;amp;lang=en</link>"),
    { url: "https://site.example/view?id=7&lang=en" },
  ],
  [
    "of a redirector in Atom",
    atom(
      '<id>tag:g,2013:1</id><link href="https://www.google.com/url?sa=t&amp;url=https://paper.example/a/7&amp;ct=ga"/>',
    ),
    { url: "https://paper.example/a/7", guid: "tag:g,2013:1" },
  ],
]);

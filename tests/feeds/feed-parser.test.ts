import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createParser, type FeedParser } from "../../shared/feeds/feed-parser.ts";
import { rssOf, sampleItems, seeded } from "../servers/feed-server.ts";

/** A busy machine is slow at everything; only what never ends takes so long. */
const HANGS_MS = 200_000;
let parser: FeedParser;
afterEach(() => parser?.close());

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const item = (description: string): string =>
  `<rss version="2.0"><channel><item><guid>g</guid><title>One</title><description>${description}</description></item></channel></rss>`;

test("a document is read in another thread, many in turn in the same one", async () => {
  parser = createParser({ deadlineMs: HANGS_MS });

  const outcomes = await Promise.all(
    [3, 5, 7].map((count) => parser.parseFeed(bytes(rssOf(sampleItems(count))), null, "")),
  );

  expect(
    outcomes.map((outcome) => (outcome.kind === "parsed" ? outcome.feed.items.length : 0)),
  ).toEqual([3, 5, 7]);
});

test("a document that burns CPU is given up at the deadline, and the next one is read", async () => {
  parser = createParser({ deadlineMs: 500 });

  const slow = await parser.parseFeed(
    bytes(`<rss><channel>${"<item><title>x</title></item>".repeat(300_000)}</channel></rss>`),
    null,
    "",
  );
  const outcome = await createAndRead();

  expect(slow).toMatchObject({ kind: "failed", reason: "parse-timeout" });
  expect(outcome).toBe(2);

  async function createAndRead(): Promise<number> {
    // Its thread is another one, whose start alone may take longer than this deadline on a busy machine.
    for (;;) {
      const next = await parser.parseFeed(bytes(rssOf(sampleItems(2))), null, "");
      if (next.kind === "parsed") return next.feed.items.length;
    }
  }
});

/** Each of these cost a library seconds, gigabytes or its life. */
const BOMBS: Readonly<Record<string, () => string>> = {
  "open brackets": () => item("&lt;".repeat(250_000)),
  "bare open brackets": () => item(`<![CDATA[${"<".repeat(1_000_000)}]]>`),
  "half tags": () => item(`<![CDATA[${"a<h".repeat(330_000)}]]>`),
  "half comments": () => item(`<![CDATA[${"<!--".repeat(250_000)}]]>`),
  "half scripts": () => item(`<![CDATA[${"<script>".repeat(120_000)}]]>`),
  "half quotes": () => item(`<![CDATA[${'<a b="'.repeat(160_000)}]]>`),
  "quoted brackets": () => item(`<![CDATA[${'<a b=">'.repeat(140_000)}]]>`),
  hyphens: () => item("-".repeat(1_000_000)),
  ampersands: () => item("&".repeat(1_000_000)),
  references: () => item("&#65;".repeat(1_000_000)),
  "deep nesting": () => item("<a>".repeat(30_000)),
  "end tags of nothing": () => item(`${"<a>".repeat(20_000)}${"</b>".repeat(20_000)}`),
  attributes: () =>
    item(`<a ${Array.from({ length: 50_000 }, (_, index) => `b${index}="x"`).join(" ")}/>`),
  namespaces: () =>
    item(
      `<a ${Array.from({ length: 20_000 }, (_, index) => `xmlns:n${index}="u"`).join(" ")}><b/></a>`,
    ),
  "nested namespaces": () =>
    item(Array.from({ length: 150 }, (_, index) => `<a xmlns:n${index}="u">`).join("")),
  "an entity of a hundred kilobytes": () =>
    `<!DOCTYPE r [<!ENTITY a "${"x".repeat(100_000)}">]>${item("&a;".repeat(1_000))}`,
  "a doctype that never ends": () => `<!DOCTYPE r [${"<!ENTITY ".repeat(100_000)}${item("x")}`,
  spaces: () => item(" ".repeat(2_000_000)),
  "a flood of items": () => rssOf(sampleItems(20_000)),
};

describe("what is made to cost a parser its life", () => {
  /** One thread for all: to start one costs more than most of these do. One that they break is replaced. */
  const hardened = createParser({ deadlineMs: HANGS_MS });
  /** What a machine that is slow today needs for an honest document of four megabytes. */
  let honest = 0;

  /** Of all threads of this process: how long it took says more of the machine's other work. */
  async function costOf(body: Uint8Array) {
    const before = process.cpuUsage();
    const outcome = await hardened.parseFeed(body, null, "");
    return { outcome, seconds: process.cpuUsage(before).user / 1e6 };
  }

  beforeAll(async () => {
    await costOf(bytes(rssOf(sampleItems(1))));
    honest = (await costOf(bytes(rssOf(sampleItems(20_000))))).seconds;
  });
  afterAll(() => hardened.close());

  test.each(Object.entries(BOMBS))("%s cost little work, and grow no text", async (_name, make) => {
    const body = bytes(make());

    const { outcome, seconds } = await costOf(body);

    expect(seconds).toBeLessThan(10 * honest);
    expect(outcome.kind === "failed" ? outcome.reason : "read").not.toMatch(/^parse-/);
    expect(JSON.stringify(outcome).length).toBeLessThan(body.length * 1.1 + 2_000);
  });
});

test("any bytes end in items or in a named failure", async () => {
  parser = createParser({ deadlineMs: HANGS_MS });
  const random = seeded(20260301);
  const whole = bytes(rssOf(sampleItems(6), "<ttl>5</ttl>"));
  for (let round = 0; round < 300; round += 1) {
    const mutated = Uint8Array.from(whole);
    for (let change = 0; change < 1 + random() * 30; change += 1)
      mutated[Math.floor(random() * mutated.length)] = Math.floor(random() * 256);
    const from = random() < 0.3 ? Math.floor(random() * mutated.length) : 0;

    const outcome = await parser.parseFeed(mutated.subarray(from), null, "");

    expect(["parsed", "failed"]).toContain(outcome.kind);
    if (outcome.kind === "failed") expect(outcome.reason).not.toMatch(/^parse-/);
  }
});

test("an idle parser does not keep the process alive", async () => {
  parser = createParser();
  const script = `import { createParser } from ${JSON.stringify(fileURLToPath(new URL("../../shared/feeds/feed-parser.ts", import.meta.url)))};
    const parser = createParser(); const outcome = await parser.parseFeed(Buffer.from("<rss/>"), null, ""); console.log(outcome.kind);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script]);
  let said = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
  });

  const code = await new Promise((resolve) => child.once("exit", resolve));

  expect(said.trim()).toBe("parsed");
  expect(code).toBe(0);
});

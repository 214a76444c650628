// Commands: `parse` as a process: what it prints, what it says on standard error, and its exit codes.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const CLI = fileURLToPath(new URL("../../functions/cli/backdoor-watch.mjs", import.meta.url));
const FEED =
  '<rss version="2.0"><channel><item><guid>a</guid><link>/a</link><title>Vote</title></item></channel></rss>';

async function run(args: readonly string[], input: string) {
  const child = spawn("node", [CLI, "parse", ...args]);
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { out, err, code };
}

it("a feed's items come out a line each, with links made whole by --url", async () => {
  const { out, code } = await run(["--url", "https://feeds.example/rss"], FEED);

  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    guid: "a",
    url: "https://feeds.example/a",
    title: "Vote",
  });
});

it("of a feed that is cut short the whole items come out, its reason is named, and the exit code is 2", async () => {
  const { out, err, code } = await run([], FEED.replace("</channel></rss>", "<item><title>Hal"));

  expect(code).toBe(2);
  expect(err).toContain("truncated");
  expect(
    out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).title),
  ).toEqual(["Vote"]);
});

it.each([
  ["an unknown option", ["--nope"], FEED, 2, "--nope"],
  ["a --url that is no address", ["--url", "nope"], FEED, 2, "--url"],
  ["a feed cut short in its first item", [], FEED.slice(0, 60), 1, "truncated"],
  ["empty input", [], "", 1, "empty"],
  ["a web page", [], "<html><head><title>Sign in</title></head></html>", 1, "html"],
  ["JSON that is no feed", [], '{"error":"no such feed"}', 1, "not-a-feed"],
] as const)(
  "%s ends the command with its reason and exit code",
  async (_name, args, input, code, reason) => {
    const result = await run(args, input);

    expect(result.code).toBe(code);
    expect(result.err).toContain(reason);
    expect(result.out).toBe("");
  },
);

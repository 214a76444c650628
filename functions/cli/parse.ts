// Commands: `parse` reads one feed document from standard input and prints an item a line.
import { parseArgs } from "node:util";
import { createParser } from "../../shared/feeds/feed-parser.ts";
import type { Io } from "./io.ts";

/** @returns 0, 1 where nothing could be read, 2 where the arguments are wrong or the document is cut short after whole items */
export async function runParse(argv: string[], io: Io): Promise<number> {
  let values: { url?: string; "content-type"?: string };
  try {
    ({ values } = parseArgs({
      args: argv,
      options: { url: { type: "string" }, "content-type": { type: "string" } },
    }));
  } catch (error) {
    io.stderr.write(`parse: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
  if (values.url !== undefined && !URL.canParse(values.url)) {
    io.stderr.write("parse: --url: not an absolute address\n");
    return 2;
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of io.stdin) chunks.push(chunk as Uint8Array);
  const parser = createParser();
  try {
    const outcome = await parser.parseFeed(
      Buffer.concat(chunks),
      values["content-type"] ?? null,
      values.url ?? "",
    );
    const isFailed = outcome.kind === "failed";
    if (isFailed) io.stderr.write(`parse: ${outcome.reason}: ${outcome.detail}\n`);
    const items = isFailed ? (outcome.whole ?? []) : outcome.feed.items;
    const lines = items.map(
      ({ guid, url, title, summary, published, stage }) =>
        `${JSON.stringify({ guid, url, title, summary, published, stage })}\n`,
    );
    // At once: two thousand writes cost as much as reading the document.
    if (lines.length > 0) io.stdout.write(lines.join(""));
    if (!isFailed) return 0;
    return items.length > 0 ? 2 : 1;
  } finally {
    await parser.close();
  }
}

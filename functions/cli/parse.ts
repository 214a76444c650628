// Commands: `parse` reads one feed document from standard input and prints an item a line.
import { parseArgs } from "node:util";
import { createParser } from "../../shared/feeds/feed-parser.ts";
import type { Io } from "./io.ts";

/** @returns 0, 1 where the document is no feed, 2 where the arguments are wrong */
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
    if (outcome.kind === "failed") {
      io.stderr.write(`parse: ${outcome.reason}: ${outcome.detail}\n`);
      return 1;
    }
    for (const { guid, url, title, summary, published, stage } of outcome.feed.items)
      io.stdout.write(`${JSON.stringify({ guid, url, title, summary, published, stage })}\n`);
    return 0;
  } finally {
    await parser.close();
  }
}

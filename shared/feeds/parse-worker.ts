// Feeds: the parser in a thread of its own, so that a deadline holds while a library burns CPU.
import { parentPort } from "node:worker_threads";
import { parseFeedDocument } from "./parse-feed.ts";

export interface ParseRequest {
  readonly id: number;
  readonly body: Uint8Array;
  readonly contentType: string | null;
  readonly url: string;
}

parentPort?.on("message", async ({ id, body, contentType, url }: ParseRequest) => {
  const outcome = await parseFeedDocument(body, contentType, url);
  parentPort?.postMessage({ id, outcome });
});
// Says that it has loaded: what comes before is the start of a thread, and no document's fault.
parentPort?.postMessage({ id: 0 });

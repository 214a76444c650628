// Feeds: parsing under a deadline and a cap on memory, in a worker that is replaced when it hangs or crashes.
import { Worker } from "node:worker_threads";
import type { ParseOutcome } from "../domain/feed.ts";

const MEMORY_MB = 512;
/** A thread that has not loaded by then never will. */
const START_MS = 30_000;

export interface FeedParser {
  readonly parseFeed: (
    body: Uint8Array,
    contentType: string | null,
    url: string,
  ) => Promise<ParseOutcome>;
  readonly close: () => Promise<void>;
}

interface Hand {
  readonly worker: Worker;
  readonly ready: Promise<void>;
}

/** One document at a time goes through one thread; the thread alone never keeps the process alive. */
export function createParser(options: { readonly deadlineMs?: number } = {}): FeedParser {
  const { deadlineMs = 5_000 } = options;
  let hand: Hand | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let closed = false;

  const discard = async (): Promise<void> => {
    const worker = hand?.worker;
    hand = null;
    await worker?.terminate();
  };
  const parse = async (
    body: Uint8Array,
    contentType: string | null,
    url: string,
  ): Promise<ParseOutcome> => {
    if (closed) return { kind: "failed", reason: "parse-crashed", detail: "the parser was closed" };
    hand ??= startHand();
    const outcome = await ask(hand, { body, contentType, url }, deadlineMs);
    if (
      outcome.kind === "failed" &&
      (outcome.reason === "parse-timeout" || outcome.reason === "parse-crashed")
    )
      await discard();
    return outcome;
  };
  return {
    parseFeed(body, contentType, url) {
      const turn = queue.then(() => parse(body, contentType, url));
      queue = turn.catch(() => undefined);
      return turn;
    },
    async close() {
      closed = true;
      await discard();
    },
  };
}

function startHand(): Hand {
  const worker = new Worker(new URL("./parse-worker.mjs", import.meta.url), {
    // Flags of the process (a test runner's loaders) are not the thread's affair.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  const ready = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error("the parser's thread did not start")),
      START_MS,
    );
    worker.once("message", () => {
      clearTimeout(timer);
      resolve();
    });
    worker.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    worker.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`the parser's thread ended with ${code}`));
    });
  });
  ready.catch(() => undefined);
  // Errors are read by whoever is asking; between two questions they must not end the process.
  worker.on("error", () => undefined);
  worker.unref();
  return { worker, ready };
}

interface Question {
  readonly body: Uint8Array;
  readonly contentType: string | null;
  readonly url: string;
}

async function ask(hand: Hand, question: Question, deadlineMs: number): Promise<ParseOutcome> {
  const { worker, ready } = hand;
  worker.ref();
  try {
    await ready;
    return await new Promise<ParseOutcome>((resolve) => {
      const crashed = (detail: string): void =>
        finish({ kind: "failed", reason: "parse-crashed", detail });
      const onError = (error: Error): void => crashed(error.message.slice(0, 200));
      const onExit = (code: number): void => crashed(`exit ${code}`);
      const onMessage = ({ outcome }: { outcome: ParseOutcome }): void => finish(outcome);
      const timer = setTimeout(
        () => finish({ kind: "failed", reason: "parse-timeout", detail: `over ${deadlineMs} ms` }),
        deadlineMs,
      );
      const finish = (outcome: ParseOutcome): void => {
        clearTimeout(timer);
        worker.off("message", onMessage).off("error", onError).off("exit", onExit);
        resolve(outcome);
      };
      worker.on("message", onMessage).on("error", onError).on("exit", onExit);
      worker.postMessage({ id: 1, ...question });
    });
  } catch (error) {
    const detail = error instanceof Error ? error.message.slice(0, 200) : String(error);
    return { kind: "failed", reason: "parse-crashed", detail };
  } finally {
    worker.unref();
  }
}

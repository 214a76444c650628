// The poll queue of one machine: domains side by side, a domain's own feeds in turn.

import type { PollJob } from "../../shared/flows/jobs.ts";
import type { LogRecord } from "../../shared/flows/ports.ts";

export interface PollPool {
  /** Takes the job; what is due is in the store, so a crash loses nothing. */
  add(job: PollJob): Promise<void>;
  /** Resolves when every job taken so far has ended. */
  drain(): Promise<void>;
  /** Resolves when the first jobs taken have ended. */
  firstRound(): Promise<void>;
  /** Forgets the jobs that have not begun: their feeds stay due. */
  clear(): void;
}

/** Polls wait on the network nearly all the time; this many keep 150 feeds under a minute. */
const AT_ONCE = 16;

/** A job that throws is logged, and its feeds stay due. */
export function pollPool(
  poll: (job: PollJob) => Promise<unknown>,
  log: (record: LogRecord) => void,
): PollPool {
  const waiting: PollJob[] = [];
  const running = new Set<Promise<void>>();
  const busy = new Set<string>();
  let endFirstRound = () => {};
  const firstRound = new Promise<void>((resolve) => {
    endFirstRound = resolve;
  });

  async function run(job: PollJob): Promise<void> {
    try {
      await poll(job);
    } catch (cause) {
      log({ step: "poll", domain: job.domain, failed: String(cause) });
    }
  }

  function start(): void {
    while (running.size < AT_ONCE) {
      const job = waiting.shift();
      if (job === undefined) return;
      const work = run(job).finally(() => {
        running.delete(work);
        busy.delete(job.domain);
        start();
        if (running.size === 0) endFirstRound();
      });
      running.add(work);
    }
  }

  return {
    async add(job) {
      // Planned again while its last turn still runs: its feeds are due until that turn saves them.
      if (busy.has(job.domain)) return;
      busy.add(job.domain);
      waiting.push(job);
      start();
    },
    firstRound: () => firstRound,
    clear() {
      for (const job of waiting.splice(0)) busy.delete(job.domain);
    },
    async drain() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

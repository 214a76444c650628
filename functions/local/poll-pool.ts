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
  const running = new Map<string, Promise<void>>();
  /** Feeds taken and not polled yet: they are due until their poll is saved, and so are planned again. */
  const taken = new Set<string>();
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
    for (const id of job.feedIds) taken.delete(id);
    running.delete(job.domain);
    start();
    if (running.size === 0) endFirstRound();
  }

  /** The oldest job whose domain nobody speaks to just now. */
  function start(): void {
    while (running.size < AT_ONCE) {
      const next = waiting.findIndex((job) => !running.has(job.domain));
      const [job] = next === -1 ? [] : waiting.splice(next, 1);
      if (job === undefined) return;
      running.set(job.domain, run(job));
    }
  }

  return {
    async add(job) {
      const feedIds = job.feedIds.filter((id) => !taken.has(id));
      if (feedIds.length === 0) return;
      for (const id of feedIds) taken.add(id);
      waiting.push({ ...job, feedIds });
      start();
    },
    firstRound: () => firstRound,
    clear() {
      for (const job of waiting.splice(0)) for (const id of job.feedIds) taken.delete(id);
    },
    async drain() {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}

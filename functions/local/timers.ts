// What EventBridge Scheduler does in the cloud: each part of the work at its own pace, never two at once.
import { raiseAlarms } from "../../shared/flows/alarms.ts";
import { planQuestions } from "../../shared/flows/ask-operator.ts";
import { runCanary } from "../../shared/flows/canary.ts";
import { checkFeeds } from "../../shared/flows/check-feeds.ts";
import { checkIndex } from "../../shared/flows/check-index.ts";
import { planDigests } from "../../shared/flows/plan-digests.ts";
import { planPolls } from "../../shared/flows/plan-polls.ts";
import { planOwed } from "../../shared/flows/send-owed.ts";
import { sweepExpired, sweepPending } from "../../shared/flows/sweep.ts";
import type { LocalWorld } from "./compose.ts";

export interface Timers {
  /** Resolves when what is running has ended; nothing starts after. */
  stop(): Promise<void>;
}

interface Part {
  readonly name: string;
  readonly everySeconds: number;
  readonly work: () => Promise<unknown>;
}

const partsOf = ({ ports, polls }: LocalWorld, runsSince: Date): Part[] => [
  {
    name: "polls",
    everySeconds: 15,
    work: async () => {
      await planPolls(ports);
      await polls.drain();
    },
  },
  { name: "digests", everySeconds: 15, work: () => planDigests(ports) },
  { name: "owed", everySeconds: 15, work: () => planOwed(ports) },
  { name: "pending", everySeconds: 60, work: () => sweepPending(ports) },
  { name: "feeds", everySeconds: 15, work: () => checkFeeds(ports, { runsSince }) },
  { name: "index", everySeconds: 60, work: indexWork(ports) },
  { name: "expired", everySeconds: 3_600, work: () => sweepExpired(ports) },
  { name: "questions", everySeconds: 60, work: () => planQuestions(ports) },
  { name: "canary", everySeconds: 600, work: () => runCanary(ports) },
  { name: "alarms", everySeconds: 300, work: () => raiseAlarms(ports, runsSince) },
];

/** Once from the beginning after each start, then daily. */
function indexWork(ports: LocalWorld["ports"]): () => Promise<number> {
  let anew = true;
  return async () => {
    const mended = await checkIndex(ports, anew);
    anew = false;
    return mended;
  };
}

/**
 * Starts every part at once, then each again `everySeconds` after it ended. A part that throws is logged and goes on.
 * @param waitMs how long that is in real milliseconds (a fast clock waits less)
 */
export function startTimers(
  world: LocalWorld,
  waitMs: (everySeconds: number) => number = (everySeconds) => everySeconds * 1000,
): Timers {
  let stopped = false;
  const waits = new Set<() => void>();
  const wait = (seconds: number) =>
    new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        waits.delete(done);
        resolve();
      };
      const timer = setTimeout(done, waitMs(seconds));
      waits.add(done);
    });

  async function loop({ name, everySeconds, work }: Part): Promise<void> {
    while (!stopped) {
      try {
        if (await world.hasRoom()) await work();
      } catch (cause) {
        world.ports.log({ step: name, failed: String(cause) });
      }
      if (!stopped) await wait(everySeconds);
    }
  }

  const loops = partsOf(world, world.ports.now()).map(loop);
  return {
    async stop() {
      stopped = true;
      for (const end of [...waits]) end();
      await Promise.all(loops);
    },
  };
}

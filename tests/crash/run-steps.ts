// The process that dies, in two shapes: inside this one (its database falls silent), and a real one (SIGKILL).
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { composeLocal } from "../../functions/local/compose.ts";
import { createParser } from "../../shared/feeds/feed-parser.ts";
import { DigestsDeferred } from "../../shared/flows/send-digest.ts";
import { tick } from "../../shared/flows/tick.ts";
import { LocalSettings, readSettings } from "../../shared/settings.ts";
import type { Database } from "../../shared/store/database.ts";
import { type Fault, faultProxy } from "../servers/fault-proxy.ts";
import { mortalDatabase } from "./mortal-database.ts";
import { AGAIN, RECOVERY, STEPS, type Stage, type Step } from "./scenario.ts";

const DOOR = resolve(import.meta.dirname, "../../functions/cli/backdoor-watch.mjs");

/** One thread for all: it keeps nothing between documents, and never keeps the process alive. */
const parser = createParser({ deadlineMs: 200_000 });

/** How a process comes to the stage's database: over the network, or by the hand of the test. */
interface Access {
  readonly endpoint: string | null;
  readonly database?: Database;
}

const accessTo = (stage: Stage): Access => ({
  endpoint: stage.endpoint,
  ...(stage.endpoint === null ? { database: stage.database } : {}),
});

/** The same for a process that dies at one request, or in memory at one call. */
async function mortalAccess(
  stage: Stage,
  fault: Fault | null,
): Promise<{ access: Access; count: () => number; close: () => Promise<void> }> {
  if (stage.endpoint === null) {
    const { database, count } = mortalDatabase(stage.database, fault);
    return { access: { endpoint: null, database }, count, close: async () => {} };
  }
  const { url, count, close } = await faultProxy(stage.endpoint, fault);
  return { access: { endpoint: url }, count, close };
}

/**
 * Runs the steps in this process, quietly, until they end or throw.
 * @param mayDefer a mail may have to wait for a dead process's claim: the next turn is told so, and goes on
 */
async function runHere(
  stage: Stage,
  { endpoint, database }: Access,
  steps: readonly Step[],
  mayDefer = false,
  onStep: (step: Step) => void = () => {},
): Promise<void> {
  let now = new Date(STEPS[0]?.at ?? 0);
  const settings = readSettings(LocalSettings, stage.environment(endpoint));
  const world = await composeLocal(settings, {
    now: () => now,
    log: () => {},
    sleep: async () => {},
    parseFeed: parser.parseFeed,
    ...(database === undefined ? {} : { database }),
  });
  // The canary's own way is cut short in tests/flows/canary.test.ts.
  const { canaryStore: _, ...ports } = world.ports;
  try {
    for (const step of steps) {
      now = new Date(step.at);
      onStep(step);
      stage.show(step);
      await ports.store.seedFeeds(world.feeds, now);
      await tick(ports, world.polls.drain).catch((cause: unknown) => {
        if (!(mayDefer && cause instanceof DigestsDeferred)) throw cause;
      });
    }
  } finally {
    await world.close();
  }
}

/** @returns how many requests to the database, or calls of it, the whole story takes */
export async function runWhole(stage: Stage): Promise<number> {
  const { access, count, close } = await mortalAccess(stage, null);
  await runHere(stage, access, STEPS);
  await close();
  return count();
}

/** Dies at one request to the database, then starts again with nothing but what was stored. */
export async function dieAndRecover(stage: Stage, at: number, when: Fault["when"]): Promise<void> {
  const { access, close } = await mortalAccess(stage, { at, when, strike: () => {} });
  let last = STEPS[0]?.at ?? "";
  await runHere(stage, access, STEPS, false, (step) => {
    last = step.at;
  }).catch(() => {});
  await close();
  // The story's last step comes again at the instant of the death: what was claimed then is still held.
  // Never at an earlier one: a clock that goes back says that it was wrong before.
  const again = AGAIN.filter((step) => step.at >= last);
  await runHere(stage, accessTo(stage), again, true);
  await runHere(stage, accessTo(stage), RECOVERY);
}

async function runChild(
  stage: Stage,
  endpoint: string,
  step: Step,
  onStart: (kill: () => void) => void,
): Promise<number | null> {
  stage.show(step);
  const child = spawn(process.execPath, [DOOR, "tick", "--at", step.at], {
    env: { ...process.env, ...stage.environment(endpoint) },
    stdio: "ignore",
  });
  onStart(() => child.kill("SIGKILL"));
  await once(child, "exit");
  return child.exitCode;
}

/** The same with a real process that is killed in the middle of its work. @returns whether it was killed */
export async function killAndRecover(
  stage: Stage,
  at: number,
  when: Fault["when"],
): Promise<boolean> {
  const { endpoint } = stage;
  if (endpoint === null) throw new Error("another process cannot reach this database");
  let kill = () => {};
  let killed = false;
  const strike = () => {
    killed = true;
    kill();
  };
  const proxy = await faultProxy(endpoint, { at, when, strike });
  for (const step of STEPS) {
    if (killed) break;
    await runChild(stage, proxy.url, step, (end) => {
      kill = end;
    });
  }
  await proxy.close();
  for (const step of AGAIN) await runChild(stage, endpoint, step, () => {});
  for (const step of RECOVERY)
    if ((await runChild(stage, endpoint, step, () => {})) !== 0)
      throw new Error(`the tick at ${step.at} failed after the crash`);
  return killed;
}

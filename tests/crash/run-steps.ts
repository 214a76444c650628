// The process that dies, in two shapes: inside this one (its database falls silent), and a real one (SIGKILL).
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { composeLocal } from "../../functions/local/compose.ts";
import { DigestsDeferred } from "../../shared/flows/send-digest.ts";
import { tick } from "../../shared/flows/tick.ts";
import { LocalSettings, readSettings } from "../../shared/settings.ts";
import { type Fault, faultProxy } from "../servers/fault-proxy.ts";
import { AGAIN, RECOVERY, STEPS, type Stage, type Step } from "./scenario.ts";

const DOOR = resolve(import.meta.dirname, "../../functions/cli/backdoor-watch.mjs");

/**
 * Runs the steps in this process, quietly, until they end or throw.
 * @param mayDefer a mail may have to wait for a dead process's claim: the next turn is told so, and goes on
 */
async function runHere(
  stage: Stage,
  endpoint: string,
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

/** @returns how many requests to the database the whole story takes */
export async function runWhole(stage: Stage): Promise<number> {
  const proxy = await faultProxy(stage.dynamo.endpoint, null);
  await runHere(stage, proxy.url, STEPS);
  await proxy.close();
  return proxy.count();
}

/** Dies at one request to the database, then starts again with nothing but what was stored. */
export async function dieAndRecover(stage: Stage, at: number, when: Fault["when"]): Promise<void> {
  const proxy = await faultProxy(stage.dynamo.endpoint, { at, when, strike: () => {} });
  let last = STEPS[0]?.at ?? "";
  await runHere(stage, proxy.url, STEPS, false, (step) => {
    last = step.at;
  }).catch(() => {});
  await proxy.close();
  // The story's last step comes again at the instant of the death: what was claimed then is still held.
  // Never at an earlier one: a clock that goes back says that it was wrong before.
  const again = AGAIN.filter((step) => step.at >= last);
  await runHere(stage, stage.dynamo.endpoint, again, true);
  await runHere(stage, stage.dynamo.endpoint, RECOVERY);
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
  let kill = () => {};
  let killed = false;
  const strike = () => {
    killed = true;
    kill();
  };
  const proxy = await faultProxy(stage.dynamo.endpoint, { at, when, strike });
  for (const step of STEPS) {
    if (killed) break;
    await runChild(stage, proxy.url, step, (end) => {
      kill = end;
    });
  }
  await proxy.close();
  for (const step of AGAIN) await runChild(stage, stage.dynamo.endpoint, step, () => {});
  for (const step of RECOVERY)
    if ((await runChild(stage, stage.dynamo.endpoint, step, () => {})) !== 0)
      throw new Error(`the tick at ${step.at} failed after the crash`);
  return killed;
}

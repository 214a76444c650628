import { describe, expect, it } from "vitest";
import { dieAndRecover, killAndRecover, runWhole } from "./run-steps.ts";
import { type EndState, openStage } from "./scenario.ts";

/**
 * `npm run test:long` tries every request to a database that is served, and more kills; `npm test` every fifth call of one that is in
 * this process, where a death costs a tenth.
 */
const EVERY = process.env["EVERY_STEP"] === "1";

async function onStage<T>(
  work: (stage: Awaited<ReturnType<typeof openStage>>) => Promise<T>,
  over: "memory" | "server" = EVERY ? "server" : "memory",
): Promise<T> {
  const stage = await openStage(over);
  try {
    return await work(stage);
  } finally {
    await stage.close();
  }
}

function expectNothingLost(state: EndState, whole: EndState, death = ""): void {
  expect(state.items).toEqual(whole.items);
  expect(state.pending).toBe(0);
  expect(state.events).toEqual(whole.events);
  expect(state.mails.size, death).toBe(1);
}

const total = (mails: ReadonlyMap<string, number>): number =>
  [...mails.values()].reduce((sum, copies) => sum + copies, 0);

describe("a crash", async () => {
  const { whole, requests } = await onStage(async (stage) => {
    const requests = await runWhole(stage);
    return { whole: await stage.endState(), requests };
  });

  it("has a story to interrupt: items, one event, one mail", () => {
    expect(whole.items).toHaveLength(4);
    expect(whole.events).toEqual(["resurfaced standing quiet comeback"]);
    expect([...whole.mails.values()]).toEqual([1]);
  });

  it("at any request to the store loses no item and no mail, raises no event twice, and repeats at most the one mail in flight", async () => {
    // FROM_STEP looks again at a late one.
    const stride = EVERY ? 1 : 5;
    let repeated = 0;
    for (let at = Number(process.env["FROM_STEP"] ?? 1); at <= requests; at += stride) {
      const when = at % 2 === 0 ? "before" : "after";
      const state = await onStage(async (stage) => {
        await dieAndRecover(stage, at, when);
        return stage.endState();
      });

      expectNothingLost(state, whole, `death ${when} request ${at}`);
      expect(total(state.mails), `death ${when} request ${at}`).toBeLessThanOrEqual(2);
      repeated += total(state.mails) - 1;
    }
    // Between handing the mail over and writing so down: that one mail's fate cannot be known.
    expect(repeated).toBeLessThanOrEqual(2);
  }, 3_000_000);

  it.each(EVERY ? [0.1, 0.3, 0.6, 0.8] : [0.6])(
    "by SIGKILL, %f of the way through, is made good by the next start",
    async (share) => {
      const sent = EVERY ? requests : await onStage(runWhole, "server");
      const { killed, state } = await onStage(
        async (stage) => ({
          killed: await killAndRecover(stage, Math.ceil(sent * share), "after"),
          state: await stage.endState(),
        }),
        "server",
      );

      expect(killed).toBe(true);
      expectNothingLost(state, whole);
      expect(total(state.mails)).toBeLessThanOrEqual(2);
    },
  );
});

import { expect, it } from "vitest";
import { simulateDigests } from "../flows/simulate-digests.ts";

const SEEDS = 200;

it("200 seeds of 30 days with faults break no invariant", async () => {
  const totals = { mails: 0, repeats: 0, items: 0, corrections: 0 };
  const broken: string[] = [];
  for (let seed = 1_000; seed < 1_000 + SEEDS; seed += 1) {
    const outcome = await simulateDigests(seed);
    totals.mails += outcome.mails;
    totals.repeats += outcome.repeats;
    totals.items += outcome.items;
    totals.corrections += outcome.corrections;
    broken.push(...outcome.broken.map((what) => `seed ${seed}: ${what}`));
  }
  process.stdout.write(`${SEEDS} seeds: ${JSON.stringify(totals)}\n`);

  expect(broken).toEqual([]);
});

import { expect, it } from "vitest";
import { openKillStage } from "./kill-stage.ts";

/** `npm run test:long` kills hundreds of times; SEED looks again at a run that failed. */
const KILLS = Number(process.env["KILLS"] ?? 5);
const FEEDS = Number(process.env["KILL_FEEDS"] ?? 12);
const SEED = Number(process.env["SEED"] ?? 1);

/** mulberry32: which poll each kill strikes at is chance, and the same chance again. */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

it("a whole installation that is killed again and again, its store with it, forgets no feed and no item", async () => {
  const stage = await openKillStage(FEEDS);
  const chance = chanceFrom(SEED);
  try {
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await stage.killAt(1 + Math.floor(chance() * 2 * FEEDS));
      expect(stage.faults(), `after kill ${kill} of seed ${SEED}`).toEqual([]);
    }
    await stage.finish();

    expect(stage.faults()).toEqual([]);
    expect(await stage.lost()).toEqual([]);
  } finally {
    await stage.close();
  }
}, 7_200_000);

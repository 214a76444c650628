import { expect, it } from "vitest";
import { simulateDigests } from "./simulate-digests.ts";

it.each([1, 2, 1011])(
  "30 days with one call in ten failing: everything asked for comes in exactly one digest (seed %i)",
  async (seed) => {
    const { broken, mails, items, corrections } = await simulateDigests(seed);

    expect(broken).toEqual([]);
    expect(items).toBeGreaterThan(20);
    expect(mails).toBeGreaterThan(40);
    expect(corrections).toBeGreaterThan(0);
  },
);

import { expect, it } from "vitest";
import { pollPool } from "../../functions/local/poll-pool.ts";
import type { Domain, FeedId } from "../../shared/domain/ids.ts";
import type { PollJob } from "../../shared/flows/jobs.ts";

const job = (domain: string, ...feedIds: string[]): PollJob => ({
  domain: domain as Domain,
  feedIds: feedIds as FeedId[],
  enqueuedAt: "2026-03-01T00:00:00.000Z",
});

/** A poll that ends when it is told to. */
function slowPolls() {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const poll = (given: PollJob) => {
    begun.push(`${given.domain} ${given.feedIds.join()}`);
    return new Promise<void>((resolve) => ends.push(resolve));
  };
  return { begun, poll, endNext: () => ends.shift()?.() };
}

it("speaks to one domain at a time, to others beside it, and loses no job of a domain with many feeds", async () => {
  const { begun, poll, endNext } = slowPolls();
  const pool = pollPool(poll, () => {});

  await pool.add(job("a.org", "a1"));
  await pool.add(job("a.org", "a2"));
  await pool.add(job("b.org", "b1"));
  const first = [...begun];
  endNext();
  endNext();
  await new Promise(setImmediate);

  expect(first).toEqual(["a.org a1", "b.org b1"]);
  expect(begun).toEqual(["a.org a1", "b.org b1", "a.org a2"]);
});

it("does not poll a feed twice that is planned again while it waits", async () => {
  const { begun, poll, endNext } = slowPolls();
  const pool = pollPool(poll, () => {});

  await pool.add(job("a.org", "a1", "a2"));
  await pool.add(job("a.org", "a1", "a2", "a3"));
  endNext();
  await new Promise(setImmediate);
  endNext();
  await pool.drain();
  await pool.add(job("a.org", "a1"));

  expect(begun).toEqual(["a.org a1,a2", "a.org a3", "a.org a1"]);
});

it("goes on after a poll that throws, and says so", async () => {
  const said: unknown[] = [];
  const pool = pollPool(
    async (given) => {
      if (given.domain === "a.org") throw new Error("no store");
    },
    (record) => said.push(record["domain"]),
  );

  await pool.add(job("a.org", "a1"));
  await pool.add(job("b.org", "b1"));
  await pool.drain();

  expect(said).toEqual(["a.org"]);
});

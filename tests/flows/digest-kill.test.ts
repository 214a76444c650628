import { afterAll, beforeAll, expect, it } from "vitest";
import type { DynamoServer } from "../servers/dynamo.ts";
import { killSenders } from "./kill-senders.ts";
import { dynaliteServer } from "./mail-world.ts";

let server: DynamoServer;

beforeAll(async () => {
  server = await dynaliteServer();
});
afterAll(() => server.close());

it.each([
  ["news", 40, [3, 11]],
  ["corrections", 24, [5]],
] as const)(
  "killed while it sends %s, it misses nobody, and repeats only what was in flight, under the same Message-ID",
  async (about, subscribers, kills) => {
    const report = await killSenders(server, subscribers, kills, about);

    expect(report.kills).toBe(kills.length);
    expect(report.missed).toEqual([]);
    expect(report.strangers).toBe(0);
    // Eight mails are in flight at once; those of one kill may each be repeated.
    expect(report.repeats).toBeLessThanOrEqual(kills.length * 8);
  },
);

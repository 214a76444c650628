import { afterAll, beforeAll, expect, it } from "vitest";
import type { DynamoServer } from "../servers/dynamo.ts";
import { killSenders } from "./kill-senders.ts";
import { dynaliteServer } from "./mail-world.ts";

let server: DynamoServer;

beforeAll(async () => {
  server = await dynaliteServer();
});
afterAll(() => server.close());

it("killed while it sends, it misses nobody, and repeats only what was in flight, under the same Message-ID", async () => {
  const report = await killSenders(server, 80, [3, 11, 20]);

  expect(report.kills).toBe(3);
  expect(report.missed).toEqual([]);
  expect(report.strangers).toBe(0);
  // Eight mails are in flight at once; those of one kill may each be repeated.
  expect(report.repeats).toBeLessThanOrEqual(3 * 8);
}, 120_000);

import { afterAll, beforeAll, expect, it } from "vitest";
import { killSenders } from "../flows/kill-senders.ts";
import { dynaliteServer } from "../flows/mail-world.ts";
import type { DynamoServer } from "../servers/dynamo.ts";

const SUBSCRIBERS = 10_000;
const KILLS = 20;

let server: DynamoServer;

beforeAll(async () => {
  server = await dynaliteServer();
});
afterAll(() => server.close());

it("10,000 subscribers get one digest each through 20 kills at random points", async () => {
  const kills = Array.from({ length: KILLS }, () => Math.floor(Math.random() * 400));
  const report = await killSenders(server, SUBSCRIBERS, kills);
  process.stdout.write(`kills after ${kills.join(", ")} mails: ${JSON.stringify(report)}\n`);

  expect(report.kills).toBe(KILLS);
  expect(report.missed).toEqual([]);
  expect(report.strangers).toBe(0);
  expect(report.repeats).toBeLessThanOrEqual(KILLS * 8);
});

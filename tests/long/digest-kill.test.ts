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

it("a correction that 400 subscribers are owed reaches each of them through 5 kills", async () => {
  const kills = [3, 11, 40, 70, 100];
  const report = await killSenders(server, 400, kills, "corrections");

  expect(report).toMatchObject({ kills: kills.length, missed: [], strangers: 0 });
  expect(report.repeats).toBeLessThanOrEqual(kills.length * 8);
});

it("10,000 subscribers get one digest each through 20 kills at random points", async () => {
  const kills = Array.from({ length: KILLS }, () => Math.floor(Math.random() * 400));
  const report = await killSenders(server, SUBSCRIBERS, kills);
  process.stdout.write(`kills after ${kills.join(", ")} mails: ${JSON.stringify(report)}\n`);

  expect(report.kills).toBe(KILLS);
  expect(report.missed).toEqual([]);
  expect(report.strangers).toBe(0);
  expect(report.repeats).toBeLessThanOrEqual(KILLS * 8);
});

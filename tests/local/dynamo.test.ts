import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startDynamo } from "../../functions/local/dynamo.ts";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "backdoor-watch-dynamo-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

it("lets a command work on the data of an installation that is running", async () => {
  const running = await startDynamo(dataDir);
  const command = await startDynamo(dataDir);
  await command.close();
  const still = await fetch(running.endpoint);
  await running.close();

  expect(command.endpoint).toBe(running.endpoint);
  expect(still.status).toBeGreaterThan(0);
});

it("opens anew once the holder has closed it", async () => {
  const first = await startDynamo(dataDir);
  await first.close();
  const second = await startDynamo(dataDir);
  await second.close();

  expect(second.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

it("takes over what a killed process left", async () => {
  const dead = spawn(process.execPath, ["-e", ""]);
  await once(dead, "exit");
  await writeFile(
    join(dataDir, "dynamodb.json"),
    JSON.stringify({ pid: dead.pid, endpoint: "http://127.0.0.1:9" }),
  );

  const server = await startDynamo(dataDir);
  await server.close();

  expect(server.endpoint).not.toBe("http://127.0.0.1:9");
});

import { mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import {
  databaseIn,
  emptyDatabase,
  openDatabaseFile,
} from "../../functions/local/database-file.ts";
import { clientFor } from "../../functions/local/dynamo.ts";
import { importDynalite, OLD_TABLE } from "../../functions/local/import-dynalite.ts";
import { createTable } from "../../shared/store/create-table.ts";
import type { KeyedRow } from "../../shared/store/database.ts";
import { openDatabase } from "../../shared/store/dynamo-database.ts";
import { dynaliteServer } from "../servers/dynamo.ts";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "backdoor-watch-import-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const ROWS: readonly KeyedRow[] = [
  ...Array.from({ length: 1_100 }, (_, n) => ({
    pk: `POST#R#2026#word:w${n}`,
    sk: `2026-01-01#${n}`,
  })),
  { pk: "FEED#a", sk: "STATE", duePk: "FEEDS#1", dueAt: "2026-01-01", state: { id: "a" } },
  { pk: "ITEM#b", sk: "ITEM", expiresAt: 1_900_000_000, item: { title: "é \u{1F600}" } },
  { pk: "BUCKETS#R", sk: "BUCKETS", buckets: new Set(["2025", "2026"]) },
  { pk: "ISSUE#c", sk: "ISSUE", issue: Buffer.from([31, 139, 0]) },
];

async function oldInstallation(): Promise<void> {
  const server = await dynaliteServer(join(dataDir, "dynamodb"));
  const client = clientFor(server.endpoint);
  const sleep = (milliseconds: number) =>
    new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
  await createTable(client, OLD_TABLE, sleep);
  await openDatabase(client, OLD_TABLE, sleep).putMany(ROWS);
  client.destroy();
  await server.close();
}

async function readAll(): Promise<Map<string, unknown>> {
  const database = await openDatabaseFile(dataDir);
  const rows = new Map<string, unknown>();
  for await (const row of database.scanAll({ expression: "attribute_exists(pk)" }))
    rows.set(String(row["pk"]), row);
  const due = await database.query({
    IndexName: "due",
    KeyConditionExpression: "duePk = :d",
    ExpressionAttributeValues: { ":d": "FEEDS#1" },
  });
  rows.set(
    "due",
    due.rows.map((row) => row["pk"]),
  );
  database.close();
  return rows;
}

it("brings every row of an older version over, with what it waits for, and keeps the old folder", async () => {
  await oldInstallation();
  const said: string[] = [];

  await importDynalite(dataDir, (line) => said.push(line));

  const rows = await readAll();
  expect(rows.size).toBe(ROWS.length + 1);
  for (const row of ROWS.slice(-4)) expect(rows.get(row.pk)).toEqual(row);
  expect(rows.get("due")).toEqual(["FEED#a"]);
  expect(await readdir(dataDir)).toEqual(
    expect.arrayContaining(["database.sqlite", "dynamodb.brought-over"]),
  );
  expect(said.join("\n")).toContain(`${ROWS.length} rows brought over`);
});

it("begins again after a start that was killed on its way, and goes on after one killed at its end", async () => {
  await oldInstallation();
  // Killed while copying: half a database under its passing name.
  await emptyDatabase(databaseIn(dataDir));

  await importDynalite(dataDir, () => {});
  const rows = await readAll();
  // Killed between the two renames: the new file is whole, and the old folder still has its name.
  await rename(join(dataDir, "dynamodb.brought-over"), join(dataDir, "dynamodb"));
  await importDynalite(dataDir, () => {});

  expect(rows.size).toBe(ROWS.length + 1);
  expect(await readAll()).toEqual(rows);
  expect((await readdir(dataDir)).sort()).toEqual([
    "database.sqlite",
    "database.sqlite-shm",
    "database.sqlite-wal",
    "dynamodb.brought-over",
  ]);
});

it("does nothing where there is no older version's data", async () => {
  await importDynalite(dataDir, () => expect.unreachable());

  expect(await readdir(dataDir)).toEqual([]);
});

it("says so where another process has the old data open, and touches nothing", async () => {
  await oldInstallation();
  const other = await dynaliteServer(join(dataDir, "dynamodb"));
  const client = clientFor(other.endpoint);
  await createTable(client, OLD_TABLE, async () => {});

  await expect(importDynalite(dataDir, () => {})).rejects.toThrow(
    /dynamodb could not be brought over .*stop every other/,
  );

  client.destroy();
  await other.close();
  expect(await readdir(dataDir)).toEqual(["dynamodb"]);
  await importDynalite(dataDir, () => {});
  expect((await readAll()).size).toBe(ROWS.length + 1);
});

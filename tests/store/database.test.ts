import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientFor } from "../../functions/local/dynamo.ts";
import { openSqlite } from "../../functions/local/sqlite-database.ts";
import { createTable } from "../../shared/store/create-table.ts";
import type { Condition, Database, KeyedRow, Row } from "../../shared/store/database.ts";
import { openDatabase } from "../../shared/store/dynamo-database.ts";
import { changed, holds } from "../../shared/store/evaluate.ts";
import { UnknownExpression } from "../../shared/store/expression.ts";
import { dynaliteServer, dynoxideBinary, dynoxideServer } from "../servers/dynamo.ts";

interface Opened {
  readonly database: Database;
  close(): Promise<void>;
}

const sleep = async () => {};

async function gather(rows: AsyncIterable<Row>): Promise<Row[]> {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

async function over(starting: ReturnType<typeof dynaliteServer>): Promise<Opened> {
  const server = await starting;
  const client = clientFor(server.endpoint);
  await createTable(client, "table", () => new Promise((resolve) => setTimeout(resolve, 25)));
  return {
    database: openDatabase(client, "table", sleep),
    async close() {
      client.destroy();
      await server.close();
    },
  };
}

async function inMemory(): Promise<Opened> {
  const database = openSqlite(":memory:");
  return { database, close: async () => database.close() };
}

const binary = dynoxideBinary();
const kinds: [string, () => Promise<Opened>][] = [
  ["SQLite", inMemory],
  ["dynalite", () => over(dynaliteServer())],
];
if (binary !== null) kinds.push(["dynoxide", () => over(dynoxideServer(binary))]);

const NOW = "2026-03-01T00:00:00.000Z";
const FULL: Row = {
  version: 3,
  leaseUntil: NOW,
  holdUntil: "2026-04-01T00:00:00.000Z",
  word: "état",
  item: { sources: ["a", "b"], title: "x" },
  tags: new Set(["a"]),
};

/** What DynamoDB says of a condition on the full row, on one with nothing but its key, and where there is no row. */
const CONDITIONS: readonly (readonly [Condition, full: boolean, bare: boolean, none: boolean])[] = [
  [{ expression: "attribute_not_exists(pk)" }, false, false, true],
  [{ expression: "attribute_exists(pk)" }, true, true, false],
  [{ expression: "attribute_exists(tags)" }, true, false, false],
  [{ expression: "version = :v", values: { ":v": 3 } }, true, false, false],
  [{ expression: "version = :v", values: { ":v": "3" } }, false, false, false],
  [{ expression: "version <> :v", values: { ":v": 3 } }, false, true, true],
  [{ expression: "version < :v", values: { ":v": 10 } }, true, false, false],
  [{ expression: "version < :v", values: { ":v": "4" } }, false, false, false],
  [{ expression: "leaseUntil <= :now", values: { ":now": NOW } }, true, false, false],
  [{ expression: "leaseUntil > :now", values: { ":now": NOW } }, false, false, false],
  [
    { expression: "attribute_not_exists(pk) OR version < :v", values: { ":v": 3 } },
    false,
    false,
    true,
  ],
  [
    {
      expression:
        "(attribute_not_exists(leaseUntil) OR leaseUntil <= :now) AND (attribute_not_exists(holdUntil) OR holdUntil <= :now)",
      values: { ":now": NOW },
    },
    false,
    true,
    true,
  ],
  [
    {
      expression: "version = :v AND size(#item.sources) = :two",
      names: { "#item": "item" },
      values: { ":v": 3, ":two": 2 },
    },
    true,
    false,
    false,
  ],
  [{ expression: "NOT begins_with(word, :e)", values: { ":e": "ét" } }, false, true, true],
  [
    { expression: "version BETWEEN :low AND :high", values: { ":low": 1, ":high": 3 } },
    true,
    false,
    false,
  ],
];

describe.each(kinds)("a database of %s", (_name, open) => {
  let opened: Opened;
  let database: Database;
  let count = 0;
  /** A partition of its own for each test. */
  const fresh = () => {
    count += 1;
    return `p${count}`;
  };

  beforeAll(async () => {
    opened = await open();
    database = opened.database;
  });
  afterAll(() => opened.close());

  it.each(CONDITIONS)("asks $expression as DynamoDB does", async (condition, full, bare, none) => {
    const pk = fresh();
    await database.putMany([
      { pk, sk: "full", ...FULL },
      { pk, sk: "bare" },
    ]);

    const answers = [];
    for (const sk of ["full", "bare", "none"])
      answers.push(await database.remove({ pk, sk }, condition));

    expect(answers).toEqual([full, bare, none]);
  });

  it("changes a row where its condition holds, and makes one where there was none", async () => {
    const key = { pk: fresh(), sk: "a" };
    const add = { expression: "", values: { ":one": 1, ":set": new Set(["x"]), ":then": 7 } };

    await database.update(key, "ADD attempts :one, tagged :set SET expiresAt = :then", add);
    const values = { ":one": 2, ":set": new Set(["y"]), ":then": 8 };
    const row = await database.update(key, "ADD attempts :one, tagged :set SET expiresAt = :then", {
      expression: "attempts = :was",
      values: { ...values, ":was": 1 },
    });
    const refused = await database.update(key, "REMOVE attempts", {
      expression: "attempts = :was",
      values: { ":was": 1 },
    });
    await database.update(key, "SET duePk = :d, dueAt = :d REMOVE attempts, tagged", {
      expression: "attribute_exists(tagged)",
      values: { ":d": "q" },
    });

    expect(row).toEqual({ ...key, attempts: 3, tagged: new Set(["x", "y"]), expiresAt: 8 });
    expect(refused).toBeNull();
    expect(await database.get(key)).toEqual({ ...key, duePk: "q", dueAt: "q", expiresAt: 8 });
  });

  it("keeps sets, bytes, numbers and text of every script as they are", async () => {
    const row = {
      pk: fresh(),
      sk: "Ωλ\u{1F600}",
      bytes: Buffer.from([0, 255, 7]),
      names: new Set(["é", "b"]),
      deep: { list: [1, null, "‎x"], half: 0.5, flag: false },
    };

    await database.put(row);

    const read = await database.get({ pk: row.pk, sk: row.sk });
    expect(read).toEqual({ ...row, bytes: expect.anything() });
    expect(Buffer.from(read?.["bytes"] as Uint8Array)).toEqual(row.bytes);
  });

  it("pages through a partition both ways, in the order of UTF-8", async () => {
    const pk = fresh();
    // UTF-16 would sort the last before the one before it.
    const sks = ["A", "B#1", "B#2", "B~", "a", "é", "\uFFFD", "\u{1F600}"];
    await database.putMany(sks.map((sk) => ({ pk, sk })));
    const all = async (more: object, text = "pk = :p", values: object = {}) => {
      const rows = database.queryAll({
        KeyConditionExpression: text,
        ExpressionAttributeValues: { ":p": pk, ...values },
        ...more,
      });
      return (await gather(rows)).map((row) => row["sk"]);
    };

    expect(await all({ Limit: 3 })).toEqual(sks);
    expect(await all({ Limit: 2, ScanIndexForward: false })).toEqual([...sks].reverse());
    expect(await all({}, "pk = :p AND begins_with(sk, :b)", { ":b": "B" })).toEqual(
      sks.slice(1, 4),
    );
    const range = { ":from": "B#1", ":to": "B#2" };
    expect(await all({}, "pk = :p AND sk BETWEEN :from AND :to", range)).toEqual(sks.slice(1, 3));
    expect(await all({ Limit: 1 }, "pk = :p AND sk < :to", { ":to": "B#2" })).toEqual(
      sks.slice(0, 2),
    );
  });

  it("finds what is due in order, a page at a time, and only rows that wait", async () => {
    const duePk = fresh();
    const rows: KeyedRow[] = [3, 1, 2, 2, 5].map((at, index) => ({
      pk: `${duePk}-${index}`,
      sk: "s",
      duePk,
      dueAt: `at-${at}`,
      at,
    }));
    await database.putMany([...rows, { pk: `${duePk}-half`, sk: "s", duePk }]);
    await database.put({ pk: `${duePk}-4`, sk: "s" });

    const found = [];
    let page = null;
    do {
      page = await database.query({
        IndexName: "due",
        KeyConditionExpression: "duePk = :d AND dueAt <= :until",
        ExpressionAttributeValues: { ":d": duePk, ":until": "at-3" },
        Limit: 1,
        ...(page?.lastKey ? { ExclusiveStartKey: page.lastKey } : {}),
      });
      found.push(...page.rows.map((row) => row["at"]));
    } while (page.lastKey !== null);

    expect(found).toEqual([1, 2, 2, 3]);
  });

  it("scans every row that a filter takes", async () => {
    const pk = fresh();
    const rows = Array.from({ length: 1_203 }, (_, n) => ({ pk, sk: `s${n}`, n, expiresAt: n }));
    await database.putMany(rows);

    const scanned = database.scanAll({
      expression: "expiresAt <= :most AND begins_with(pk, :p) AND n <> :not",
      values: { ":most": 1_100, ":p": pk, ":not": 7 },
    });

    expect(await gather(scanned)).toHaveLength(1_100);
  });

  it("lets one of many writers through, each on what the one before left", async () => {
    const key = { pk: fresh(), sk: "a" };
    const free = { expression: "attribute_not_exists(pk)" };
    const one = { expression: "", values: { ":one": 1 } };

    const writes = Array.from({ length: 20 }, (_, n) => database.put({ ...key, n }, free));
    const counts = Array.from({ length: 20 }, () => database.update(key, "ADD c :one", one));
    await Promise.all(counts);

    expect((await Promise.all(writes)).filter((done) => done)).toHaveLength(1);
    expect((await database.get(key))?.["c"]).toBe(20);
  });
});

describe("an expression that is not known", () => {
  it.each([
    "contains(word, :v)",
    "version IN (:v)",
    "version = :missing",
    "#missing = :v",
    "size(version, :v) = :v",
    "version = :v version",
    "version ! :v",
    "",
  ])("is refused and never guessed at: %s", (expression) => {
    const condition = { expression, values: { ":v": 1 } };

    expect(() => holds(condition, { version: 1 })).toThrow(UnknownExpression);
  });

  it.each(["SET a = a + :v", "DELETE a :v", "SET a.b = :v", "SET a = if_not_exists(a, :v)", "a"])(
    "changes nothing: %s",
    (change) => {
      expect(() => changed({ a: 1 }, change, { values: { ":v": 1 } })).toThrow(UnknownExpression);
    },
  );

  it("fails alone: the others of its turn are written", async () => {
    const database = openSqlite(":memory:");
    const bad = database.put({ pk: "p", sk: "bad" }, { expression: "nonsense" });
    const good = database.put({ pk: "p", sk: "good" });

    await expect(bad).rejects.toThrow(UnknownExpression);
    expect(await good).toBe(true);
    expect(await database.get({ pk: "p", sk: "good" })).not.toBeNull();
    database.close();
  });
});

// Reading the database file: one row, a page of a key condition, a scan in pages.
import type Connection from "libsql";
import {
  type Condition,
  type Row,
  type RowPage,
  type RowQuery,
  StoreError,
} from "../../shared/store/database.ts";
import { holds } from "../../shared/store/evaluate.ts";
import { type Key, TABLE } from "../../shared/store/table.ts";
import { storeErrorOf } from "./group-commit.ts";
import { COLUMNS, type Columns, fromColumns, KEY_COLUMNS } from "./row-columns.ts";
import { keyCondition, narrowing } from "./sql-where.ts";

export interface SqliteReader {
  /** For use within a transaction too. @throws what SQLite throws */
  find(key: Key): Row | null;
  /** @throws StoreError */
  page(input: RowQuery): RowPage;
  pages(input: RowQuery): AsyncGenerator<Row>;
  scan(filter: Condition): AsyncGenerator<Row>;
  /** Says SQLite's errors in the store's words. */
  read<T>(what: string, work: () => T): T;
}

const PAGE_ROWS = 500;
const ALL = COLUMNS.join(", ");
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** @returns the columns that a projection needs, or null for whole rows */
function projected(input: RowQuery): readonly string[] | null {
  const wanted = input.ProjectionExpression?.split(/\s*,\s*/);
  const isKeys = wanted?.every((name) => (KEY_COLUMNS as readonly string[]).includes(name));
  return isKeys ? (wanted ?? null) : null;
}

const pick = (row: Row, names: readonly string[]): Row =>
  Object.fromEntries(names.flatMap((name) => (name in row ? [[name, row[name]]] : [])));

/** Prepared statements over one connection, by their text. */
function statements(db: Connection.Database) {
  const prepared = new Map<string, Connection.Statement>();
  return (sql: string): Connection.Statement => {
    const statement = prepared.get(sql) ?? db.prepare(sql).raw(true);
    prepared.set(sql, statement);
    return statement;
  };
}

interface Slice {
  readonly tests: readonly string[];
  readonly values: readonly unknown[];
  /** Columns that sort it, and where the last slice ended. */
  readonly order: readonly string[];
  readonly after: Row | null;
  readonly forward?: boolean;
  readonly limit: number;
  readonly columns?: readonly string[];
}

type Prepare = ReturnType<typeof statements>;

function sliceOf(prepare: Prepare, slice: Slice): Row[] {
  const { tests, values, order, after, forward = true, limit, columns = COLUMNS } = slice;
  const sign = forward ? ">" : "<";
  const marks = order.map(() => "?").join(", ");
  const where = [...tests, ...(after === null ? [] : [`(${order}) ${sign} (${marks})`])];
  const beyond = after === null ? [] : order.map((name) => after[name]);
  const sorted = order.map((name) => `${name} ${forward ? "ASC" : "DESC"}`).join(", ");
  const filter = where.length === 0 ? "" : ` WHERE ${where.join(" AND ")}`;
  const sql = `SELECT ${columns.join(", ")} FROM entries${filter} ORDER BY ${sorted} LIMIT ?`;
  const rows = prepare(sql).all(...[...values, ...beyond, limit]) as unknown[][];
  return rows.map(fromColumns);
}

function queryPage(prepare: Prepare, input: RowQuery): RowPage {
  const where = keyCondition(input);
  const isDue = input.IndexName !== undefined;
  if (isDue && input.IndexName !== TABLE.dueIndex.name)
    throw new StoreError(`query: there is no index ${input.IndexName}`);
  const limit = input.Limit ?? PAGE_ROWS;
  const wanted = projected(input);
  const order = isDue ? ["dueAt", "pk", "sk"] : ["sk"];
  const rows = sliceOf(prepare, {
    // Said, so that SQLite may use the index, which holds no other rows.
    tests: isDue ? [...where.tests, "dueAt IS NOT NULL"] : where.tests,
    values: where.values,
    order,
    after: input.ExclusiveStartKey ?? null,
    forward: input.ScanIndexForward ?? true,
    limit,
    ...(wanted === null ? {} : { columns: KEY_COLUMNS }),
  });
  const last = rows.at(-1);
  const isLast = rows.length < limit || last === undefined;
  return {
    rows: wanted === null ? rows : rows.map((row) => pick(row, wanted)),
    lastKey: isLast ? null : pick(last, ["pk", "sk", "duePk", "dueAt"]),
  };
}

/** @param file as it is named to the operator */
export function sqliteReader(db: Connection.Database, file: string): SqliteReader {
  const prepare = statements(db);

  function read<T>(what: string, work: () => T): T {
    try {
      return work();
    } catch (cause) {
      throw cause instanceof Error && "code" in cause ? storeErrorOf(what, file, cause) : cause;
    }
  }

  const page = (input: RowQuery) => read("query", () => queryPage(prepare, input));

  async function* scan(filter: Condition): AsyncGenerator<Row> {
    const { tests, columns, values } = narrowing(filter);
    const order = columns.has("expiresAt") ? ["expiresAt", "pk", "sk"] : ["pk", "sk"];
    let after: Row | null = null;
    do {
      const slice: Slice = { tests, values, order, after, limit: PAGE_ROWS };
      const rows = read("scan", () => sliceOf(prepare, slice));
      for (const row of rows) if (holds(filter, row)) yield row;
      after = rows.length < PAGE_ROWS ? null : (rows.at(-1) ?? null);
      await nextTurn();
    } while (after !== null);
  }

  async function* pages(input: RowQuery): AsyncGenerator<Row> {
    let asked: RowQuery | null = input;
    while (asked !== null) {
      const { rows, lastKey }: RowPage = page(asked);
      yield* rows;
      asked = lastKey === null ? null : { ...input, ExclusiveStartKey: lastKey };
      await nextTurn();
    }
  }

  return {
    find({ pk, sk }) {
      const columns = prepare(`SELECT ${ALL} FROM entries WHERE pk = ? AND sk = ?`).get(pk, sk);
      return columns === undefined ? null : fromColumns(columns as Columns);
    },
    page,
    pages,
    scan,
    read,
  };
}

// What the store's files ask of a database: single-item conditional writes and paged queries, in DynamoDB's words.
import { type Key, TABLE } from "./table.ts";

/** A record as read: nothing is trusted until a schema has seen it. */
export type Row = Readonly<Record<string, unknown>>;
/** A row as written. */
export type KeyedRow = Key & Readonly<{ [name: string]: unknown }>;

/** The store could not do its work; `cause` is what the server said. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}

/** There is no room left to write to; what was written stands, and more can be once there is room. */
export class DiskFull extends StoreError {}

export interface Condition {
  readonly expression: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

export interface RowPage {
  readonly rows: readonly Row[];
  readonly lastKey: Row | null;
}

/** DynamoDB's query, in the words of its documentation: what the store asks of every implementation. */
export interface RowQuery {
  /** The table itself unless told; the due index by its name. */
  readonly IndexName?: string;
  readonly KeyConditionExpression: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues: Readonly<Record<string, unknown>>;
  readonly ProjectionExpression?: string;
  readonly ScanIndexForward?: boolean;
  readonly ConsistentRead?: boolean;
  readonly Limit?: number;
  /** As `lastKey` of the page before. */
  readonly ExclusiveStartKey?: Row;
}

/** Implemented over any DynamoDB-compatible server (dynamo-database.ts) and in a file of one machine (functions/local). */
export interface Database {
  get(key: Key): Promise<Row | null>;
  getMany(keys: readonly Key[]): Promise<readonly Row[]>;
  /** @returns false where the condition did not hold */
  put(row: Row & Key, condition?: Condition): Promise<boolean>;
  /** Unconditional puts of rows that are the same however often they are written. */
  putMany(rows: readonly (Row & Key)[]): Promise<void>;
  update(key: Key, change: string, condition: Condition): Promise<Row | null>;
  remove(key: Key, condition?: Condition): Promise<boolean>;
  query(input: RowQuery): Promise<RowPage>;
  queryAll(input: RowQuery): AsyncGenerator<Row>;
  scanAll(filter: Condition): AsyncGenerator<Row>;
  /**
   * One page of the whole table, of so many rows before the filter. Absent where a row and its place in the index are written
   * together or not at all: there is nothing to compare.
   */
  scanPage?(filter: Condition, from: Row | null, limit: number): Promise<RowPage>;
}

/** A query on the due index, oldest first. */
export function dueQuery(partition: string, until: string | null, limit?: number) {
  return {
    IndexName: TABLE.dueIndex.name,
    KeyConditionExpression:
      until === null ? "duePk = :partition" : "duePk = :partition AND dueAt <= :until",
    ExpressionAttributeValues:
      until === null ? { ":partition": partition } : { ":partition": partition, ":until": until },
    ...(limit === undefined ? {} : { Limit: limit }),
  };
}

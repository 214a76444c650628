// The database of any DynamoDB-compatible server: AWS's own, or one that DYNAMODB_ENDPOINT names. SDK errors end here.
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  type ScanCommandOutput,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import {
  type Condition,
  type Database,
  type Row,
  type RowPage,
  type RowQuery,
  StoreError,
} from "./database.ts";
import type { Key } from "./table.ts";

/** How often a batch's leavings are offered again before it counts as failed. */
const BATCH_ATTEMPTS = 8;

/**
 * @param client of any DynamoDB-compatible server
 * @param pause waits between offers of a batch's leavings, milliseconds
 */
export function openDatabase(
  client: DynamoDBClient,
  tableName: string,
  pause: (milliseconds: number) => Promise<void>,
): Database {
  const db = DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true },
  });
  const TableName = tableName;

  async function attempt<T>(what: string, work: () => Promise<T>): Promise<T | "refused"> {
    try {
      return await work();
    } catch (cause) {
      if (cause instanceof ConditionalCheckFailedException) return "refused";
      throw new StoreError(`${what}: ${cause instanceof Error ? cause.message : String(cause)}`, {
        cause,
      });
    }
  }

  async function sure<T>(what: string, work: () => Promise<T>): Promise<T> {
    const result = await attempt(what, work);
    if (result === "refused") throw new StoreError(`${what}: refused without a condition`);
    return result;
  }

  const named = (condition: Condition | undefined) =>
    condition === undefined
      ? {}
      : {
          ConditionExpression: condition.expression,
          ...(condition.names ? { ExpressionAttributeNames: condition.names } : {}),
          ...(condition.values ? { ExpressionAttributeValues: condition.values } : {}),
        };

  async function query(input: RowQuery): Promise<RowPage> {
    const answer = await sure("query", () => db.send(new QueryCommand({ TableName, ...input })));
    return { rows: answer.Items ?? [], lastKey: answer.LastEvaluatedKey ?? null };
  }

  async function writeBatch(rows: readonly (Row & Key)[]): Promise<void> {
    let left = rows.map((Item) => ({ PutRequest: { Item } }));
    for (let turn = 0; left.length > 0; turn += 1) {
      if (turn === BATCH_ATTEMPTS)
        throw new StoreError(`batch write: ${left.length} rows not taken`);
      if (turn > 0) await pause(25 * 2 ** turn);
      const answer = await sure("batch write", () =>
        db.send(new BatchWriteCommand({ RequestItems: { [TableName]: left } })),
      );
      left = (answer.UnprocessedItems?.[TableName] ?? []) as typeof left;
    }
  }

  async function readBatch(wanted: readonly Key[]): Promise<Row[]> {
    const rows: Row[] = [];
    let left: Record<string, unknown>[] = wanted.map(({ pk, sk }) => ({ pk, sk }));
    for (let turn = 0; left.length > 0; turn += 1) {
      if (turn === BATCH_ATTEMPTS) throw new StoreError(`batch read: ${left.length} rows not read`);
      if (turn > 0) await pause(25 * 2 ** turn);
      const answer = await sure("batch read", () =>
        db.send(
          new BatchGetCommand({
            RequestItems: { [TableName]: { Keys: left, ConsistentRead: true } },
          }),
        ),
      );
      rows.push(...(answer.Responses?.[TableName] ?? []));
      left = answer.UnprocessedKeys?.[TableName]?.Keys ?? [];
    }
    return rows;
  }

  return {
    async get(key) {
      const answer = await sure("get", () =>
        db.send(new GetCommand({ TableName, Key: key, ConsistentRead: true })),
      );
      return answer.Item ?? null;
    },
    async getMany(wanted) {
      const rows: Row[] = [];
      for (let from = 0; from < wanted.length; from += 100)
        rows.push(...(await readBatch(wanted.slice(from, from + 100))));
      return rows;
    },
    async put(row, condition) {
      const result = await attempt("put", () =>
        db.send(new PutCommand({ TableName, Item: row, ...named(condition) })),
      );
      return result !== "refused";
    },
    async putMany(rows) {
      // A batch with one key twice is refused whole; the rows are equal, so one will do.
      const distinct = [...new Map(rows.map((row) => [`${row.pk}\n${row.sk}`, row])).values()];
      for (let from = 0; from < distinct.length; from += 25)
        await writeBatch(distinct.slice(from, from + 25));
    },
    async update(key, change, condition) {
      const result = await attempt("update", () =>
        db.send(
          new UpdateCommand({
            TableName,
            Key: key,
            UpdateExpression: change,
            ReturnValues: "ALL_NEW",
            ...named(condition.expression === "" ? undefined : condition),
            ...(condition.names ? { ExpressionAttributeNames: condition.names } : {}),
            ...(condition.values ? { ExpressionAttributeValues: condition.values } : {}),
          }),
        ),
      );
      return result === "refused" ? null : (result.Attributes ?? {});
    },
    async remove(key, condition) {
      const result = await attempt("delete", () =>
        db.send(new DeleteCommand({ TableName, Key: key, ...named(condition) })),
      );
      return result !== "refused";
    },
    query,
    async *queryAll(input) {
      let lastKey: Row | null = null;
      do {
        const page: RowPage = await query(
          lastKey === null
            ? input
            : { ...input, ExclusiveStartKey: lastKey as Record<string, AttributeValue> },
        );
        yield* page.rows;
        lastKey = page.lastKey;
      } while (lastKey !== null);
    },
    async scanPage(filter, from, limit) {
      const answer: ScanCommandOutput = await sure("scan", () =>
        db.send(
          new ScanCommand({
            TableName,
            FilterExpression: filter.expression,
            ConsistentRead: true,
            Limit: limit,
            ...(from === null ? {} : { ExclusiveStartKey: from }),
          }),
        ),
      );
      return { rows: answer.Items ?? [], lastKey: answer.LastEvaluatedKey ?? null };
    },
    async *scanAll(filter) {
      let lastKey: Row | null = null;
      do {
        const start: Row | null = lastKey;
        const answer: ScanCommandOutput = await sure("scan", () =>
          db.send(
            new ScanCommand({
              TableName,
              FilterExpression: filter.expression,
              ...(filter.names ? { ExpressionAttributeNames: filter.names } : {}),
              ...(filter.values ? { ExpressionAttributeValues: filter.values } : {}),
              ...(start === null ? {} : { ExclusiveStartKey: start }),
            }),
          ),
        );
        yield* answer.Items ?? [];
        lastKey = answer.LastEvaluatedKey ?? null;
      } while (lastKey !== null);
    },
  };
}

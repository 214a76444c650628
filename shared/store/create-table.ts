// Makes the table where it is missing: on the embedded server, and in tests. In the cloud, infra does.
import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  ResourceNotFoundException,
} from "@aws-sdk/client-dynamodb";
import { TABLE } from "./table.ts";

const { partitionKey, sortKey, dueIndex } = TABLE;

/** @param sleep between looks at a table that is being made */
export async function createTable(
  client: DynamoDBClient,
  tableName: string,
  sleep: (milliseconds: number) => Promise<void>,
): Promise<void> {
  const look = async () => {
    try {
      const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
      return Table?.TableStatus ?? "MISSING";
    } catch (cause) {
      if (cause instanceof ResourceNotFoundException) return "MISSING";
      throw cause;
    }
  };
  let status = await look();
  if (status === "MISSING") {
    await client
      .send(
        new CreateTableCommand({
          TableName: tableName,
          BillingMode: "PAY_PER_REQUEST",
          AttributeDefinitions: [
            partitionKey,
            sortKey,
            dueIndex.partitionKey,
            dueIndex.sortKey,
          ].map((AttributeName) => ({ AttributeName, AttributeType: "S" as const })),
          KeySchema: [
            { AttributeName: partitionKey, KeyType: "HASH" },
            { AttributeName: sortKey, KeyType: "RANGE" },
          ],
          GlobalSecondaryIndexes: [
            {
              IndexName: dueIndex.name,
              KeySchema: [
                { AttributeName: dueIndex.partitionKey, KeyType: "HASH" },
                { AttributeName: dueIndex.sortKey, KeyType: "RANGE" },
              ],
              Projection: { ProjectionType: "ALL" },
            },
          ],
        }),
      )
      .catch((cause: unknown) => {
        if (!(cause instanceof ResourceInUseException)) throw cause;
      });
    status = await look();
  }
  for (let turn = 0; status !== "ACTIVE"; turn += 1) {
    if (turn === 200) throw new Error(`table ${tableName}: still ${status}`);
    await sleep(25);
    status = await look();
  }
}

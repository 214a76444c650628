// The one table, from the shape that the store itself states.
import { RemovalPolicy } from "aws-cdk-lib";
import {
  AttributeType,
  BillingMode,
  type ITable,
  ProjectionType,
  Table,
  TableEncryption,
} from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import { TABLE } from "../shared/store/table.ts";

export type TableInUse = Pick<ITable, "tableArn" | "tableName">;

const text = (name: string) => ({ name, type: AttributeType.STRING });

export class ArchiveTable extends Construct {
  /** The one that is in use. */
  readonly table: TableInUse;

  /** @param restored names a table that a backup was restored to; the stack's own stays as it is, unused */
  constructor(scope: Construct, id: string, restored?: string) {
    super(scope, id);
    const own = new Table(this, "Table", {
      partitionKey: text(TABLE.partitionKey),
      sortKey: text(TABLE.sortKey),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      timeToLiveAttribute: TABLE.timeToLive,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      // The archive and its subscribers outlive a stack that is deleted by mistake.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    own.addGlobalSecondaryIndex({
      indexName: TABLE.dueIndex.name,
      partitionKey: text(TABLE.dueIndex.partitionKey),
      sortKey: text(TABLE.dueIndex.sortKey),
      projectionType: ProjectionType.ALL,
    });
    this.table =
      restored === undefined ? own : Table.fromTableName(this, "RestoredTable", restored);
  }
}

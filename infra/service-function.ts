// A Lambda of ours: one bundle, one log group that ends, one set of settings that cannot lack a variable.
import { type Duration, RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { z } from "zod";
import type { CloudSettings } from "../shared/settings.ts";
import { TABLE } from "../shared/store/table.ts";
import type { TableInUse } from "./archive-table.ts";
import type { FunctionName } from "./bundle-functions.ts";

/** The environment that every function is given: what CloudSettings asks for, as strings. */
export type Environment = Readonly<Partial<Record<keyof z.input<typeof CloudSettings>, string>>> &
  Readonly<
    Record<
      | "TABLE_NAME"
      | "POLL_QUEUE_URL"
      | "DIGEST_QUEUE_URL"
      | "SECRET_ARN"
      | "MAIL_FROM"
      | "SES_CONFIGURATION_SET"
      | "PUBLIC_URL",
      string
    >
  >;

export interface ServiceFunctionProps {
  readonly name: FunctionName;
  /** The folder that bundleFunctions made. */
  readonly directory: string;
  readonly environment: Environment;
  readonly timeout: Duration;
  readonly memorySize: number;
  /** An upper bound on what a runaway can cost. */
  readonly concurrency: number;
  /** Where a call that failed for good waits for a person. */
  readonly failedCalls: Queue;
  readonly table: TableInUse;
  readonly secret: Secret;
}

export class ServiceFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly logGroup: LogGroup;
  readonly timeout: Duration;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    this.timeout = props.timeout;
    this.logGroup = new LogGroup(this, "Log", {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    });
    this.logGroup.grantWrite(role);
    this.lambda = new LambdaFunction(this, "Function", {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: "index.handler",
      code: Code.fromAsset(props.directory),
      role,
      environment: { ...props.environment },
      timeout: props.timeout,
      memorySize: props.memorySize,
      reservedConcurrentExecutions: props.concurrency,
      deadLetterQueue: props.failedCalls,
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      logGroup: this.logGroup,
    });
    this.lambda.addToRolePolicy(
      new PolicyStatement({
        // What the store does, and no Scan: nobody reads all subscribers at once.
        actions: [
          "GetItem",
          "BatchGetItem",
          "Query",
          "PutItem",
          "UpdateItem",
          "DeleteItem",
          "BatchWriteItem",
        ].map((action) => `dynamodb:${action}`),
        resources: [props.table.tableArn, `${props.table.tableArn}/index/${TABLE.dueIndex.name}`],
      }),
    );
    props.secret.grantRead(this.lambda);
  }
}

// A Lambda of ours: one bundle, one log group that ends, one set of settings that cannot lack a variable.
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Effect, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { z } from "zod";
import type { CloudSettings } from "../shared/settings.ts";
import type { FunctionName } from "./bundle-functions.ts";

/** The environment that every function is given: what CloudSettings asks for, as strings. */
export type Environment = Readonly<Partial<Record<keyof z.input<typeof CloudSettings>, string>>> &
  Readonly<Record<"TABLE_NAME" | "POLL_QUEUE_URL" | "DIGEST_QUEUE_URL" | "SECRET_ARN" | "MAIL_FROM" | "SES_CONFIGURATION_SET" | "PUBLIC_URL", string>>;

export interface ServiceFunctionProps {
  readonly name: FunctionName;
  /** The folder that bundleFunctions made. */
  readonly directory: string;
  readonly environment: Environment;
  readonly timeout: Duration;
  readonly memorySize: number;
  /** An upper bound on what a runaway can cost. */
  readonly concurrency: number;
}

export class ServiceFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly timeout: Duration;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    this.timeout = props.timeout;
    const logGroup = new LogGroup(this, "Log", {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    logGroup.grantWrite(role);
    // X-Ray knows no resources: the one place where `*` stands.
    role.addToPolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
        resources: ["*"],
      }),
    );
    this.lambda = new LambdaFunction(this, "Function", {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: "index.handler",
      code: Code.fromAsset(props.directory),
      role: role.withoutPolicyUpdates(),
      environment: { ...props.environment, NODE_OPTIONS: "--enable-source-maps" },
      timeout: props.timeout,
      memorySize: props.memorySize,
      reservedConcurrentExecutions: props.concurrency,
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      logGroup,
    });
    this.role = role;
  }

  readonly role: Role;
}

// The archive behind an HTTP API: throttled, logged without addresses.
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  HttpApi,
  HttpNoneAuthorizer,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { TableInUse } from "./archive-table.ts";
import { allowSending, type MailIdentity } from "./digesting.ts";
import { type Environment, ServiceFunction } from "./service-function.ts";

/** What one table and ten functions serve without harm. */
const THROTTLE = { rateLimit: 50, burstLimit: 100 } as const;
const SERVERS = 10;

/** No client address, no path with a token in it: the route pattern, the status, the time. */
const LOG_FORMAT = AccessLogFormat.custom(
  JSON.stringify({
    requestId: "$context.requestId",
    at: "$context.requestTime",
    status: "$context.status",
    bytes: "$context.responseLength",
    milliseconds: "$context.responseLatency",
  }),
);

/** Made before the functions, which must know its address. */
export class ArchiveApi extends Construct {
  readonly api: HttpApi;
  readonly stage: HttpStage;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.api = new HttpApi(this, "Api", { createDefaultStage: false });
    const logGroup = new LogGroup(this, "AccessLog", {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.stage = new HttpStage(this, "Stage", {
      httpApi: this.api,
      stageName: "$default",
      autoDeploy: true,
      throttle: THROTTLE,
      detailedMetricsEnabled: true,
      accessLogSettings: { destination: new LogGroupLogDestination(logGroup), format: LOG_FORMAT },
    });
  }
}

export interface ArchiveSiteProps {
  readonly api: ArchiveApi;
  readonly table: TableInUse;
  readonly secret: Secret;
  readonly environment: Environment;
  readonly directory: string;
  readonly mail: MailIdentity;
  readonly failedCalls: Queue;
}

export class ArchiveSite extends Construct {
  readonly functions: readonly ServiceFunction[];

  constructor(scope: Construct, id: string, props: ArchiveSiteProps) {
    super(scope, id);
    const serve = new ServiceFunction(this, "ServeArchive", {
      name: "serve-archive",
      directory: props.directory,
      environment: props.environment,
      table: props.table,
      secret: props.secret,
      failedCalls: props.failedCalls,
      timeout: Duration.seconds(25),
      memorySize: 1_024,
      concurrency: SERVERS,
    });
    this.functions = [serve];
    // Confirmations and exports go out at once, from the request that asked for them.
    allowSending(serve, props.mail);
    props.api.api.addRoutes({
      path: "/{proxy+}",
      integration: new HttpLambdaIntegration("Archive", serve.lambda),
      // A public archive: there is nobody to tell apart.
      authorizer: new HttpNoneAuthorizer(),
    });
    props.api.api.addRoutes({
      path: "/",
      integration: new HttpLambdaIntegration("Front", serve.lambda),
      authorizer: new HttpNoneAuthorizer(),
    });
  }
}

// All of backdoor-watch in the cloud, wired.
import { join, resolve } from "node:path";
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { Alarms } from "./alarms.ts";
import { ArchiveApi, ArchiveSite } from "./archive-site.ts";
import { ArchiveTable } from "./archive-table.ts";
import type { FunctionName } from "./bundle-functions.ts";
import { Digesting, MailIdentity, SEND_TIMEOUT } from "./digesting.ts";
import { POLL_TIMEOUT, Polling } from "./polling.ts";
import { QueuePair } from "./queue-pair.ts";
import type { Environment } from "./service-function.ts";

export interface BackdoorWatchProps extends StackProps {
  /** The domain that mail comes from; its DNS must be yours. */
  readonly mailDomain: string;
  readonly contactUrl: string;
  readonly operatorEmail: string | undefined;
  /** What links in mail start with; the HTTP API's own address unless told. */
  readonly publicUrl: string | undefined;
  /** After the table was restored from a backup: the instant until which its installation had mailed. */
  readonly resumeAfter?: string | undefined;
  /** A table that was restored from a backup, in the place of the stack's own. */
  readonly restoredTable?: string | undefined;
  /** Where bundleFunctions put its folders. */
  readonly bundles: string;
}

export class BackdoorWatch extends Stack {
  constructor(scope: Construct, id: string, props: BackdoorWatchProps) {
    super(scope, id, props);
    const { table } = new ArchiveTable(this, "Archive", props.restoredTable);
    const secret = new Secret(this, "Keys", {
      description:
        "The master key of sealed addresses and tokens. Never delete it: every address would be lost.",
      generateSecretString: {
        secretStringTemplate: "{}",
        generateStringKey: "key",
        passwordLength: 64,
        excludePunctuation: true,
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const polls = new QueuePair(this, "Polls", POLL_TIMEOUT);
    const digests = new QueuePair(this, "Digests", SEND_TIMEOUT);
    const failedCalls = new Queue(this, "FailedCalls", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const mail = new MailIdentity(this, "Mail", props.mailDomain);
    const api = new ArchiveApi(this, "Api");
    const environment: Environment = {
      TABLE_NAME: table.tableName,
      POLL_QUEUE_URL: polls.queue.queueUrl,
      DIGEST_QUEUE_URL: digests.queue.queueUrl,
      SECRET_ARN: secret.secretArn,
      MAIL_FROM: `digest@${props.mailDomain}`,
      SES_CONFIGURATION_SET: mail.configurationSet.configurationSetName,
      PUBLIC_URL: props.publicUrl ?? api.api.apiEndpoint,
      CONTACT_URL: props.contactUrl,
      ...(props.resumeAfter === undefined ? {} : { RESUME_AFTER: props.resumeAfter }),
      ...(props.operatorEmail === undefined ? {} : { OPERATOR_EMAIL: props.operatorEmail }),
    };
    const bundleOf = (name: FunctionName) => join(resolve(props.bundles), name);
    const part = { table, secret, environment, bundleOf, polls, digests, failedCalls };
    const polling = new Polling(this, "Polling", part);
    const digesting = new Digesting(this, "Digesting", { ...part, mail });
    const site = new ArchiveSite(this, "Site", {
      api,
      table,
      secret,
      environment,
      mail,
      failedCalls,
      directory: bundleOf("serve-archive"),
    });
    const { topic } = new Alarms(this, "Alarms", {
      functions: [...polling.functions, ...digesting.functions, ...site.functions],
      polls,
      digests,
      failedCalls,
      api,
      operatorEmail: props.operatorEmail,
    });
    new CfnOutput(this, "ArchiveUrl", { value: environment.PUBLIC_URL });
    new CfnOutput(this, "AlarmTopic", { value: topic.topicArn });
    new CfnOutput(this, "TableName", { value: table.tableName });
  }
}

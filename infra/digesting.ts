// schedule → plan-digests → queue → send-digest → SES; and what SES says of it afterwards.
import { Duration } from "aws-cdk-lib";
import { EventBus, Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  DkimIdentity,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from "aws-cdk-lib/aws-ses";
import { Construct } from "constructs";
import type { PartProps } from "./polling.ts";
import { scheduleEvery } from "./schedule.ts";
import { ServiceFunction } from "./service-function.ts";

export const SEND_TIMEOUT = Duration.minutes(5);
/** Shards sent at once: SES's sandbox takes one mail a second, a new account 14. */
const SENDERS = 4;

/** The sender's identity, signed (Easy DKIM) and under its own return path, over TLS alone; no opens, no clicks. */
export class MailIdentity extends Construct {
  readonly identity: EmailIdentity;
  readonly configurationSet: ConfigurationSet;

  constructor(scope: Construct, id: string, mailDomain: string) {
    super(scope, id);
    this.configurationSet = new ConfigurationSet(this, "Set", {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    this.configurationSet.addEventDestination("Events", {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, "Bus", "default")),
      events: [
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.DELIVERY_DELAY,
        EmailSendingEvent.REJECT,
      ],
    });
    this.identity = new EmailIdentity(this, "Identity", {
      identity: Identity.domain(mailDomain),
      dkimSigning: true,
      dkimIdentity: DkimIdentity.easyDkim(),
      mailFromDomain: `bounce.${mailDomain}`,
      configurationSet: this.configurationSet,
    });
  }
}

export class Digesting extends Construct {
  readonly functions: readonly ServiceFunction[];

  constructor(scope: Construct, id: string, props: PartProps & { readonly mail: MailIdentity }) {
    super(scope, id);
    const { table, secret, environment, bundleOf, digests, failedCalls, mail } = props;
    const common = { environment, table, secret, failedCalls, memorySize: 512 };
    const plan = new ServiceFunction(this, "PlanDigests", {
      ...common,
      name: "plan-digests",
      directory: bundleOf("plan-digests"),
      timeout: Duration.minutes(4),
      concurrency: 1,
    });
    const send = new ServiceFunction(this, "SendDigest", {
      ...common,
      name: "send-digest",
      directory: bundleOf("send-digest"),
      timeout: SEND_TIMEOUT,
      concurrency: SENDERS,
    });
    const events = new ServiceFunction(this, "MailEvents", {
      ...common,
      name: "mail-events",
      directory: bundleOf("mail-events"),
      timeout: Duration.seconds(30),
      concurrency: 2,
    });
    this.functions = [plan, send, events];
    digests.queue.grantSendMessages(plan.lambda);
    allowSending(send, mail);
    send.lambda.addEventSource(
      new SqsEventSource(digests.queue, {
        batchSize: 1,
        maxConcurrency: SENDERS,
        reportBatchItemFailures: true,
      }),
    );
    scheduleEvery(this, "EveryFiveMinutes", Duration.minutes(5), plan.lambda, failedCalls);
    // `aws.` sources cannot be put on the bus by anybody but AWS: a forged bounce has no way in.
    new Rule(this, "FromSes", {
      eventPattern: {
        source: ["aws.ses"],
        detailType: ["Email Bounced", "Email Complaint Received"],
        // The tag that SES puts on every mail: of the event's `resources` its documents promise nothing.
        detail: {
          mail: { tags: { "ses:configuration-set": [mail.configurationSet.configurationSetName] } },
        },
      },
      targets: [
        new LambdaFunction(events.lambda, {
          deadLetterQueue: failedCalls,
          retryAttempts: 10,
        }),
      ],
    });
  }
}

/** Mail of this identity, under this configuration set, and nothing else of SES. */
export function allowSending(
  { lambda }: ServiceFunction,
  { identity, configurationSet }: MailIdentity,
): void {
  lambda.addToRolePolicy(
    new PolicyStatement({
      actions: ["ses:SendEmail", "ses:SendRawEmail"],
      resources: [
        identity.emailIdentityArn,
        lambda.stack.formatArn({
          service: "ses",
          resource: "configuration-set",
          resourceName: configurationSet.configurationSetName,
        }),
      ],
    }),
  );
}

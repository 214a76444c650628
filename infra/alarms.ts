// Every alarm, each with the heading of the runbook that says what to do.
import { Duration, Stack } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  Stats,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { FilterPattern, MetricFilter } from "aws-cdk-lib/aws-logs";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { ArchiveApi } from "./archive-site.ts";
import type { QueuePair } from "./queue-pair.ts";
import type { ServiceFunction } from "./service-function.ts";

/** Where docs/runbook.md can be read; an alarm's text ends in a heading of it. */
const RUNBOOK = "docs/runbook.md";

/** As in shared/flows/canary.ts; CloudWatch looks back seven days at most. */
const CANARY_HOURS = 26;

/** Words of the log that are an alarm, and whose log they are looked for in: as in shared/flows. */
const WORDS = [
  {
    id: "FeedsNotPolled",
    words: "feeds-overdue",
    writers: ["PlanPolls", "SendDigest"],
    says: "Feeds were not polled within their interval.",
    runbook: "feeds-not-polled",
  },
  {
    id: "MailNotTaken",
    words: "mail-failing",
    writers: ["SendDigest", "ServeArchive"],
    says: "SES does not take what is sent.",
    runbook: "mail-not-taken",
  },
  {
    id: "SignUpsDropped",
    words: "global-cap",
    writers: ["ServeArchive"],
    says: "So many signed up within one hour that some wait, or were refused.",
    runbook: "sign-up-cap",
  },
] as const;

interface AlarmProps {
  readonly metric: IMetric;
  readonly threshold: number;
  readonly says: string;
  readonly runbook: string;
  readonly periods?: number;
  readonly silence?: boolean;
}

export interface AlarmsProps {
  readonly functions: readonly ServiceFunction[];
  readonly polls: QueuePair;
  readonly digests: QueuePair;
  readonly failedCalls: Queue;
  readonly api: ArchiveApi;
  readonly operatorEmail: string | undefined;
}

export class Alarms extends Construct {
  /** Told of every alarm; without an operator's address nobody listens yet. */
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.topic = this.makeTopic(props.operatorEmail);
    for (const fn of props.functions) this.watchFunction(fn);
    this.watchQueue("Polls", props.polls);
    this.watchQueue("Digests", props.digests);
    this.add("FailedCalls", {
      metric: props.failedCalls.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: Stats.MAXIMUM,
      }),
      threshold: 1,
      says: "A scheduled call or a report of SES failed for good and waits.",
      runbook: "failed-calls",
    });
    this.watchMail();
    this.watchSilence(props.functions);
    this.watchCanary(props.functions);
    this.watchWords(props.functions);
    this.add("ArchiveErrors", {
      metric: props.api.stage.metricServerError({
        period: Duration.minutes(5),
        statistic: Stats.SUM,
      }),
      threshold: 5,
      says: "The archive answered five requests with 5xx within five minutes.",
      runbook: "archive-errors",
    });
  }

  private makeTopic(operatorEmail: string | undefined): Topic {
    const topic = new Topic(this, "Topic", { enforceSSL: true });
    topic.addToResourcePolicy(
      new PolicyStatement({
        actions: ["sns:Publish"],
        resources: [topic.topicArn],
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
      }),
    );
    if (operatorEmail !== undefined) topic.addSubscription(new EmailSubscription(operatorEmail));
    return topic;
  }

  private watchFunction({ lambda, timeout, node }: ServiceFunction): void {
    const period = Duration.minutes(5);
    this.add(`${node.id}Errors`, {
      metric: lambda.metricErrors({ period }),
      threshold: 1,
      says: `${node.id} failed.`,
      runbook: "function-errors",
    });
    this.add(`${node.id}Throttles`, {
      metric: lambda.metricThrottles({ period }),
      threshold: 1,
      says: `${node.id} was not let run.`,
      runbook: "function-throttles",
      periods: 3,
    });
    this.add(`${node.id}Slow`, {
      metric: lambda.metricDuration({ period, statistic: Stats.percentile(95) }),
      threshold: timeout.toMilliseconds() * 0.8,
      says: `${node.id} takes over 80 % of its time.`,
      runbook: "function-slow",
      periods: 3,
    });
  }

  private watchQueue(name: string, { queue, deadLetters }: QueuePair): void {
    const period = Duration.minutes(5);
    this.add(`${name}DeadLetters`, {
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({
        period,
        statistic: Stats.MAXIMUM,
      }),
      threshold: 1,
      says: `A message of ${name.toLowerCase()} failed five times and waits.`,
      runbook: "dead-letters",
    });
    this.add(`${name}Old`, {
      metric: queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM }),
      threshold: 900,
      says: `A message of ${name.toLowerCase()} has waited for a quarter of an hour.`,
      runbook: "queue-old",
      periods: 3,
    });
  }

  /** SES reviews an account at 5 % and 0.1 %: far below that somebody should look. */
  private watchMail(): void {
    const reputation = (metricName: string) =>
      new Metric({
        namespace: "AWS/SES",
        metricName,
        period: Duration.hours(1),
        statistic: Stats.MAXIMUM,
      });
    this.add("BounceRate", {
      metric: reputation("Reputation.BounceRate"),
      threshold: 0.02,
      says: "2 % of mail bounces.",
      runbook: "bounce-rate",
    });
    this.add("ComplaintRate", {
      metric: reputation("Reputation.ComplaintRate"),
      threshold: 0.0008,
      says: "0.08 % of mail is complained of.",
      runbook: "complaint-rate",
    });
  }

  /** What does not run reports nothing, and nothing is what must alarm. */
  private watchSilence(functions: readonly ServiceFunction[]): void {
    const SCHEDULED = new Set(["PlanPolls", "PollDomain", "PlanDigests"]);
    for (const { lambda, node } of functions.filter((fn) => SCHEDULED.has(fn.node.id)))
      this.add(`${node.id}Silent`, {
        metric: lambda.metricInvocations({ period: Duration.minutes(60), statistic: Stats.SUM }),
        threshold: 1,
        says: `${node.id} has not run for an hour.`,
        runbook: "silence",
        silence: true,
      });
  }

  /**
   * One comes a day, whether or not anybody gave an address: counted where its mail is handed to SES, by the words that
   * shared/flows/canary.ts logs. The count cannot be written by a function, so none needs a right to.
   */
  private watchCanary(functions: readonly ServiceFunction[]): void {
    const sender = functions.find(({ node }) => node.id === "SendDigest");
    if (sender === undefined) throw new Error("no SendDigest whose log to read");
    const arrived = new MetricFilter(this, "CanaryArrived", {
      logGroup: sender.logGroup,
      // A term, not a field: it is found however Lambda wraps the line.
      filterPattern: FilterPattern.literal('"canary-arrived"'),
      metricNamespace: `backdoor-watch/${sender.lambda.stack.stackName}`,
      metricName: "CanaryArrived",
      metricValue: "1",
    });
    this.add("CanaryMissing", {
      metric: arrived.metric({ period: Duration.hours(1), statistic: Stats.SUM }),
      threshold: 1,
      says: `No canary has gone the whole way from feed to mail server for ${CANARY_HOURS} hours.`,
      runbook: "canary",
      periods: CANARY_HOURS,
      silence: true,
    });
  }

  /** Told by mail too, where there is an operator's address and mail goes out. */
  private watchWords(functions: readonly ServiceFunction[]): void {
    for (const { id, words, writers, says, runbook } of WORDS) {
      const metricNamespace = `backdoor-watch/${Stack.of(this).stackName}`;
      const period = Duration.minutes(15);
      for (const fn of functions.filter(({ node }) =>
        (writers as readonly string[]).includes(node.id),
      ))
        new MetricFilter(this, `${id}In${fn.node.id}`, {
          logGroup: fn.logGroup,
          filterPattern: FilterPattern.literal(`"${words}"`),
          metricNamespace,
          metricName: id,
          metricValue: "1",
        });
      this.add(id, {
        metric: new Metric({
          namespace: metricNamespace,
          metricName: id,
          period,
          statistic: Stats.SUM,
        }),
        threshold: 1,
        says,
        runbook,
      });
    }
  }

  private add(
    id: string,
    { metric, threshold, says, runbook, periods = 1, silence = false }: AlarmProps,
  ): void {
    const alarm = new Alarm(this, id, {
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: silence
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: silence ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      alarmDescription: `${says} See ${RUNBOOK}#${runbook}`,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }
}

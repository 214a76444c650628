// schedule → plan-polls → queue → poll-domain; and the sweep that finishes what a crash left.
import { Duration } from "aws-cdk-lib";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import type { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { TableInUse } from "./archive-table.ts";
import type { FunctionName } from "./bundle-functions.ts";
import type { QueuePair } from "./queue-pair.ts";
import { scheduleEvery } from "./schedule.ts";
import { type Environment, ServiceFunction } from "./service-function.ts";

export interface PartProps {
  readonly table: TableInUse;
  readonly secret: Secret;
  readonly environment: Environment;
  readonly bundleOf: (name: FunctionName) => string;
  readonly polls: QueuePair;
  readonly digests: QueuePair;
  /** Where calls that failed for good wait: never among the messages of a queue, or redriving would mix them in. */
  readonly failedCalls: Queue;
}

export const POLL_TIMEOUT = Duration.minutes(10);
/** Domains that are spoken to at once. */
const POLLERS = 20;

export class Polling extends Construct {
  readonly functions: readonly ServiceFunction[];

  constructor(
    scope: Construct,
    id: string,
    { table, secret, environment, bundleOf, polls, failedCalls }: PartProps,
  ) {
    super(scope, id);
    const common = { environment, table, secret, failedCalls };
    const plan = new ServiceFunction(this, "PlanPolls", {
      name: "plan-polls",
      directory: bundleOf("plan-polls"),
      ...common,
      timeout: Duration.minutes(4),
      memorySize: 512,
      concurrency: 1,
    });
    const poll = new ServiceFunction(this, "PollDomain", {
      name: "poll-domain",
      directory: bundleOf("poll-domain"),
      ...common,
      timeout: POLL_TIMEOUT,
      memorySize: 1_024,
      concurrency: POLLERS,
    });
    const sweep = new ServiceFunction(this, "Sweep", {
      name: "sweep",
      directory: bundleOf("sweep"),
      ...common,
      timeout: Duration.minutes(10),
      memorySize: 512,
      concurrency: 1,
    });
    const reclassify = new ServiceFunction(this, "Reclassify", {
      ...common,
      name: "reclassify",
      directory: bundleOf("reclassify"),
      timeout: Duration.minutes(15),
      memorySize: 1_024,
      concurrency: 1,
    });
    this.functions = [plan, poll, sweep, reclassify];
    polls.queue.grantSendMessages(plan.lambda);
    poll.lambda.addEventSource(
      new SqsEventSource(polls.queue, {
        batchSize: 1,
        maxConcurrency: POLLERS,
        reportBatchItemFailures: true,
      }),
    );
    scheduleEvery(this, "EveryFiveMinutes", Duration.minutes(5), plan.lambda, failedCalls);
    scheduleEvery(this, "EveryDay", Duration.days(1), reclassify.lambda, failedCalls);
    scheduleEvery(this, "EveryHour", Duration.hours(1), sweep.lambda, failedCalls);
  }
}

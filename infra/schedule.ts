// A function called at a steady pace; a call that cannot be made waits for a person.
import type { Duration } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";

/**
 * By the L1 construct and a role of its own, which may call this one function and nothing else: the L2 target also allows every
 * version of it.
 * @param pace whole minutes
 */
export function scheduleEvery(
  scope: Construct,
  id: string,
  pace: Duration,
  target: LambdaFunction,
  failedCalls: Queue,
): CfnSchedule {
  const role = new Role(scope, `${id}Role`, {
    assumedBy: new ServicePrincipal("scheduler.amazonaws.com"),
  });
  role.addToPolicy(
    new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [target.functionArn] }),
  );
  failedCalls.grantSendMessages(role);
  const minutes = pace.toMinutes();
  const schedule = new CfnSchedule(scope, id, {
    flexibleTimeWindow: { mode: "OFF" },
    scheduleExpression: `rate(${minutes} ${minutes === 1 ? "minute" : "minutes"})`,
    target: {
      arn: target.functionArn,
      roleArn: role.roleArn,
      deadLetterConfig: { arn: failedCalls.queueArn },
      // The next call comes soon enough: one that is late by more than a pace is of no use.
      retryPolicy: {
        maximumRetryAttempts: 2,
        maximumEventAgeInSeconds: Math.min(86_400, Math.max(60, minutes * 60)),
      },
    },
  });
  schedule.node.addDependency(role);
  return schedule;
}

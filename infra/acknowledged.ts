// The findings of cdk-nag that we live with, each with its reason.
import { type Stack, Validations } from "aws-cdk-lib";

const REASONS: Readonly<Record<string, string>> = {
  "AwsSolutions-APIG4":
    "A public archive: reading needs no account, and links in mail carry signed tokens that the function checks.",
  "AwsSolutions-SMG4":
    "The oldest key seals addresses and must stay; the runbook adds a newer one for tokens by hand, and no rotation may drop the old.",
  "AwsSolutions-IAM5[Resource::*]": "X-Ray's two actions know no resources.",
  "AwsSolutions-SQS3":
    "The finding is on the queue of failed calls: it is a dead-letter queue of functions, schedules and a rule, which cdk-nag does not see.",
  "Serverless-LambdaEventSourceMappingDestination":
    "A queue as source sends its failures to its own dead-letter queue; a destination is for streams.",
  "Serverless-SQSRedrivePolicy":
    "The finding is on the queues of dead letters and failed calls themselves: they are where redriving ends.",
};

export function acknowledge(stack: Stack): void {
  for (const [id, reason] of Object.entries(REASONS))
    Validations.of(stack).acknowledge({ id, reason });
}

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { App } from "aws-cdk-lib";
import { Match, Template } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { FUNCTION_NAMES } from "../../infra/bundle-functions.ts";
import { BackdoorWatch, type BackdoorWatchProps } from "../../infra/stack.ts";

/** What stands in for them: the stack only says where they lie. What is really built, `cdk synth` below and tests/aws try. */
const bundles = mkdtempSync(join(tmpdir(), "backdoor-watch-infra-"));
for (const name of FUNCTION_NAMES) {
  mkdirSync(join(bundles, name));
  writeFileSync(join(bundles, name, "index.mjs"), `// ${name}`);
}

function synth(over: Partial<BackdoorWatchProps> = {}): Template {
  const stack = new BackdoorWatch(new App(), "Test", {
    mailDomain: "watch.example.org",
    contactUrl: "https://example.org",
    operatorEmail: "operator@example.org",
    publicUrl: undefined,
    bundles,
    ...over,
  });
  return Template.fromStack(stack);
}

const template = synth();

interface Resource {
  readonly Properties: Readonly<Record<string, unknown>>;
}
type Row = Readonly<Record<string, unknown>>;
/** The resources that a value points to by `Fn::GetAtt`. */
const idsIn = (value: unknown): string[] =>
  [...JSON.stringify(value ?? null).matchAll(/"Fn::GetAtt":\["(\w+)"/g)].map(([, id = ""]) => id);
const resourcesOf = (type: string) => template.findResources(type) as Record<string, Resource>;

describe("the stack", () => {
  it("keeps its table: recovery, no deletion by mistake, expiry, one sparse index", () => {
    template.hasResource("AWS::DynamoDB::Table", {
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
      Properties: {
        BillingMode: "PAY_PER_REQUEST",
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
        SSESpecification: { SSEEnabled: true },
        GlobalSecondaryIndexes: [
          Match.objectLike({ IndexName: "due", Projection: { ProjectionType: "ALL" } }),
        ],
      },
    });
  });

  it("keeps the key that every sealed address hangs on", () => {
    template.hasResource("AWS::SecretsManager::Secret", { DeletionPolicy: "Retain" });
  });

  it("runs every function on the current runtime, within bounds, with an end to its failures", () => {
    const functions = Object.values(resourcesOf("AWS::Lambda::Function"));

    expect(functions).toHaveLength(8);
    for (const { Properties } of functions)
      expect(Properties).toMatchObject({
        Runtime: "nodejs24.x",
        Architectures: ["arm64"],
        ReservedConcurrentExecutions: expect.any(Number),
        DeadLetterConfig: expect.any(Object),
        LoggingConfig: { LogFormat: "JSON", LogGroup: expect.any(Object) },
      });
  });

  it("never hands out a message again while it is worked on, and keeps dead letters for two weeks", () => {
    const queues = Object.values(resourcesOf("AWS::SQS::Queue")).map(
      ({ Properties }) => Properties,
    );
    const working = queues.filter((queue) => "RedrivePolicy" in queue);
    const timeouts = new Map(
      Object.entries(resourcesOf("AWS::Lambda::Function")).map(([id, { Properties }]) => [
        id,
        Number(Properties["Timeout"]),
      ]),
    );

    expect(working).toHaveLength(2);
    for (const mapping of Object.values(resourcesOf("AWS::Lambda::EventSourceMapping"))) {
      const { FunctionName, FunctionResponseTypes, ScalingConfig } = mapping.Properties as {
        FunctionName: { Ref: string };
        FunctionResponseTypes: string[];
        ScalingConfig: object;
      };
      const timeout = timeouts.get(FunctionName.Ref) ?? Number.NaN;
      expect(working.map((queue) => queue["VisibilityTimeout"])).toContain(timeout * 6);
      expect(FunctionResponseTypes).toEqual(["ReportBatchItemFailures"]);
      expect(ScalingConfig).toHaveProperty("MaximumConcurrency");
    }
    for (const dead of queues.filter((queue) => !("RedrivePolicy" in queue)))
      expect(dead["MessageRetentionPeriod"]).toBe(14 * 86_400);
  });

  it("lets the poller send no mail and nobody scan the table", () => {
    const policies = Object.entries(resourcesOf("AWS::IAM::Policy")).map(
      ([id, { Properties }]) => [id, JSON.stringify(Properties)] as const,
    );
    const mayMail = policies.filter(([, text]) => text.includes("ses:")).map(([id]) => id);

    expect(
      policies.filter(([, text]) => text.includes("dynamodb:Scan") || text.includes("dynamodb:*")),
    ).toEqual([]);
    expect(mayMail.filter((id) => /Poll|Sweep|PlanDigests|MailEvents/.test(id))).toEqual([]);
    expect(mayMail).toHaveLength(2);
  });

  it("sends signed mail over TLS alone, and counts no opens and no clicks", () => {
    template.hasResourceProperties("AWS::SES::ConfigurationSet", {
      DeliveryOptions: { TlsPolicy: "REQUIRE" },
    });
    template.hasResourceProperties("AWS::SES::EmailIdentity", {
      DkimAttributes: { SigningEnabled: true },
      MailFromAttributes: { MailFromDomain: "bounce.watch.example.org" },
    });
    const [destination] = Object.values(resourcesOf("AWS::SES::ConfigurationSetEventDestination"));
    expect(JSON.stringify(destination)).not.toMatch(/open|click/i);
  });

  it("hears of bounces and complaints by the tag that every mail of ours bears", () => {
    const [set] = Object.keys(resourcesOf("AWS::SES::ConfigurationSet"));
    template.hasResourceProperties("AWS::Events::Rule", {
      EventPattern: {
        source: ["aws.ses"],
        "detail-type": ["Email Bounced", "Email Complaint Received"],
        detail: { mail: { tags: { "ses:configuration-set": [{ Ref: set }] } } },
      },
    });
  });

  it("keeps failed calls out of the queues' dead letters, so that redriving brings back messages alone", () => {
    const redriven = Object.values(resourcesOf("AWS::SQS::Queue")).flatMap(({ Properties }) =>
      idsIn(Properties["RedrivePolicy"]),
    );
    const places = [
      ...Object.values(resourcesOf("AWS::Lambda::Function")).map(
        ({ Properties }) => Properties["DeadLetterConfig"],
      ),
      ...Object.values(resourcesOf("AWS::Scheduler::Schedule")).map(
        ({ Properties }) => (Properties["Target"] as Row)["DeadLetterConfig"],
      ),
      ...Object.values(resourcesOf("AWS::Events::Rule")).flatMap(({ Properties }) =>
        (Properties["Targets"] as Row[]).map((target) => target["DeadLetterConfig"]),
      ),
    ].flatMap(idsIn);

    expect(redriven).toHaveLength(2);
    expect(places.length).toBeGreaterThan(10);
    expect(places.filter((place) => redriven.includes(place))).toEqual([]);
  });

  it("comes through the installed command itself, clean under both rule packs", () => {
    const out = mkdtempSync(join(tmpdir(), "backdoor-watch-synth-"));
    const cdk = spawnSync(
      process.execPath,
      ["node_modules/aws-cdk/bin/cdk", "synth", "--quiet", "--output", out],
      { encoding: "utf8", cwd: resolve(import.meta.dirname, "../..") },
    );
    expect(cdk.status, cdk.stderr).toBe(0);
  });

  it("lets every log end, and writes no address into the access log", () => {
    for (const { Properties } of Object.values(resourcesOf("AWS::Logs::LogGroup")))
      expect(Properties["RetentionInDays"]).toBe(30);
    const [stage] = Object.values(resourcesOf("AWS::ApiGatewayV2::Stage"));
    expect(JSON.stringify(stage)).not.toMatch(/sourceIp|\$context\.path|identity/);
  });

  it("takes silence of what is scheduled for an alarm", () => {
    const alarms = Object.values(resourcesOf("AWS::CloudWatch::Alarm")).map(
      ({ Properties }) => Properties,
    );
    const silent = alarms.filter((alarm) => alarm["TreatMissingData"] === "breaching");

    expect(silent.map((alarm) => alarm["MetricName"]).sort()).toEqual([
      "CanaryArrived",
      "Invocations",
      "Invocations",
      "Invocations",
    ]);
    for (const alarm of silent)
      expect(alarm).toMatchObject({ ComparisonOperator: "LessThanThreshold" });
  });

  it("misses a canary within 26 hours from the log of the function that mails it, and needs nobody's address for that", () => {
    const unnamed = synth({ operatorEmail: undefined });
    const [filter] = Object.values(unnamed.findResources("AWS::Logs::MetricFilter")) as Resource[];
    const transformations = filter?.Properties["MetricTransformations"] as Row[];
    const [alarm] = Object.values(
      unnamed.findResources("AWS::CloudWatch::Alarm", {
        Properties: { MetricName: transformations[0]?.["MetricName"] },
      }),
    ) as Resource[];

    expect(JSON.stringify(filter?.Properties["LogGroupName"])).toContain("SendDigest");
    // tests/aws/bundles.test.ts finds the same words in what the bundle logs.
    expect(filter?.Properties["FilterPattern"]).toBe('"canary-arrived"');
    expect(alarm?.Properties).toMatchObject({
      Namespace: transformations[0]?.["MetricNamespace"],
      Period: 3_600,
      EvaluationPeriods: 26,
      Threshold: 1,
      TreatMissingData: "breaching",
    });
    expect(alarm?.Properties["AlarmActions"]).toHaveLength(1);
    expect(Object.keys(unnamed.findOutputs("AlarmTopic"))).toHaveLength(1);
    expect(unnamed.findResources("AWS::SNS::Subscription")).toEqual({});
  });

  it("tells whoever is woken by an alarm what to do", () => {
    const runbook = readFileSync(resolve(import.meta.dirname, "../../docs/runbook.md"), "utf8");
    const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading]) =>
      heading?.toLowerCase().replaceAll(" ", "-"),
    );
    const asked = Object.values(resourcesOf("AWS::CloudWatch::Alarm")).map(
      ({ Properties }) => String(Properties["AlarmDescription"]).split("#")[1],
    );

    expect(asked.length).toBeGreaterThan(20);
    expect([...new Set(asked)].filter((anchor) => !headings.includes(anchor))).toEqual([]);
  });

  it("goes on with a restored table: every function on it alone, told since when, and its own kept", () => {
    const resumed = synth({ restoredTable: "copy", resumeAfter: "2026-03-01T06:00:00Z" });
    const functions = Object.values(resumed.findResources("AWS::Lambda::Function")) as Resource[];
    const policies = JSON.stringify(resumed.findResources("AWS::IAM::Policy"));
    const [own] = Object.keys(resumed.findResources("AWS::DynamoDB::Table"));

    for (const { Properties } of functions)
      expect(Properties["Environment"]).toMatchObject({
        Variables: { TABLE_NAME: "copy", RESUME_AFTER: "2026-03-01T06:00:00Z" },
      });
    expect(own).toBeDefined();
    expect(policies).not.toContain(own);
    expect(policies).toContain("table/copy/index/due");
  });

  it("comes out the same at every synth", () => {
    expect(JSON.stringify(synth().toJSON())).toBe(JSON.stringify(template.toJSON()));
  });
});

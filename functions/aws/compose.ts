// The only builder of cloud ports: DynamoDB, SQS, SES, Secrets Manager.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { z } from "zod";
import { loadRegistry } from "../../shared/dossiers/registry.ts";
import { createParser } from "../../shared/feeds/feed-parser.ts";
import { createFetcher } from "../../shared/feeds/fetch-feed.ts";
import { CANARY_SPACE } from "../../shared/flows/canary-feed.ts";
import { deriveSecrets } from "../../shared/flows/derive-secrets.ts";
import type { LogRecord, Ports } from "../../shared/flows/ports.ts";
import { resumeAfterOf } from "../../shared/flows/resume.ts";
import { watchMail } from "../../shared/flows/watch-mail.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import { CloudSettings, readSettings } from "../../shared/settings.ts";
import { openDatabase } from "../../shared/store/dynamo-database.ts";
import { createStore } from "../../shared/store/store.ts";
import { sesMailer } from "./ses-mail.ts";

export const VERSION = "0.1.0";

/** What infra generates: one key of chance; a rotation writes `{"keys": [new, old]}`. */
const SecretValue = z.union([
  z.object({ keys: z.array(z.string().min(32)).min(1) }),
  z.object({ key: z.string().min(32) }).transform(({ key }) => ({ keys: [key] })),
]);

/** SES takes what is sent there, and shows it to nobody: the canary's mailbox where the operator gave no address. */
const SIMULATOR = "success@simulator.amazonses.com";

const log = (record: LogRecord): void => console.log(JSON.stringify(record));

const sleep = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

const at = (endpoint: string | undefined) => (endpoint === undefined ? {} : { endpoint });

async function loadSecrets(settings: CloudSettings) {
  const client = new SecretsManagerClient(at(settings.SECRETS_ENDPOINT));
  const answer = await client.send(new GetSecretValueCommand({ SecretId: settings.SECRET_ARN }));
  return deriveSecrets(SecretValue.parse(JSON.parse(answer.SecretString ?? "null")).keys);
}

function queueTo(client: SQSClient, QueueUrl: string) {
  return async (job: unknown): Promise<void> => {
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(job) }));
  };
}

function mailerOf(settings: CloudSettings) {
  // Once: the client's own retries come after lost answers too, and a mail that was taken would go out again.
  const client = new SESv2Client({ ...at(settings.SES_ENDPOINT), maxAttempts: 1 });
  const sendRaw = async (raw: Uint8Array, from: string, to: string) => {
    await client.send(
      new SendEmailCommand({
        FromEmailAddress: from,
        Destination: { ToAddresses: [to] },
        Content: { Raw: { Data: raw } },
        ConfigurationSetName: settings.SES_CONFIGURATION_SET,
      }),
    );
  };
  return sesMailer({ from: settings.MAIL_FROM, sendRaw });
}

async function compose(environment: NodeJS.ProcessEnv): Promise<Ports> {
  const settings = readSettings(CloudSettings, environment);
  const queues = new SQSClient(at(settings.SQS_ENDPOINT));
  const now = () => new Date();
  const fetcher = createFetcher({
    allowPrivateNetwork: settings.ALLOW_PRIVATE_NETWORK,
    contactUrl: settings.CONTACT_URL,
    version: VERSION,
  });
  const client = new DynamoDBClient(at(settings.DYNAMODB_ENDPOINT));
  const table = { database: openDatabase(client, settings.TABLE_NAME, sleep), now };
  const store = createStore(table);
  const publicUrl = settings.PUBLIC_URL.replace(/\/$/, "");
  return {
    fetchFeed: fetcher.fetchFeed,
    fetchArchive: (path) =>
      fetcher.fetchFeed({ url: publicUrl + path, validators: null, now: now() }),
    parseFeed: createParser({}).parseFeed,
    store,
    canaryStore: createStore({ ...table, space: CANARY_SPACE }),
    enqueuePoll: queueTo(queues, settings.POLL_QUEUE_URL),
    enqueueDigest: queueTo(queues, settings.DIGEST_QUEUE_URL),
    sendMail: watchMail(mailerOf(settings), { store, now, log }),
    now,
    sleep,
    log,
    registry: loadRegistry((failed) => log({ step: "registry", failed })),
    models: loadModels(),
    secrets: await loadSecrets(settings),
    settings: {
      publicUrl,
      contactUrl: settings.CONTACT_URL,
      mailFrom: settings.MAIL_FROM,
      coalesceSeconds: settings.COALESCE_SECONDS,
      pollSeconds: settings.POLL_SECONDS ?? null,
      operatorEmail: settings.OPERATOR_EMAIL,
      resumeAfter: resumeAfterOf(settings.RESUME_AFTER, now()),
      canaryMailbox: settings.OPERATOR_EMAIL ?? SIMULATOR,
    },
  };
}

let composed: Promise<Ports> | null = null;

/** Built once per process; a failed build is tried again at the next call. */
export function composeCloud(environment: NodeJS.ProcessEnv = process.env): Promise<Ports> {
  composed ??= compose(environment).catch((cause: unknown) => {
    composed = null;
    throw cause;
  });
  return composed;
}

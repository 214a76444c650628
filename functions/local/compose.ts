// The only builder of local ports: one machine, the same flows.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Dossier } from "../../shared/domain/dossier.ts";
import type { FeedDefinition } from "../../shared/domain/feed.ts";
import type { FetchOutcome } from "../../shared/domain/fetch.ts";
import { loadRegistry } from "../../shared/dossiers/registry.ts";
import { parseCatalogue } from "../../shared/feeds/catalogue.ts";
import { createParser } from "../../shared/feeds/feed-parser.ts";
import { createFetcher } from "../../shared/feeds/fetch-feed.ts";
import { CANARY_SPACE } from "../../shared/flows/canary-feed.ts";
import { pollDomain } from "../../shared/flows/poll-domain.ts";
import type { LogRecord, Ports } from "../../shared/flows/ports.ts";
import { resumeAfterOf } from "../../shared/flows/resume.ts";
import { runDigestJob } from "../../shared/flows/run-job.ts";
import { watchMail } from "../../shared/flows/watch-mail.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import type { LocalSettings } from "../../shared/settings.ts";
import { createTable } from "../../shared/store/create-table.ts";
import type { Database } from "../../shared/store/database.ts";
import { openDatabase } from "../../shared/store/dynamo-database.ts";
import { createStore } from "../../shared/store/store.ts";
import { holdsPeople } from "../../shared/store/subscriber-store.ts";
import { prepareDataDir, tryWrite } from "./data-dir.ts";
import { openDatabaseFile } from "./database-file.ts";
import { type DiskWatch, diskWatch, type Room, roomAt } from "./disk-watch.ts";
import { clientFor } from "./dynamo.ts";
import { importDynalite } from "./import-dynalite.ts";
import { type Mailbox, openMailbox } from "./mailbox.ts";
import { type PollPool, pollPool } from "./poll-pool.ts";
import { loadSecrets } from "./secrets.ts";
import { smtpMailer } from "./smtp-mail.ts";

export const TABLE_NAME = "backdoor-watch";
const BUILT_IN_FEEDS = new URL("../../shared/catalog/feeds.jsonl", import.meta.url);

export interface LocalWorld {
  readonly ports: Ports;
  readonly feeds: readonly FeedDefinition[];
  /** Lines of the catalogue that are no feed; each was logged, and the others are followed. */
  readonly badLines: number;
  /** Null where mail goes out by SMTP. */
  readonly mailbox: Mailbox | null;
  readonly polls: PollPool;
  /** Whether the disk has room for more; asked before each turn of work. */
  hasRoom(): Promise<boolean>;
  /** Nothing new begins, and what waits for the network is cut off: it stays due. What is being written goes on. */
  halt(): Promise<void>;
  close(): Promise<void>;
}

/** What a caller may put in the place of the machine's own: the demo its clock, a test its log. */
export interface LocalOverrides {
  readonly now?: () => Date;
  readonly log?: (record: LogRecord) => void;
  readonly registry?: readonly Dossier[];
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** Asked at each use: the demo learns its port late. */
  readonly publicUrl?: () => string;
  readonly feeds?: readonly FeedDefinition[];
  /** A test's thread may read for many worlds: to start one takes longer than all that they read. */
  readonly parseFeed?: Ports["parseFeed"];
  /** In the place of the file or server that the settings name; a test's may fail at one call. Whoever hands it over closes it. */
  readonly database?: Database;
  /** How much the disk has; a test's may be full. */
  readonly room?: () => Promise<Room>;
  /** Where this process serves the archive, asked when the canary is fetched from there. */
  readonly archiveUrl?: () => string;
}

/** In the User-Agent. */
const VERSION = "0.1.0";

const sleep = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

export const logLine = (record: LogRecord): void => {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), ...record })}\n`);
};

async function loadFeeds(settings: LocalSettings, log: (record: LogRecord) => void) {
  const path = settings.FEEDS ?? BUILT_IN_FEEDS;
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new Error(`FEEDS: ${String(path)} cannot be read`, { cause });
  });
  const { feeds, problems } = parseCatalogue(text);
  for (const { line, message } of problems)
    log({ step: "catalogue", file: String(settings.FEEDS ?? "built-in"), line, failed: message });
  if (feeds.length === 0) throw new Error(`FEEDS: ${String(path)} holds no feed`);
  return { feeds, badLines: problems.length };
}

function mailOf(settings: LocalSettings, publicHost: string, mailboxDir: string) {
  const from = settings.MAIL_FROM ?? `digest@${publicHost}`;
  if (settings.MAIL_URL === undefined) {
    const mailbox = openMailbox({ directory: mailboxDir, from });
    return { from, mailbox, sendMail: mailbox.sendMail, close: async () => {} };
  }
  const mailer = smtpMailer({ url: settings.MAIL_URL, from });
  return { from, mailbox: null, sendMail: mailer.sendMail, close: () => mailer.close() };
}

/** A mail domain needs a dot or is `localhost`; an IP literal is neither. */
const mailHostOf = (publicUrl: string): string => {
  const { hostname } = new URL(publicUrl);
  return /^[\d.]+$|:/.test(hostname) ? "localhost" : hostname;
};

/** Our own web server is on a private address, which feeds never are: this fetcher goes nowhere else. */
function archiveFetcher(
  contactUrl: string,
  archiveUrl: (() => string) | undefined,
  now: () => Date,
) {
  if (archiveUrl === undefined) return null;
  const { fetchFeed, close } = createFetcher({
    allowPrivateNetwork: true,
    contactUrl,
    version: VERSION,
  });
  const fetchArchive = (path: string): Promise<FetchOutcome> =>
    fetchFeed({ url: archiveUrl() + path, validators: null, now: now() });
  return { fetchArchive, close };
}

interface OpenDatabase {
  readonly database: Database;
  close(): void;
}

/** The file in the data directory, or the server that is named instead. */
async function openNamed(
  settings: LocalSettings,
  log: (record: LogRecord) => void,
  disk: DiskWatch,
): Promise<OpenDatabase> {
  const { DATA_DIR: dataDir, DYNAMODB_ENDPOINT: endpoint } = settings;
  if (endpoint === undefined) {
    await importDynalite(dataDir, (message) => log({ step: "bring-over", message }));
    const database = await openDatabaseFile(dataDir, disk.noteFull);
    return { database, close: () => database.close() };
  }
  const client = clientFor(endpoint);
  await createTable(client, TABLE_NAME, sleep);
  return { database: openDatabase(client, TABLE_NAME, sleep), close: () => client.destroy() };
}

/** @throws Error naming what could not be opened */
export async function composeLocal(
  settings: LocalSettings,
  overrides: LocalOverrides = {},
): Promise<LocalWorld> {
  const log = overrides.log ?? logLine;
  const now = overrides.now ?? (() => new Date());
  const resumeAfter = resumeAfterOf(settings.RESUME_AFTER, now());
  const dataDir = settings.DATA_DIR;
  await prepareDataDir(dataDir);
  const { feeds, badLines } =
    overrides.feeds === undefined
      ? await loadFeeds(settings, log)
      : { feeds: overrides.feeds, badLines: 0 };
  const disk = diskWatch({
    room: overrides.room ?? (() => roomAt(dataDir)),
    tryWrite: () => tryWrite(dataDir),
    log,
  });
  const { database, close } =
    overrides.database === undefined
      ? await openNamed(settings, log, disk)
      : { database: overrides.database, close: () => {} };
  const secrets = await loadSecrets(dataDir, () => holdsPeople(database)).catch((cause) => {
    close();
    throw cause;
  });
  const store = createStore({ database, now });
  const canaryStore = createStore({ database, now, space: CANARY_SPACE });
  const configured = settings.PUBLIC_URL ?? `http://${settings.HOST}:${settings.PORT}`;
  const publicUrl = overrides.publicUrl ?? (() => configured);
  const mail = mailOf(settings, mailHostOf(configured), join(dataDir, "mailbox"));
  const fetcher = createFetcher({
    allowPrivateNetwork: settings.ALLOW_PRIVATE_NETWORK,
    contactUrl: settings.CONTACT_URL,
    version: VERSION,
  });
  const archive = archiveFetcher(settings.CONTACT_URL, overrides.archiveUrl, now);
  const parser = createParser({});
  const halting = new AbortController();
  const polls = pollPool(
    (job) => (disk.isFull() ? Promise.resolve() : pollDomain(ports, job)),
    log,
  );
  const sendMail = watchMail(mail.sendMail, { store, now, log });
  const ports: Ports = {
    fetchFeed: fetcher.fetchFeed,
    ...(archive === null ? {} : { fetchArchive: archive.fetchArchive }),
    parseFeed: overrides.parseFeed ?? parser.parseFeed,
    store,
    canaryStore,
    enqueuePoll: polls.add,
    // Done before it resolves: an event counts as told only when its mail is out.
    enqueueDigest: (job) => runDigestJob(ports, job),
    // What goes out must be written down: its claim was, and its end will be.
    sendMail: async (message, kind) =>
      disk.isFull() ? { kind: "deferred", detail: "the disk is full" } : sendMail(message, kind),
    disk: disk.state,
    now,
    sleep: overrides.sleep ?? sleep,
    halted: halting.signal,
    log,
    registry: overrides.registry ?? loadRegistry((failed) => log({ step: "registry", failed })),
    models: loadModels(),
    secrets,
    settings: {
      get publicUrl() {
        return publicUrl().replace(/\/$/, "");
      },
      contactUrl: settings.CONTACT_URL,
      mailFrom: mail.from,
      coalesceSeconds: settings.COALESCE_SECONDS,
      pollSeconds: settings.POLL_SECONDS ?? null,
      operatorEmail: settings.OPERATOR_EMAIL,
      resumeAfter,
    },
  };
  return {
    ports,
    feeds,
    badLines,
    mailbox: mail.mailbox,
    polls,
    hasRoom: disk.look,
    async halt() {
      halting.abort();
      polls.clear();
      await Promise.all([fetcher.close(), archive?.close(), parser.close()]);
    },
    async close() {
      await polls.drain();
      await Promise.all([fetcher.close(), archive?.close(), parser.close(), mail.close()]);
      close();
    },
  };
}

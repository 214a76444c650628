// One story that touches every step: two feeds, noise, a comeback, an echo, a digest; and what must stand at its end.
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TABLE_NAME } from "../../functions/local/compose.ts";
import { clientFor } from "../../functions/local/dynamo.ts";
import { loadSecrets } from "../../functions/local/secrets.ts";
import { openSqlite } from "../../functions/local/sqlite-database.ts";
import { sealAddress, subscriberIdOf } from "../../shared/digests/address.ts";
import { createTable } from "../../shared/store/create-table.ts";
import { openDatabase } from "../../shared/store/dynamo-database.ts";
import { createStore } from "../../shared/store/store.ts";
import { dynaliteServer } from "../servers/dynamo.ts";
import { type SimpleEntry, simpleFeed } from "../servers/simple-feed.ts";
import { sampleQuery } from "../store/samples.ts";
import { countingSmtp } from "./counting-smtp.ts";

const OPINION: SimpleEntry = {
  guid: "opinion",
  title: "Tribune : une porte dérobée pour la police est une porte dérobée pour tous",
  summary: "Deux chercheurs défendent le chiffrement des messageries.",
  at: "2026-09-20T08:00:00Z",
};
const WEATHER: SimpleEntry = {
  guid: "weather",
  title: "Intempéries : vigilance orange dans le sud",
  summary: "De fortes pluies sont attendues.",
  at: "2026-10-02T08:00:00Z",
};
const COMEBACK: SimpleEntry = {
  guid: "comeback",
  title: "Le gouvernement dépose un projet de loi rétablissant l’accès aux messageries chiffrées",
  summary:
    "Le texte reprend l’article 8 ter de la loi narcotrafic, rejeté par l’Assemblée nationale.",
  at: "2026-10-14T10:00:00Z",
};
const ECHO: SimpleEntry = {
  guid: "echo",
  title: "La porte dérobée revient : le gouvernement dépose un texte sur les messageries chiffrées",
  summary: "Après le rejet de l’article 8 ter, un projet de loi est déposé.",
  at: "2026-10-14T10:30:00Z",
};

export interface Step {
  readonly at: string;
  readonly ministry: readonly SimpleEntry[];
  readonly daily: readonly SimpleEntry[];
}

/** First polls, the comeback, the mail. */
export const STEPS: readonly Step[] = [
  { at: "2026-10-01T07:00:00Z", ministry: [], daily: [OPINION] },
  { at: "2026-10-14T11:00:00Z", ministry: [COMEBACK], daily: [ECHO, WEATHER, OPINION] },
  { at: "2026-10-14T11:20:00Z", ministry: [COMEBACK], daily: [ECHO, WEATHER, OPINION] },
];
const LAST = STEPS.at(-1) as Step;

const FIRST = STEPS[0] as Step;

/** The first polls, an hour later: whatever lease the dead one held has ended. */
export const AGAIN: readonly Step[] = [{ ...FIRST, at: "2026-10-01T08:00:00Z" }, ...STEPS.slice(1)];

/** After a crash: by then every lease and claim of the dead has ended, and what they left is due. */
export const RECOVERY: readonly Step[] = ["12:20", "13:20", "14:20"].map((hour) => ({
  ...LAST,
  at: `2026-10-14T${hour}:00Z`,
}));

export interface EndState {
  readonly items: readonly string[];
  readonly pending: number;
  readonly events: readonly string[];
  /** By Message-ID: how often it arrived. */
  readonly mails: ReadonlyMap<string, number>;
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** A database in this process. */
function memoryDatabase() {
  const database = openSqlite(":memory:");
  return { database, endpoint: null, close: async () => database.close() };
}

/** A database that other processes reach too, by DynamoDB's protocol. */
async function servedDatabase() {
  const server = await dynaliteServer();
  const client = clientFor(server.endpoint);
  const sleep = (milliseconds: number) =>
    new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
  await createTable(client, TABLE_NAME, sleep);
  return {
    database: openDatabase(client, TABLE_NAME, sleep),
    endpoint: server.endpoint,
    async close() {
      client.destroy();
      await server.close();
    },
  };
}

/**
 * The world outside the process that dies: feeds, mail server, database, one subscriber.
 * @param over where the database is
 */
export async function openStage(over: "memory" | "server") {
  const dataDir = await mkdtemp(join(tmpdir(), "backdoor-watch-crash-"));
  const [{ database, endpoint, close }, ministry, daily, smtp] = await Promise.all([
    over === "server" ? servedDatabase() : memoryDatabase(),
    simpleFeed(),
    simpleFeed(),
    countingSmtp(),
  ]);
  const feedsFile = join(dataDir, "feeds.jsonl");
  const about = { jurisdiction: "FR", language: "fr" };
  const feeds = [
    { id: "ministry", url: ministry.url, title: "Ministry", kind: "government", ...about },
    { id: "daily", url: daily.url, title: "Daily", kind: "press", ...about },
  ];
  await writeFile(feedsFile, feeds.map((feed) => JSON.stringify(feed)).join("\n"));
  const store = createStore({ database, now: () => new Date(LAST.at) });
  await addSubscriber(store, dataDir);
  return {
    database,
    /** Null where it is in the memory of this process. */
    endpoint,
    smtp,
    show(step: Step) {
      ministry.show(step.ministry);
      daily.show(step.daily);
    },
    /** Settings of the process that dies, with the database behind `endpoint`. */
    environment: (at: string | null) => ({
      DATA_DIR: dataDir,
      ...(at === null ? {} : { DYNAMODB_ENDPOINT: at }),
      FEEDS: feedsFile,
      MAIL_URL: smtp.url,
      ALLOW_PRIVATE_NETWORK: "1",
      PUBLIC_URL: "https://watch.example.org",
    }),
    async endState(): Promise<EndState> {
      const { rows } = await store.queryItems(sampleQuery({ relevant: "any", limit: 100 }));
      const events = await store.listEvents(100, null, null);
      const guids = new Map(rows.map((row) => [row.id as string, String(row.guid)]));
      return {
        items: rows.map((row) => `${row.guid} ${row.decision?.dossier} ${row.revision}`).sort(),
        pending: (await store.pendingItems(new Date("2030-01-01"), 100)).length,
        events: events.rows
          .map(
            ({ event }) => `${event.event} ${event.state} ${event.from} ${guids.get(event.item)}`,
          )
          .sort(),
        mails: countById(smtp.messageIds()),
      };
    },
    async close() {
      await Promise.all([close(), ministry.close(), daily.close(), smtp.close()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function addSubscriber(
  store: ReturnType<typeof createStore>,
  dataDir: string,
): Promise<void> {
  const { lookupKey, addressKey } = await loadSecrets(dataDir, async () => false);
  const address = "reader@example.org";
  await store.saveSubscriber({
    id: subscriberIdOf(lookupKey, address),
    version: 0,
    state: "active",
    sealedAddress: sealAddress(addressKey, address, randomBytes),
    preferences: {
      cadence: "immediate",
      themes: [],
      jurisdictions: [],
      dossiers: [],
      language: "en",
      timezone: "UTC",
    },
    createdAt: "2026-09-01T00:00:00.000Z",
    confirmedAt: "2026-09-01T00:00:00.000Z",
    confirmationAt: null,
    confirmations: 1,
    nextDigestAt: null,
    digestedUntil: null,
  });
}

function countById(ids: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

// An installation that is lost, and the copy of its table that goes on: one feed, two readers, a clock moved by hand.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AttributeValue, BatchWriteItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { composeLocal, type LocalWorld, TABLE_NAME } from "../../functions/local/compose.ts";
import { clientFor } from "../../functions/local/dynamo.ts";
import { Dossier } from "../../shared/domain/dossier.ts";
import { FeedDefinition } from "../../shared/domain/feed.ts";
import type { Mail } from "../../shared/domain/mail.ts";
import { createParser } from "../../shared/feeds/feed-parser.ts";
import { pollDomain } from "../../shared/flows/poll-domain.ts";
import type { Ports, Store } from "../../shared/flows/ports.ts";
import { runDigestJob } from "../../shared/flows/run-job.ts";
import { tick } from "../../shared/flows/tick.ts";
import { LocalSettings, readSettings } from "../../shared/settings.ts";
import { createTable } from "../../shared/store/create-table.ts";
import { dynaliteServer } from "../servers/dynamo.ts";
import { type SimpleEntry, simpleFeed } from "../servers/simple-feed.ts";
import { enrol } from "./mail-world.ts";

export const BILLS = ["Alder", "Birch", "Cedar", "Dogwood"] as const;
export const REPORTS = ["Marigold", "Nasturtium", "Orchid", "Peony", "Quince"] as const;
const WORDS = [...BILLS, ...REPORTS];
export const [AT_ONCE, DAILY] = ["now@example.org", "daily@example.org"] as const;
const REGISTRY = BILLS.map((name) =>
  Dossier.parse({
    id: `gb-${name.toLowerCase()}`,
    title: `United Kingdom: ${name}`,
    jurisdiction: "GB",
    opened: "2024-01-10",
    aliases: [`${name} Interception Bill`],
    references: [],
    history: [
      { date: "2024-01-10", stage: "proposed", what: "It was tabled." },
      { date: "2024-05-10", stage: "rejected", what: "It was refused." },
    ],
  }),
);

/** An item that brings the bill of this name back. */
export const comeback = (name: (typeof BILLS)[number], at: string): SimpleEntry => ({
  guid: name,
  title: `Government introduces the ${name} Interception Bill to mandate a backdoor in end-to-end encrypted messaging`,
  summary: `The minister tabled the ${name} Interception Bill, which would oblige providers to give access to encrypted messages.`,
  at,
});
/** An item that is relevant, and moves nothing. */
export const report = (name: string, at: string): SimpleEntry => ({
  guid: name,
  title: `${name}: an encryption backdoor for the police is a backdoor for everybody`,
  summary: `${name} asks what access to end-to-end encrypted messages would cost.`,
  at,
});

/** One thread for all rigs: it keeps nothing between documents, and never keeps the process alive. */
const parser = createParser({ deadlineMs: 200_000 });

export type RestoreRig = Awaited<ReturnType<typeof restoreRig>>;

/** Two servers: the one that is lost, and the one that its table is copied to. */
export async function restoreRig(start = "2025-10-12T12:00:00Z") {
  const dataDir = await mkdtemp(join(tmpdir(), "backdoor-watch-resume-"));
  const feed = await simpleFeed();
  const servers = { lost: await dynaliteServer(), copy: await dynaliteServer() };
  const outbox: Mail[] = [];
  const worlds: LocalWorld[] = [];
  const rig = {
    now: new Date(start),
    outbox,
    servers,
    /** All of an installation but its canary, at work at once, over its own store or one that fails. */
    portsOver({ canaryStore: _, ...rest }: Ports, store: Store = rest.store): Ports {
      const ports: Ports = {
        ...rest,
        store,
        enqueuePoll: async (job) => void (await pollDomain(ports, job)),
        enqueueDigest: (job) => runDigestJob(ports, job),
        sendMail: async (mail) => {
          outbox.push(mail);
          return { kind: "sent" };
        },
      };
      return ports;
    },
    async openWorld(which: "lost" | "copy", resumeAfter?: string): Promise<Ports> {
      const settings = readSettings(LocalSettings, {
        DATA_DIR: dataDir,
        DYNAMODB_ENDPOINT: servers[which].endpoint,
        ALLOW_PRIVATE_NETWORK: "1",
        POLL_SECONDS: "60",
        RESUME_AFTER: resumeAfter,
      });
      const world = await composeLocal(settings, {
        now: () => rig.now,
        sleep: async () => {},
        log: () => {},
        registry: REGISTRY,
        parseFeed: parser.parseFeed,
        feeds: [ministryAt(feed.url)],
      });
      worlds.push(world);
      await world.ports.store.seedFeeds(world.feeds, rig.now);
      return rig.portsOver(world.ports);
    },
    /** The installation that will be lost, with a reader of each kind. */
    async openLost(): Promise<Ports> {
      const ports = await rig.openWorld("lost");
      const world = { ports, store: ports.store, now: rig.now };
      await enrol(world, AT_ONCE, { cadence: "immediate" });
      await enrol(world, DAILY, { cadence: "daily" });
      return ports;
    },
    async tickAt(ports: Ports, instant: string, shown?: readonly SimpleEntry[]): Promise<void> {
      rig.now = new Date(instant);
      if (shown !== undefined) feed.show(shown);
      await tick(ports, async () => {});
    },
    copyTable: () => copyTable(servers.lost.endpoint, servers.copy.endpoint),
    /** Who was told what, a line for each time. */
    told: (): string[] =>
      outbox
        .flatMap(({ to, text }) =>
          WORDS.filter((word) => text.includes(word)).map((word) => `${to} ${word}`),
        )
        .sort(),
    async close(): Promise<void> {
      for (const world of worlds) await world.close();
      await Promise.all([feed.close(), servers.lost.close(), servers.copy.close()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return rig;
}

const ministryAt = (url: string) =>
  FeedDefinition.parse({
    id: "ministry",
    url,
    title: "Ministry",
    kind: "government",
    jurisdiction: "GB",
    language: "en",
  });

/** Every row as it is, into the other server: what restoring a table to a point in time does. */
async function copyTable(from: string, to: string): Promise<void> {
  const [source, target] = [clientFor(from), clientFor(to)];
  await createTable(target, TABLE_NAME, async () => {});
  let start: Record<string, AttributeValue> | undefined;
  do {
    const page = await source.send(
      new ScanCommand({ TableName: TABLE_NAME, ExclusiveStartKey: start }),
    );
    const rows = [...(page.Items ?? [])];
    while (rows.length > 0) {
      const batch = rows.splice(0, 25).map((Item) => ({ PutRequest: { Item } }));
      await target.send(new BatchWriteItemCommand({ RequestItems: { [TABLE_NAME]: batch } }));
    }
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  source.destroy();
  target.destroy();
}

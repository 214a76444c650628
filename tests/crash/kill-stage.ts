// Many feeds that bring something new at every poll, and the database that a killed process leaves of them.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import Connection from "libsql";
import { databaseIn, openDatabaseFile } from "../../functions/local/database-file.ts";
import { createStore } from "../../shared/store/store.ts";
import { sampleQuery } from "../store/samples.ts";

const CHILD = resolve(import.meta.dirname, "kill-child.ts");
/** A feed shows its newest entries: a poll that a kill undid is made good by a later one. */
const WINDOW = 12;
const BEGIN = Date.parse("2026-01-01T00:00:00Z");

const entry = (guid: string, number: number): string =>
  `<item><guid isPermaLink="false">${guid}</guid><link>https://example.org/${guid}</link><title>${
    number % 3 === 0
      ? `Une porte dérobée dans les messageries chiffrées, ${guid}`
      : `Wetter ${guid}`
  }</title><pubDate>${new Date(BEGIN).toUTCString()}</pubDate></item>`;

/** Hosts that are polled side by side; macOS has but one address on loopback. */
const HOSTS =
  process.platform === "linux" ? [1, 2, 3, 4, 5, 6].map((n) => `127.0.0.${n}`) : ["127.0.0.1"];

/** @returns feeds, spread over the hosts, and how often each was polled */
async function growingFeeds() {
  const polls = new Map<string, number>();
  let onPoll = (_name: string) => {};
  const answer: RequestListener = (request, response) => {
    const name = (request.url ?? "").slice(1);
    const newest = (polls.get(name) ?? 0) + 1;
    polls.set(name, newest);
    const numbers = Array.from({ length: WINDOW }, (_, n) => newest - n).filter((n) => n > 0);
    const items = numbers.map((number) => entry(`${name}-${number}`, number)).join("");
    response
      .writeHead(200, { "content-type": "application/rss+xml" })
      .end(
        `<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>${items}</channel></rss>`,
      );
    onPoll(name);
  };
  const servers = await Promise.all(
    HOSTS.map(async (host) => {
      const server = createServer(answer).listen(0, host);
      await once(server, "listening");
      return { server, base: `http://${host}:${(server.address() as AddressInfo).port}` };
    }),
  );
  return {
    url: (name: string, n: number) => `${servers[n % servers.length]?.base}/${name}`,
    polls,
    hear(next: (name: string) => void) {
      onPoll = next;
    },
    close: () =>
      Promise.all(
        servers.map(({ server }) => {
          server.closeAllConnections();
          return new Promise((done) => server.close(done));
        }),
      ),
  };
}

/** @param feedCount how many feeds are followed */
export async function openKillStage(feedCount: number) {
  const dataDir = await mkdtemp(join(tmpdir(), "backdoor-watch-kill-"));
  const feeds = await growingFeeds();
  const names = Array.from({ length: feedCount }, (_, n) => `feed-${n}`);
  const feedsFile = join(dataDir, "feeds.jsonl");
  const lines = names.map((name, n) => ({
    id: name,
    url: feeds.url(name, n),
    title: name,
    kind: "press",
    jurisdiction: "FR",
    language: "fr",
  }));
  await writeFile(feedsFile, lines.map((line) => JSON.stringify(line)).join("\n"));

  let day = 0;

  /** Runs until `isOver` says so of the polls answered in this run, then kills it. */
  async function runUntil(isOver: (polled: readonly string[]) => boolean): Promise<void> {
    day += 1;
    const child = spawn(process.execPath, ["--import", "tsx", CHILD], {
      env: {
        ...process.env,
        CLOCK_FROM: new Date(BEGIN + day * 86_400_000).toISOString(),
        DATA_DIR: dataDir,
        FEEDS: feedsFile,
        ALLOW_PRIVATE_NETWORK: "1",
        POLL_SECONDS: "0",
        DYNAMODB_ENDPOINT: "",
        MAIL_URL: "",
      },
      stdio: ["ignore", "ignore", "inherit"],
    });
    const ended = once(child, "exit");
    const polled: string[] = [];
    let over = false;
    feeds.hear((name) => {
      polled.push(name);
      if (over || !isOver(polled)) return;
      over = true;
      child.kill("SIGKILL");
    });
    const [code] = await ended;
    if (!over) throw new Error(`ended by itself (${code}) after ${polled.length} polls`);
  }

  return {
    dataDir,
    /** Kills it at this poll. */
    killAt: (poll: number) => runUntil((polled) => polled.length === poll),
    /** Lets it go on until every feed was polled to its end once more. */
    finish: () =>
      runUntil((polled) => {
        const counts = new Map<string, number>();
        for (const name of polled) counts.set(name, (counts.get(name) ?? 0) + 1);
        return names.every((name) => (counts.get(name) ?? 0) >= 2);
      }),
    /** What SQLite finds wrong, every row against every index; and rows whose index entry says otherwise than they do. */
    faults(): string[] {
      const db = new Connection(databaseIn(dataDir), { timeout: 15_000 });
      const verdicts = db.prepare("PRAGMA integrity_check").all() as { integrity_check: string }[];
      const feedsDue = db
        .prepare(
          "SELECT pk, dueAt, body FROM entries INDEXED BY due WHERE duePk LIKE 'FEEDS#%' AND dueAt IS NOT NULL",
        )
        .all() as { pk: string; dueAt: string; body: string }[];
      db.close();
      const apart = feedsDue.filter(
        ({ dueAt, body }) => JSON.parse(body).state.nextPollAt !== dueAt,
      );
      const missing = names.filter((name) => !feedsDue.some(({ pk }) => pk === `FEED#${name}`));
      return [
        ...verdicts.map((row) => row.integrity_check).filter((verdict) => verdict !== "ok"),
        ...apart.map(({ pk }) => `${pk} is due at another time than it says`),
        ...missing.map((name) => `${name} is never due`),
        ...(feedsDue.length > names.length ? ["a feed is due twice"] : []),
      ];
    },
    /** Guids that were shown by polls before the last one of their feed, and are not in the archive. */
    async lost(): Promise<string[]> {
      const database = await openDatabaseFile(dataDir);
      const store = createStore({ database, now: () => new Date(BEGIN + day * 86_400_000) });
      const kept = new Set<string>();
      let cursor: string | null = null;
      do {
        const page = await store.queryItems(
          sampleQuery({ relevant: "any", limit: 100, cursor, stories: true }),
        );
        for (const { guid } of page.rows) kept.add(String(guid));
        cursor = page.next;
      } while (cursor !== null);
      const pending = await store.pendingItems(new Date("2100-01-01"), 10_000);
      database.close();
      for (const { guid } of pending) kept.add(String(guid));
      return [...feeds.polls].flatMap(([name, newest]) =>
        // What the very last poll brought may not have been read yet.
        Array.from({ length: newest - 1 }, (_, n) => `${name}-${n + 1}`).filter(
          (guid) => !kept.has(guid),
        ),
      );
    },
    async close() {
      await feeds.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

// Test kit: the polling half of the system: real fetcher, parser, store and feed server; only the clock is driven by hand.
import { FeedDefinition, type FeedState } from "../../shared/domain/feed.ts";
import { FeedId } from "../../shared/domain/ids.ts";
import { createParser } from "../../shared/feeds/feed-parser.ts";
import { createFetcher } from "../../shared/feeds/fetch-feed.ts";
import type { PollJob } from "../../shared/flows/jobs.ts";
import { planPolls } from "../../shared/flows/plan-polls.ts";
import { type PollOptions, type PollReport, pollDomain } from "../../shared/flows/poll-domain.ts";
import type { LogRecord, Ports, Store } from "../../shared/flows/ports.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import { openStore } from "../servers/dynamo.ts";

export interface Rig {
  readonly ports: Ports;
  readonly log: LogRecord[];
  readonly slept: number[];
  now(): Date;
  advance(minutes: number): void;
  follow(id: string, url: string, kind?: string): Promise<FeedId>;
  feed(id: FeedId): Promise<FeedState>;
  /** Plans and does all that is due. */
  pollDue(options?: PollOptions): Promise<PollReport[]>;
  /** The same data under a new process: all that the fetcher knew is gone. */
  restart(): Promise<void>;
  /** Lets a call of the store fail when the test says so; null lets all through. */
  breakStore(broken: ((method: string, argument: unknown) => boolean) | null): void;
  close(): Promise<void>;
}

const models = loadModels();
/** One thread for all rigs of a file: it keeps nothing between documents, and never keeps the process alive. */
const parser = createParser({ deadlineMs: 200_000 });

/** @param endpoint of a DynamoDB-compatible server; the rig takes a table of its own there */
export async function openRig(endpoint: string): Promise<Rig> {
  let now = new Date("2026-03-01T12:00:00Z");
  const log: LogRecord[] = [];
  const slept: number[] = [];
  const jobs: PollJob[] = [];
  const opened = await openStore(endpoint, () => now);
  let broken: ((method: string, argument: unknown) => boolean) | null = null;
  const store = new Proxy(opened.store, {
    get(target, name: keyof Store & string) {
      const method = target[name] as (...given: unknown[]) => unknown;
      return (...given: unknown[]) => {
        if (broken?.(name, given[0]) === true) throw new Error(`the store is gone (${name})`);
        return method(...given);
      };
    },
  });
  const start = () =>
    createFetcher({
      allowPrivateNetwork: true,
      contactUrl: "https://watch.example/",
      version: "1",
      // For what hangs, and nothing here does: a busy machine is slow at everything.
      deadlineMs: 200_000,
      pause: async () => {},
    });
  let fetcher = start();
  const unused = (): never => {
    throw new Error("polling mails nobody");
  };
  const ports: Ports = {
    fetchFeed: (request) => fetcher.fetchFeed(request),
    parseFeed: (body, contentType, url) => parser.parseFeed(body, contentType, url),
    store,
    enqueuePoll: async (job) => {
      jobs.push(job);
    },
    enqueueDigest: unused,
    sendMail: unused,
    now: () => now,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      now = new Date(now.getTime() + milliseconds);
    },
    log: (record) => {
      log.push(record);
    },
    registry: [],
    models,
    secrets: {
      addressKey: new Uint8Array(32),
      lookupKey: new Uint8Array(32),
      tokenKeys: [new Uint8Array(32)],
    },
    settings: {
      publicUrl: "https://watch.example",
      contactUrl: "https://watch.example/",
      mailFrom: "digest@watch.example",
      coalesceSeconds: 600,
      pollSeconds: null,
    },
  };
  return {
    ports,
    log,
    slept,
    now: () => now,
    advance(minutes) {
      now = new Date(now.getTime() + minutes * 60_000);
    },
    async follow(id, url, kind = "press") {
      const definition = FeedDefinition.parse({ id, url, title: id, kind });
      await opened.store.seedFeeds([definition], now);
      return definition.id;
    },
    async feed(id) {
      const state = await opened.store.loadFeed(id);
      if (state === null) throw new Error(`no feed ${id}`);
      return state;
    },
    async pollDue(options = {}) {
      await planPolls(ports);
      const reports: PollReport[] = [];
      for (const job of jobs.splice(0)) reports.push(...(await pollDomain(ports, job, options)));
      return reports;
    },
    async restart() {
      await fetcher.close();
      fetcher = start();
    },
    breakStore(next) {
      broken = next;
    },
    async close() {
      await fetcher.close();
      opened.close();
    },
  };
}

export const idOf = (id: string): FeedId => FeedId.parse(id);

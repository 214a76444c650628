// The whole of `npm start` as a process, over 200 feeds on loopback, a quarter of them hostile: the good ones stay fresh, and nothing grows.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { faultsOf } from "../servers/feed-faults.ts";
import { type Behaviour, rssOf, sampleItems, startFeedServer } from "../servers/feed-server.ts";

const MINUTES = Number(process.env["SOAK_MINUTES"] ?? 30);
const FEEDS = 200;
const POLL_SECONDS = 60;
const SAMPLE_MS = 5_000;
const CLI = fileURLToPath(new URL("../../functions/cli/backdoor-watch.mjs", import.meta.url));

interface Sample {
  /** What the process holds for itself. Pages of the database's files that it has mapped are the kernel's to take back. */
  readonly ownMiB: number;
  readonly mappedMiB: number;
  readonly handles: number;
}

/** A new item each minute, so that a feed that is not read is seen to be stale. */
function growing(name: string, startedAt: number): Behaviour {
  return (_request, response) => {
    const minutes = Math.floor((performance.now() - startedAt) / 60_000);
    const body = rssOf(sampleItems(5 + minutes, name));
    response.writeHead(200, { "content-type": "application/rss+xml" }).end(body);
  };
}

function sampleOf(pid: number): Sample {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const mebibytes = (name: string) =>
    Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  const [ownMiB, mappedMiB] = [mebibytes("RssAnon"), mebibytes("RssFile")];
  return { ownMiB, mappedMiB, handles: readdirSync(`/proc/${pid}/fd`).length };
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean of the last third beside that of the middle one. */
function driftOf(samples: readonly Sample[], key: keyof Sample): { middle: number; last: number } {
  const third = Math.floor(samples.length / 3);
  const part = (from: number, to: number) => meanOf(samples.slice(from, to).map((s) => s[key]));
  return { middle: part(third, 2 * third), last: part(2 * third, samples.length) };
}

async function startFeeds() {
  const faults = Object.entries(faultsOf(7));
  const startedAt = performance.now();
  const servers = await Promise.all(
    Array.from({ length: FEEDS }, async (_, index) => {
      const server = await startFeedServer(`127.0.1.${index + 1}`);
      const [fault, hostile] = faults[Math.floor(index / 4) % faults.length] ?? [];
      const isGood = index % 4 !== 3 || hostile === undefined;
      const name = isGood ? `good-${index}` : `${fault}-${index}`;
      const url = server.serve("/feed", isGood ? growing(name, startedAt) : hostile.behaviour);
      return { server, name, url, isGood };
    }),
  );
  return servers;
}

async function watch(child: ChildProcess, until: number): Promise<Sample[]> {
  const samples: Sample[] = [];
  while (performance.now() < until && child.exitCode === null && child.pid !== undefined) {
    await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
    if (child.exitCode === null) samples.push(sampleOf(child.pid));
  }
  return samples;
}

it(`${FEEDS} feeds, a quarter hostile, leave the good ones fresh and memory flat for ${MINUTES} minutes`, async () => {
  const directory = await mkdtemp(join(tmpdir(), "soak-"));
  const feeds = await startFeeds();
  const lines = feeds.map(({ name, url }) =>
    JSON.stringify({ id: name, url, title: name, kind: "press" }),
  );
  await writeFile(join(directory, "feeds.jsonl"), `${lines.join("\n")}\n`);
  const child = spawn("node", [CLI, "start"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      FEEDS: join(directory, "feeds.jsonl"),
      DATA_DIR: join(directory, "data"),
      PORT: "0",
      ALLOW_PRIVATE_NETWORK: "1",
      POLL_SECONDS: String(POLL_SECONDS),
    },
  });
  const exited = once(child, "exit");
  let errors = "";
  const read = new Map<string, { polls: number; fresh: number }>();
  let partial = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  child.stdout.on("data", (chunk) => {
    const whole = (partial + chunk).split("\n");
    partial = whole.pop() ?? "";
    for (const line of whole.filter((text) => text.startsWith("{"))) {
      const { step, feed, fresh } = JSON.parse(line);
      if (step !== "poll") continue;
      const sum = read.get(feed) ?? { polls: 0, fresh: 0 };
      read.set(feed, { polls: sum.polls + 1, fresh: sum.fresh + fresh });
    }
  });

  const samples = await watch(child, performance.now() + MINUTES * 60_000);
  const diedEarly = child.exitCode !== null;
  child.kill("SIGTERM");
  const [code] = await exited;

  const good = feeds.filter(({ isGood }) => isGood);
  const sums = good.map(({ name }) => read.get(name) ?? { polls: 0, fresh: 0 });
  const figures = {
    good: good.length,
    fewestPolls: Math.min(...sums.map(({ polls }) => polls)),
    fewestFresh: Math.min(...sums.map(({ fresh }) => fresh)),
    ownMiB: driftOf(samples, "ownMiB"),
    mappedMiB: driftOf(samples, "mappedMiB"),
    // One a minute, to see the course of it.
    course: samples.filter((_, index) => index % 12 === 0).map(({ ownMiB }) => Math.round(ownMiB)),
    handles: driftOf(samples, "handles"),
  };
  process.stdout.write(`soak: ${JSON.stringify(figures)}\n${errors.slice(-2_000)}\n`);
  await Promise.all(feeds.map(({ server }) => server.close()));
  await rm(directory, { recursive: true });
  expect(diedEarly).toBe(false);
  expect(code).toBe(0);
  expect(errors).not.toMatch(/unhandled|Warning: Possible/i);
  // Half as often as the interval, at the least, on a machine that does other work besides.
  expect(figures.fewestPolls).toBeGreaterThanOrEqual(Math.floor(MINUTES / 2));
  expect(figures.fewestFresh).toBeGreaterThanOrEqual(5 + Math.floor(MINUTES / 2) - 1);
  expect(figures.ownMiB.last).toBeLessThan(figures.ownMiB.middle * 1.15 + 16);
  expect(figures.handles.last).toBeLessThan(figures.handles.middle * 1.15 + 8);
});

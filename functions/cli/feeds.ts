// Commands: `feeds`: what is followed, how each feed is doing, and changes to the list.
import { readFile, writeFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { z } from "zod";
import { FeedDefinition, type FeedState } from "../../shared/domain/feed.ts";
import { FeedId } from "../../shared/domain/ids.ts";
import { Kind } from "../../shared/domain/vocabulary.ts";
import { healthOf } from "../../shared/feeds/feed-health.ts";
import { newIdOf, readOpml, writeOpml } from "../../shared/feeds/opml.ts";
import { addressOf } from "../../shared/feeds/poll-schedule.ts";
import type { Ports } from "../../shared/flows/ports.ts";
import type { Io } from "./io.ts";
import { usageOf } from "./usage.ts";

type Values = Record<string, string | boolean | undefined>;
type Action = (rest: readonly string[], values: Values, io: Io, ports: Ports) => Promise<number>;

/** @returns 0, 1 where the work failed, 2 where what was given is wrong */
export async function runFeeds(argv: string[], io: Io, ports: Ports): Promise<number> {
  const [name = "", ...rest] = argv;
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) return wrong(io, `no command '${name}'\n${usageOf("feeds")}`);
  const word = { type: "string" } as const;
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: {
        json: { type: "boolean" },
        id: word,
        title: word,
        kind: word,
        jurisdiction: word,
        language: word,
      },
    });
    return await action(positionals, values, io, ports);
  } catch (error) {
    if (error instanceof TypeError && "code" in error) return wrong(io, error.message);
    throw error;
  }
}

function wrong(io: Io, message: string): number {
  io.stderr.write(`feeds: ${message}\n`);
  return 2;
}

const list: Action = async (_rest, values, io, ports) => {
  const feeds = await ports.store.listFeeds();
  for (const state of feeds) {
    const health = healthOf(state, ports.now());
    if (values["json"] === true) {
      io.stdout.write(`${JSON.stringify({ ...state.definition, health })}\n`);
      continue;
    }
    const columns = [
      state.id.padEnd(40),
      health.status.padEnd(11),
      (health.reason ?? "-").padEnd(16),
      `last ${health.lastSuccessAt ?? "never"}`.padEnd(29),
      `news every ${minutesInWords(health.usualGapMinutes)}`.padEnd(20),
      addressOf(state),
    ];
    io.stdout.write(`${columns.join(" ").trimEnd()}\n`);
  }
  return 0;
};

function minutesInWords(minutes: number | null): string {
  if (minutes === null) return "?";
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} d`;
}

const check: Action = async (rest, _values, io, ports) => {
  const all = await ports.store.listFeeds();
  const unknown = rest.filter((id) => !all.some((state) => state.id === id));
  if (unknown.length > 0) return wrong(io, `no feed '${unknown[0]}'`);
  let failures = 0;
  for (const state of all) {
    if (rest.length > 0 && !rest.includes(state.id)) continue;
    const result = await checkFeed(ports, state);
    if (!result.ok) failures += 1;
    io.stdout.write(`${state.id.padEnd(40)} ${result.words}\n`);
  }
  return failures > 0 ? 1 : 0;
};

const LEASE_SECONDS = 60;

/** One request under the domain's lease: an operator keeps the same manners as the schedule. */
async function checkFeed(ports: Ports, state: FeedState): Promise<{ ok: boolean; words: string }> {
  const lease = await ports.store.acquireDomain(state.domain, ports.now(), LEASE_SECONDS);
  if (lease === null)
    return { ok: false, words: "held back: the domain is being polled or asked for quiet" };
  try {
    const fetched = await ports.fetchFeed({
      url: addressOf(state),
      validators: null,
      now: ports.now(),
    });
    if (fetched.kind === "failed")
      return { ok: false, words: `${fetched.reason}: ${fetched.detail}` };
    if (fetched.kind === "not-modified") return { ok: true, words: "not modified" };
    const parsed = await ports.parseFeed(fetched.body, fetched.contentType, fetched.url);
    if (parsed.kind === "failed") return { ok: false, words: `${parsed.reason}: ${parsed.detail}` };
    if (state.lastFailure?.reason === "gone" && state.failures > 0)
      await ports.store.saveFeed({ ...state, failures: 0, nextPollAt: ports.now().toISOString() });
    return { ok: true, words: `ok, ${parsed.feed.items.length} items` };
  } finally {
    await ports.store.releaseDomain(lease, new Date(ports.now().getTime() + 1000));
    await ports.sleep(1000);
  }
}

const add: Action = async (rest, values, io, ports) => {
  const [url] = rest;
  const known = await ports.store.listFeeds();
  const taken = new Set<string>(known.map(({ id }) => id));
  const { title, kind, jurisdiction, language } = values;
  const id = values["id"] ?? newIdOf(String(title ?? url ?? ""), taken);
  const parsed = FeedDefinition.safeParse({ id, url, title, kind, jurisdiction, language });
  if (!parsed.success) return wrong(io, z.prettifyError(parsed.error));
  if (taken.has(parsed.data.id)) return wrong(io, `id: ${parsed.data.id} is taken`);
  const same = known.find(({ definition }) => definition.url === parsed.data.url);
  if (same !== undefined) return wrong(io, `url: it is followed already, as ${same.id}`);
  await addFeed(ports, parsed.data);
  io.stdout.write(`${parsed.data.id}\n`);
  return 0;
};

/** A feed that was removed before comes back with what was learned of it. */
async function addFeed(ports: Ports, definition: FeedDefinition): Promise<void> {
  await ports.store.seedFeeds([definition], ports.now());
  const state = await ports.store.loadFeed(definition.id);
  if (state?.removed === true)
    await ports.store.saveFeed({ ...state, removed: false, nextPollAt: ports.now().toISOString() });
}

const remove: Action = async (rest, _values, io, ports) => {
  const id = FeedId.safeParse(rest[0]);
  const state = id.success ? await ports.store.loadFeed(id.data) : null;
  if (state === null || state.removed) return wrong(io, `no feed '${rest[0] ?? ""}'`);
  if (!(await ports.store.saveFeed({ ...state, removed: true }))) {
    io.stderr.write("feeds: it was being polled; try again\n");
    return 1;
  }
  return 0;
};

const importOpml: Action = async (rest, values, io, ports) => {
  const [file] = rest;
  if (file === undefined) return wrong(io, "import: which OPML file?");
  const kind = Kind.safeParse(values["kind"] ?? "press");
  if (!kind.success) return wrong(io, `--kind: one of ${Kind.options.join(" ")}`);
  let opml: string;
  try {
    opml = file === "-" ? await text(io.stdin) : await readFile(file, "utf8");
  } catch (error) {
    return wrong(io, `${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const known = await ports.store.listFeeds();
  const addresses = new Set(known.map(({ definition }) => definition.url));
  let read: ReturnType<typeof readOpml>;
  try {
    read = readOpml(opml, kind.data, new Set(known.map(({ id }) => id)));
  } catch (error) {
    return wrong(io, `${file}: no OPML: ${error instanceof Error ? error.message : String(error)}`);
  }
  let added = 0;
  for (const feed of read.feeds) {
    if (addresses.has(feed.url)) continue;
    addresses.add(feed.url);
    await addFeed(ports, feed);
    added += 1;
  }
  for (const { outline, message } of read.problems)
    io.stderr.write(`feeds: ${outline}: ${message}\n`);
  io.stdout.write(`added ${added}, known ${read.feeds.length - added}\n`);
  return read.problems.length > 0 ? 2 : 0;
};

const exportOpml: Action = async (rest, _values, io, ports) => {
  const feeds = await ports.store.listFeeds();
  const opml = writeOpml(
    feeds.map(({ definition }) => definition),
    ports.now(),
  );
  if (rest[0] === undefined || rest[0] === "-") io.stdout.write(`${opml}\n`);
  else await writeFile(rest[0], `${opml}\n`);
  return 0;
};

const ACTIONS: Readonly<Record<string, Action>> = {
  list,
  check,
  add,
  remove,
  import: importOpml,
  export: exportOpml,
};

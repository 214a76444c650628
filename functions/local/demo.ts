// `npm run demo`: ten months of a story in less than a minute, through the real system, without a network.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { archiveApp } from "../../shared/archive/app.ts";
import type { Dossier } from "../../shared/domain/dossier.ts";
import { loadRegistry } from "../../shared/dossiers/registry.ts";
import { checkFeeds } from "../../shared/flows/check-feeds.ts";
import { planDigests } from "../../shared/flows/plan-digests.ts";
import { planPolls } from "../../shared/flows/plan-polls.ts";
import { LocalSettings, readSettings } from "../../shared/settings.ts";
import type { Io } from "../cli/io.ts";
import { composeLocal, type LocalWorld } from "./compose.ts";
import { type StoryClock, storyClock } from "./demo/clock.ts";
import { type FeedSite, serveFeedSite } from "./demo/feed-site.ts";
import { signUpReader } from "./demo/reader.ts";
import { type Teller, tellStory } from "./demo/terminal.ts";
import { serveWeb, type WebServer } from "./http.ts";
import { readAccuracy, VERSION } from "./start.ts";
import { listenForEnd, unrefAfter } from "./stopping.ts";
import { startTimers } from "./timers.ts";

/** The story's first and last day, and how long its telling takes where the machine keeps up. */
const STORY = {
  from: "2025-01-06T06:00:00Z",
  to: "2025-10-24T06:00:00Z",
  seconds: 40,
} as const;
const DAY_MS = 86_400_000;
/** One round of polls is never nearer to the next than this, and never so far that an entry leaves a sample feed unseen. */
const LEAST_STEP_DAYS = 1;
const MOST_STEP_DAYS = 8;
/** A round's mails go out before the next: their hold is passed in one step. */
const HOLD_MS = 11 * 60_000;

/** What was known on the story's first day: later history is what the story itself must bring. */
function registryAt(instant: string): Dossier[] {
  const day = instant.slice(0, 10);
  return loadRegistry().map((dossier) => ({
    ...dossier,
    history: dossier.history.filter((entry) => entry.date < day),
  }));
}

interface Stage {
  readonly world: LocalWorld;
  readonly web: WebServer;
  readonly site: FeedSite;
  readonly clock: StoryClock;
  readonly teller: Teller;
  /** True once the person at the terminal has had enough. */
  readonly isOver: () => boolean;
}

/** The usual port, or any other where that one is taken and was not asked for. */
async function serveDemo(
  world: LocalWorld,
  settings: LocalSettings,
  asked: boolean,
): Promise<WebServer> {
  const app = archiveApp({
    ports: world.ports,
    mailbox: world.mailbox,
    version: VERSION,
    accuracy: await readAccuracy(),
  });
  try {
    return await serveWeb(app, settings.HOST, settings.PORT);
  } catch (cause) {
    if (asked) throw cause;
    return serveWeb(app, settings.HOST, 0);
  }
}

/** All that is due on one day of the story: polls, then mail, whose hold is over a little later. */
async function playDay({ world, clock }: Stage): Promise<void> {
  await planPolls(world.ports);
  await world.polls.drain();
  clock.moveTo(new Date(clock.now().getTime() + HOLD_MS));
  await planDigests(world.ports);
  await checkFeeds(world.ports);
}

/** The next day to play: as far on as the time that has passed says, so that a slow machine takes longer steps, not fewer mails. */
function nextDay(now: Date, begun: number): Date {
  const [from, to] = [Date.parse(STORY.from), Date.parse(STORY.to)];
  const due = from + ((performance.now() - begun) / (STORY.seconds * 1000)) * (to - from);
  const least = now.getTime() + LEAST_STEP_DAYS * DAY_MS;
  const most = now.getTime() + MOST_STEP_DAYS * DAY_MS;
  return new Date(Math.min(to, Math.max(least, Math.min(due, most))));
}

async function play(stage: Stage): Promise<void> {
  const { world, web, site, clock, teller } = stage;
  await world.ports.store.seedFeeds(site.definitions, world.ports.now());
  await signUpReader(web.url, world);
  teller.begin(site.definitions.length);
  const begun = performance.now();
  await playDay(stage);
  while (clock.now() < new Date(STORY.to) && !stage.isOver()) {
    const day = nextDay(clock.now(), begun);
    clock.moveTo(day);
    await playDay(stage);
    teller.show(clock.now());
    await untilDue(day, begun);
  }
  clock.release();
  if (!stage.isOver()) await teller.end(world, web.url);
}

/** A quick machine waits for the story's pace, so that it can be followed. */
async function untilDue(day: Date, begun: number): Promise<void> {
  const share =
    (day.getTime() - Date.parse(STORY.from)) / (Date.parse(STORY.to) - Date.parse(STORY.from));
  const left = share * STORY.seconds * 1000 - (performance.now() - begun);
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
}

/** @returns the process's exit code, when SIGINT or SIGTERM has ended the run */
export async function runDemo(_argv: string[], io: Io): Promise<number> {
  const kept = process.env["DATA_DIR"];
  const dataDir =
    kept === undefined || kept === ""
      ? await mkdtemp(join(tmpdir(), "backdoor-watch-demo-"))
      : kept;
  const settings = readSettings(LocalSettings, {
    ...process.env,
    DATA_DIR: dataDir,
    ALLOW_PRIVATE_NETWORK: "1",
    MAIL_URL: undefined,
    // On the story's clock days pass in seconds, and every alarm would be false.
    OPERATOR_EMAIL: undefined,
    POLL_SECONDS: "3600",
  });
  const clock = storyClock(STORY.from);
  const site = await serveFeedSite(clock.now);
  const teller = tellStory(io.stdout, STORY);
  const publicUrl = { url: settings.PUBLIC_URL ?? "http://localhost" };
  const world = await composeLocal(settings, {
    now: clock.now,
    // Between two requests to one host: the story's clock stands still meanwhile.
    sleep: async () => {},
    log: teller.hear,
    registry: registryAt(STORY.from),
    feeds: site.definitions,
    publicUrl: () => publicUrl.url,
  });
  const web = await serveDemo(world, settings, Boolean(process.env["PORT"]));
  publicUrl.url = settings.PUBLIC_URL ?? web.url;
  let over = false;
  const ended = listenForEnd(process, unrefAfter, () => {}).asked.then(() => {
    over = true;
  });
  await play({ world, web, site, clock, teller, isOver: () => over });
  // From here on it is an installation like any other, at the clock's own speed.
  const timers = startTimers(world);
  await ended;
  await Promise.all([world.halt(), timers.stop()]);
  await web.close();
  await site.close();
  await world.close();
  if (kept === undefined || kept === "") await rm(dataDir, { recursive: true, force: true });
  return 0;
}

// `npm run demo`: ten months of a story in less than a minute, through the real system, without a network.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { archiveApp } from "../../shared/archive/app.ts";
import type { Dossier } from "../../shared/domain/dossier.ts";
import { loadRegistry } from "../../shared/dossiers/registry.ts";
import { LocalSettings, readSettings } from "../../shared/settings.ts";
import type { Io } from "../cli/io.ts";
import { composeLocal, type LocalWorld } from "./compose.ts";
import { type FastClock, fastClock } from "./demo/clock.ts";
import { type FeedSite, serveFeedSite } from "./demo/feed-site.ts";
import { signUpReader } from "./demo/reader.ts";
import { type Teller, tellStory } from "./demo/terminal.ts";
import { serveWeb, type WebServer } from "./http.ts";
import { VERSION } from "./start.ts";
import { startTimers } from "./timers.ts";

/** The story's first and last day, and how long its telling takes. */
const STORY = { from: "2025-01-06T06:00:00Z", to: "2025-10-24T06:00:00Z", seconds: 40 } as const;
/** Often enough that no entry leaves a sample feed unseen. */
const POLL_DAYS = 2;
const LOOK_EVERY_MS = 250;

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
  readonly clock: FastClock;
  readonly teller: Teller;
}

/** The usual port, or any other where that one is taken and was not asked for. */
async function serveDemo(
  world: LocalWorld,
  settings: LocalSettings,
  asked: boolean,
): Promise<WebServer> {
  const app = archiveApp({ ports: world.ports, mailbox: world.mailbox, version: VERSION });
  try {
    return await serveWeb(app, settings.HOST, settings.PORT);
  } catch (cause) {
    if (asked) throw cause;
    return serveWeb(app, settings.HOST, 0);
  }
}

async function play({ world, web, site, clock, teller }: Stage): Promise<void> {
  await world.ports.store.seedFeeds(site.definitions, world.ports.now());
  await signUpReader(web.url, world);
  teller.begin(site.definitions.length);
  clock.run();
  const timers = startTimers(world, () => LOOK_EVERY_MS);
  while (!clock.hasReached(STORY.to)) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    teller.show(world.ports.now());
  }
  await timers.stop();
  await teller.end(world, web.url);
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
    POLL_SECONDS: String(POLL_DAYS * 86_400),
  });
  const clock = fastClock(STORY);
  const site = await serveFeedSite(clock.now);
  const teller = tellStory(io.stdout, STORY);
  const publicUrl: { url: string } = { url: "" };
  const world = await composeLocal(settings, {
    now: clock.now,
    sleep: clock.sleep,
    log: teller.hear,
    registry: registryAt(STORY.from),
    feeds: site.definitions,
    publicUrl: () => publicUrl.url,
  });
  const web = await serveDemo(world, settings, Boolean(process.env["PORT"]));
  publicUrl.url = settings.PUBLIC_URL ?? web.url;
  const ended = new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  const told = play({ world, web, site, clock, teller });
  await Promise.race([ended, told.then(() => ended)]);
  await web.close();
  await site.close();
  await world.close();
  if (kept === undefined || kept === "") await rm(dataDir, { recursive: true, force: true });
  return 0;
}

// `npm start`: the whole system on one machine, at the clock's own speed.
import { readFile } from "node:fs/promises";
import { archiveApp } from "../../shared/archive/app.ts";
import { LocalSettings, readSettings } from "../../shared/settings.ts";
import { composeLocal, type LocalWorld } from "./compose.ts";
import { failuresInWords } from "./failures-in-words.ts";
import { serveWeb } from "./http.ts";
import { isNewInstallation, placeOf } from "./installation.ts";
import { listenForEnd, unrefAfter } from "./stopping.ts";
import { startTimers } from "./timers.ts";

export const VERSION = "0.1.0";

/** The published figures, as the archive shows them. */
export const readAccuracy = (): Promise<string> =>
  readFile(new URL("../../docs/accuracy.md", import.meta.url), "utf8");

/** Feeds that failed in a way that speaks of the network and not of the feed. */
const UNREACHED = new Set(["dns-failed", "connect-failed", "network", "timeout"]);

/** Says once, plainly, how the first round of polls went. */
async function sayFirstRound(world: LocalWorld, say: (line: string) => void): Promise<void> {
  const feeds = await world.ports.store.listFeeds();
  const polled = feeds.filter((feed) => feed.lastPolledAt !== null);
  const good = polled.filter((feed) => feed.lastSuccessAt !== null);
  const items = feeds.reduce((sum, feed) => sum + feed.itemsRead, 0);
  say(
    `First round: ${polled.length} of ${feeds.length} feeds polled, ${good.length} answered, ${items} items read.`,
  );
  const failed = polled.filter(({ failures }) => failures > 0);
  if (failed.length > 0) {
    say(`${failed.length} could not be read; /feeds says why, feed by feed:`);
    const reasons = failed.map(({ id, lastFailure }) => ({
      feed: id,
      reason: lastFailure?.reason ?? "network",
    }));
    for (const line of failuresInWords(reasons)) say(line);
  }
  if (good.length > 0 || polled.length === 0) return;
  const unreached = polled.every((feed) => UNREACHED.has(feed.lastFailure?.reason ?? ""));
  if (unreached) say("No feed can be reached: this machine seems to have no way to the internet.");
  say("To see the whole system at work without a network: npm run demo");
}

/** After so long without a turn it may be a copy that goes on, whose ledger lacks what was mailed since. */
const LONG_HOURS = 6;

async function sayPause({ ports }: LocalWorld, say: (line: string) => void): Promise<void> {
  if (ports.settings.resumeAfter !== undefined) return;
  const at = (await ports.store.heartbeats())["digests"]?.at;
  if (at === undefined || ports.now().getTime() - Date.parse(at) < LONG_HOURS * 3_600_000) return;
  say(
    `Nothing was mailed from here since ${at}. If this is a restored backup, stop and set RESUME_AFTER: docs/runbook.md#restoring-a-backup`,
  );
}

/** @returns the process's exit code, when SIGINT or SIGTERM has ended the run */
export async function start(environment: NodeJS.ProcessEnv): Promise<number> {
  const settings = readSettings(LocalSettings, environment);
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const stopping = listenForEnd(process, unrefAfter, say);
  const isNew = isNewInstallation(settings.DATA_DIR);
  let served = "";
  const world = await composeLocal(settings, { archiveUrl: () => served });
  const app = archiveApp({
    ports: world.ports,
    mailbox: world.mailbox,
    version: VERSION,
    accuracy: await readAccuracy(),
  });
  const web = await serveWeb(app, settings.HOST, settings.PORT);
  served = web.url;
  say(`backdoor-watch follows ${world.feeds.length} feeds. Archive: ${web.url}`);
  say(`Data: ${isNew ? "a new folder, " : ""}${placeOf(settings.DATA_DIR, environment)}`);
  if (world.mailbox !== null)
    say(`No MAIL_URL: mail stays in the built-in mailbox, ${web.url}/mailbox`);
  await world.ports.store.seedFeeds(world.feeds, world.ports.now());
  await sayPause(world, say);
  const timers = startTimers(world);
  let said = Promise.resolve();
  void world.polls.firstRound().then(() => {
    if (world.ports.halted?.aborted !== true) said = sayFirstRound(world, say);
  });
  await stopping.asked;
  await Promise.all([world.halt(), timers.stop()]);
  await said;
  await web.close();
  await world.close();
  return 0;
}

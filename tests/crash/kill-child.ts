// The process that is killed: `npm start` without its web server, its timers at their quickest, manners between requests left out.
import { composeLocal } from "../../functions/local/compose.ts";
import { startTimers } from "../../functions/local/timers.ts";
import { LocalSettings, readSettings } from "../../shared/settings.ts";

/** Each run's clock begins a day after the one before: a dead process's leases are over. */
const begun = Date.parse(process.env["CLOCK_FROM"] ?? "");
const started = performance.now();

const world = await composeLocal(readSettings(LocalSettings, process.env), {
  now: () => new Date(begun + performance.now() - started),
  sleep: async () => {},
  log: () => {},
});
await world.ports.store.seedFeeds(world.feeds, world.ports.now());
startTimers(world, () => 20);

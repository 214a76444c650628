// Every few minutes: which feeds are due, as messages of one registrable domain each.
import { readFile } from "node:fs/promises";
import { parseCatalogue } from "../../shared/feeds/catalogue.ts";
import { checkFeeds } from "../../shared/flows/check-feeds.ts";
import { planPolls } from "../../shared/flows/plan-polls.ts";
import { composeCloud } from "./compose.ts";

/** The bundle carries the catalogue beside it; each process brings the store up to date with it once. */
const CATALOGUE = new URL("./feeds.jsonl", import.meta.url);
let seeded = false;
/** Of one turn: a hundred thousand feeds are counted every two hours. */
const MOST_COUNTED = 5_000;

export async function handler(): Promise<{ domains: number; feeds: number }> {
  const ports = await composeCloud();
  if (!seeded) {
    const { feeds } = parseCatalogue(await readFile(process.env["FEEDS"] ?? CATALOGUE, "utf8"));
    await ports.store.seedFeeds(feeds, ports.now());
    seeded = true;
  }
  const planned = await planPolls(ports);
  await checkFeeds(ports, { most: MOST_COUNTED });
  return planned;
}

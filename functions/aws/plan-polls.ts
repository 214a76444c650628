// Every few minutes: which feeds are due, as messages of one registrable domain each.
import { readFile } from "node:fs/promises";
import { parseCatalogue } from "../../shared/feeds/catalogue.ts";
import { planPolls } from "../../shared/flows/plan-polls.ts";
import { composeCloud } from "./compose.ts";

/** The bundle carries the catalogue beside it; each process brings the store up to date with it once. */
const CATALOGUE = new URL("./feeds.jsonl", import.meta.url);
let seeded = false;

export async function handler(): Promise<{ domains: number; feeds: number }> {
  const ports = await composeCloud();
  if (!seeded) {
    const { feeds } = parseCatalogue(await readFile(process.env["FEEDS"] ?? CATALOGUE, "utf8"));
    await ports.store.seedFeeds(feeds, ports.now());
    seeded = true;
  }
  return planPolls(ports);
}

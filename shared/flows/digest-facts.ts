// What a digest needs to know besides its items: dossiers by name, and how much was looked at.
import type { Coverage, DossierFacts } from "../digests/digest.ts";
import { shortTitleOf } from "../domain/dossier.ts";
import type { DossierId } from "../domain/ids.ts";
import { checkFeeds } from "./check-feeds.ts";
import type { Ports } from "./ports.ts";

/** The registry's facts, or those of a dossier that opened itself; the id stands in where neither knows it. */
export async function factsOf(
  ports: Pick<Ports, "store" | "registry">,
  id: DossierId,
): Promise<DossierFacts> {
  const known =
    ports.registry.find((dossier) => dossier.id === id) ??
    (await ports.store.loadDossier(id))?.auto ??
    null;
  if (known !== null)
    return { id, title: shortTitleOf(known.title), jurisdiction: known.jurisdiction };
  const [, place = "INT"] = id.startsWith("auto:") ? id.split(":") : [];
  return { id, title: id, jurisdiction: place };
}

/** The part whose beat holds the figures, so that a hundred thousand feeds are counted once and not by every shard. */
export const COVERAGE_PART = "coverage";

/** Of so few the figures are counted anew for each turn of digests; of more, the last whole count is told. */
const MOST_COUNTED = 1_000;

/** Counts the feeds and writes the figures down for the digests of this turn. */
export async function countCoverage(ports: Ports): Promise<void> {
  const figures = await checkFeeds(ports, { most: MOST_COUNTED, anew: true });
  if (figures === null) return;
  const { polled, failing, itemsRead } = figures;
  await ports.store.beat(COVERAGE_PART, ports.now(), {
    feedsChecked: polled,
    feedsFailing: failing,
    itemsRead,
  });
}

export async function loadCoverage(ports: Pick<Ports, "store">): Promise<Coverage> {
  const facts = (await ports.store.heartbeats())[COVERAGE_PART]?.facts ?? {};
  return {
    feedsChecked: facts["feedsChecked"] ?? 0,
    feedsFailing: facts["feedsFailing"] ?? 0,
    itemsRead: facts["itemsRead"] ?? 0,
  };
}

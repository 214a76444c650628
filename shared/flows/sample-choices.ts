// What some choices would have brought in the last 90 days: shown before anybody confirms them.
import type { Sample } from "../digests/render-confirmation.ts";
import { wantsEvent } from "../digests/select-items.ts";
import type { ItemId } from "../domain/ids.ts";
import type { Preferences } from "../domain/subscriber.ts";
import { factsOf } from "./digest-facts.ts";
import type { Ports } from "./ports.ts";

const SAMPLE_DAYS = 90;
const MOST_COUNTED = 100;
const MOST_SHOWN = 3;

/** Counts up to a hundred: enough to warn of a flood, and bounded, since anybody may ask. */
export async function sampleOf(
  ports: Pick<Ports, "store" | "registry">,
  preferences: Preferences,
  now: Date,
): Promise<Sample> {
  const from = new Date(now.getTime() - SAMPLE_DAYS * 86_400_000).toISOString();
  if (preferences.cadence === "immediate") return sampleOfEvents(ports, preferences, from);
  const { rows } = await ports.store.queryItems({
    q: [],
    theme: preferences.themes,
    argument: [],
    dossier: preferences.dossiers,
    jurisdiction: preferences.jurisdictions,
    stage: [],
    language: [],
    kind: [],
    from,
    to: null,
    relevant: "true",
    limit: MOST_COUNTED,
    cursor: null,
  });
  const titles = rows
    .slice(0, MOST_SHOWN)
    .map(({ title, url, effectiveAt }) => ({ title, url, at: effectiveAt }));
  return { count: rows.length, titles };
}

async function sampleOfEvents(
  ports: Pick<Ports, "store" | "registry">,
  preferences: Preferences,
  from: string,
): Promise<Sample> {
  const { rows } = await ports.store.listEvents(MOST_COUNTED, null, null);
  const recent = rows
    .map(({ event }) => event)
    .filter(({ at, event, state }) => at >= from && event === "resurfaced" && state === "standing");
  const titles: { title: string; url: string | null; at: string }[] = [];
  let count = 0;
  for (const event of recent) {
    const item = await ports.store.loadItem(event.item as ItemId);
    if (item === null) continue;
    const facts = await factsOf(ports, event.dossier);
    if (!wantsEvent(preferences, event, item, facts.jurisdiction)) continue;
    count += 1;
    if (titles.length < MOST_SHOWN) titles.push({ title: item.title, url: item.url, at: event.at });
  }
  return { count, titles };
}

// Whether the installation does its work: the store answers, and each part was heard of lately.
import { minutesSince } from "../domain/instants.ts";
import { canaryMissing, SILENT_MINUTES } from "../flows/alarms.ts";
import { CANARY_PART } from "../flows/canary.ts";
import type { Ports, Store } from "../flows/ports.ts";

export interface Health {
  readonly ok: boolean;
  readonly parts: Readonly<Record<string, { readonly ok: boolean; readonly detail: string }>>;
}

type Beats = Awaited<ReturnType<Store["heartbeats"]>>;

function beatOf(at: string | undefined, minutes: number, now: Date) {
  // A new installation has not been heard of yet, and that is no fault.
  if (at === undefined) return { ok: true, detail: "not heard of yet" };
  const silent = minutesSince(at, now);
  return { ok: silent <= minutes, detail: `last heard of at ${at}` };
}

/** Beside the alarm by mail: nobody need have given an address. */
function canaryOf(beats: Beats, now: Date) {
  const missing = canaryMissing(beats, now);
  const last = beats[CANARY_PART];
  if (last === undefined) return { ok: missing === null, detail: missing ?? "none has come yet" };
  const nowhere = last.facts["mailed"] === 0 ? ", rendered but mailed to nobody" : "";
  const unfetched = last.facts["fetched"] === 0 ? ", not fetched" : "";
  return { ok: missing === null, detail: `last came at ${last.at}${nowhere}${unfetched}` };
}

export async function healthOf({ store, canaryStore, disk, now }: Ports): Promise<Health> {
  const parts: Record<string, { ok: boolean; detail: string }> = {};
  if (disk !== undefined) parts["disk"] = disk();
  try {
    await store.ping();
    parts["store"] = { ok: true, detail: "answers" };
    const beats = await store.heartbeats();
    for (const [part, minutes] of Object.entries(SILENT_MINUTES))
      parts[part] = beatOf(beats[part]?.at, minutes, now());
    if (canaryStore !== undefined) parts["canary"] = canaryOf(beats, now());
  } catch {
    // What the store said may name tables and hosts: that is for the log, not for a page.
    parts["store"] = { ok: false, detail: "does not answer" };
  }
  return { ok: Object.values(parts).every((part) => part.ok), parts };
}

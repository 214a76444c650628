// Whether the installation does its work: the store answers, and each part was heard of lately.
import type { FeedCount } from "../domain/feed-summary.ts";
import { minutesSince } from "../domain/instants.ts";
import { canaryMissing, SILENT_MINUTES } from "../flows/alarms.ts";
import { CANARY_PART } from "../flows/canary.ts";
import { mailFigures } from "../flows/mail-figures.ts";
import type { Ports, Store } from "../flows/ports.ts";
import { signUpState } from "../flows/sign-up-caps.ts";
import { MAIL_SENT, mailFailingAt } from "../flows/watch-mail.ts";

export interface Health {
  readonly ok: boolean;
  readonly parts: Readonly<Record<string, Part>>;
}

interface Part {
  readonly ok: boolean;
  readonly detail: string;
  /** Of mail: how each kind of it goes. */
  readonly kinds?: Awaited<ReturnType<typeof mailFigures>>;
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

/** A count that is older says nothing; a hundred thousand feeds are counted every two hours. */
const COUNT_MINUTES = 240;
/** Feeds that are named, at most. */
const NAMED = 5;

function feedsOf({ done }: FeedCount, now: Date) {
  if (done === null) return { ok: true, detail: "not counted yet" };
  const { feeds, overdue, late } = done.figures;
  if (minutesSince(done.at, now) > COUNT_MINUTES)
    return { ok: false, detail: `last counted at ${done.at}` };
  if (overdue === 0) return { ok: true, detail: `${feeds} known, each polled in its time` };
  const more = overdue > NAMED ? ", …" : "";
  const names = late.slice(0, NAMED).join(", ");
  return {
    ok: false,
    detail: `${overdue} of ${feeds} not polled within their interval: ${names}${more}`,
  };
}

function mailOf(beats: Beats, now: Date) {
  const at = mailFailingAt(beats, now);
  if (at !== null) return { ok: false, detail: `the mail server did not take mail, last at ${at}` };
  const sent = beats[MAIL_SENT]?.at;
  return { ok: true, detail: sent === undefined ? "none was sent yet" : `last taken at ${sent}` };
}

export async function healthOf({ store, canaryStore, disk, now }: Ports): Promise<Health> {
  const parts: Record<string, Part> = {};
  if (disk !== undefined) parts["disk"] = disk();
  try {
    await store.ping();
    parts["store"] = { ok: true, detail: "answers" };
    const [beats, count] = await Promise.all([store.heartbeats(), store.loadFeedCount()]);
    for (const [part, minutes] of Object.entries(SILENT_MINUTES))
      parts[part] = beatOf(beats[part]?.at, minutes, now());
    parts["feeds"] = feedsOf(count, now());
    parts["mail"] = {
      ...mailOf(beats, now()),
      kinds: await mailFigures({ store, now }, beats),
    };
    parts["sign-ups"] = signUpState(beats, now());
    if (canaryStore !== undefined) parts["canary"] = canaryOf(beats, now());
  } catch {
    // What the store said may name tables and hosts: that is for the log, not for a page.
    parts["store"] = { ok: false, detail: "does not answer" };
  }
  return { ok: Object.values(parts).every((part) => part.ok), parts };
}

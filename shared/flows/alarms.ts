// Alarms by mail: what an operator should look at, told once per change of state or day.
import { subscriberIdOf } from "../digests/address.ts";
import { renderOperatorMail } from "../digests/render-operator-mail.ts";
import type { FeedState } from "../domain/feed.ts";
import type { FeedFigures } from "../domain/feed-summary.ts";
import type { SubscriberId } from "../domain/ids.ts";
import { isAhead, minutesSince } from "../domain/instants.ts";
import { type FeedHealth, healthOf } from "../feeds/feed-health.ts";
import { learnedOf } from "../feeds/learned.ts";
import { CANARY_HOURS, CANARY_PART, CANARY_SINCE } from "./canary.ts";
import { checkFeeds } from "./check-feeds.ts";
import type { Ports, Store } from "./ports.ts";
import { LEASE_SECONDS } from "./send-once.ts";
import { SIGN_UP_CAP } from "./sign-up-caps.ts";
import { mailFailingAt } from "./watch-mail.ts";

export interface AlarmFacts {
  /** Those in trouble, at least. */
  readonly feeds: readonly FeedState[];
  /** Of all feeds; null where they were never counted. */
  readonly figures: FeedFigures | null;
  readonly beats: Awaited<ReturnType<Store["heartbeats"]>>;
  /** Since when this process runs its parts, or null where others do: nothing is heard of before it began. */
  readonly runsSince: Date | null;
}

export interface Alarm {
  /** The same while the same thing lasts: it is told once. */
  readonly key: string;
  /** A heading of docs/runbook.md. */
  readonly runbook: string;
  readonly says: string;
}

/** Minutes of silence that are an alarm; in the cloud CloudWatch holds the same. */
export const SILENT_MINUTES: Readonly<Record<string, number>> = {
  polls: 60,
  digests: 60,
  sweep: 180,
};
/** In the cloud it is looked no more often than this, and at so many feeds: others count on. */
const LOOK_MINUTES = 50;
const MOST_LOOKED_AT = 5_000;
/** When it was last looked at what is wrong. */
const ALARMS_PART = "alarms";
/** Of one mail: when the network is down every feed fails. */
const MOST_TOLD = 40;

/** Everything that is wrong now, whoever was told of it already. */
export function alarmsOf(facts: AlarmFacts, now: Date): Alarm[] {
  return [
    ...silences(facts, now),
    ...canaryAlarms(facts, now),
    ...capAlarms(facts, now),
    ...lateAlarms(facts, now),
    ...mailAlarms(facts, now),
    ...facts.feeds
      .filter(({ removed }) => !removed)
      .flatMap((feed) => feedAlarm(feed, healthOf(feed, now))),
  ];
}

const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

function silences({ beats, runsSince }: AlarmFacts, now: Date): Alarm[] {
  return Object.entries(SILENT_MINUTES).flatMap(([part, minutes]) => {
    const at = beats[part]?.at;
    // A new installation has not been heard of yet; a process that has just begun is given its time.
    const begun = runsSince?.toISOString();
    const heard = [at, begun]
      .filter((time) => time !== undefined && !isAhead(time, now))
      .sort()
      .at(-1);
    if (heard === undefined || minutesSince(heard, now) <= minutes) return [];
    const last = at === undefined ? "has never been heard of" : `was last heard of at ${at}`;
    const says = `The part “${part}” ${last}.`;
    return [{ key: `silence:${part}:${dayOf(now)}`, runbook: "silence", says }];
  });
}

function canaryAlarms({ beats }: AlarmFacts, now: Date): Alarm[] {
  const says = canaryMissing(beats, now);
  return says === null ? [] : [{ key: `canary:${dayOf(now)}`, runbook: "canary", says }];
}

/** @returns what is to be said of a canary that did not arrive, or null */
export function canaryMissing(beats: AlarmFacts["beats"], now: Date): string | null {
  const came = beats[CANARY_PART]?.at;
  const since = came ?? beats[CANARY_SINCE]?.at;
  if (since === undefined || minutesSince(since, now) <= CANARY_HOURS * 60) return null;
  const last = came === undefined ? "No canary has ever" : `No canary since ${came} has`;
  return `${last} gone the whole way from feed to mail server.`;
}

function mailAlarms({ beats }: AlarmFacts, now: Date): Alarm[] {
  const at = mailFailingAt(beats, now);
  if (at === null) return [];
  const says = `The mail server did not take what was sent, last at ${at}.`;
  return [{ key: `mail:${dayOf(now)}`, runbook: "mail-not-taken", says }];
}

function capAlarms({ beats }: AlarmFacts, now: Date): Alarm[] {
  const { at, facts } = beats[SIGN_UP_CAP] ?? {};
  if (at === undefined || at.slice(0, 10) !== dayOf(now)) return [];
  const what = facts?.["refused"] === 1 ? "some were refused" : "mails wait for a later hour";
  const says = `So many signed up within one hour that ${what}, last at ${at}.`;
  return [{ key: `sign-up-cap:${dayOf(now)}`, runbook: "sign-up-cap", says }];
}

/** Named in an alarm, at most. */
const MOST_LATE = 5;

function lateAlarms({ figures }: AlarmFacts, now: Date): Alarm[] {
  if (figures === null || figures.overdue === 0) return [];
  const { overdue, late } = figures;
  const says = `${overdue} ${overdue === 1 ? "feed was" : "feeds were"} not polled within their interval: ${late.slice(0, MOST_LATE).join(", ")}${overdue > MOST_LATE ? ", …" : ""}.`;
  return [{ key: `feeds-not-polled:${dayOf(now)}`, runbook: "feeds-not-polled", says }];
}

function feedAlarm(feed: FeedState, health: FeedHealth): Alarm[] {
  const alarm = (kind: string, since: string | null, runbook: string, says: string): Alarm[] => [
    // What it hangs on does not change while the state lasts.
    { key: `feed-${kind}:${feed.id}:${since ?? "ever"}`, runbook, says: `${feed.id}: ${says}` },
  ];
  const { lastSuccessAt, lastNewItemAt } = health;
  const why = `${health.reason ?? ""}${health.detail === null ? "" : `, ${health.detail}`}`;
  switch (health.status) {
    case "new":
    case "ok":
    case "degraded":
      return [];
    case "failing":
    case "gone":
      return alarm(
        health.status,
        lastSuccessAt,
        "a-feed-fails",
        `no poll has succeeded since ${lastSuccessAt ?? "it was added"} (${why}).`,
      );
    case "silent":
      return alarm(
        "silent",
        lastNewItemAt,
        "a-feed-is-silent",
        `nothing new since ${lastNewItemAt}; it usually has something every ${health.usualGapMinutes} minutes.`,
      );
    case "quarantined":
      return alarm(
        "guids",
        learnedOf(feed).churn?.at ?? null,
        "guids-changed",
        `${health.detail}.`,
      );
    default:
      return health.status satisfies never;
  }
}

/** The operator's name in the ledger: not the one that they have where they subscribe as well. */
export const operatorId = ({ secrets }: Ports, address: string): SubscriberId =>
  subscriberIdOf(secrets.lookupKey, `operator ${address}`);

/** Where nobody has looked for a while, a job to those who may mail. */
export async function planAlarms(ports: Ports): Promise<boolean> {
  if (ports.settings.operatorEmail === undefined) return false;
  const now = ports.now();
  const at = (await ports.store.heartbeats())[ALARMS_PART]?.at;
  if (at !== undefined && minutesSince(at, now) < LOOK_MINUTES) return false;
  await ports.enqueueDigest({ kind: "alarms", enqueuedAt: now.toISOString() });
  return true;
}

/**
 * Mails what the operator has not been told, gathered into one mail. Without an operator's address nothing is done.
 * @returns how many alarms were told
 */
export async function raiseAlarms(ports: Ports, runsSince: Date | null = null): Promise<number> {
  const { operatorEmail } = ports.settings;
  if (operatorEmail === undefined) return 0;
  const now = ports.now();
  const figures = await checkFeeds(ports, { most: MOST_LOOKED_AT, runsSince });
  const [feeds, beats] = await Promise.all([
    ports.store.loadFeeds(figures?.troubled ?? []),
    ports.store.heartbeats(),
  ]);
  const id = operatorId(ports, operatorEmail);
  const groups: Record<"claimed" | "unknown", Alarm[]> = { claimed: [], unknown: [] };
  for (const alarm of alarmsOf({ feeds, figures, beats, runsSince }, now)) {
    const claim = await ports.store.claimSend(id, ledgerName(alarm), now, LEASE_SECONDS);
    if (claim === "claimed" || claim === "unknown") groups[claim].push(alarm);
  }
  let told = 0;
  for (const group of [groups.unknown, groups.claimed]) told += await tell(ports, id, group);
  await ports.store.beat(ALARMS_PART, ports.now(), { told });
  return told;
}

const ledgerName = ({ key }: Alarm): string => `alarm:${key}`;

async function tell(ports: Ports, id: SubscriberId, alarms: readonly Alarm[]): Promise<number> {
  const [first] = alarms;
  const { operatorEmail, mailFrom } = ports.settings;
  if (first === undefined || operatorEmail === undefined) return 0;
  const left = alarms.length - MOST_TOLD;
  const mail = renderOperatorMail({
    to: operatorEmail,
    listHost: mailFrom.slice(mailFrom.lastIndexOf("@") + 1),
    name: alarms.map(({ key }) => key).join("\n"),
    subject: alarms.length === 1 ? `Alarm: ${first.says}` : `${alarms.length} alarms`,
    paragraphs: [
      ...alarms
        .slice(0, MOST_TOLD)
        .map(({ says, runbook }) => `${says} See docs/runbook.md#${runbook}`),
      ...(left > 0 ? [`And ${left} more: see /feeds.`] : []),
      `Each is told once while it lasts, or once a day. ${ports.settings.publicUrl}/healthz`,
    ],
  });
  const { kind } = await ports.sendMail(mail, "operator");
  for (const alarm of [...alarms].reverse())
    await ports.store.recordSend(id, ledgerName(alarm), kind, ports.now());
  for (const { key } of alarms) ports.log({ step: "alarm", alarm: key, mail: kind });
  return kind === "sent" ? alarms.length : 0;
}

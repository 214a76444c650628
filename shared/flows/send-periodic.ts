// One subscriber's day or week: everything first seen in it, once, and nothing where there was nothing.
import { newestDue, nextDigestAt } from "../digests/cadence.ts";
import type { CorrectionEntry, Coverage, Digest } from "../digests/digest.ts";
import { renderQuietNote } from "../digests/render-confirmation.ts";
import { renderDigest } from "../digests/render-digest.ts";
import type { SubscriberId } from "../domain/ids.ts";
import type { Preferences, Subscriber } from "../domain/subscriber.ts";
import { changeSubscriber } from "./change-subscriber.ts";
import { claimParts, partsOf } from "./claim-parts.ts";
import { eventDigest, toldTo } from "./corrections.ts";
import { loadCoverage } from "./digest-facts.ts";
import { digestFor, loadMaterial, type Material, type Period } from "./digest-material.ts";
import { issueKeeper } from "./load-issue.ts";
import { envelopeOf, titlesOf } from "./mail-links.ts";
import type { Ports } from "./ports.ts";
import { wasTold } from "./resume.ts";
import type { Delivery } from "./send-digest.ts";
import { mailGroup, mayBeMailed, type Told } from "./send-immediate.ts";
import { LEASE_SECONDS, mailUnderClaim } from "./send-once.ts";

/** A period that many subscribers share is read once; this many are kept. */
const PERIODS_KEPT = 6;
/** An item that a crash left half-settled holds its period's digests back; this long, and no longer. */
const PATIENCE_HOURS = 6;

/** What subscribers of one job share. */
interface Periods {
  readonly materialOf: (period: Period) => Promise<Material>;
  /** Writes an issue down once, whoever gets it first. */
  readonly keepIssue: (preferences: Preferences, period: Period) => Promise<void>;
  /** True while something first seen before this end may still be filed. */
  readonly isUnsettled: (end: Date) => Promise<boolean>;
}

async function hasUnsettled(ports: Ports, end: Date, now: Date): Promise<boolean> {
  if (now.getTime() - end.getTime() > PATIENCE_HOURS * 3_600_000) return false;
  return (await ports.store.pendingItems(end, 1)).length > 0;
}

/** @returns a function that deals with one due subscriber; periods it has read are kept between calls */
export function periodicSender(
  ports: Ports,
  coverage: Coverage,
  now: Date,
): (id: SubscriberId) => Promise<Delivery> {
  const kept = new Map<string, Promise<Material>>();
  const materialOf = (period: Period): Promise<Material> => {
    const key = `${period.from.toISOString()} ${period.to.toISOString()}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const [oldest] = kept.keys();
    if (oldest !== undefined && kept.size >= PERIODS_KEPT) kept.delete(oldest);
    const material = loadMaterial(ports, period);
    kept.set(key, material);
    return material;
  };
  const unsettled = new Map<string, Promise<boolean>>();
  const isUnsettled = (end: Date): Promise<boolean> => {
    const key = end.toISOString();
    const known = unsettled.get(key) ?? hasUnsettled(ports, end, now);
    unsettled.set(key, known);
    return known;
  };
  const keepIssue = issueKeeper(ports, materialOf);
  return (id) => sendPeriodic(ports, id, coverage, now, { materialOf, keepIssue, isUnsettled });
}

/** What a subscriber's period holds so far, as its last digest: its owner turns to immediate mail. */
export async function closingDigest(
  ports: Ports,
  subscriber: Subscriber,
  now: Date,
): Promise<Delivery> {
  await changeSubscriber(ports, subscriber.id, (current) =>
    current.nextDigestAt === null || current.nextDigestAt <= now.toISOString()
      ? null
      : { ...current, nextDigestAt: now.toISOString() },
  );
  return periodicSender(ports, await loadCoverage(ports), now)(subscriber.id);
}

async function sendPeriodic(
  ports: Ports,
  id: SubscriberId,
  coverage: Coverage,
  now: Date,
  periods: Periods,
): Promise<Delivery> {
  const due = await ports.store.loadSubscriber(id);
  if (due === null || due.nextDigestAt === null || !mayBeMailed(due, "periodic")) return "nothing";
  if (due.nextDigestAt > now.toISOString()) return "nothing";
  const { cadence, timezone } = due.preferences;
  const from = new Date(due.digestedUntil ?? due.confirmedAt ?? due.createdAt);
  const { resumeAfter } = ports.settings;
  if (resumeAfter !== undefined && wasTold(ports, due.nextDigestAt)) {
    const told = newestDue(cadence, timezone, new Date(due.nextDigestAt), new Date(resumeAfter));
    await closePeriod(ports, id, { from, to: told });
    return "nothing";
  }
  const end = newestDue(cadence, timezone, new Date(due.nextDigestAt), now);
  if (await periods.isUnsettled(end)) return "deferred";
  // The start of a period names it: there is one digest that begins there, however late it is.
  const name = `period:${from.toISOString()}`;
  const claim = await ports.store.claimSend(id, name, now, LEASE_SECONDS);
  if (claim === "busy") return "deferred";
  // Only a fresh claim may still choose where its period ends; afterwards what was written down holds.
  const subscriber = claim === "claimed" ? await settleEnd(ports, due, now) : due;
  const period = { from, to: new Date(subscriber.nextDigestAt ?? due.nextDigestAt) };
  if (claim === "done") {
    await closePeriod(ports, id, period);
    return "nothing";
  }
  const material = await periods.materialOf(period);
  const turn: Turn = {
    subscriber,
    name,
    now,
    isFresh: claim === "claimed",
    digest: digestFor(subscriber, material, coverage, period),
  };
  const delivery = await deliver(ports, turn, material.corrections, periods.keepIssue);
  if (delivery !== "deferred") await closePeriod(ports, id, period);
  return delivery;
}

/** After an outage, one digest covers all the periods that were missed. */
async function settleEnd(ports: Ports, due: Subscriber, now: Date): Promise<Subscriber> {
  const change = await changeSubscriber(ports, due.id, (subscriber) => {
    if (subscriber.nextDigestAt === null || subscriber.nextDigestAt !== due.nextDigestAt)
      return null;
    const { cadence, timezone } = subscriber.preferences;
    const end = newestDue(cadence, timezone, new Date(subscriber.nextDigestAt), now).toISOString();
    return end === subscriber.nextDigestAt ? null : { ...subscriber, nextDigestAt: end };
  });
  return change?.subscriber ?? due;
}

/** One reader's period, claimed. */
interface Turn {
  readonly subscriber: Subscriber;
  /** The ledger's name of the period, and of its mail. */
  readonly name: string;
  /** When it was claimed. */
  readonly now: Date;
  /** True where nobody tried before. */
  readonly isFresh: boolean;
  readonly digest: Digest;
}

/** @param corrections what was taken back lately; those of events that this reader was told go with the digest */
async function deliver(
  ports: Ports,
  turn: Turn,
  corrections: readonly CorrectionEntry[],
  keepIssue: Periods["keepIssue"],
): Promise<Delivery> {
  const { subscriber, name, now, digest } = turn;
  const { id, preferences } = subscriber;
  const { resurfaced, possible = [], items } = digest;
  const silent = [resurfaced, possible, items, corrections].flat().length === 0;
  const unwanted = silent && preferences.quietNote !== true;
  if (unwanted || (await ports.store.isSuppressed(id))) return close(ports, id, [name]);
  const told = await toldTo(ports, id, corrections);
  const { parts, free } = await partsOf(ports, id, digest.resurfaced, told);
  const { mails, fresh, busy, hasGone } = await claimParts(ports, id, name, parts, now);
  const own = mails.get(name) ?? [];
  if (hasGone) return close(ports, id, [...own.map(({ ledger }) => ledger), name]);
  // What may have gone out in another mail is settled under that one's name.
  const elsewhere = busy ? "deferred" : await mailOthers(ports, turn, mails);
  if (elsewhere === "deferred") {
    // Those of other mails were dealt with there.
    const ours = new Set(own.map(({ ledger }) => ledger));
    const unused = busy ? fresh : fresh.filter((claim) => ours.has(claim));
    for (const claim of turn.isFresh ? [...unused, name] : unused)
      await ports.store.recordSend(id, claim, "released", now);
    return "deferred";
  }
  return mailDigest(ports, turn, own, free, keepIssue);
}

/** Nothing is to be sent, or everything was. */
async function close(ports: Ports, id: SubscriberId, claims: readonly string[]): Promise<Delivery> {
  for (const claim of claims) await ports.store.recordSend(id, claim, "sent", ports.now());
  return "nothing";
}

async function mailOthers(
  ports: Ports,
  { subscriber, name, digest }: Turn,
  mails: ReadonlyMap<string, readonly Told[]>,
): Promise<Delivery> {
  let delivery: Delivery = "nothing";
  for (const [mail, group] of mails) {
    if (mail === name) continue;
    const outcome = await mailGroup(ports, subscriber, mail, group, digest.coverage);
    if (delivery !== "deferred") delivery = outcome;
  }
  return delivery;
}

/**
 * @param own parts that are claimed for this mail
 * @param free comebacks that no claim names
 */
async function mailDigest(
  ports: Ports,
  { subscriber, name, digest: whole }: Turn,
  own: readonly Told[],
  free: Digest["resurfaced"],
  keepIssue: Periods["keepIssue"],
): Promise<Delivery> {
  const { id, preferences } = subscriber;
  const digest: Digest = {
    ...whole,
    resurfaced: free,
    corrections: own.flatMap((part) => (part.kind === "corrected" ? [part.entry] : [])),
  };
  const silent = [own, free, digest.possible ?? [], digest.items].flat().length === 0;
  if (silent && preferences.quietNote !== true) return close(ports, id, [name]);
  const envelope = envelopeOf(ports, subscriber, name, ports.now());
  // First: a mail's link to itself must lead somewhere when it arrives.
  if (!silent && digest.period !== null) await keepIssue(preferences, digest.period);
  const mail =
    renderDigest(digest, envelope, titlesOf(ports)) ??
    renderQuietNote(envelope, digest.coverage, titlesOf(ports));
  // Also first: whoever has this mail is told if one of its events turns out to be none.
  const carried = free.map(({ event }) => eventDigest(event.id));
  if (carried.length > 0) await ports.store.noteCarried(id, name, carried, ports.now());
  return mailUnderClaim(ports, id, [name, ...own.map(({ ledger }) => ledger)], mail);
}

/** What was first seen up to the end is dealt with; the next period begins there. */
async function closePeriod(ports: Ports, id: SubscriberId, { from, to }: Period): Promise<void> {
  await changeSubscriber(ports, id, (subscriber) => {
    if (subscriber.digestedUntil !== null && subscriber.digestedUntil > from.toISOString())
      return null;
    const { cadence, timezone } = subscriber.preferences;
    return {
      ...subscriber,
      digestedUntil: to.toISOString(),
      nextDigestAt: nextDigestAt(cadence, timezone, to)?.toISOString() ?? null,
    };
  });
}

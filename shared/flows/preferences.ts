// Changing, pausing, taking along and deleting a subscription: by mailed link, without a password.

import { nextDigestAt } from "../digests/cadence.ts";
import {
  PreferencesRequest,
  type Problem,
  preferencesOf,
  readRequest,
} from "../digests/subscribe-request.ts";
import { readToken } from "../digests/tokens.ts";
import type { SubscriberId } from "../domain/ids.ts";
import type { OwedMail } from "../domain/owed-mail.ts";
import type { Preferences, Subscriber } from "../domain/subscriber.ts";
import { changeSubscriber } from "./change-subscriber.ts";
import { unknownDossiers } from "./check-dossiers.ts";
import type { Ports } from "./ports.ts";
import { untoldSince } from "./send-immediate.ts";
import { LEASE_SECONDS } from "./send-once.ts";
import { tryOwed } from "./send-owed.ts";
import { closingDigest } from "./send-periodic.ts";
import { restAfterLeaving } from "./sign-up-caps.ts";

export const PREFERENCE_ACTIONS = ["save", "pause", "resume", "export", "delete"] as const;
export type PreferenceAction = (typeof PREFERENCE_ACTIONS)[number];

export type PreferencesOutcome =
  | {
      readonly kind: "done";
      readonly action: PreferenceAction;
      readonly subscriber: Subscriber | null;
    }
  | { readonly kind: "invalid"; readonly problems: readonly Problem[] }
  | { readonly kind: "bad" }
  | { readonly kind: "expired" }
  /** An export was asked for, and another went out, or waits to, within the day. */
  | { readonly kind: "tooSoon"; readonly retryAfterSeconds: number }
  /** Nothing was changed: what was gathered so far must be out first, and could not go now. */
  | { readonly kind: "later" };

/** @param choices as the form or JSON has them; read only for `save` */
export async function changePreferences(
  ports: Ports,
  text: string,
  action: PreferenceAction,
  choices: unknown,
): Promise<PreferencesOutcome> {
  const now = ports.now();
  const reading = readToken(ports.secrets.tokenKeys, text, "preferences", now);
  if (reading.kind !== "good") return { kind: reading.kind };
  const id = reading.token.subscriber;
  const subscriber = await ports.store.loadSubscriber(id);
  if (subscriber === null || !isLive(subscriber)) return { kind: "bad" };
  switch (action) {
    case "save": {
      const read = readRequest(PreferencesRequest, choices);
      if (read.kind === "invalid") return read;
      const { dossiers } = subscriber.preferences;
      const problems = await unknownDossiers(ports, read.value.dossiers, dossiers);
      if (problems.length > 0) return { kind: "invalid", problems };
      const saved = await save(ports, subscriber, preferencesOf(read.value), now);
      return saved === "later" ? { kind: "later" } : done(action, saved);
    }
    case "pause":
      return done(action, await setState(ports, id, "paused", now));
    case "resume":
      return done(action, await setState(ports, id, "active", now));
    case "export": {
      const freeAt = await mailExport(ports, subscriber, now);
      if (freeAt === null) return done(action, subscriber);
      const waitMs = freeAt.getTime() - now.getTime();
      return { kind: "tooSoon", retryAfterSeconds: Math.ceil(waitMs / 1_000) };
    }
    case "delete":
      // The marks first: a crash between leaves somebody who is not mailed.
      await restAfterLeaving(ports, id);
      await ports.store.suppress(id, "deleted", now);
      await ports.store.deleteSubscriber(id);
      ports.log({ step: "delete", subscriber: id });
      return done(action, null);
    default:
      return action satisfies never;
  }
}

const isLive = ({ state }: Subscriber): boolean => state === "active" || state === "paused";

const done = (action: PreferenceAction, subscriber: Subscriber | null): PreferencesOutcome => ({
  kind: "done",
  action,
  subscriber,
});

async function save(
  ports: Ports,
  before: Subscriber,
  preferences: Preferences,
  now: Date,
): Promise<Subscriber | null | "later"> {
  const turnsImmediate =
    preferences.cadence === "immediate" && before.preferences.cadence !== "immediate";
  // What the day or week has gathered so far is sent now: no later mail would carry it.
  if (turnsImmediate && before.state === "active")
    if ((await closingDigest(ports, before, now)) === "deferred") return "later";
  // And what waits to be told at once comes with the first digest.
  const owedSince =
    before.preferences.cadence === "immediate" ? await untoldSince(ports, before.id, now) : now;
  const change = await changeSubscriber(ports, before.id, (subscriber) => {
    if (!isLive(subscriber)) return null;
    const wasImmediate = subscriber.preferences.cadence === "immediate";
    return {
      ...subscriber,
      preferences,
      nextDigestAt:
        nextDigestAt(preferences.cadence, preferences.timezone, now)?.toISOString() ?? null,
      digestedUntil: wasImmediate ? owedSince.toISOString() : subscriber.digestedUntil,
    };
  });
  return change?.subscriber ?? null;
}

/** What comes in during a pause is not sent afterwards. */
async function setState(
  ports: Ports,
  id: SubscriberId,
  state: "active" | "paused",
  now: Date,
): Promise<Subscriber | null> {
  const change = await changeSubscriber(ports, id, (subscriber) => {
    if (!isLive(subscriber) || subscriber.state === state) return null;
    if (state === "paused") return { ...subscriber, state };
    const { cadence, timezone } = subscriber.preferences;
    return {
      ...subscriber,
      state,
      digestedUntil: now.toISOString(),
      nextDigestAt: nextDigestAt(cadence, timezone, now)?.toISOString() ?? null,
    };
  });
  return change?.subscriber ?? null;
}

/** Whoever holds a link, or presses a button often, fills no mailbox with them. */
const EXPORT_HOURS = 24;

/**
 * To the mailbox and nowhere else: a link that leaked brings nobody what is kept.
 * @returns null where it is on its way, or from when another may be asked for
 */
async function mailExport(ports: Ports, subscriber: Subscriber, now: Date): Promise<Date | null> {
  const { id, createdAt } = subscriber;
  const name = `export:${now.toISOString()}`;

  const slot = await ports.store.takeSlot(`export:${id}`, name, now, 1, EXPORT_HOURS * 3_600);
  if (slot.kind === "full") return slot.freeAt;
  const mail: OwedMail = {
    subscriber: id,
    kind: "export",
    name,
    signUp: createdAt,
    askedAt: now.toISOString(),
    dueAt: new Date(now.getTime() + LEASE_SECONDS * 1_000).toISOString(),
    tries: 0,
    repeats: 0,
    lane: null,
  };
  // One that a mail server has put off for a day is still the one that was asked for.
  if (await ports.store.oweMail(mail)) await tryOwed(ports, mail, true);
  return null;
}

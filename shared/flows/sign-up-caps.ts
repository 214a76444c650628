// How much mail strangers can cause: what is beyond an hour's share waits for a later hour, and what is beyond a day's is refused in words.
import { clientKeyOf } from "../digests/address.ts";
import type { SubscriberId } from "../domain/ids.ts";
import type { OwedMail } from "../domain/owed-mail.ts";
import type { Ports } from "./ports.ts";

/** Between two mails that a stranger can cause to one address, and from its leaving to the next. */
export const COOL_DOWN_HOURS = 24;
/** Mails that one client can cause within any hour; those of a whole office go out over some of them. */
export const MOST_PER_CLIENT_HOUR = 5;
/** What one client may ask for in a day: as much as can go out in it. */
export const MOST_PER_CLIENT_DAY = 24 * MOST_PER_CLIENT_HOUR;
/** Mails of all clients together. */
export const MOST_PER_HOUR = 300;
/** The rest of an hour is for those who sign up in it: whoever comes an hour after a flood is mailed at once. */
const MOST_FROM_QUEUE = 200;
/** What may wait of a day: as much as can go out in it. */
export const MOST_QUEUED = 24 * MOST_FROM_QUEUE;
/** Written at each sign-up that the caps on everybody together have put off, or refused. */
export const SIGN_UP_CAP = "sign-up-cap";

const HOUR_MS = 3_600_000;
const DAY_SECONDS = 86_400;
const DAY_MS = DAY_SECONDS * 1_000;

const windowOf = (now: Date, lengthMs: number): Date =>
  new Date(Math.floor(now.getTime() / lengthMs) * lengthMs);

export type Admission =
  /** `isQueued`: an hour's sign-ups are many already, and this one waits for its turn. */
  | { readonly kind: "admitted"; readonly lane: string | null; readonly isQueued: boolean }
  | {
      readonly kind: "refused";
      readonly cause: "client" | "everybody";
      readonly retryAfterSeconds: number;
    };

/**
 * Counts the attempt. What comes of it hangs on counts alone, never on whose address was given: so may the answer.
 * @param client the network address that asked, or "" where it is not known; kept only as a keyed hash that expires
 */
export async function admit(ports: Ports, client: string): Promise<Admission> {
  const { store, secrets, log } = ports;
  const now = ports.now();
  const [hour, day] = [windowOf(now, HOUR_MS), windowOf(now, DAY_MS)];
  const secondsTo = (end: number) => Math.max(1, Math.ceil((end - now.getTime()) / 1_000));
  const key = client === "" ? null : clientKeyOf(secrets.lookupKey, client);
  if (key !== null && (await store.countAttempt(key, day, DAY_SECONDS)) > MOST_PER_CLIENT_DAY) {
    log({ step: "subscribe", refused: "client-cap" });
    const retryAfterSeconds = secondsTo(day.getTime() + DAY_MS);
    return { kind: "refused", cause: "client", retryAfterSeconds };
  }
  const lane = key === null ? null : laneOf(key);
  const asked = await store.countAttempt("global", hour, 3_600);
  if (asked <= MOST_PER_HOUR) return { kind: "admitted", lane, isQueued: false };
  const isFull = (await store.countAttempt("queued", day, DAY_SECONDS)) > MOST_QUEUED;
  log({ step: "subscribe", [isFull ? "refused" : "queued"]: "global-cap", alarm: true });
  await store.beat(SIGN_UP_CAP, now, { refused: isFull ? 1 : 0 });
  if (!isFull) return { kind: "admitted", lane, isQueued: true };
  const retryAfterSeconds = secondsTo(hour.getTime() + HOUR_MS);
  return { kind: "refused", cause: "everybody", retryAfterSeconds };
}

/** Twelve bits of the client's hash: enough to tell floods apart, too few to tell who it was beside the mail that waits. */
const laneOf = (clientKey: string): string => clientKey.slice(0, "client:".length + 2);

const restKey = (id: SubscriberId): string => `rest:${id}`;
const laneKey = (lane: string): string => `lane:${lane}`;

/**
 * Takes what one sign-up mail needs: its address's turn, its client's and everybody's.
 * @returns null where it has all of them, or when to try again
 */
export async function takeTurns(
  { store }: Pick<Ports, "store">,
  mail: OwedMail,
  now: Date,
  isFresh: boolean,
): Promise<Date | null> {
  const { subscriber, lane, name } = mail;
  const hour = windowOf(now, HOUR_MS);
  const mailed = await store.countAttempt("mailed", hour, 3_600);
  const giveBack = () => store.countAttempt("mailed", hour, 3_600, -1);
  if (mailed > (isFresh ? MOST_PER_HOUR : MOST_FROM_QUEUE)) {
    await giveBack();
    return new Date(hour.getTime() + HOUR_MS);
  }
  const rest = await store.takeSlot(restKey(subscriber), name, now, 1, COOL_DOWN_HOURS * 3_600);
  if (rest.kind === "full") {
    await giveBack();
    return rest.freeAt;
  }
  if (lane === null) return null;
  const holder = `${subscriber} ${name}`;
  const slot = await store.takeSlot(laneKey(lane), holder, now, MOST_PER_CLIENT_HOUR, 3_600);
  if (slot.kind === "taken") return null;
  await store.freeSlot(restKey(subscriber), name);
  await giveBack();
  return slot.freeAt;
}

/** Nothing went out: the next may have them. */
export async function giveTurnsBack(
  { store }: Pick<Ports, "store">,
  { subscriber, lane, name }: OwedMail,
  takenAt: Date,
): Promise<void> {
  await store.countAttempt("mailed", windowOf(takenAt, HOUR_MS), 3_600, -1);
  if (lane !== null) await store.freeSlot(laneKey(lane), `${subscriber} ${name}`);
  await store.freeSlot(restKey(subscriber), name);
}

/** Of one day: each is written down until then. */
const MOST_LEAVINGS = 10;

/** Somebody left: whoever enters their address now makes no mail go there before a day is over. */
export async function restAfterLeaving(
  { store, now }: Pick<Ports, "store" | "now">,
  id: SubscriberId,
): Promise<void> {
  const at = now();
  await store.takeSlot(
    restKey(id),
    `left:${at.toISOString()}`,
    at,
    MOST_LEAVINGS,
    COOL_DOWN_HOURS * 3_600,
  );
}

/** What a page of health says of sign-ups; those that are refused do not work, those that wait do. */
export function signUpState(
  beats: Awaited<ReturnType<Ports["store"]["heartbeats"]>>,
  now: Date,
): { readonly ok: boolean; readonly detail: string } {
  const { at, facts } = beats[SIGN_UP_CAP] ?? {};
  if (at === undefined || now.getTime() - Date.parse(at) > HOUR_MS)
    return { ok: true, detail: "none are held back" };
  const isRefusing = facts?.["refused"] === 1;
  const what = isRefusing ? "are refused" : "wait for their mail until a later hour";
  return { ok: !isRefusing, detail: `more than ${MOST_PER_HOUR} in an hour: some ${what}` };
}

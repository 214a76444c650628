// How mail goes, kind by kind: what became of today's, what waits, and since when. No address, and nobody's id.
import { OwedKind } from "../domain/owed-mail.ts";
import type { Ports, Store } from "./ports.ts";
import { SUBSCRIBER_SHARDS } from "./ports.ts";

/** `immediate` is what is told at once, `periodic` daily and weekly digests, `operator` questions and alarms. */
export const MAIL_KINDS = [
  ...OwedKind.options,
  "immediate",
  "periodic",
  "operator",
  "canary",
] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

export interface MailFigures {
  /** Since midnight, UTC. */
  readonly sent: number;
  readonly refused: number;
  /** Tries that the mail server put off, or whose end is not known: they are repeated. */
  readonly deferred: number;
  /** Mails of people's asking, events of dossiers, readers' digests; counted up to MOST. */
  readonly waiting: number;
  /** When the longest waiting was asked for or fell due, or null. */
  readonly oldestWaiting: string | null;
}

/** Waiting beyond that are as many as can be read for one look. */
const MOST = 1_000;
const DAY_SECONDS = 86_400;
const dayOf = (now: Date): Date => new Date(`${now.toISOString().slice(0, 10)}T00:00:00.000Z`);
const partOf = (kind: MailKind, outcome: string): string => `mail/${kind}/${outcome}`;

/** Counts one mail's outcome, by all processes together. */
export async function countMail(
  store: Pick<Store, "beat" | "countAttempt">,
  kind: MailKind,
  outcome: string,
  now: Date,
): Promise<void> {
  const part = partOf(kind, outcome === "unknown" ? "deferred" : outcome);
  const count = await store.countAttempt(part, dayOf(now), DAY_SECONDS);
  await store.beat(part, now, { count });
}

type Beats = Awaited<ReturnType<Store["heartbeats"]>>;
type Waiting = Pick<MailFigures, "waiting" | "oldestWaiting">;

const waitingOf = (since: readonly string[]): Waiting => ({
  waiting: since.length,
  oldestWaiting: since.reduce<string | null>((a, b) => (a === null || b < a ? b : a), null),
});

async function newsWaiting({ store, now }: Pick<Ports, "store" | "now">): Promise<Waiting> {
  const at = now();
  const [events, changes, corrections] = await Promise.all([
    store.eventsToAnnounce(at, MOST),
    store.stageChangesToTell(at, MOST),
    store.correctionsToTell(at, MOST),
  ]);
  const since = [
    ...[...events, ...changes].map(({ announceAt }) => announceAt),
    ...corrections.map(({ tellCorrectionAt }) => tellCorrectionAt),
  ];
  return waitingOf(since.filter((instant) => instant != null));
}

async function digestsWaiting({ store, now }: Pick<Ports, "store" | "now">): Promise<Waiting> {
  const shards = await Promise.all(
    Array.from({ length: SUBSCRIBER_SHARDS }, (_, shard) =>
      store.subscribersDue(now(), shard, Math.ceil(MOST / SUBSCRIBER_SHARDS)),
    ),
  );
  // The first of each shard has waited longest there.
  const first = await Promise.all(
    shards.flatMap((ids) => ids.slice(0, 1)).map((id) => store.loadSubscriber(id)),
  );
  const { oldestWaiting } = waitingOf(
    first.flatMap((subscriber) => subscriber?.nextDigestAt ?? []),
  );
  return { waiting: shards.flat().length, oldestWaiting };
}

/** Kinds of which nothing was mailed today and nothing waits are left out. */
export async function mailFigures(
  ports: Pick<Ports, "store" | "now">,
  beats: Beats,
): Promise<Partial<Record<MailKind, MailFigures>>> {
  const today = dayOf(ports.now()).toISOString();
  const owed = await ports.store.owedSince(MOST);
  const [immediate, periodic] = await Promise.all([newsWaiting(ports), digestsWaiting(ports)]);
  const waits: Partial<Record<MailKind, Waiting>> = { immediate, periodic };
  for (const kind of OwedKind.options)
    waits[kind] = waitingOf(
      owed.filter((mail) => mail.kind === kind).map(({ askedAt }) => askedAt),
    );
  const countOf = (kind: MailKind, outcome: string): number => {
    const beat = beats[partOf(kind, outcome)];
    return beat !== undefined && beat.at >= today ? (beat.facts["count"] ?? 0) : 0;
  };
  const figures: Partial<Record<MailKind, MailFigures>> = {};
  for (const kind of MAIL_KINDS) {
    const [sent = 0, refused = 0, deferred = 0] = ["sent", "refused", "deferred"].map((outcome) =>
      countOf(kind, outcome),
    );
    const waiting = waits[kind] ?? waitingOf([]);
    if (sent + refused + deferred + waiting.waiting > 0)
      figures[kind] = { sent, refused, deferred, ...waiting };
  }
  return figures;
}

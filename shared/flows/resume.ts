// Going on from a restored copy: what the lost installation had told by a given instant is told to nobody again.
import type { FeedState, ParsedItem } from "../domain/feed.ts";
import type { FlowSettings, Ports } from "./ports.ts";

type Resuming = { readonly settings: Pick<FlowSettings, "resumeAfter"> };

const MOST = 200;

/**
 * @param value of RESUME_AFTER, as an ISO instant
 * @throws Error where it lies ahead: all that falls due until then would be told to nobody
 */
export function resumeAfterOf(value: string | undefined, now: Date): string | undefined {
  if (value !== undefined && value > now.toISOString())
    throw new Error(`RESUME_AFTER: ${value} is still to come`);
  return value;
}

/** True of what fell due while the lost installation still ran: it told it, and the copy's ledger does not know. */
export const wasTold = (
  { settings: { resumeAfter } }: Resuming,
  dueAt: string | null | undefined,
): boolean => resumeAfter !== undefined && dueAt != null && dueAt <= resumeAfter;

/** Marks as told, mailing nobody, what had waited in the copy and fell due before its installation was lost. */
export async function markTold(ports: Ports): Promise<void> {
  const { resumeAfter } = ports.settings;
  if (resumeAfter === undefined) return;
  const { store } = ports;
  const until = new Date(resumeAfter);
  const [events, changes, corrections] = await Promise.all([
    store.eventsToAnnounce(until, MOST),
    store.stageChangesToTell(until, MOST),
    store.correctionsToTell(until, MOST),
  ]);
  for (const { event } of events) await store.markAnnounced(event.id, until);
  for (const change of changes) await store.markStageTold(change);
  for (const { event } of corrections) await store.markCorrectionTold(event.id);
  const marked = events.length + changes.length + corrections.length;
  if (marked > 0) ports.log({ step: "resume", marked });
}

/**
 * The clock by which an entry is read. At a feed's first poll since the copy was made it shows again what the lost
 * installation read and told: such an entry counts as seen when the lost one can first have seen it, so that its event falls
 * due then, and the digest of that time is the one that it belongs to. What is dated after the loss is news.
 */
export function readingClock(
  ports: Ports,
  { lastSuccessAt }: FeedState,
  parsed: Pick<ParsedItem, "published" | "updated">,
): Ports {
  if (lastSuccessAt === null || !wasTold(ports, lastSuccessAt)) return ports;
  const seenAt = [lastSuccessAt, parsed.published ?? "", parsed.updated ?? ""].sort().at(-1) ?? "";
  return clockedAt(ports, seenAt);
}

/** Items that the copy holds half settled are finished as of when they were seen. */
export const finishingClock = (
  ports: Ports,
  item: { readonly firstSeenAt: string; readonly effectiveAt: string },
): Ports => clockedAt(ports, [item.firstSeenAt, item.effectiveAt].sort().at(-1) ?? "");

const clockedAt = (ports: Ports, instant: string): Ports =>
  wasTold(ports, instant) ? { ...ports, now: () => new Date(instant) } : ports;

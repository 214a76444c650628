// Dossiers: what an operator said of a dossier, kept among its moves so that it holds whatever arrives later.
import type { DossierEvent, FromState, Move } from "../domain/dossier.ts";
import type { DossierId } from "../domain/ids.ts";
import type { Stage } from "../domain/vocabulary.ts";
import type { Standing } from "./standing.ts";

export type Verdict =
  | {
      readonly kind: "confirm" | "retract";
      readonly event: Pick<DossierEvent, "id" | "at">;
      readonly reason: string;
    }
  | { readonly kind: "set-stage"; readonly stage: Stage; readonly reason: string }
  | { readonly kind: "mute"; readonly reason: string }
  | { readonly kind: "unmute"; readonly reason: string }
  /** A name that items taught is none of this dossier's. */
  | { readonly kind: "forget"; readonly name: string; readonly reason: string }
  /** Moves went from here to another dossier: changes nothing by itself, and says why they are gone. */
  | { readonly kind: "give"; readonly into: DossierId; readonly reason: string };

export interface Verdicts {
  /** The event as an operator left it: confirmed, retracted, or as it was. */
  readonly judge: (event: DossierEvent) => DossierEvent;
  readonly isMutedAt: (at: number) => boolean;
}

export const NO_VERDICTS: Verdicts = { judge: (event) => event, isMutedAt: () => false };

/** A verdict as a move of its dossier; the same verdict given twice is one. */
export function verdictMoveOf(dossier: DossierId, verdict: Verdict, at: string): Move {
  const event = "event" in verdict ? verdict.event : null;
  return {
    item: `operator:${verdict.kind}:${event?.id ?? at}`,
    dossier,
    at,
    stage: verdict.kind === "set-stage" ? verdict.stage : "none",
    official: false,
    counts: false,
    reportedBy: "institution",
    confidence: 1,
    actor: "operator",
    reason: verdict.reason,
    evidence: [],
    backfill: true,
    traits: {
      act: "verdict",
      verdict: verdict.kind,
      event: event?.id ?? null,
      eventAt: event?.at ?? null,
      ...(verdict.kind === "give" ? { into: verdict.into } : {}),
      ...(verdict.kind === "forget" ? { forget: verdict.name } : {}),
    },
  };
}

export const isVerdict = (move: Move): boolean => move.traits["act"] === "verdict";

/** Whether an operator judged single events of this dossier. */
export const judgesEvents = (moves: readonly Move[]): boolean =>
  moves.some((move) => isVerdict(move) && typeof move.traits["event"] === "string");

/**
 * Of two verdicts on one event the later one holds.
 * @param raised ids of the events that the moves make, where known: an event that is still made is judged by its own name
 */
export function verdictsOf(moves: readonly Move[], raised: ReadonlySet<string> | null): Verdicts {
  const given = moves
    .filter(isVerdict)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.item < b.item ? -1 : 1));
  if (given.length === 0) return NO_VERDICTS;
  const onEvents: Move[] = [];
  const mutes: { at: number; muted: boolean }[] = [];
  for (const move of given) {
    if (typeof move.traits["event"] === "string") onEvents.push(move);
    const kind = move.traits["verdict"];
    if (kind === "mute" || kind === "unmute")
      mutes.push({ at: Date.parse(move.at), muted: kind === "mute" });
  }
  return {
    judge: (event) => {
      const same = onEvents.filter((move) => touchOf(move, event, raised) === "same").at(-1);
      if (same !== undefined) return judged(event, same);
      const isNear = onEvents.some((move) => touchOf(move, event, raised) === "near");
      return isNear && event.event === "resurfaced" ? doubted(event) : event;
    },
    isMutedAt: (at) => mutes.filter((one) => one.at <= at).at(-1)?.muted ?? false,
  };
}

const WEEK = 7 * 86_400_000;

/**
 * How a verdict touches an event. `same`: by its id, or of the same week where a late item became the first to report it, or
 * where a paper tells again what was taken back. `near`: an institution's own move in the week after a retraction, which may
 * be another one or what the operator had in mind.
 */
function touchOf(
  verdict: Move,
  event: DossierEvent,
  raised: ReadonlySet<string> | null,
): "same" | "near" | null {
  const { event: id, eventAt } = verdict.traits;
  if (id === event.id) return "same";
  if (raised === null || typeof eventAt !== "string") return null;
  const later = Date.parse(event.at) - Date.parse(eventAt);
  if (Math.abs(later) > WEEK) return null;
  if (!raised.has(String(id))) return "same";
  if (verdict.traits["verdict"] !== "retract" || later < 0) return null;
  return event.reportedBy === "press" ? "same" : "near";
}

/** Below the bar of news (follow-dossier.ts): an operator is asked. */
const DOUBTED = 0.45;

/** Not news by itself, and not gone either: the operator is asked again. */
const doubted = (event: DossierEvent): DossierEvent => ({
  ...event,
  event: "possible",
  confidence: Math.min(event.confidence, DOUBTED),
  reason: `${event.reason} (an event of the same week was retracted)`,
});

function judged(event: DossierEvent, verdict: Move | undefined): DossierEvent {
  switch (verdict?.traits["verdict"]) {
    case "confirm":
      return {
        ...event,
        event: event.from === null ? "opened" : "resurfaced",
        confidence: 1,
        reason: `${event.reason} (confirmed)`,
      };
    case "retract":
      return { ...event, state: "retracted", reason: `retracted: ${verdict.reason}` };
    default:
      return event;
  }
}

const ENDS: readonly Stage[] = ["rejected", "withdrawn", "postponed", "lapsed", "adopted"];

/** An operator's `set-stage` is where the dossier stands from then on. */
export function setStanding(standing: Standing, move: Move): void {
  if (move.traits["verdict"] !== "set-stage") return;
  standing.stage = move.stage;
  standing.last = Date.parse(move.at);
  standing.what = move.reason;
  standing.ended = ENDS.includes(move.stage) ? (move.stage as Exclude<FromState, "quiet">) : null;
  standing.outcome = standing.ended;
}

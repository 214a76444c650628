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
    },
  };
}

export const isVerdict = (move: Move): boolean => move.traits["act"] === "verdict";

/** Of two verdicts on one event the later one holds. */
export function verdictsOf(moves: readonly Move[]): Verdicts {
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
    judge: (event) => judged(event, onEvents.filter((move) => isAbout(move, event)).at(-1)),
    isMutedAt: (at) => mutes.filter((one) => one.at <= at).at(-1)?.muted ?? false,
  };
}

const WEEK = 7 * 86_400_000;

/** The same event, though a late item may have become the first to report it. */
function isAbout(verdict: Move, event: DossierEvent): boolean {
  if (verdict.traits["event"] === event.id) return true;
  const at = verdict.traits["eventAt"];
  return typeof at === "string" && Math.abs(Date.parse(at) - Date.parse(event.at)) <= WEEK;
}

function judged(event: DossierEvent, verdict: Move | undefined): DossierEvent {
  switch (verdict?.traits["verdict"]) {
    case "confirm":
      return {
        ...event,
        event: "resurfaced",
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
}

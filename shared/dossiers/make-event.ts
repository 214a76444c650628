// Dossiers: the event that a move raises where it wakes its dossier, with its reasons in words.
import type { Dossier, DossierEvent, Move } from "../domain/dossier.ts";
import { eventIdOf } from "../domain/ids.ts";
import { isVoice, type Told, toldBy } from "./reports.ts";
import type { Standing } from "./standing.ts";
import { daysBetween, quietDaysOf, wakeOf } from "./wake.ts";

/** At or above, what a source or two papers tell is news; below, it is possible. docs/accuracy.md shows the curve. */
export const NEWS_BAR = 0.5;
/** Below, nothing is said at all. */
export const POSSIBLE_BAR = 0.3;

/** An event with what further reports of its move are measured by. */
export interface Recent {
  readonly event: DossierEvent;
  /** Of its wake, at best. */
  readonly sureness: number;
  /** Where the dossier stood before it: what further reports are measured against. */
  readonly before: Standing;
  /** How likely all reports of it so far are wrong. */
  readonly doubt: number;
  /** Who has told of it so far. */
  readonly told: Told;
}

/** What an event is by how sure it is, and by who tells it: a lone press report is never news, however sure. */
export function kindOf(
  from: DossierEvent["from"],
  confidence: number,
  told: Told,
): DossierEvent["event"] {
  if (confidence < NEWS_BAR || !told.isNews) return "possible";
  return from === null ? "opened" : "resurfaced";
}

/** @returns null where the move brings nothing back */
export function eventOf(dossier: Dossier, standing: Standing, move: Move): Recent | null {
  if (move.confidence < POSSIBLE_BAR) return null;
  const opening = openingOf(dossier, standing, move);
  if (opening !== null) return opening;
  const wake = wakeOf(dossier, standing, move);
  if (wake === null) return null;
  const confidence = rounded(move.confidence * wake.sureness);
  if (confidence < POSSIBLE_BAR) return null;
  const quietDays = quietDaysOf(standing, move);
  const told = toldBy(null, move, confidence >= NEWS_BAR);
  const event: DossierEvent = {
    ...factsOf(dossier, move),
    event: kindOf(wake.from, confidence, told),
    from: wake.from,
    quietDays,
    confidence,
    reason: `${wakeReason({ from: wake.from, quietDays })}; ${reporterOf(move)} ${move.reason}`,
    previous: {
      at: new Date(standing.last ?? 0).toISOString(),
      stage: standing.stage,
      what: standing.what ?? "",
    },
  };
  return {
    event,
    sureness: wake.sureness,
    before: { ...standing },
    doubt: 1 - move.confidence,
    told,
  };
}

/** A dossier that the registry does not hold is said to have opened. */
function openingOf(dossier: Dossier, standing: Standing, move: Move): Recent | null {
  if (standing.last !== null || !dossier.id.startsWith("auto:") || !move.official) return null;
  const told = toldBy(null, move, move.confidence >= NEWS_BAR);
  const event: DossierEvent = {
    ...factsOf(dossier, move),
    event: kindOf(null, move.confidence, told),
    from: null,
    quietDays: null,
    confidence: move.confidence,
    reason: `${FIRST}; ${reporterOf(move)} ${move.reason}`,
    previous: null,
  };
  return { event, sureness: 1, before: { ...standing }, doubt: 1 - move.confidence, told };
}

function factsOf(dossier: Dossier, move: Move) {
  return {
    id: eventIdOf(dossier.id, move.item),
    dossier: dossier.id,
    at: move.at,
    item: move.item,
    stage: move.stage,
    reportedBy: move.reportedBy,
    state: "standing" as const,
    evidence: [...move.evidence],
    backfill: move.backfill,
  };
}

/** The report that made a possible event news is the one that is told, and its silence the one that ended with it. */
export function tellingOf(event: DossierEvent, move: Move): Partial<DossierEvent> {
  const { from, previous } = event;
  const quietDays = previous === null ? event.quietDays : daysBetween(previous.at, move.at);
  return {
    item: move.item,
    at: move.at,
    stage: move.stage,
    quietDays,
    reason: `${from === null ? FIRST : wakeReason({ from, quietDays })}; ${reporterOf(move)} ${move.reason}`,
    evidence: [...move.evidence],
    backfill: event.backfill && move.backfill,
  };
}

export const rounded = (value: number): number => Math.round(value * 1000) / 1000;

function wakeReason({ from, quietDays }: Pick<DossierEvent, "from" | "quietDays">): string {
  const days = `${quietDays} ${quietDays === 1 ? "day" : "days"}`;
  const state = from === null ? "" : `${from.charAt(0).toUpperCase()}${from.slice(1)}`;
  if (from === "quiet") return `No official move for ${days}`;
  return quietDays === 0 ? `${state} earlier that day` : `${state} ${days} before`;
}

const FIRST = "First seen";

const REPORTERS: Readonly<Record<Move["reportedBy"], string>> = {
  record: "an official record",
  institution: "an institution's item",
  press: "a press report",
};

const reporterOf = (move: Move): string =>
  isVoice(move) ? "an organisation's or a community's post" : REPORTERS[move.reportedBy];

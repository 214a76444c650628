// A dossier's story as one list of steps in order of time: what its pages draw, tell and put in a table.
import type { Dossier, DossierEvent, Move, ReportedBy } from "../../domain/dossier.ts";
import type { StoredItem } from "../../domain/item.ts";
import type { Stage } from "../../domain/vocabulary.ts";
import { daysBetween, QUIET_DAYS } from "../../dossiers/wake.ts";
import type { StoredEvent } from "../../flows/ports.ts";

/** All that items have added to a dossier. */
export interface Story {
  readonly moves: readonly Move[];
  readonly events: readonly StoredEvent[];
  /** Of the newest moves and events, by id. */
  readonly items: ReadonlyMap<string, StoredItem>;
}

export interface Step {
  readonly at: string;
  readonly stage: Stage;
  /** What happened, in the words of the registry or of the recogniser. */
  readonly what: string;
  /** Where a fact of the registry is from; null for one from memory, and for what an item tells. */
  readonly source: string | null;
  /** Null for the registry's own facts. */
  readonly reportedBy: ReportedBy | null;
  /** The item that tells of it; null for the registry's own facts. */
  readonly item: string | null;
  readonly event: DossierEvent | null;
  /** Days since the step before, official moves alone; null for the first, and for what is no step. */
  readonly quietBefore: number | null;
}

/** True of what stands as a comeback. */
export const isBack = ({ event }: Pick<Step, "event">): boolean =>
  event !== null && event.state === "standing" && event.event === "resurfaced";

/** An event that was taken back, or that nobody confirmed, is told and breaks no silence. */
const breaksSilence = ({ event }: { readonly event: DossierEvent | null }): boolean =>
  event === null || (event.state === "standing" && event.event !== "possible");

/** How long this dossier must be still to be called quiet. */
export const quietLimitOf = (dossier: Dossier): number => dossier.quietDays ?? QUIET_DAYS;

/** Oldest first. */
export function stepsOf(dossier: Dossier, { moves, events }: Story): Step[] {
  const standing = events.filter(({ event }) => event.state === "standing");
  const raised = new Set(standing.map(({ event }) => event.item));
  const facts = dossier.history.map((fact) => ({
    at: `${fact.date}T00:00:00.000Z`,
    stage: fact.stage,
    what: fact.what,
    source: fact.source ?? null,
    reportedBy: null,
    item: null,
    event: null,
  }));
  const moved = moves
    .filter((move) => move.counts && !raised.has(move.item))
    .map(({ at, stage, reason, reportedBy, item }) => {
      return { at, stage, what: reason, source: null, reportedBy, item, event: null };
    });
  const came = events.map(({ event }) => {
    const { at, stage, reason, reportedBy, item } = event;
    return { at, stage, what: reason, source: null, reportedBy, item, event };
  });
  return withSilences([...facts, ...moved, ...came].sort((a, b) => (a.at < b.at ? -1 : 1)));
}

function withSilences(steps: readonly Omit<Step, "quietBefore">[]): Step[] {
  let last: string | null = null;
  return steps.map((step) => {
    if (!breaksSilence(step)) return { ...step, quietBefore: null };
    const quietBefore = last === null ? null : daysBetween(last, step.at);
    last = step.at;
    // Measured by the rules, which know which of several reports came first.
    return { ...step, quietBefore: isBack(step) ? (step.event?.quietDays ?? null) : quietBefore };
  });
}

export interface Silence {
  readonly from: string;
  readonly to: string;
  readonly days: number;
}

/** The spells without an official move that are long enough to be called quiet, the running one included. */
export function silencesOf(steps: readonly Step[], limit: number, now: Date): Silence[] {
  const until = [...steps.filter(breaksSilence).map(({ at }) => at)];
  const today = now.toISOString();
  if (until.length > 0 && today > (until.at(-1) ?? today)) until.push(today);
  const named = new Map(steps.map((step) => [step.at, step]));
  return until.flatMap((to, index) => {
    const from = until[index - 1];
    if (from === undefined) return [];
    const step = named.get(to);
    const back = step !== undefined && isBack(step);
    const days = (back ? step.quietBefore : null) ?? daysBetween(from, to);
    return days >= limit || back ? [{ from, to, days }] : [];
  });
}

/** The kinds of mark that a drawing tells apart, by shape and by colour. */
export type Mark = "open" | "passed" | "ended" | "court" | "said" | "back";

const MARKS: Readonly<Record<Stage, Exclude<Mark, "back">>> = {
  proposed: "open",
  committee: "open",
  amended: "open",
  vote: "open",
  adopted: "passed",
  "in-force": "passed",
  order: "passed",
  rejected: "ended",
  withdrawn: "ended",
  postponed: "ended",
  lapsed: "ended",
  court: "court",
  leak: "said",
  statement: "said",
  none: "said",
};

export const markOf = (step: Step): Mark => (isBack(step) ? "back" : MARKS[step.stage]);

// Dossiers: a bill, proposal or demand followed over the years; moves on it; events that they raise.
import { z } from "zod";
import { DossierId, EventId } from "./ids.ts";
import { Evidence } from "./item.ts";
import { Instant, Jurisdiction, Kind, Stage } from "./vocabulary.ts";

export const HistoryEntry = z.object({
  date: z.iso.date(),
  stage: Stage,
  what: z.string().min(1),
  /** None where the fact was written down from memory: pages and API say so. */
  source: z.url().nullish(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** One dossier of the registry (shared/catalog/dossiers.json), reviewed like code. */
export const Dossier = z.object({
  id: DossierId,
  title: z.string().min(1),
  jurisdiction: Jurisdiction,
  opened: z.iso.date(),
  aliases: z.array(z.string().min(2)),
  references: z.array(z.string().min(2)),
  history: z.array(HistoryEntry),
  /** Where a provision struck here came from, or went on (dossier ids). */
  predecessors: z.array(DossierId).optional(),
  successors: z.array(DossierId).optional(),
  chamber: z.string().optional(),
  /** Days of silence that make this one quiet, where not the usual 180. */
  quietDays: z.number().int().positive().optional(),
  /** Words of its subject, for items that name neither reference nor alias. */
  subject: z.array(z.string()).optional(),
});
export type Dossier = z.infer<typeof Dossier>;

/** `record`: a dated step in an official database; `institution`: its own item; `press`: whoever else tells of it. */
export const ReportedBy = z.enum(["record", "institution", "press"]);
export type ReportedBy = z.infer<typeof ReportedBy>;

/** Whose report a move is, and in which words: two reports of one owner, or in the same words, are one. */
export const Report = z.object({
  feed: z.string().nullable(),
  kind: Kind.nullable(),
  /** The registrable domain of the item's address, where it has one. */
  owner: z.string().nullable(),
  /** Hashed words, for likeness alone (domain/wording.ts). */
  wording: z.object({ title: z.string(), summary: z.string() }),
});
export type Report = z.infer<typeof Report>;

/**
 * What one item says happened on one dossier. Every item assigned to a dossier leaves one, official or not;
 * history, state and events are a function of the set of them (dossiers/follow-dossier.ts).
 */
export const Move = z.object({
  item: z.string().min(1),
  dossier: DossierId,
  /** The item's own date, or first-seen where that is absent or in the future. */
  at: Instant,
  stage: Stage,
  /** True for an official move that can wake the dossier (corpus guide 1 to 12). */
  official: z.boolean(),
  /** False for what neither resets the clock nor clears an end state (a limiting ruling, a pledge, a letter). */
  counts: z.boolean(),
  reportedBy: ReportedBy,
  /** Absent in moves that were stored before reports were told apart, and in an operator's. */
  report: Report.optional(),
  /** How sure we are that it is an official move, 0 to 1. */
  confidence: z.number().min(0).max(1),
  /** Who acts, where it is known: a different body starting anew needs less silence. */
  actor: z.string().nullable(),
  reason: z.string(),
  evidence: z.array(Evidence),
  /** True where it must not be mailed (its feed's first poll). */
  backfill: z.boolean(),
  /** Whatever else the rules need to remember of the item; plain JSON, small. */
  traits: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type Move = z.infer<typeof Move>;

export const FROM_STATES = [
  "rejected",
  "withdrawn",
  "postponed",
  "lapsed",
  "adopted",
  "quiet",
] as const;
export const FromState = z.enum(FROM_STATES);
export type FromState = z.infer<typeof FromState>;

/** Something the product tells people; keys as in the contract. */
export const DossierEvent = z.object({
  id: EventId,
  event: z.enum(["resurfaced", "possible", "opened"]),
  dossier: DossierId,
  at: Instant,
  item: z.string(),
  stage: Stage,
  from: FromState.nullable(),
  quietDays: z.number().int().nonnegative().nullable(),
  confidence: z.number().min(0).max(1),
  reportedBy: ReportedBy,
  reason: z.string(),
  state: z.enum(["standing", "superseded", "retracted"]),
  /** The words that made it, in the raising item. */
  evidence: z.array(Evidence),
  /** The move before the silence: its date and stage. */
  previous: z.object({ at: Instant, stage: Stage, what: z.string() }).nullable(),
  /** True where it is shown and never mailed. */
  backfill: z.boolean(),
});
export type DossierEvent = z.infer<typeof DossierEvent>;

/** Where a dossier stands after its history and moves. */
export const DossierState = z.object({
  stage: Stage,
  /** The end state it is in, if it is in one. */
  ended: FromState.exclude(["quiet"]).nullable(),
  lastMoveAt: Instant.nullable(),
  /** What the newest move that counted was, in words. */
  lastMove: z.string().nullable(),
});
export type DossierState = z.infer<typeof DossierState>;

/** A name that items gave a dossier: its next bill's number (`CA 45-1 bill C-22`), a short title, a nickname. */
export const LearnedName = z.object({
  text: z.string().min(1),
  /** How many items gave it. */
  items: z.number().int().nonnegative(),
  /** Whether an institution did. */
  institution: z.boolean(),
  /** True where an operator took it back: no later item teaches it again. */
  forgotten: z.boolean().optional(),
});
export type LearnedName = z.infer<typeof LearnedName>;

/** A dossier as stored: registry facts live in the catalogue; this is what items have added. */
export const DossierRecord = z.object({
  id: DossierId,
  version: z.number().int().nonnegative(),
  state: DossierState,
  /** Present on dossiers that opened themselves (`auto:…`). */
  auto: Dossier.nullable(),
  /** What items taught (dossiers/learn-names.ts); absent on rows from before they taught anything. */
  learned: z.array(LearnedName).optional(),
});
export type DossierRecord = z.infer<typeof DossierRecord>;

/**
 * A dossier's title without the details that its registry entry puts in brackets: for headings and subjects.
 * `France: access to encrypted messaging (amendments 2016, …)` → `France: access to encrypted messaging`
 */
export function shortTitleOf(title: string): string {
  const short = title.replace(/\s*\([^()]*\)\s*$/, "");
  return short === "" ? title : short;
}

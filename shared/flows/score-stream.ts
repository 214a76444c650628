// Flows: how right the detection is on a labelled stream, counted as the contract says.
import { z } from "zod";
import type { Dossier, DossierEvent } from "../domain/dossier.ts";
import { ItemInput } from "../domain/item.ts";
import { Instant } from "../domain/vocabulary.ts";

/** A line of a labelled stream: items flagged with one dossier and one timeline_date are one move. */
export const StreamItem = ItemInput.extend({
  id: z.string().min(1),
  published: Instant,
  dossier: z.string().nullable(),
  resurfacing: z.boolean(),
  timeline_date: z.string().nullable(),
});
export type StreamItem = z.infer<typeof StreamItem>;

export interface MoveFound {
  readonly dossier: string;
  readonly date: string;
  /** Whether the registry holds the dossier. */
  readonly registered: boolean;
  readonly found: "resurfaced" | "possible" | null;
  /** Hours from the move's first item to the item of the event. */
  readonly delayHours: number | null;
}

export interface StreamScore {
  readonly items: number;
  readonly moves: number;
  /** Null, as each share here, where there is nothing of which it is a share. */
  readonly recall: number | null;
  readonly recallWithPossible: number | null;
  /** Of moves of dossiers that the registry lacks; null where there are none. */
  readonly recallUnregistered: number | null;
  readonly precision: number | null;
  readonly events: number;
  readonly possible: number;
  readonly falseAlarms: number;
  /** Of the false alarms, those that tell a found move again. */
  readonly repeated: number;
  readonly medianDelayHours: number | null;
  readonly found: readonly MoveFound[];
}

const WEEK = 7 * 86_400_000;

interface OpenMove {
  readonly dossier: string;
  readonly date: string;
  readonly start: number;
  readonly jurisdiction: string | null;
  found: DossierEvent | null;
}

/** @param events each event once, in its last version, those that still stand */
export function scoreStream(
  registry: readonly Dossier[],
  items: readonly StreamItem[],
  events: readonly DossierEvent[],
): StreamScore {
  const times = new Map(items.map((item) => [item.id, Date.parse(item.published)]));
  const known = new Set<string>(registry.map((dossier) => dossier.id));
  const moves = movesOf(items, known);
  const sorted = [...events].sort((a, b) => timeOf(times, a) - timeOf(times, b));
  const news = sorted.filter((event) => event.event === "resurfaced");
  let repeated = 0;
  let hits = 0;
  for (const event of news) {
    const fitting = moves.filter((move) => fits(move, event, times));
    const open = fitting.find((move) => move.found === null);
    if (open === undefined) repeated += fitting.length > 0 ? 1 : 0;
    else {
      open.found = event;
      hits += 1;
    }
  }
  for (const event of sorted.filter((one) => one.event === "possible")) {
    const open = moves.find((move) => move.found === null && fits(move, event, times));
    if (open !== undefined) open.found = event;
  }
  return summarise(
    items.length,
    moves,
    known,
    { news: news.length, hits, repeated },
    sorted,
    times,
  );
}

const timeOf = (times: ReadonlyMap<string, number>, event: DossierEvent): number =>
  times.get(event.item) ?? Date.parse(event.at);

function fits(move: OpenMove, event: DossierEvent, times: ReadonlyMap<string, number>): boolean {
  const since = timeOf(times, event) - move.start;
  if (since < 0 || since > WEEK) return false;
  if (move.jurisdiction === null) return event.dossier === move.dossier;
  return event.dossier.startsWith(`auto:${move.jurisdiction}:`);
}

function movesOf(items: readonly StreamItem[], known: ReadonlySet<string>): OpenMove[] {
  const moves = new Map<string, OpenMove>();
  const homes = homesOf(items);
  for (const item of items) {
    if (!item.resurfacing || item.dossier === null) continue;
    const date = item.timeline_date ?? item.published.slice(0, 10);
    const key = `${item.dossier} ${date}`;
    const start = Math.min(moves.get(key)?.start ?? Infinity, Date.parse(item.published));
    const jurisdiction = known.has(item.dossier) ? null : (homes.get(item.dossier) ?? "??");
    moves.set(key, { dossier: item.dossier, date, start, jurisdiction, found: null });
  }
  return [...moves.values()];
}

/** A dossier that the registry lacks has the jurisdiction of most of its feeds; its id starts with it, too. */
function homesOf(items: readonly StreamItem[]): ReadonlyMap<string, string> {
  const homes = new Map<string, string>();
  for (const { dossier } of items)
    if (dossier !== null) homes.set(dossier, (dossier.split("-")[0] ?? "").toUpperCase());
  return homes;
}

function summarise(
  items: number,
  moves: readonly OpenMove[],
  known: ReadonlySet<string>,
  counts: { news: number; hits: number; repeated: number },
  events: readonly DossierEvent[],
  times: ReadonlyMap<string, number>,
): StreamScore {
  const found: MoveFound[] = moves.map((move) => ({
    dossier: move.dossier,
    date: move.date,
    registered: known.has(move.dossier),
    found: move.found === null ? null : move.found.event === "possible" ? "possible" : "resurfaced",
    delayHours:
      move.found === null
        ? null
        : Math.round((timeOf(times, move.found) - move.start) / 360_000) / 10,
  }));
  const share = (some: number, all: number): number | null => (all === 0 ? null : some / all);
  const missing = found.filter((move) => !move.registered);
  const delays = found.flatMap((m) => (m.found === "resurfaced" ? [m.delayHours ?? 0] : []));
  delays.sort((a, b) => a - b);
  return {
    items,
    moves: moves.length,
    recall: share(counts.hits, moves.length),
    recallWithPossible: share(found.filter((m) => m.found !== null).length, moves.length),
    recallUnregistered: share(
      missing.filter((m) => m.found === "resurfaced").length,
      missing.length,
    ),
    precision: share(counts.hits, counts.news),
    events: counts.news,
    possible: events.length - counts.news,
    falseAlarms: counts.news - counts.hits,
    repeated: counts.repeated,
    medianDelayHours: delays[Math.floor((delays.length - 1) / 2)] ?? null,
    found,
  };
}

// Dossiers: what would have made a move news that was none: the least changes that do, tried one by one on the live rules.
import type { Dossier, Move } from "../domain/dossier.ts";
import { eventOf, NEWS_BAR, POSSIBLE_BAR, rounded } from "./make-event.ts";
import type { Standing } from "./standing.ts";
import { isAwake } from "./wake.ts";

/** One thing that was missing. */
export type Need =
  /** A new official start or demand, instead of what it reports. */
  | { readonly kind: "start" }
  /** An institution's own item, or a second paper of another owner within a week in words of its own. */
  | { readonly kind: "second-source"; readonly paper: boolean }
  /** More days in which nothing official happens. */
  | { readonly kind: "quiet-days"; readonly days: number }
  /** Surer that an official did it: from one share to another. */
  | { readonly kind: "surer"; readonly from: number; readonly to: number };

/** Longer silences change nothing. */
const DAYS_MAX = 400;
const DAY = 86_400_000;

/**
 * @param standing where the dossier stood before the move
 * @returns alternatives, each of them what is needed together; none where no such move is ever news
 */
export function needsOf(dossier: Dossier, standing: Standing, move: Move): Need[][] {
  const isNews = (changed: Move): boolean => {
    const kind = eventOf(dossier, { ...standing }, changed)?.event.event;
    return kind === "resurfaced" || kind === "opened";
  };
  if (isNews(move)) return [];
  const told: Move = { ...move, reportedBy: "institution" };
  // A second paper counts where each by itself is sure enough; an organisation's post is no paper.
  const paper = move.report?.kind !== "ngo" && move.report?.kind !== "community";
  const source: Need[] = isTold(dossier, standing, move) ? [] : [{ kind: "second-source", paper }];
  if (isNews(told)) return [source];
  const days = leastDays(told, isNews);
  const surer = surerBy(told, isNews);
  const ways: Need[][] = [];
  if (days !== null) ways.push([...source, days]);
  if (surer !== null) ways.push([...source, surer]);
  if (ways.length > 0) return ways;
  if (!isAwake(move)) return startOf(dossier, standing, move);
  const later = leastDays({ ...told, confidence: 1, official: true }, isNews);
  const also = later === null ? null : surerBy(after(told, later.days), isNews);
  return later === null ? [] : [[...source, later, ...(also === null ? [] : [also])]];
}

/** What brings nothing back however sure, however late and whoever tells it: then another act would have to be reported. */
function startOf(dossier: Dossier, standing: Standing, move: Move): Need[][] {
  const traits = { ...move.traits, act: "open" };
  const started = { ...move, traits, confidence: 1, official: true, counts: true };
  if (standing.last === null && !dossier.id.startsWith("auto:")) return [];
  const rest = needsOf(dossier, standing, started);
  return (rest.length === 0 ? [[]] : rest).map((way) => [{ kind: "start" } as const, ...way]);
}

/** Whether who tells it is enough for news: asked with all doubt taken away. */
function isTold(dossier: Dossier, standing: Standing, move: Move): boolean {
  if (move.reportedBy !== "press" || move.report === undefined) return true;
  const event = eventOf(dossier, { ...standing }, { ...move, confidence: 1 })?.event;
  return event !== undefined && event.event !== "possible";
}

const after = (move: Move, days: number): Move => ({
  ...move,
  at: new Date(Date.parse(move.at) + days * DAY).toISOString(),
});

function leastDays(
  move: Move,
  isNews: (changed: Move) => boolean,
): Extract<Need, { kind: "quiet-days" }> | null {
  const days = leastOf(1, DAYS_MAX, (more) => isNews(after(move, more)));
  return days === null ? null : { kind: "quiet-days", days };
}

function surerBy(move: Move, isNews: (changed: Move) => boolean): Need | null {
  const from = rounded(move.confidence);
  const surer = (percent: number): Move => {
    const confidence = percent / 100;
    return { ...move, confidence, official: confidence >= NEWS_BAR };
  };
  const least = Math.ceil(100 * Math.max(from, POSSIBLE_BAR));
  const percent = leastOf(least, 100, (share) => isNews(surer(share)));
  return percent === null || percent / 100 <= from
    ? null
    : { kind: "surer", from, to: percent / 100 };
}

/** The least number that will do, where a greater one does as well; null where the greatest does not. */
function leastOf(from: number, to: number, holds: (number: number) => boolean): number | null {
  if (!holds(to)) return null;
  let [low, high] = [from, to];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}

/** For people: one line for each way. */
export function sayNeeds(needs: readonly (readonly Need[])[]): string[] {
  return needs.map((way) => way.map(sayNeed).join("; and "));
}

function sayNeed(need: Need): string {
  switch (need.kind) {
    case "start":
      return "a new official start or demand instead of what it reports";
    case "second-source":
      return need.paper
        ? "an institution's own item, or a second paper of another owner within a week in words of its own"
        : "an institution's own item, or two papers of different owners within a week, each in words of its own";
    case "quiet-days":
      return `${need.days} more quiet ${need.days === 1 ? "day" : "days"} before it`;
    case "surer":
      return `surer by ${percentOf(need.to - need.from)} that an official did it (${percentOf(need.to)} instead of ${percentOf(need.from)})`;
    default:
      return need satisfies never;
  }
}

const percentOf = (share: number): string => `${Math.round(share * 100)} %`;

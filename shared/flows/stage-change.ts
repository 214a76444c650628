// Whether an item takes its dossier to another stage: immediate mail's second reason, besides comebacks.
import type { Dossier, Move } from "../domain/dossier.ts";
import type { DossierId } from "../domain/ids.ts";
import type { Item } from "../domain/item.ts";
import type { Stage } from "../domain/vocabulary.ts";
import { followDossier } from "../dossiers/follow-dossier.ts";
import { NEWS_BAR } from "../dossiers/make-event.ts";
import { SAME_MOVE } from "../dossiers/registry-tells.ts";
import { type Told, toldBy } from "../dossiers/reports.ts";
import { verdictsOf } from "../dossiers/verdicts.ts";
import type { Ports, StageChange } from "./ports.ts";

const DAY_MS = 86_400_000;
/** What is dated further back is filed and comes with the digests; it is no news. */
const MOST_DAYS_LATE = 14;
/** Papers word one move differently: after a comeback their stages are not told as another move so soon. */
const SETTLING_DAYS = 3;
/** No stage of a bill. */
const NO_STAGE = new Set<Stage>(["none", "statement", "leak"]);

/** An end wakes nothing, so it is no official move of the kind that can; it is a stage all the same. */
const mayChangeStage = (move: Move): boolean =>
  (move.official || move.traits["act"] === "end") && move.counts && !move.backfill;

/**
 * The stage that a dossier has because of this one move: a function of the set of moves, so that a crash, a repeat or
 * another order of arrival changes nothing.
 * @param moves all others on the dossier; one of the same item is passed over
 * @returns null where the stage is as before, the move is no sure official one, or its event tells it already
 */
export function stageChangeOf(
  dossier: Dossier,
  moves: readonly Move[],
  move: Move,
  now: Date,
): Stage | null {
  if (!mayChangeStage(move) || move.confidence < NEWS_BAR) return null;
  if (NO_STAGE.has(move.stage)) return null;
  const at = Date.parse(move.at);
  if (now.getTime() - at > MOST_DAYS_LATE * DAY_MS) return null;
  const others = moves.filter(({ item }) => item !== move.item);
  const all = [...others, move];
  if (verdictsOf(all, null).isMutedAt(at)) return null;
  const papers = others.filter((other) => isPaperOfSame(other, move));
  if (!areNews([...papers, move])) return null;
  // What only papers told so far was told to nobody.
  const before = followDossier(
    dossier,
    others.filter((other) => !papers.includes(other)),
  );
  const after = followDossier(dossier, all);
  const { stage } = after.state;
  if (stage !== move.stage || stage === before.state.stage) return null;
  if (after.events.some(({ item }) => item === move.item)) return null;
  const justBack = after.events.some(
    (event) =>
      event.state === "standing" && Math.abs(at - Date.parse(event.at)) < SETTLING_DAYS * DAY_MS,
  );
  return justBack && move.reportedBy === "press" ? null : stage;
}

/** A paper's report of the same stage, of the same week. */
const isPaperOfSame = (other: Move, move: Move): boolean =>
  other.reportedBy === "press" &&
  other.stage === move.stage &&
  mayChangeStage(other) &&
  Math.abs(Date.parse(other.at) - Date.parse(move.at)) <= SAME_MOVE;

/** As with a comeback: an institution's own item, or two papers that do not copy each other. */
const areNews = (reports: readonly Move[]): boolean =>
  reports.reduce<Told | null>(
    (told, report) => toldBy(told, report, report.confidence >= NEWS_BAR),
    null,
  )?.isNews ?? false;

/**
 * Writes a change down before the move that makes it: a crash in between leaves the item pending, and it is decided again.
 * A dossier reaches one stage once in a month, whoever reports it first.
 */
export async function noteStageChange(
  ports: Pick<Ports, "store" | "registry" | "now" | "settings" | "log">,
  item: Item,
  move: Move,
): Promise<void> {
  const id: DossierId = move.dossier;
  const dossier =
    ports.registry.find((known) => known.id === id) ??
    (await ports.store.loadDossier(id))?.auto ??
    null;
  // A dossier that opens with this item has no stage before.
  if (dossier === null) return;
  const now = ports.now();
  // Most items move nothing: asked without their neighbours first, at no cost.
  if (!mayChangeStage(move)) return;
  const stage = stageChangeOf(dossier, await ports.store.listMoves(id), move, now);
  if (stage === null) return;
  const change: StageChange = {
    dossier: id,
    stage,
    item: item.id,
    at: move.at,
    reportedBy: move.reportedBy,
    evidence: move.evidence,
    raisedAt: now.toISOString(),
    announceAt: new Date(now.getTime() + ports.settings.coalesceSeconds * 1000).toISOString(),
  };
  if (await ports.store.putStageChange(change))
    ports.log({ step: "stage-change", dossier: id, stage, item: item.id });
}

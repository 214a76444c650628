// Flows: corrections by an operator; each is a move of its dossier, so that it holds whatever arrives later.
import type { DossierRecord, Move } from "../domain/dossier.ts";
import { foldText } from "../domain/fold-text.ts";
import type { DossierId, EventId } from "../domain/ids.ts";
import type { Stage } from "../domain/vocabulary.ts";
import { learnedFrom } from "../dossiers/learn-names.ts";
import { isVerdict, type Verdict, verdictMoveOf } from "../dossiers/verdicts.ts";
import type { Ports, StoredEvent } from "./ports.ts";
import { refollow } from "./settle-item.ts";

/** What became of a correction. */
export type Corrected =
  | "done"
  | "unknown-event"
  /** A retraction is final: nothing was written. */
  | "was-retracted"
  | "unknown-dossier"
  /** Items taught this dossier no such name; what the registry has is changed there. */
  | "unknown-name"
  | "no-moves";

/** Confirms a possible event (it is news from then on), or takes an event back; a retracted one is never mailed again. */
export async function judgeEvent(
  ports: Ports,
  id: EventId,
  kind: "confirm" | "retract",
  reason: string,
): Promise<Corrected> {
  const stored: StoredEvent | null = await ports.store.loadEvent(id);
  if (stored === null) return "unknown-event";
  if (kind === "confirm" && stored.event.state === "retracted") return "was-retracted";
  await giveVerdict(ports, stored.event.dossier, { kind, event: stored.event, reason });
  return "done";
}

/** Sets where a dossier stands, from now or from an earlier instant on. */
export async function setStage(
  ports: Ports,
  dossier: DossierId,
  stage: Stage,
  reason: string,
  at: string | null,
): Promise<Corrected> {
  if (!(await isKnown(ports, dossier))) return "unknown-dossier";
  await giveVerdict(ports, dossier, { kind: "set-stage", stage, reason }, at);
  return "done";
}

/** A muted dossier is followed, and raises nothing. */
export async function muteDossier(
  ports: Ports,
  dossier: DossierId,
  kind: "mute" | "unmute",
  reason: string,
): Promise<Corrected> {
  if (!(await isKnown(ports, dossier))) return "unknown-dossier";
  await giveVerdict(ports, dossier, { kind, reason });
  return "done";
}

/** Takes back a name that items taught: it is not used from then on, and no later item teaches it again. */
export async function forgetName(
  ports: Ports,
  dossier: DossierId,
  name: string,
  reason: string,
): Promise<Corrected> {
  if (!(await isKnown(ports, dossier))) return "unknown-dossier";
  const names = learnedFrom(await ports.store.listMoves(dossier));
  const known = names.find(({ text }) => foldText(text) === foldText(name));
  if (known === undefined) return "unknown-name";
  await giveVerdict(ports, dossier, { kind: "forget", name: known.text, reason });
  return "done";
}

/**
 * Gives moves of one dossier to another and follows both again: all of them and mutes the first (merge), or those of the
 * named items (split). What the items do later is decided by the registry: add an alias there.
 */
export async function giveMoves(
  ports: Ports,
  from: DossierId,
  into: DossierId,
  items: readonly string[] | null,
): Promise<Corrected> {
  if (!(await isKnown(ports, from)) || !(await isKnown(ports, into))) return "unknown-dossier";
  const moves = (await ports.store.listMoves(from)).filter(
    (move: Move) => !isVerdict(move) && (items === null || items.includes(move.item)),
  );
  if (moves.length === 0) return "no-moves";
  // First: an event that goes with its moves can say where it went.
  const given = { kind: "give", into, reason: `moves given to ${into}` } as const;
  await ports.store.putMove(verdictMoveOf(from, given, ports.now().toISOString()));
  for (const move of moves) {
    await ports.store.putMove({ ...move, dossier: into });
    await ports.store.removeMove(from, move.item);
  }
  await refollow(ports, into, null);
  if (items === null)
    await giveVerdict(ports, from, { kind: "mute", reason: `merged into ${into}` });
  else await refollow(ports, from, null);
  return "done";
}

async function giveVerdict(
  ports: Ports,
  dossier: DossierId,
  verdict: Verdict,
  at: string | null = null,
): Promise<void> {
  await ports.store.putMove(verdictMoveOf(dossier, verdict, at ?? ports.now().toISOString()));
  await refollow(ports, dossier, null);
}

async function isKnown(ports: Ports, id: DossierId): Promise<boolean> {
  if (ports.registry.some((dossier) => dossier.id === id)) return true;
  const record: DossierRecord | null = await ports.store.loadDossier(id);
  return record !== null;
}

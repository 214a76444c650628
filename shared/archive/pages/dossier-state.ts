// Where a dossier stands, in one sentence: its state and since when, how long it has been quiet, and what that means.
import type { DossierEvent } from "../../domain/dossier.ts";
import { daysBetween } from "../../dossiers/wake.ts";
import type { KnownDossier } from "../look-up.ts";
import { presentDossier } from "../present.ts";
import { capitalised, comebackIn, dayIn, daysIn, type Reader } from "./reader.ts";
import { quietLimitOf } from "./time-line.ts";

export interface DossierStanding {
  readonly stage: string;
  readonly lastMoveAt: string | null;
  /** Days since the last official move; null before the first. */
  readonly silent: number | null;
  /** True where the next official move is a comeback. */
  readonly dormant: boolean;
  readonly quiet: boolean;
}

export function standingOf(
  { dossier, record }: KnownDossier,
  now: Date,
  { mail }: Reader,
): DossierStanding {
  const { state } = presentDossier(dossier, record);
  const { lastMoveAt, ended } = state;
  const silent = lastMoveAt === null ? null : daysBetween(lastMoveAt, now.toISOString());
  const quiet = silent !== null && silent >= quietLimitOf(dossier);
  const stage = mail.stages[ended ?? state.stage];
  return { stage, lastMoveAt, silent, quiet, dormant: ended !== null || quiet };
}

/**
 * "Rejected on 20 March 2025; quiet for 207 days; the next official move is a comeback."
 * @param back the comeback that its last move was, where it was one
 */
export function stateSentence(
  standing: DossierStanding,
  back: DossierEvent | null,
  reader: Reader,
): string {
  const { say } = reader;
  const { lastMoveAt, silent } = standing;
  if (lastMoveAt === null || silent === null) return `${say.dossier.never}.`;
  const since = say.dossier.since(standing.stage, dayIn(reader, lastMoveAt));
  const days = daysIn(reader, silent);
  const parts = [
    capitalised(reader, since),
    ...(back === null ? [] : [lowered(reader, comebackIn(reader, back))]),
    standing.dormant ? say.dossier.quietFor(days) : say.dossier.lastMove(days),
    ...(standing.dormant ? [say.dossier.nextIsNews] : []),
  ];
  return `${parts.join(say.semicolon)}.`;
}

/** Within a sentence; German words that begin a phrase here are no nouns. */
const lowered = ({ mail }: Reader, text: string): string =>
  text.slice(0, 1).toLocaleLowerCase(mail.tag) + text.slice(1);

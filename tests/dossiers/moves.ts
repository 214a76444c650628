// Test kit: moves and dossiers, said in a few words.
import { Dossier, type Move } from "../../shared/domain/dossier.ts";
import type { DossierId } from "../../shared/domain/ids.ts";
import type { Kind, Stage } from "../../shared/domain/vocabulary.ts";
import { wordingOf } from "../../shared/domain/wording.ts";

export const DOSSIER = Dossier.parse({
  id: "xx-test",
  title: "A bill on access to messages",
  jurisdiction: "FR",
  opened: "2020-01-01",
  aliases: [],
  references: [],
  history: [{ date: "2020-01-01", stage: "proposed", what: "The bill was tabled." }],
});

export type Act = "open" | "adopt" | "step" | "end" | "limit" | "none";

const STAGES: Record<Act, Stage> = {
  open: "proposed",
  adopt: "adopted",
  step: "committee",
  end: "rejected",
  limit: "court",
  none: "none",
};

/** @param day `2020-03-01`, or days after the dossier opened */
export function move(act: Act, day: string | number, more: Partial<Move> = {}): Move {
  const at =
    typeof day === "number"
      ? new Date(Date.parse("2020-01-01T09:00:00Z") + day * 86_400_000).toISOString()
      : `${day}T09:00:00.000Z`;
  const confidence = more.confidence ?? 0.9;
  return {
    item: `${act}-${day}`,
    dossier: DOSSIER.id as DossierId,
    at,
    stage: STAGES[act],
    official: act === "open" && confidence >= 0.5,
    counts: confidence >= 0.5 && act !== "limit" && act !== "none",
    reportedBy: "institution",
    confidence,
    actor: null,
    reason: act,
    evidence: [],
    backfill: false,
    ...more,
    traits: { act, revive: false, ...more.traits },
  };
}

/** A report by a feed of this name; its headline is its own unless told. */
export function reportBy(
  feed: string,
  kind: Kind = "press",
  title = `What ${feed} alone says in ${feed} words of ${feed}`,
): Pick<Move, "reportedBy" | "report"> {
  const reportedBy =
    kind === "press" || kind === "ngo" || kind === "community" ? "press" : "institution";
  const report = { feed, kind, owner: null, wording: wordingOf({ title, summary: "" }) };
  return { reportedBy, report };
}

import { describe, expect, it } from "vitest";
import type { DossierEvent, Move } from "../../shared/domain/dossier.ts";
import type { DossierId } from "../../shared/domain/ids.ts";
import { unmakingOf } from "../../shared/dossiers/find-unmaker.ts";
import { followDossier } from "../../shared/dossiers/follow-dossier.ts";
import { verdictMoveOf } from "../../shared/dossiers/verdicts.ts";
import { DOSSIER, move } from "./moves.ts";

const back = move("open", 700);

/** The event as it stood before others came. */
function eventAmong(...moves: Move[]): DossierEvent {
  const event = followDossier(DOSSIER, moves).events.find(({ item }) => item === back.item);
  if (event === undefined) throw new Error("nothing came back");
  return event;
}
const told = eventAmong(back);
const superseded: DossierEvent = { ...told, state: "superseded" };

/** True where these moves, all together, do not make the event. */
const isUnmade = (moves: readonly Move[]) =>
  !followDossier(DOSSIER, moves).events.some(({ item }) => item === back.item);

describe("what unmade an event that was told", () => {
  const step = move("step", 640);
  const other = move("step", 650, { item: "second report" });
  const setStage = verdictMoveOf(
    DOSSIER.id,
    { kind: "set-stage", stage: "committee", reason: "it was read in June" },
    back.at.replace("T09", "T08"),
  );

  it.each<[string, readonly Move[], ReturnType<typeof unmakingOf>]>([
    ["a move of a late item, without which it stands", [step], { kind: "item", item: step.item }],
    [
      "among old ones, which change nothing",
      [step, move("step", 10), move("limit", 20)],
      { kind: "item", item: step.item },
    ],
    [
      "several late reports together: one of them",
      [step, other],
      { kind: "item", item: step.item },
    ],
    [
      "an operator who set its stage, in their words",
      [setStage],
      { kind: "operator", words: "it was read in June" },
    ],
  ])("%s", (_name, others, expected) => {
    const moves = [back, ...others];
    expect(isUnmade(moves)).toBe(true);

    expect(unmakingOf(DOSSIER, moves, superseded)).toEqual(expected);
    expect(unmakingOf(DOSSIER, [...moves].reverse(), superseded)).toEqual(expected);
  });

  it("is the operator who retracted it, in their words", () => {
    const verdict = { kind: "retract", event: told, reason: "an old bill" } as const;
    const moves = [back, verdictMoveOf(DOSSIER.id, verdict, "2022-01-01T00:00:00.000Z")];
    const [retracted] = followDossier(DOSSIER, moves).events;
    if (retracted === undefined) throw new Error("no event");

    expect(unmakingOf(DOSSIER, moves, retracted)).toEqual({
      kind: "operator",
      words: "an old bill",
    });
  });

  it("is where its own move went, the latest first, where that is no longer here", () => {
    const given = ["eu-one", "eu-two"].map((into, index) =>
      verdictMoveOf(
        DOSSIER.id,
        { kind: "give", into: into as DossierId, reason: "moves given" },
        `2022-01-0${index + 1}T00:00:00.000Z`,
      ),
    );

    expect(unmakingOf(DOSSIER, given, superseded)).toEqual({
      kind: "gone",
      to: ["eu-two", "eu-one"],
    });
    expect(unmakingOf(DOSSIER, [], superseded)).toEqual({ kind: "gone", to: [] });
  });

  it("is not known where nothing here unmakes it", () => {
    expect(isUnmade([back])).toBe(false);

    const read = move("none", 700, { item: back.item });
    expect(unmakingOf(DOSSIER, [read, move("step", 10)], superseded)).toEqual({ kind: "unclear" });
  });
});

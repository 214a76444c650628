import { expect, test } from "vitest";
import type { Move } from "../../shared/domain/dossier.ts";
import { DossierId } from "../../shared/domain/ids.ts";
import { ItemInput } from "../../shared/domain/item.ts";
import { isUsed, learnedFrom, namesGiven } from "../../shared/dossiers/learn-names.ts";
import { verdictMoveOf } from "../../shared/dossiers/verdicts.ts";
import { readItem } from "../../shared/reading/read-item.ts";
import { loadWords } from "../../shared/reading/words.ts";

const id = DossierId.parse("ca-lawful-access");

const moveOf = (
  item: string,
  day: string,
  reportedBy: Move["reportedBy"],
  names: string,
): Move => ({
  ...verdictMoveOf(id, { kind: "mute", reason: "" }, `${day}T00:00:00.000Z`),
  item,
  reportedBy,
  traits: { names },
});

const usedBy = (moves: readonly Move[]) =>
  learnedFrom(moves)
    .filter(isUsed)
    .map(({ text }) => text);

test("a name that one paper gives is a candidate; an institution, or a second item, makes it a name", () => {
  const paper = moveOf("one", "2026-03-12", "press", "Lawful Access Act");

  expect(usedBy([paper])).toEqual([]);
  expect(usedBy([paper, moveOf("two", "2026-03-13", "press", "lawful access act")])).toEqual([
    "Lawful Access Act",
  ]);
  expect(usedBy([moveOf("one", "2026-03-12", "institution", "CA 45-1 bill C-22")])).toEqual([
    "CA 45-1 bill C-22",
  ]);
});

test("a name that an operator took back stays away, whatever items say later", () => {
  const taken = verdictMoveOf(
    id,
    { kind: "forget", name: "Strong Borders Act", reason: "it is a border bill" },
    "2026-03-13T00:00:00.000Z",
  );
  const moves = [
    moveOf("two", "2026-03-14", "institution", "Strong Borders Act"),
    taken,
    moveOf("one", "2026-03-12", "institution", "Strong Borders Act"),
  ];

  expect(usedBy(moves)).toEqual([]);
});

test.each([
  ["Peers debate the Porter Cabinet Bill today", "GB", ["Porter Cabinet Bill"]],
  ["The Act and the Bill", "GB", []],
  ["Law and Order Committee hears the Government Bill", "GB", []],
  ["Debate on PL 2630/2020 begins", "BR", ["BR 2020 bill-PL 2630"]],
  ["Debate on PL 2630/2020 begins", "PT", []],
])("%s (%s) gives a bill no name but its own", (title, jurisdiction, names) => {
  const input = ItemInput.parse({ title, published: "2026-03-12T00:00:00Z" });
  const words = loadWords();

  expect(namesGiven(input, words, readItem(words, input), jurisdiction)).toEqual(names);
});

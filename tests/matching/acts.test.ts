// Matching: what an example says its bill did agrees with the stage it is at, or what is learned wakes dossiers wrongly.
import { expect, test } from "vitest";
import { ownExamples } from "./cross-validate.ts";

const labelled = ownExamples().flatMap(({ id, labels }) =>
  labels.act === undefined ? [] : [{ id, ...labels, act: labels.act }],
);

/** The stages an act can be reported at; an act that is not here can be at any. */
const STAGES_OF: Readonly<Record<string, readonly string[]>> = {
  // What falls in a committee, by an amendment or in a vote has that stage by the guide; so has a clause that a law left out.
  "end-rejected": ["rejected", "amended", "committee", "vote", "statement", "adopted"],
  "end-withdrawn": ["withdrawn", "amended"],
  "end-lapsed": ["lapsed"],
  // A trilogue is `proposed` by the guide, also one that breaks off; a ruling put off is a court's.
  "end-postponed": ["postponed", "proposed", "court"],
  adopt: ["adopted", "vote"],
  amend: ["amended", "committee", "vote", "proposed", "leak"],
  "in-force": ["in-force", "order"],
  "court-for": ["court", "order"],
  "court-against": ["court", "order"],
  statement: ["statement", "proposed", "committee", "leak", "vote"],
};

test("what an example's bill did stands at no stage that says otherwise", () => {
  const wrong = labelled.filter((one) => STAGES_OF[one.act]?.includes(one.stage) === false);

  expect(wrong.map((one) => `${one.id}: ${one.act} at ${one.stage}`)).toEqual([]);
});

/** What can have been done at these stages; a bill against access is a counter-move at each, a look back nothing.
 * Where a safeguard is rejected, the bill goes its way. */
const ACTS_OF: Readonly<Record<string, readonly string[]>> = {
  withdrawn: ["end-withdrawn", "counter", "none"],
  lapsed: ["end-lapsed", "counter", "none"],
  postponed: ["end-postponed", "counter", "none"],
  rejected: ["end-rejected", "step", "counter", "none"],
  adopted: ["adopt", "end-rejected", "counter", "none"],
  "in-force": ["in-force", "step", "counter", "none"],
};

test("a bill that ended, passed or is in force did nothing that says otherwise", () => {
  const wrong = labelled.filter((one) => ACTS_OF[one.stage]?.includes(one.act) === false);

  expect(wrong.map((one) => `${one.id}: ${one.act} at ${one.stage}`)).toEqual([]);
});

test("an act is said of relevant examples alone, and never without whose it is", () => {
  const wrong = ownExamples().filter(
    ({ labels }) =>
      (labels.act === undefined) !== (labels.official === undefined) ||
      (labels.act !== undefined && !labels.relevant),
  );

  expect(wrong.map((one) => one.id)).toEqual([]);
});

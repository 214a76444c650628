import { expect, test } from "vitest";
import { NOTHING_LEARNED } from "../../shared/dossiers/index-names.ts";
import { loadRegistry } from "../../shared/dossiers/registry.ts";
import { decideItem, readAndClassify } from "../../shared/flows/decide-item.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import { ownExamples } from "../matching/cross-validate.ts";

const ENDS = ["rejected", "withdrawn", "postponed", "lapsed"];

test("an item's page and its dossier say the same stage, and only an end has a stage of ending, over every example", () => {
  const models = loadModels();
  const known = { dossiers: loadRegistry(), learned: NOTHING_LEARNED };
  const context = { at: "2025-01-01T00:00:00.000Z", backfill: false };
  const differ: string[] = [];
  let moves = 0;
  for (const input of ownExamples()) {
    const read = readAndClassify(models, input);
    const { decision, move } = decideItem(known, input, read, context);
    if (read.step !== null && ENDS.includes(read.step.stage) !== (read.step.act === "end"))
      differ.push(`${input.id}: ${read.step.act} and ${read.step.stage}`);
    if (move === null || !decision.relevant) continue;
    moves += 1;
    if (move.stage !== decision.stage) differ.push(`${input.id}: ${move.stage} ${decision.stage}`);
  }

  expect(moves).toBeGreaterThan(500);
  expect(differ).toEqual([]);
});

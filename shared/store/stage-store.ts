// Stage changes that wait to be told, one row per dossier and stage.
import { z } from "zod";
import { ReportedBy } from "../domain/dossier.ts";
import { DossierId, ItemId } from "../domain/ids.ts";
import { Evidence } from "../domain/item.ts";
import { Instant, Stage } from "../domain/vocabulary.ts";
import type { StageChange, StageStore } from "../flows/ports.ts";
import { type Database, dueQuery } from "./database.ts";
import { due, keys } from "./table.ts";

/** The same stage again within this time is the same change, told by somebody else. */
const SAME_CHANGE_DAYS = 30;
const DAY_MS = 86_400_000;

const StageRow = z.object({
  dossier: DossierId,
  stage: Stage,
  item: ItemId,
  at: Instant,
  reportedBy: ReportedBy,
  evidence: z.array(Evidence),
  raisedAt: Instant,
  announceAt: Instant.nullable(),
});

const rowOf = (change: StageChange) => ({
  ...keys.stage(change.dossier, change.stage),
  ...(change.announceAt === null ? {} : { duePk: due.stages, dueAt: change.announceAt }),
  ...change,
});

export function stageStore(db: Database): StageStore {
  return {
    putStageChange(change) {
      const earliest = new Date(Date.parse(change.raisedAt) - SAME_CHANGE_DAYS * DAY_MS);
      return db.put(rowOf(change), {
        // Names are said by alias: some are words of the expression language.
        // One raised later than this one was raised by a clock that was wrong.
        expression:
          "attribute_not_exists(pk) OR (#item <> :item AND (#raised < :earliest OR #raised > :ahead))",
        names: { "#item": "item", "#raised": "raisedAt" },
        values: {
          ":item": change.item,
          ":earliest": earliest.toISOString(),
          ":ahead": new Date(Date.parse(change.raisedAt) + DAY_MS).toISOString(),
        },
      });
    },
    async loadStageChange(dossier, stage) {
      const row = await db.get(keys.stage(dossier, stage));
      return row === null ? null : StageRow.parse(row);
    },
    async stageChangesToTell(now, limit) {
      const page = await db.query(dueQuery(due.stages, now.toISOString(), limit));
      return page.rows.map((row) => StageRow.parse(row));
    },
    async markStageTold(change) {
      await db.put(rowOf({ ...change, announceAt: null }), {
        expression: "#item = :item",
        names: { "#item": "item" },
        values: { ":item": change.item },
      });
    },
  };
}

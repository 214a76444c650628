// Dossiers, the moves that items left on them, and the events that follow.
import { Dossier, type DossierEvent, DossierRecord, Move } from "../domain/dossier.ts";
import type { DossierStore } from "../flows/ports.ts";
import { type Database, dueQuery } from "./database.ts";
import { upsertEvent } from "./event-store.ts";
import type { BucketBook } from "./item-store.ts";
import { AFTER_ALL_IDS, due, keys, TABLE } from "./table.ts";

/** Begins the id of every dossier that opened itself. */
const AUTO = "auto:";

async function saveRecord(db: Database, record: DossierRecord): Promise<boolean> {
  const next: DossierRecord = { ...record, version: record.version + 1 };
  return db.put(
    {
      ...keys.dossier(record.id),
      duePk: due.dossiers,
      dueAt: record.id,
      version: next.version,
      record: next,
    },
    record.version === 0
      ? { expression: "attribute_not_exists(pk)" }
      : { expression: "version = :read", values: { ":read": record.version } },
  );
}

async function commit(
  db: Database,
  book: BucketBook,
  record: DossierRecord,
  events: readonly DossierEvent[],
  times: { readonly now: Date; readonly announceAt: Date },
): Promise<boolean> {
  if (record.auto !== null && record.version === 0)
    await db.put({ ...keys.auto(record.auto.jurisdiction, record.id), dossier: record.auto });
  if (!(await saveRecord(db, record))) return false;
  // A crash from here on leaves the item pending: it is decided again, and misses nothing that is written already.
  for (const event of events) await upsertEvent(db, book, event, record.version + 1, times);
  return true;
}

export function dossierStore(db: Database, book: BucketBook): DossierStore {
  return {
    async loadDossier(id) {
      const row = await db.get(keys.dossier(id));
      return row === null ? null : DossierRecord.parse(row["record"]);
    },
    async putMove(move) {
      await db.put({ ...keys.move(move.dossier, move.item), move });
    },
    async removeMove(dossier, item) {
      await db.remove(keys.move(dossier, item));
    },
    async listMoves(id) {
      const moves: Move[] = [];
      const rows = db.queryAll({
        KeyConditionExpression: "pk = :dossier AND begins_with(sk, :move)",
        ExpressionAttributeValues: { ":dossier": keys.dossier(id).pk, ":move": "MOVE#" },
        ConsistentRead: true,
      });
      for await (const row of rows) moves.push(Move.parse(row["move"]));
      return moves;
    },
    commitDossier: (record, events, now, announceAt) =>
      commit(db, book, record, events, { now, announceAt }),
    async listDossiers() {
      const records: DossierRecord[] = [];
      for await (const row of db.queryAll(dueQuery(due.dossiers, null)))
        records.push(DossierRecord.parse(row["record"]));
      return records;
    },
    async autoDossiers(after, limit) {
      const { rows, lastKey } = await db.query({
        IndexName: TABLE.dueIndex.name,
        KeyConditionExpression: "duePk = :dossiers AND dueAt BETWEEN :after AND :end",
        ExpressionAttributeValues: {
          ":dossiers": due.dossiers,
          // The first that sorts after the last one.
          ":after": after === null ? AUTO : `${after} `,
          ":end": `${AUTO}${AFTER_ALL_IDS}`,
        },
        Limit: limit,
      });
      const records = rows.map((row) => DossierRecord.parse(row["record"]));
      return { rows: records, next: lastKey === null ? null : (records.at(-1)?.id ?? null) };
    },
    async listAuto(jurisdiction) {
      const dossiers: Dossier[] = [];
      const rows = db.queryAll({
        KeyConditionExpression: "pk = :jurisdiction",
        ExpressionAttributeValues: { ":jurisdiction": keys.auto(jurisdiction, "").pk },
        ConsistentRead: true,
      });
      for await (const row of rows) dossiers.push(Dossier.parse(row["dossier"]));
      return dossiers;
    },
  };
}

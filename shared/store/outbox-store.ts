// The outbox and its slots: rows beside the subscriber's own, which go when the subscriber is deleted.
import { z } from "zod";
import { OwedMail } from "../domain/owed-mail.ts";
import type { Outbox, Slot } from "../flows/outbox.ts";
import { type Database, dueQuery, type Row } from "./database.ts";
import { AFTER_ALL_IDS, due, keys, TABLE } from "./table.ts";

/** Nothing is put off for longer: a time further away was written by a clock that was wrong. */
const LONGEST_WAIT_MS = 26 * 3_600_000;
/** Longer than a mail is tried; where no sweep comes, the row goes by itself. */
const OUTBOX_DAYS = 8;
const MOST_RACES = 20;

const fromRow = (row: Row): OwedMail => OwedMail.parse(row["owed"]);

const rowOf = (mail: OwedMail) => ({
  ...keys.owed(mail.subscriber, mail.kind),
  duePk: due.outbox,
  // Of many that were put off to one instant, the first to ask is the first to go.
  dueAt: `${mail.dueAt}#${mail.askedAt}`,
  name: mail.name,
  owed: mail,
  expiresAt: Math.floor(Date.parse(mail.askedAt) / 1_000) + OUTBOX_DAYS * 86_400,
});

const sameName = (mail: OwedMail) => ({
  expression: "#name = :name",
  names: { "#name": "name" },
  values: { ":name": mail.name },
});

const Held = z.object({ at: z.number(), by: z.string() });
const Slots = z.object({ version: z.number(), held: z.array(Held) });
type Slots = z.infer<typeof Slots>;

async function slotsOf(db: Database, key: string): Promise<Slots> {
  const row = await db.get(keys.slots(key));
  return row === null ? { version: 0, held: [] } : Slots.parse(row);
}

function saveSlots(
  db: Database,
  key: string,
  version: number,
  held: Slots["held"],
  expiresAt: number,
): Promise<boolean> {
  return db.put(
    { ...keys.slots(key), version: version + 1, held, expiresAt },
    version === 0
      ? { expression: "attribute_not_exists(pk)" }
      : { expression: "version = :read", values: { ":read": version } },
  );
}

async function take(
  db: Database,
  key: string,
  holder: string,
  now: Date,
  most: number,
  windowSeconds: number,
): Promise<Slot> {
  const at = now.getTime();
  const windowMs = windowSeconds * 1_000;
  for (let race = 0; race < MOST_RACES; race += 1) {
    const slots = await slotsOf(db, key);
    // One of the future was taken by a clock that was wrong.
    const held = slots.held.filter((slot) => slot.at > at - windowMs && slot.at <= at);
    if (held.some(({ by }) => by === holder)) return { kind: "taken" };
    const [oldest] = held.slice(-most);
    if (held.length >= most && oldest !== undefined)
      return { kind: "full", freeAt: new Date(oldest.at + windowMs) };
    const expiresAt = Math.floor(at / 1_000) + windowSeconds + 3_600;
    const taken = [...held, { at, by: holder }];
    if (await saveSlots(db, key, slots.version, taken, expiresAt)) return { kind: "taken" };
  }
  // So many at once are more than there are slots.
  return { kind: "full", freeAt: new Date(at + 60_000) };
}

async function free(db: Database, key: string, holder: string): Promise<void> {
  for (let race = 0; race < MOST_RACES; race += 1) {
    const row = await db.get(keys.slots(key));
    if (row === null) return;
    const slots = Slots.parse(row);
    const held = slots.held.filter(({ by }) => by !== holder);
    if (held.length === slots.held.length) return;
    if (await saveSlots(db, key, slots.version, held, Number(row["expiresAt"]))) return;
  }
}

async function dueMail(db: Database, now: Date, limit: number): Promise<OwedMail[]> {
  const [overdue, astray] = await Promise.all([
    db.query(dueQuery(due.outbox, now.toISOString() + AFTER_ALL_IDS, limit)),
    db.query({
      IndexName: TABLE.dueIndex.name,
      KeyConditionExpression: "duePk = :outbox AND dueAt > :longest",
      ExpressionAttributeValues: {
        ":outbox": due.outbox,
        ":longest": new Date(now.getTime() + LONGEST_WAIT_MS).toISOString(),
      },
      Limit: limit,
    }),
  ]);
  return [...overdue.rows, ...astray.rows].slice(0, limit).map(fromRow);
}

export function outboxStore(db: Database): Outbox {
  return {
    oweMail: (mail) => db.put(rowOf(mail), { expression: "attribute_not_exists(pk)" }),
    async owedMail(subscriber, kind) {
      const row = await db.get(keys.owed(subscriber, kind));
      return row === null ? null : fromRow(row);
    },
    owedDue: (now, limit) => dueMail(db, now, limit),
    async owedSince(limit) {
      return (await db.query(dueQuery(due.outbox, null, limit))).rows.map(fromRow);
    },
    async countOwed(limit) {
      return (await db.query(dueQuery(due.outbox, null, limit))).rows.length;
    },
    async postponeOwed(mail) {
      await db.put(rowOf(mail), sameName(mail));
    },
    async settleOwed(mail) {
      await db.remove(keys.owed(mail.subscriber, mail.kind), sameName(mail));
    },
    takeSlot: (key, holder, now, most, windowSeconds) =>
      take(db, key, holder, now, most, windowSeconds),
    freeSlot: (key, holder) => free(db, key, holder),
  };
}

// The store: every aggregate over one table, wherever that is.
import { newFeedState } from "../feeds/poll-schedule.ts";
import type { Store } from "../flows/ports.ts";
import { clockStore } from "./clock-store.ts";
import type { Database } from "./database.ts";
import { dossierStore } from "./dossier-store.ts";
import { eventStore } from "./event-store.ts";
import { expiryClock } from "./expiry-clock.ts";
import { feedStore } from "./feed-store.ts";
import { issueStore } from "./issue-store.ts";
import { bucketBook, itemStore } from "./item-store.ts";
import { outboxStore } from "./outbox-store.ts";
import { redateStore } from "./redate.ts";
import { inSpace } from "./space.ts";
import { stageStore } from "./stage-store.ts";
import { subscriberStore } from "./subscriber-store.ts";
import { sweepStore } from "./sweep-store.ts";
import { watchStore } from "./watch-store.ts";

export interface StoreOptions {
  /** A table of a DynamoDB-compatible server (dynamo-database.ts), or a file of one machine. */
  readonly database: Database;
  /** For reading rows past their time as gone. */
  readonly now: () => Date;
  /** A space of its own in the table, whose rows go after some days; null or absent for the installation's own. */
  readonly space?: string | null;
}

/** Longer than a mail is tried again, and than anything asks after a row of a space. */
const SPACE_DAYS = 10;

export function createStore({ database, now, space }: StoreOptions): Store {
  const db =
    space === undefined || space === null
      ? database
      : inSpace(database, space, () => Math.floor(now().getTime() / 1_000) + SPACE_DAYS * 86_400);
  const book = bucketBook(db);
  const clock = expiryClock(db, now);
  return {
    ...feedStore(db, newFeedState),
    ...itemStore(db, book, clock.gone),
    ...dossierStore(db, book),
    ...eventStore(db, book),
    ...stageStore(db),
    ...issueStore(db),
    ...subscriberStore(db, clock.gone),
    ...outboxStore(db),
    ...sweepStore(db, clock),
    ...clockStore(db),
    ...redateStore(db, book, db === database),
    ...watchStore(db),
  };
}

// The store: every aggregate over one table of any DynamoDB-compatible server.
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { newFeedState } from "../feeds/poll-schedule.ts";
import type { Store } from "../flows/ports.ts";
import { openDatabase } from "./database.ts";
import { dossierStore } from "./dossier-store.ts";
import { eventStore } from "./event-store.ts";
import { feedStore } from "./feed-store.ts";
import { bucketBook, itemStore } from "./item-store.ts";
import { subscriberStore } from "./subscriber-store.ts";
import { sweepStore } from "./sweep-store.ts";

export interface StoreOptions {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** For reading rows past their time as gone. */
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export function createStore({ client, tableName, now, sleep }: StoreOptions): Store {
  const db = openDatabase(client, tableName, sleep);
  const book = bucketBook(db);
  return {
    ...feedStore(db, newFeedState),
    ...itemStore(db, book, now),
    ...dossierStore(db, book),
    ...eventStore(db, book),
    ...subscriberStore(db, now),
    ...sweepStore(db),
  };
}

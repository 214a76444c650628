// A database whose caller dies at one of its calls: from then on nothing is asked and nothing is heard.
import type { Database } from "../../shared/store/database.ts";
import type { Fault } from "../servers/fault-proxy.ts";

/** A batch is written a row at a time, so that a death may leave a part of it, as DynamoDB's may. */
export function mortalDatabase(
  database: Database,
  fault: Omit<Fault, "strike"> | null,
): { readonly database: Database; count(): number } {
  let seen = 0;
  let dead = false;
  async function call<T>(work: () => Promise<T>): Promise<T> {
    if (!dead) seen += 1;
    const struck = !dead && fault?.at === seen;
    if (struck && fault.when === "after") await work();
    dead ||= struck;
    if (dead) throw new Error("the caller is dead");
    return work();
  }
  async function* pages<T>(rows: () => AsyncGenerator<T>): AsyncGenerator<T> {
    await call(async () => {});
    yield* rows();
  }
  return {
    count: () => seen,
    database: {
      get: (key) => call(() => database.get(key)),
      getMany: (keys) => call(() => database.getMany(keys)),
      put: (row, condition) => call(() => database.put(row, condition)),
      async putMany(rows) {
        for (const row of rows) await call(() => database.putMany([row]));
      },
      update: (key, change, condition) => call(() => database.update(key, change, condition)),
      remove: (key, condition) => call(() => database.remove(key, condition)),
      query: (input) => call(() => database.query(input)),
      queryAll: (input) => pages(() => database.queryAll(input)),
      scanAll: (filter) => pages(() => database.scanAll(filter)),
    },
  };
}

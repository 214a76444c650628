// What keeps the table small, and what shows that the system is alive.
import { z } from "zod";
import { Instant } from "../domain/vocabulary.ts";
import type { SweepStore } from "../flows/ports.ts";
import type { Database } from "./database.ts";
import type { ExpiryClock } from "./expiry-clock.ts";
import { keys, TABLE } from "./table.ts";

const Heartbeat = z.object({
  sk: z.string(),
  at: Instant,
  facts: z.record(z.string(), z.number()),
});

/** @param clock what rows expire by */
export function sweepStore(db: Database, clock: ExpiryClock): SweepStore {
  return {
    async sweepExpired(now) {
      const values = { ":now": Math.floor((await clock.look(now)).getTime() / 1000) };
      const names = { "#ttl": TABLE.timeToLive };
      let swept = 0;
      for await (const row of db.scanAll({ expression: "#ttl <= :now", names, values })) {
        const key = { pk: String(row["pk"]), sk: String(row["sk"]) };
        // Asked again in the delete: a row may have been given more time since the scan passed it.
        if (await db.remove(key, { expression: "#ttl <= :now", names, values })) swept += 1;
      }
      return swept;
    },
    async beat(part, now, facts) {
      await db.put({ ...keys.heartbeat(part), at: now.toISOString(), facts });
    },
    async heartbeats() {
      const beats: Record<string, { at: string; facts: Record<string, number> }> = {};
      const rows = db.queryAll({
        KeyConditionExpression: "pk = :heartbeat",
        ExpressionAttributeValues: { ":heartbeat": keys.heartbeat("").pk },
      });
      for await (const row of rows) {
        const { sk, at, facts } = Heartbeat.parse(row);
        beats[sk] = { at, facts };
      }
      return beats;
    },
    async ping() {
      await db.get(keys.heartbeat("ping"));
    },
  };
}

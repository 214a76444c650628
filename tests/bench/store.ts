// What an item that matters costs in the database file: from pending to settled, with all its list rows.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabaseFile } from "../../functions/local/database-file.ts";
import type { ItemId } from "../../shared/domain/ids.ts";
import { createStore } from "../../shared/store/store.ts";
import { sampleDecision, sampleItem } from "../store/samples.ts";

const ITEMS = Number(process.env["BENCH_ITEMS"] ?? 5_000);
/** As many polls run at once. */
const AT_ONCE = 16;
/** Names under which its story may be known. */
const NAMES = 8;
const WORDS = 60;
const VOCABULARY = 20_000;

/** A press item's words: few are common, most are rare (Zipf's law). */
function wordsOf(item: number): string {
  const words = Array.from({ length: WORDS }, (_, n) => {
    const chance = (((item * WORDS + n) * 2_654_435_761) % 2 ** 32) / 2 ** 32;
    return `w${Math.floor(VOCABULARY ** chance)}x${n % 7}`;
  });
  return words.join(" ");
}

export async function benchStore() {
  const dataDir = await mkdtemp(join(tmpdir(), "backdoor-watch-bench-"));
  const database = await openDatabaseFile(dataDir);
  const begun = new Date("2026-01-01T00:00:00Z");
  const store = createStore({ database, now: () => begun });
  let next = 0;
  let rows = 0;
  const settleSome = async () => {
    for (let number = next++; number < ITEMS; number = next++) {
      const at = new Date(begun.getTime() + number * 60_000).toISOString();
      const base = sampleItem(`item-${number}`, {
        title: `Porte dérobée ${number}`,
        summary: wordsOf(number),
        firstSeenAt: at,
        effectiveAt: at,
      });
      const names = Array.from({ length: NAMES }, (_, n) => `story-${number}-${n}`);
      await store.putPending(base, null);
      await store.claimStory(names, base.id as ItemId, begun);
      await store.settleItem(base, sampleDecision(), begun);
    }
  };
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: AT_ONCE }, settleSome));
  const { user, system } = process.cpuUsage(before);
  for await (const _ of database.scanAll({ expression: "attribute_exists(pk)" })) rows += 1;
  database.close();
  await rm(dataDir, { recursive: true, force: true });
  return [
    {
      name: "an item that matters, stored and listed",
      value: (user + system) / 1_000 / ITEMS,
      unit: "ms of CPU",
      bar: "≤ 3",
    },
    { name: "its rows", value: rows / ITEMS, unit: "rows" },
  ];
}

// Store: lists of rows read backwards, several of them as one.
import type { Database, Row } from "./database.ts";

/** @returns rows of a list backwards from `bound`, over its partitions in turn */
export async function* backwards(
  db: Database,
  partitions: readonly string[],
  bound: string,
): AsyncGenerator<Row> {
  for (const partition of partitions)
    yield* db.queryAll({
      KeyConditionExpression: "pk = :list AND sk < :bound",
      ExpressionAttributeValues: { ":list": partition, ":bound": bound },
      ScanIndexForward: false,
      ConsistentRead: true,
    });
}

/** Lists that each run backwards, as one that does. */
export async function* newestOf(lists: readonly AsyncGenerator<Row>[]): AsyncGenerator<Row> {
  const heads = await Promise.all(lists.map((list) => list.next()));
  for (;;) {
    let newest = -1;
    let sk = "";
    for (const [at, head] of heads.entries())
      if (!head.done && String(head.value["sk"]) > sk) {
        newest = at;
        sk = String(head.value["sk"]);
      }
    const head = heads[newest];
    if (head === undefined || head.done) return;
    yield head.value;
    heads[newest] = (await lists[newest]?.next()) ?? { done: true, value: undefined };
  }
}

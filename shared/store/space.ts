// A space of its own in the one table: the same store over keys that no other reader ever asks for, and rows that expire.
import type { Database, Row, RowQuery } from "./database.ts";
import type { Key } from "./table.ts";

/** Every partition that a query can name is compared first, and for equality. */
const PARTITION = /^(?:pk|duePk) = (:\w+)/;

/**
 * @param space begins every partition key; `CANARY`
 * @param expiresAt epoch seconds after which a row that is written now goes
 */
export function inSpace(db: Database, space: string, expiresAt: () => number): Database {
  const prefix = `${space}#`;
  const inside = (key: Key): Key => ({ pk: `${prefix}${key.pk}`, sk: key.sk });
  const rowInside = (row: Row & Key): Row & Key => ({
    ...row,
    ...inside(row),
    ...(row["duePk"] === undefined ? {} : { duePk: `${prefix}${String(row["duePk"])}` }),
    expiresAt: expiresAt(),
  });
  const queryInside = (input: RowQuery) => {
    const name = PARTITION.exec(input.KeyConditionExpression)?.[1];
    const values = input.ExpressionAttributeValues;
    if (name === undefined) throw new TypeError(`space ${space}: a query that names no partition`);
    return {
      ...input,
      ExpressionAttributeValues: { ...values, [name]: `${prefix}${String(values[name])}` },
    };
  };
  return {
    get: (key) => db.get(inside(key)),
    getMany: (wanted) => db.getMany(wanted.map(inside)),
    put: (row, condition) => db.put(rowInside(row), condition),
    putMany: (rows) => db.putMany(rows.map(rowInside)),
    update: (key, change, condition) => db.update(inside(key), change, condition),
    remove: (key, condition) => db.remove(inside(key), condition),
    query: (input) => db.query(queryInside(input)),
    queryAll: (input) => db.queryAll(queryInside(input)),
    scanAll: () => {
      throw new TypeError(`space ${space}: a scan would leave it`);
    },
  };
}

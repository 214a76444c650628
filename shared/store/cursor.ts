// Where a list goes on: opaque to its holder, bound to the query it came from.
import { z } from "zod";
import { fingerprintOf } from "../domain/ids.ts";

/** Not a cursor of this query: mistyped, of another list, or of an older version. */
export class BadCursor extends Error {
  override readonly name = "BadCursor";
}

const Cursor = z.tuple([z.literal(1), z.string().max(2_000), z.string().length(16)]);

/** A check against mistakes, not a secret: a position can only skip rows that anybody may read. */
const checkOf = (scope: string, position: string): string =>
  fingerprintOf(16, "cursor-1", scope, position);

/** @param scope names the list and its filters; @param position the last sort key given out */
export function writeCursor(scope: string, position: string): string {
  return Buffer.from(JSON.stringify([1, position, checkOf(scope, position)])).toString("base64url");
}

/** @returns the position. @throws BadCursor */
export function readCursor(scope: string, cursor: string): string {
  if (cursor.length > 4_000) throw new BadCursor("cursor: too long");
  const text = Buffer.from(cursor, "base64url").toString("utf8");
  // Base64 has spellings that decode alike; only ours is accepted, so a flipped byte never passes.
  if (Buffer.from(text).toString("base64url") !== cursor)
    throw new BadCursor("cursor: not one of ours");
  let parsed: z.infer<typeof Cursor>;
  try {
    parsed = Cursor.parse(JSON.parse(text));
  } catch (cause) {
    throw new BadCursor("cursor: not one of ours", { cause });
  }
  const [, position, check] = parsed;
  if (check !== checkOf(scope, position)) throw new BadCursor("cursor: of another query");
  return position;
}

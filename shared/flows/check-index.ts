// What is due must be found: the index that says so is compared with the rows, at the start and daily, a few pages at a time.
import type { Ports } from "./ports.ts";

/** Of a thousand rows each: what one turn may cost. */
const PAGES = 20;

/**
 * @param anew begins at the beginning: a process that has just started knows of no crash before it
 * @returns how many rows were written anew, because the index had lost them
 */
export async function checkIndex(ports: Ports, anew = false): Promise<number> {
  const { checked, mended, done } = await ports.store.checkIndex(ports.now(), PAGES, anew);
  if (mended > 0 || (done && checked > 0))
    ports.log({ step: "check-index", checked, mended, done });
  return mended;
}

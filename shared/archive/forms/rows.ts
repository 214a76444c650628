// Archive, forms: a query's rows as a file, a page of the store at a time, so that no answer is held whole.
import type { Page } from "../../flows/ports.ts";

/** Where rows come from and how they are written. */
export interface RowSource<T> {
  read(limit: number, cursor: string | null): Promise<Page<T>>;
  /** Each with the end of its line. */
  write(rows: readonly T[]): Promise<string[]>;
  /** What stands before the first row. */
  readonly head: string;
}

/** What was asked for of them. */
export interface RowsAsked {
  /** Null for all of them. */
  readonly limit: number | null;
  readonly cursor: string | null;
}

/** Rows that are read at a time. */
const PAGE = 100;

/**
 * All rows from the first page on; read as they are taken.
 * @param first was read before the answer began, so that what is wrong with the question is still an answer of its own
 */
export async function* allRows<T>(source: RowSource<T>, first: Page<T>): AsyncGenerator<string> {
  if (source.head !== "") yield source.head;
  for (let page = first; ; page = await source.read(PAGE, page.next)) {
    const lines = await source.write(page.rows);
    if (lines.length > 0) yield lines.join("");
    if (page.next === null) return;
  }
}

/** A part of a query's rows that was written whole, and where it goes on. */
export interface Part {
  readonly text: string;
  readonly next: string | null;
}

/** How many of these lines stay within a number of bytes. */
function fitting(lines: readonly string[], mostBytes: number): number {
  let bytes = 0;
  const past = lines.findIndex((line) => {
    bytes += Buffer.byteLength(line);
    return bytes > mostBytes;
  });
  return past < 0 ? lines.length : past;
}

/**
 * As many rows as are asked for and fit, one at least.
 * @param mostBytes of the whole text
 */
export async function partOf<T>(
  source: RowSource<T>,
  asked: RowsAsked,
  mostBytes: number,
): Promise<Part> {
  let text = source.head;
  let { cursor } = asked;
  let left = asked.limit ?? Number.POSITIVE_INFINITY;
  while (left > 0) {
    const page = await source.read(Math.min(PAGE, left), cursor);
    const lines = await source.write(page.rows);
    const fits = fitting(lines, mostBytes - Buffer.byteLength(text));
    if (fits < lines.length) {
      if (fits === 0 && text !== source.head) return { text, next: cursor };
      const some = await source.read(Math.max(1, fits), cursor);
      return { text: text + (await source.write(some.rows)).join(""), next: some.next };
    }
    text += lines.join("");
    left -= lines.length;
    cursor = page.next;
    if (cursor === null) break;
  }
  return { text, next: cursor };
}

/** The first page of what is given out whole. */
export const firstPage = <T>(source: RowSource<T>, cursor: string | null): Promise<Page<T>> =>
  source.read(PAGE, cursor);

/** A body that reads on only when its reader has taken what there was. @param onFailure is told why it broke off */
export function bodyOf(
  parts: AsyncGenerator<string>,
  onFailure: (cause: unknown) => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await parts.next();
          if (done === true) controller.close();
          else controller.enqueue(encoder.encode(value));
        } catch (cause) {
          onFailure(cause);
          // Broken off, not ended: nobody is to take a part for the whole.
          throw cause;
        }
      },
      async cancel() {
        await parts.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

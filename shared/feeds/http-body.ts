// Feeds: where the body of an HTTP/1 response ends.
import { Buffer } from "node:buffer";
import type { HttpHead } from "./http-head.ts";

/** Thrown while an answer is read; `code` is what fetch-outcome.ts and read-body.ts tell faults apart by. */
export class HttpFault extends Error {
  readonly code:
    | "NO_HTTP"
    | "HEAD_CUT_SHORT"
    | "HEAD_TOO_LARGE"
    | "BODY_CUT_SHORT"
    | "TOO_MANY_CHUNKS";

  constructor(code: HttpFault["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** Bytes as they come, with a way to put back what was read too far. */
export interface ByteSource {
  /** Null at the end of the connection. */
  next(): Promise<Buffer | null>;
  unread(bytes: Buffer): void;
  /** Ends the connection once nothing has come for so long. */
  endWhenIdle(milliseconds: number): void;
}

/** A chunk's size and extensions. */
const MOST_LINE_BYTES = 4096;
/** An honest ten megabytes, sent line by line; each costs time of its own. */
const MOST_CHUNKS = 200_000;
const SIZE = /^[ \t]*([0-9a-f]{1,12})[ \t]*(?:;.*)?\r?$/i;
/** How long a server that declared two lengths, and has sent the lesser, is waited for. */
const IDLE_MS = 1_000;

/**
 * The body as it was framed: by chunks, else by its length, else by the end of the connection. Chunks outweigh a length (RFC 9112
 * §6.3), and lengths that are no numbers count for nothing.
 * @throws HttpFault where the connection ends before the body does
 */
export function bodyOf({ status, headers }: HttpHead, source: ByteSource): AsyncGenerator<Buffer> {
  if (status === 204 || status === 304) return exactly(source, 0);
  if (/\bchunked\b/i.test((headers.get("transfer-encoding") ?? []).join())) return chunked(source);
  const lengths = (headers.get("content-length") ?? [])
    .flatMap((value) => value.split(","))
    .filter((value) => /^\s*\d{1,15}\s*$/.test(value))
    .map(Number);
  if (lengths.length === 0) return untilEnd(source);
  const [least, most] = [Math.min(...lengths), Math.max(...lengths)];
  return least === most ? exactly(source, most) : between(source, least, most);
}

async function* untilEnd(source: ByteSource): AsyncGenerator<Buffer> {
  for (let bytes = await source.next(); bytes !== null; bytes = await source.next()) yield bytes;
}

async function* exactly(source: ByteSource, length: number): AsyncGenerator<Buffer> {
  for (let left = length; left > 0; ) {
    const bytes = await source.next();
    if (bytes === null) throw new HttpFault("BODY_CUT_SHORT", `${left} bytes are missing`);
    if (bytes.length > left) source.unread(bytes.subarray(left));
    yield bytes.subarray(0, left);
    left -= Math.min(left, bytes.length);
  }
}

/** Lengths that contradict each other (of the packed and the plain body, mostly): the end of the connection says which is right. */
async function* between(source: ByteSource, least: number, most: number): AsyncGenerator<Buffer> {
  yield* exactly(source, least);
  source.endWhenIdle(IDLE_MS);
  for (let left = most - least; left > 0; ) {
    const bytes = await source.next().catch(endedEarly);
    if (bytes === null) return;
    yield bytes.subarray(0, left);
    left -= Math.min(left, bytes.length);
  }
}

/** Closed by the server or for idleness: an end like another. The deadline's end is none. */
function endedEarly(error: NodeJS.ErrnoException): null {
  if (error.code === "ERR_STREAM_PREMATURE_CLOSE" || error.code === "ECONNRESET") return null;
  throw error;
}

/**
 * Takes a body that is not in chunks in spite of its header as it is. Where the connection ends between two chunks the body ends
 * too: a document that was cut there is known by itself (`truncated`). All chunks of one read come out together, because hostile
 * ones are a byte long.
 */
async function* chunked(source: ByteSource): AsyncGenerator<Buffer> {
  let read: Chunks = { data: [], left: 0, rest: Buffer.alloc(0), count: 0, end: null };
  while (read.end === null) {
    const bytes = await source.next();
    if (bytes === null && read.left > 0)
      throw new HttpFault("BODY_CUT_SHORT", `${read.left} bytes are missing`);
    if (bytes === null && read.count > 0) return;
    if (bytes === null) break;
    read = readChunks(read, bytes);
    if (read.data.length > 0) yield Buffer.concat(read.data);
  }
  if (read.end === "last") return;
  source.unread(read.rest);
  yield* untilEnd(source);
}

/** What one read brought: data, the bytes that the chunk begun still wants, and a line that is not whole yet. */
interface Chunks {
  readonly data: readonly Buffer[];
  readonly left: number;
  readonly rest: Buffer;
  readonly count: number;
  /** After the last chunk, or at once where there are none. */
  readonly end: "last" | "none" | null;
}

function readChunks(before: Chunks, more: Buffer): Chunks {
  const bytes = Buffer.concat([before.rest, more]);
  const data: Buffer[] = [];
  let { left, count } = before;
  let at = 0;
  while (at < bytes.length) {
    if (left > 0) {
      data.push(bytes.subarray(at, at + left));
      const taken = Math.min(left, bytes.length - at);
      at += taken;
      left -= taken;
      continue;
    }
    const end = bytes.indexOf(10, at);
    if (end < 0 && bytes.length - at < MOST_LINE_BYTES) break;
    const line = bytes.toString("latin1", at, end < 0 ? at + MOST_LINE_BYTES : end);
    if (line.trim() === "" && end >= 0 && count > 0) {
      at = end + 1;
      continue;
    }
    const size = SIZE.exec(line)?.[1];
    if (size === undefined && count === 0) return { data, left, rest: bytes, count, end: "none" };
    if (size === undefined) throw new HttpFault("BODY_CUT_SHORT", "a chunk without its size");
    left = Number.parseInt(size, 16);
    if (left === 0) return { data, left, rest: bytes, count, end: "last" };
    count += 1;
    if (count > MOST_CHUNKS) throw new HttpFault("TOO_MANY_CHUNKS", `over ${MOST_CHUNKS} chunks`);
    at = end + 1;
  }
  return { data, left, rest: bytes.subarray(at), count, end: null };
}

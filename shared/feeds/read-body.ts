// Feeds: a response body, decompressed under a cap on what comes out.
import { Buffer } from "node:buffer";
import { PassThrough, Readable, type Transform } from "node:stream";
import zlib from "node:zlib";

/** More codings than this are no server's honest work (as undici itself bounds them). */
const MOST_CODINGS = 5;

export type BodyOutcome =
  | { readonly kind: "read"; readonly body: Uint8Array }
  | {
      readonly kind: "failed";
      readonly reason: "too-large" | "bad-encoding" | "truncated";
      readonly detail: string;
    };

/**
 * @param encoding `Content-Encoding` as sent; gzip is recognised even where it is not declared, and a body that is plain in
 * spite of the declaration is taken as it is
 * @param maxBytes counted after decompression
 * @throws what the network throws while reading
 */
export async function readBody(
  source: Readable,
  encoding: string | null,
  maxBytes: number,
): Promise<BodyOutcome> {
  const codings = (encoding ?? "")
    .toLowerCase()
    .split(",")
    .map((coding) => coding.trim())
    .filter((coding) => coding !== "" && coding !== "identity");
  if (codings.length > MOST_CODINGS)
    return { kind: "failed", reason: "bad-encoding", detail: `${codings.length} codings` };
  const unknown = codings.find((coding) => !KNOWN.has(coding));
  if (unknown !== undefined)
    return { kind: "failed", reason: "bad-encoding", detail: `coding ${unknown.slice(0, 40)}` };
  const first = await peek(source);
  const layers = first.head === null ? [] : decodersFor(codings, first.head);
  return collect(first.stream, layers, maxBytes);
}

/** The connection ended before the body did. */
const CUT_SHORT = new Set([
  "UND_ERR_SOCKET",
  "UND_ERR_RES_CONTENT_LENGTH_MISMATCH",
  "ECONNRESET",
  "HPE_INVALID_EOF_STATE",
]);
const KNOWN = new Set(["gzip", "x-gzip", "deflate", "br"]);

/** Decoders from the outermost coding inwards, by what the bytes show where they can show it. */
function decodersFor(codings: readonly string[], head: Buffer): Transform[] {
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  if (codings.length === 0) return isGzip ? [zlib.createGunzip()] : [];
  return [...codings].reverse().flatMap((coding, index): Transform[] => {
    if (coding === "br") return [zlib.createBrotliDecompress()];
    if (coding === "deflate")
      return index === 0 && !isZlib(head) ? [zlib.createInflateRaw()] : [zlib.createInflate()];
    return index === 0 && !isGzip ? [] : [zlib.createGunzip()];
  });
}

/** A zlib header (RFC 1950 §2.2); some servers send raw deflate under the same name. */
function isZlib(head: Buffer): boolean {
  const [cmf = 0, flags = 0] = head;
  return (cmf & 0x0f) === 8 && ((cmf << 8) | flags) % 31 === 0;
}

async function peek(source: Readable): Promise<{ head: Buffer | null; stream: Readable }> {
  const iterator = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await iterator.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  async function* whole(): AsyncGenerator<Buffer> {
    if (head.length > 0) yield head;
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) return;
      yield next.value;
    }
  }
  return { head: head.length < 2 ? null : head, stream: Readable.from(whole()) };
}

function collect(
  source: Readable,
  layers: readonly Transform[],
  maxBytes: number,
): Promise<BodyOutcome> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const all = [source, ...layers, new PassThrough()];
    const stop = (): void => {
      for (const stream of all) stream.destroy();
    };
    const fail = (reason: "too-large" | "bad-encoding" | "truncated", detail: string): void => {
      resolve({ kind: "failed", reason, detail });
      stop();
    };
    source.on("error", (error: NodeJS.ErrnoException) => {
      if (CUT_SHORT.has(error.code ?? "")) return fail("truncated", error.message.slice(0, 100));
      reject(error);
      stop();
    });
    let last: Readable = source;
    for (const layer of layers) {
      layer.on("error", (error: NodeJS.ErrnoException) =>
        fail(error.code === "Z_BUF_ERROR" ? "truncated" : "bad-encoding", error.code ?? "zlib"),
      );
      last = last.pipe(layer);
    }
    last.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) fail("too-large", `more than ${maxBytes} bytes`);
      else chunks.push(chunk);
    });
    last.on("end", () => resolve({ kind: "read", body: Buffer.concat(chunks, size) }));
  });
}

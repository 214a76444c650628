// Feeds: the bytes of a response, under a cap before and after unpacking.
import { Buffer } from "node:buffer";
import { type BodyOutcome, unpack } from "./unpack-body.ts";

/** The connection ended before the body did. */
const CUT_SHORT = new Set(["BODY_CUT_SHORT", "ECONNRESET", "ERR_STREAM_PREMATURE_CLOSE"]);

/**
 * @param encoding `Content-Encoding` as sent
 * @param maxBytes counted after decompression, and before it too: nothing honest grows by being packed
 * @throws what the network throws while reading
 */
export async function readBody(
  source: AsyncIterable<Buffer>,
  encoding: string | null,
  maxBytes: number,
): Promise<BodyOutcome> {
  // One buffer that doubles: a body sent byte by byte would else cost a hundred times its size.
  let body = Buffer.allocUnsafe(64 * 1024);
  let size = 0;
  try {
    for await (const bytes of source) {
      const needed = size + bytes.length;
      if (needed > maxBytes)
        return { kind: "failed", reason: "too-large", detail: `more than ${maxBytes} bytes` };
      if (needed > body.length)
        body = Buffer.concat([body], Math.min(Math.max(needed, 2 * body.length), maxBytes));
      bytes.copy(body, size);
      size = needed;
    }
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (!CUT_SHORT.has(code)) throw error;
    return { kind: "failed", reason: "truncated", detail: message.slice(0, 100) };
  }
  return unpack(body.subarray(0, size), encoding, maxBytes);
}

// Feeds: the bytes of a response, under a cap before and after unpacking.
import { Buffer } from "node:buffer";
import { type BodyOutcome, endsDocument, unpack } from "./unpack-body.ts";

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
    // A length that is too great (of the body before it was packed, say) on a document that is all there.
    const short = await unpack(body.subarray(0, size), encoding, maxBytes);
    if (code === "BODY_CUT_SHORT" && short.kind === "read" && endsDocument(short.body))
      return short;
    return { kind: "failed", reason: "truncated", detail: message.slice(0, 100) };
  }
  return unpack(body.subarray(0, size), encoding, maxBytes);
}

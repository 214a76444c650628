// Feeds: one GET over a connection of its own. Node's and undici's parser refuse answers that browsers read (docs/adr/0008).
import { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import type { Dial } from "./guarded-dial.ts";
import { type ByteSource, bodyOf, HttpFault } from "./http-body.ts";
import { endOfHead, type HttpHead, type HttpHeaders, parseHead } from "./http-head.ts";

export interface HttpAnswer {
  readonly status: number;
  readonly headers: HttpHeaders;
  /** Read once, or not at all; leaving it early ends the connection. */
  readonly body: AsyncIterable<Buffer>;
  readonly close: () => void;
}

/** All heads of an answer together, as much as Chromium takes: security policies and cookies run to tens of kilobytes. */
const MOST_HEAD_BYTES = 256 * 1024;

/**
 * @param headers sendable as they are: no control characters, nothing above U+00FF
 * @throws what the network throws; HttpFault for an answer that is none
 */
export async function exchange(
  dial: Dial,
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const socket = await dial(url, signal);
  const close = (): void => void socket.destroy();
  try {
    const lines = Object.entries({ host: url.host, connection: "close", ...headers });
    const request = `GET ${url.pathname}${url.search} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
    socket.write(request, "latin1");
    const source = sourceOf(socket);
    const head = await finalHead(source);
    return { ...head, body: closing(bodyOf(head, source), close), close };
  } catch (error) {
    close();
    throw error;
  }
}

function sourceOf(socket: Socket): ByteSource {
  const iterator = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let waiting: Buffer = Buffer.alloc(0);
  return {
    async next() {
      if (waiting.length > 0) {
        const bytes = waiting;
        waiting = Buffer.alloc(0);
        return bytes;
      }
      const { done, value } = await iterator.next();
      return done === true ? null : value;
    },
    unread(bytes) {
      waiting = waiting.length === 0 ? bytes : Buffer.concat([bytes, waiting]);
    },
    endWhenIdle(milliseconds) {
      socket.setTimeout(milliseconds, () => socket.destroy());
    },
  };
}

/** The head after all interim ones (100, 103). */
async function finalHead(source: ByteSource): Promise<HttpHead> {
  let left = MOST_HEAD_BYTES;
  for (;;) {
    const text = await headText(source, left);
    const head = parseHead(text);
    if (head === null) throw new HttpFault("NO_HTTP", "the answer is not HTTP");
    if (head.status >= 200 || head.status === 101) return head;
    left -= text.length;
  }
}

async function headText(source: ByteSource, most: number): Promise<string> {
  const parts: string[] = [];
  let tail = "";
  for (let left = most; left > 0; ) {
    const bytes = await source.next();
    if (bytes === null)
      throw new HttpFault("HEAD_CUT_SHORT", "the connection ended before the headers did");
    left -= bytes.length;
    const whole = bytes.toString("latin1");
    // Blank lines before the status line are passed over (RFC 9112 §2.2).
    const text = parts.length === 0 ? whole.trimStart() : whole;
    const end = endOfHead(tail, text);
    if (end >= 0) {
      source.unread(bytes.subarray(whole.length - text.length + end));
      return parts.join("") + text.slice(0, end);
    }
    if (text !== "") parts.push(text);
    tail = (tail + text).slice(-3);
  }
  throw new HttpFault("HEAD_TOO_LARGE", `over ${MOST_HEAD_BYTES} bytes of headers`);
}

async function* closing(body: AsyncGenerator<Buffer>, close: () => void): AsyncGenerator<Buffer> {
  try {
    yield* body;
  } finally {
    close();
  }
}

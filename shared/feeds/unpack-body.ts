// Feeds: a body's content codings undone, by what its bytes show rather than by what its headers say.
import { Buffer } from "node:buffer";
import type { Transform } from "node:stream";
import zlib from "node:zlib";

export type BodyOutcome =
  | { readonly kind: "read"; readonly body: Uint8Array }
  | {
      readonly kind: "failed";
      readonly reason: "too-large" | "bad-encoding" | "truncated";
      readonly detail: string;
    };

/** More codings than this are no server's honest work. */
const MOST_CODINGS = 5;
/** A block-gzipped file of ten megabytes has a few hundred members. */
const MOST_MEMBERS = 1_000;
/** The checksum and length that follow a member. */
const TRAILER_BYTES = 8;

/**
 * Gzip is recognised even where it is not declared, and a body that is plain in spite of a declaration is taken as it is. A coding
 * that nobody knows (`UTF-8`, `aws-chunked`, `none`) is passed over where what is left is a document.
 * @param encoding `Content-Encoding`, all of its values joined by commas
 * @param maxBytes of what comes out, of each coding
 */
export async function unpack(
  body: Buffer,
  encoding: string | null,
  maxBytes: number,
): Promise<BodyOutcome> {
  const codings = (encoding ?? "")
    .toLowerCase()
    .split(",")
    .map((coding) => coding.trim())
    .filter((coding) => coding !== "" && coding !== "identity");
  if (codings.length > MOST_CODINGS) return failed("bad-encoding", `${codings.length} codings`);
  if (body.length === 0) return { kind: "read", body };
  let bytes = body;
  let unknown: string | null = null;
  for (const coding of codings.reverse()) {
    const layer = await undo(coding, bytes, maxBytes);
    if (layer === null) unknown = coding;
    else if (layer.kind === "failed") return layer;
    else bytes = layer.body;
  }
  for (let turn = codings.length; turn < MOST_CODINGS && isGzip(bytes); turn += 1) {
    const layer = await gunzip(bytes, maxBytes);
    if (layer.kind === "failed") return layer;
    bytes = layer.body;
  }
  if (unknown !== null && !isDocument(bytes))
    return failed("bad-encoding", `coding ${unknown.slice(0, 40)}`);
  return { kind: "read", body: bytes };
}

type Layer = { readonly kind: "read"; readonly body: Buffer } | ReturnType<typeof failed>;

/** One coding undone; null for a coding that is not known. */
async function undo(coding: string, bytes: Buffer, maxBytes: number): Promise<Layer | null> {
  if (isGzip(bytes)) return gunzip(bytes, maxBytes);
  if (coding === "gzip" || coding === "x-gzip") return { kind: "read", body: bytes };
  const layer = await (coding === "deflate"
    ? inflate(isZlib(bytes) ? bytes.subarray(2) : bytes, maxBytes)
    : coding === "br"
      ? run(zlib.createBrotliDecompress, bytes, maxBytes)
      : null);
  if (layer?.kind === "failed" && layer.reason !== "too-large" && isDocument(bytes))
    return { kind: "read", body: bytes };
  return layer;
}

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** A zlib header (RFC 1950 §2.2); some servers send raw deflate under the same name. */
function isZlib(bytes: Buffer): boolean {
  const [cmf = 0, flags = 0] = bytes;
  return (cmf & 0x0f) === 8 && ((cmf << 8) | flags) % 31 === 0;
}

/** As a feed begins, or any other XML, HTML or JSON; in UTF-16 too. */
const isDocument = (bytes: Buffer): boolean =>
  /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*[<{[]/.test(bytes.toString("latin1", 0, 1_024));

/** As a feed ends; that nothing is missing before, the parser sees. */
export const endsDocument = (bytes: Uint8Array): boolean =>
  /(?:<\/(?:\w+:)?(?:rss|feed|rdf)\s*>|\})\s*$/i.test(
    Buffer.from(bytes.subarray(-256)).toString("latin1").replaceAll("\0", ""),
  );

/** Members one after another (RFC 1952 §2.2); the last one's trailer may be wanting, and what follows it may be anything. */
async function gunzip(bytes: Buffer, maxBytes: number): Promise<Layer> {
  const members: Buffer[] = [];
  let size = 0;
  let rest = bytes;
  while (isGzip(rest) && members.length < MOST_MEMBERS) {
    const packed = rest.subarray(headerLength(rest));
    const member = await inflate(packed, maxBytes - size);
    if (member.kind === "failed") {
      if (members.length > 0 && member.reason === "bad-encoding") break;
      return member;
    }
    members.push(member.body);
    size += member.body.length;
    rest = packed.subarray(member.used + TRAILER_BYTES);
  }
  return { kind: "read", body: Buffer.concat(members, size) };
}

/** Of a gzip member, with its extra field, name, comment and checksum. */
function headerLength(bytes: Buffer): number {
  const flags = bytes[3] ?? 0;
  let at = 10;
  if (flags & 4) at += 2 + ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
  for (const flag of [8, 16]) if (flags & flag) at = bytes.indexOf(0, at) + 1 || bytes.length;
  return flags & 2 ? at + 2 : at;
}

/** Raw deflate, which says itself where it ends. Cut before that, it is taken where a document has ended all the same. */
async function inflate(bytes: Buffer, maxBytes: number): Promise<Unpacked> {
  const whole = await run(zlib.createInflateRaw, bytes, maxBytes);
  if (whole.kind === "read" || whole.reason !== "truncated") return whole;
  const finishFlush = zlib.constants.Z_SYNC_FLUSH;
  const part = await run(() => zlib.createInflateRaw({ finishFlush }), bytes, maxBytes);
  return part.kind === "read" && endsDocument(part.body) ? part : whole;
}

type Unpacked =
  | { readonly kind: "read"; readonly body: Buffer; readonly used: number }
  | ReturnType<typeof failed>;

async function run(
  create: () => Transform & { readonly bytesWritten: number },
  bytes: Buffer,
  maxBytes: number,
): Promise<Unpacked> {
  const engine = create();
  const parts: Buffer[] = [];
  let size = 0;
  engine.end(bytes);
  try {
    for await (const part of engine as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > maxBytes) return failed("too-large", `more than ${maxBytes} bytes`);
      parts.push(part);
    }
  } catch (error) {
    const { code = "zlib" } = error as NodeJS.ErrnoException;
    return failed(code === "Z_BUF_ERROR" ? "truncated" : "bad-encoding", code);
  }
  return { kind: "read", body: Buffer.concat(parts, size), used: engine.bytesWritten };
}

const failed = (reason: "too-large" | "bad-encoding" | "truncated", detail: string) =>
  ({ kind: "failed", reason, detail }) as const;

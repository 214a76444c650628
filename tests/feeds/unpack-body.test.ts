import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { unpack } from "../../shared/feeds/unpack-body.ts";
import { rssOf, sampleItems } from "../servers/feed-server.ts";

const TEXT = rssOf(sampleItems(40));
const PLAIN = Buffer.from(TEXT);
const GZIP = gzipSync(TEXT);
const MOST = 1024 * 1024;
const JUNK = Buffer.from("\n<!-- cached in 0.1 s -->");

const both = (...parts: readonly Buffer[]): Buffer => Buffer.concat(parts);
const half = Math.floor(PLAIN.length / 2);
/** All flags set: header checksum, extra field, name, comment (RFC 1952 §2.3). */
const FULL_HEADER = both(
  Buffer.from([0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3, 3, 0, 1, 2, 3]),
  Buffer.from("feed.xml\0a comment\0ab"),
);
const flushed = { finishFlush: constants.Z_SYNC_FLUSH };

describe("packed as browsers unpack it", () => {
  test.each<[string, string | null, Buffer]>([
    ["gzip", "gzip", GZIP],
    ["x-gzip", "x-gzip", GZIP],
    ["GZip, in capitals", "GZip", GZIP],
    ["gzip, not declared", null, GZIP],
    ["gzip, declared as none", "none", GZIP],
    ["gzip without its trailer", "gzip", GZIP.subarray(0, -8)],
    ["gzip with half its trailer", "gzip", GZIP.subarray(0, -4)],
    ["gzip with a wrong checksum", "gzip", both(GZIP.subarray(0, -8), Buffer.alloc(8))],
    ["gzip with bytes after it", "gzip", both(GZIP, JUNK)],
    ["gzip with zeros after it", "gzip", both(GZIP, Buffer.alloc(64))],
    [
      "gzip with what looks like more gzip after it",
      "gzip",
      both(GZIP, Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 255, 255, 255, 255])),
    ],
    [
      "gzip in two members",
      "gzip",
      both(gzipSync(PLAIN.subarray(0, half)), gzipSync(PLAIN.subarray(half))),
    ],
    ["gzip with every field in its header", "gzip", both(FULL_HEADER, deflateRawSync(TEXT))],
    ["gzip that was flushed and never ended", "gzip", gzipSync(TEXT, flushed)],
    ["gzip twice, declared twice", "gzip, gzip", gzipSync(GZIP)],
    ["gzip twice, declared once", "gzip", gzipSync(GZIP)],
    ["gzip once, declared twice", "gzip, gzip", GZIP],
    ["gzip, declared as br", "br", GZIP],
    ["gzip, declared as deflate", "deflate", GZIP],
    ["plain, declared as gzip", "gzip", PLAIN],
    ["plain, declared as deflate", "deflate", PLAIN],
    ["plain, declared as br", "br", PLAIN],
    ["deflate", "deflate", deflateSync(TEXT)],
    ["deflate without its checksum", "deflate", deflateSync(TEXT).subarray(0, -4)],
    ["deflate with bytes after it", "deflate", both(deflateSync(TEXT), JUNK)],
    ["deflate without its wrapping", "deflate", deflateRawSync(TEXT)],
    ["br", "br", brotliCompressSync(TEXT)],
    ["br with bytes after it", "br", both(brotliCompressSync(TEXT), JUNK)],
    ["br in gzip", "br, gzip", gzipSync(brotliCompressSync(TEXT))],
    ["identity", "identity", PLAIN],
    ["UTF-8", "UTF-8", PLAIN],
    ["aws-chunked", "aws-chunked", PLAIN],
    ["none", "none", PLAIN],
    ["a charset and gzip", "utf-8, gzip", GZIP],
    ["aws-chunked outside gzip", "gzip,aws-chunked", GZIP],
    [
      "an unknown coding of UTF-16",
      "x-unicode",
      both(Buffer.from([0xff, 0xfe]), Buffer.from(TEXT, "utf16le")),
    ],
  ])("%s", async (_how, encoding, body) => {
    const outcome = await unpack(body, encoding, MOST);

    const text =
      outcome.kind === "read"
        ? Buffer.from(outcome.body).toString(encoding === "x-unicode" ? "utf16le" : "utf8")
        : JSON.stringify(outcome);
    expect(text.replace("\ufeff", "")).toBe(TEXT);
  });
});

describe("what cannot be unpacked is named", () => {
  const member = gzipSync("");

  test.each<[string, string, Buffer, string]>([
    ["gzip cut in its data", "gzip", GZIP.subarray(0, 300), "truncated"],
    ["gzip cut in its header", "gzip", GZIP.subarray(0, 5), "truncated"],
    ["gzip cut in its second member", "gzip", both(GZIP, GZIP.subarray(0, 300)), "truncated"],
    [
      "gzip that is broken",
      "gzip",
      both(GZIP.subarray(0, 10), Buffer.alloc(200, 0xff)),
      "bad-encoding",
    ],
    ["deflate cut", "deflate", deflateSync(TEXT).subarray(0, 300), "truncated"],
    ["br cut", "br", brotliCompressSync(TEXT).subarray(0, 300), "truncated"],
    ["br that is broken", "br", Buffer.alloc(200, 0xff), "bad-encoding"],
    [
      "a coding we do not know, and no document",
      "zstd",
      Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 4]),
      "bad-encoding",
    ],
    ["more codings than anybody needs", "gzip, gzip, gzip, gzip, gzip, gzip", GZIP, "bad-encoding"],
    ["too much", "gzip", gzipSync(Buffer.alloc(MOST + 1)), "too-large"],
    [
      "too much in small members",
      "gzip",
      both(...Array.from({ length: 20 }, () => gzipSync(Buffer.alloc(MOST / 16)))),
      "too-large",
    ],
    ["too much as deflate", "deflate", deflateSync(Buffer.alloc(MOST + 1)), "too-large"],
    ["too much as br", "br", brotliCompressSync(Buffer.alloc(MOST + 1)), "too-large"],
    [
      "too much packed twice",
      "gzip, gzip",
      gzipSync(gzipSync(Buffer.alloc(MOST + 1))),
      "too-large",
    ],
  ])("%s", async (_how, encoding, body, reason) => {
    expect(await unpack(body, encoding, MOST)).toMatchObject({ kind: "failed", reason });
  });

  test("a hundred thousand empty members are not unpacked one by one", async () => {
    const outcome = await unpack(
      both(...Array.from({ length: 100_000 }, () => member)),
      "gzip",
      MOST,
    );

    expect(outcome).toMatchObject({ kind: "read", body: Buffer.alloc(0) });
  });
});

import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import type { FetchOutcome } from "../../shared/domain/fetch.ts";
import { createFetcher, type FetcherOptions } from "../../shared/feeds/fetch-feed.ts";
import { rssOf, sampleItems } from "../servers/feed-server.ts";
import { type RawServer, startRawServer } from "../servers/raw-server.ts";

const NOW = new Date("2026-12-01T12:00:00Z");
const DOC = rssOf(sampleItems(3));
const SIZE = Buffer.byteLength(DOC);
/** For what never comes: a busy machine is slow at everything. */
const HANGS_MS = 200_000;
const open: RawServer[] = [];

afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

async function serve(...given: Parameters<typeof startRawServer>): Promise<RawServer> {
  const server = await startRawServer(...given);
  open.push(server);
  return server;
}

async function get(url: string, options: Partial<FetcherOptions> = {}): Promise<FetchOutcome> {
  const fetcher = createFetcher({
    allowPrivateNetwork: true,
    contactUrl: "https://watch.example/",
    version: "1",
    pause: async () => {},
    deadlineMs: HANGS_MS,
    ...options,
  });
  try {
    return await fetcher.fetchFeed({ url, validators: null, now: NOW });
  } finally {
    await fetcher.close();
  }
}

const textOf = (outcome: FetchOutcome): string =>
  outcome.kind === "fetched" ? Buffer.from(outcome.body).toString("utf8") : JSON.stringify(outcome);

const chunk = (text: string, end = "\r\n"): string =>
  `${Buffer.byteLength(text).toString(16)}${end}${text}${end}`;
const [LEFT, RIGHT] = [DOC.slice(0, 200), DOC.slice(200)];

describe("answers that browsers and curl read are read", () => {
  const ok = "HTTP/1.1 200 OK\r\n";
  const type = "Content-Type: application/rss+xml\r\n";
  const length = `Content-Length: ${SIZE}\r\n`;

  test.each<[string, string]>([
    ["Content-Length twice", `${ok}${type}${length}${length}\r\n${DOC}`],
    [
      "Content-Length twice on one line",
      `${ok}${type}Content-Length: ${SIZE}, ${SIZE}\r\n\r\n${DOC}`,
    ],
    [
      "contradicting lengths, the lesser first",
      `${ok}${type}Content-Length: 12\r\n${length}\r\n${DOC}`,
    ],
    [
      "contradicting lengths, the greater wrong",
      `${ok}${type}${length}Content-Length: 99999\r\n\r\n${DOC}`,
    ],
    ["a length that is too great", `${ok}${type}Content-Length: 99999\r\n\r\n${DOC}`],
    ["a length that is no number", `${ok}${type}Content-Length: unknown\r\n\r\n${DOC}`],
    ["a negative length", `${ok}${type}Content-Length: -1\r\n\r\n${DOC}`],
    ["an empty length", `${ok}${type}Content-Length:\r\n\r\n${DOC}`],
    ["space before the colon", `${ok}Content-Type : application/rss+xml\r\n${length}\r\n${DOC}`],
    ["bare LF", `HTTP/1.1 200 OK\n${type.replace("\r", "")}${length.replace("\r", "")}\n${DOC}`],
    ["CR twice", `HTTP/1.1 200 OK\r\r\n${type}${length}\r\r\n${DOC}`],
    [
      "control characters in a header",
      `${ok}${type}X-Powered-By: a\u0001\u0008b\u0000\rc\r\n${length}\r\n${DOC}`,
    ],
    [
      "control characters and bytes in a name",
      `${ok}X\u0001-é-\u00ff: a\r\n${type}${length}\r\n${DOC}`,
    ],
    ["a name with spaces", `${ok}X Frame Options: DENY\r\n${type}${length}\r\n${DOC}`],
    ["a line without a colon", `${ok}nonsense\r\n${type}${length}\r\n${DOC}`],
    ["a line without a name", `${ok}: nonsense\r\n${type}${length}\r\n${DOC}`],
    ["a folded header", `${ok}X-Policy: a;\r\n\tb;\r\n c\r\n${type}${length}\r\n${DOC}`],
    ["a fold right after the status", `${ok} X-First: a\r\n${type}${length}\r\n${DOC}`],
    ["no reason phrase", `HTTP/1.1 200\r\n${type}${length}\r\n${DOC}`],
    ["a reason in UTF-8", `HTTP/1.1 200 Très bien\r\n${type}${length}\r\n${DOC}`],
    ["two spaces in the status line", `HTTP/1.1  200  OK\r\n${type}${length}\r\n${DOC}`],
    ["a version in lower case", `http/1.1 200 ok\r\n${type}${length}\r\n${DOC}`],
    ["a version that is not ours", `HTTP/2.0 200 OK\r\n${type}${length}\r\n${DOC}`],
    ["HTTP/1.0 without a length", `HTTP/1.0 200 OK\r\n${type}\r\n${DOC}`],
    ["blank lines before the status", `\r\n\r\n${ok}${type}${length}\r\n${DOC}`],
    [
      "an interim answer first",
      `HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n${ok}${type}${length}\r\n${DOC}`,
    ],
    ["headers of 100 KB", `${ok}X-Policy: ${"p".repeat(100_000)}\r\n${type}${length}\r\n${DOC}`],
    ["bytes after the body", `${ok}${type}${length}\r\n${DOC}HTTP/1.1 500 No\r\n\r\nx`],
    [
      "chunks",
      `${ok}${type}Transfer-Encoding: chunked\r\n\r\n${chunk(LEFT)}${chunk(RIGHT)}0\r\n\r\n`,
    ],
    [
      "chunks and a length",
      `${ok}${type}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n${chunk(DOC)}0\r\n\r\n`,
    ],
    [
      "chunked twice",
      `${ok}${type}Transfer-Encoding: chunked\r\nTransfer-Encoding: Chunked\r\n\r\n${chunk(DOC)}0\r\n\r\n`,
    ],
    [
      "chunks in HTTP/1.0",
      `HTTP/1.0 200 OK\r\n${type}Transfer-Encoding: chunked\r\n\r\n${chunk(DOC)}0\r\n\r\n`,
    ],
    [
      "chunks with extensions, spaces and bare LF",
      `${ok}${type}Transfer-Encoding: chunked\r\n\r\n${chunk(LEFT, " ;a=b\n").replace(/ ;a=b\n$/, "\n")}${chunk(RIGHT, "\n")}0\n\n`,
    ],
    [
      "chunks with leading zeros and trailers",
      `${ok}${type}Transfer-Encoding: chunked\r\n\r\n0000${chunk(DOC)}000\r\nX-Sum: 1\r\n\r\n`,
    ],
    [
      "chunks without a last one",
      `${ok}${type}Transfer-Encoding: chunked\r\n\r\n${chunk(LEFT)}${chunk(RIGHT)}`,
    ],
    ["chunks announced and not sent", `${ok}${type}Transfer-Encoding: chunked\r\n\r\n${DOC}`],
    [
      "a transfer coding of identity",
      `${ok}${type}Transfer-Encoding: identity\r\n${length}\r\n${DOC}`,
    ],
  ])("%s", async (_how, answer) => {
    const server = await serve(() => Buffer.from(answer, "utf8"));

    const outcome = await get(`${server.url}/feed`);

    expect(textOf(outcome)).toBe(DOC);
    expect(outcome).toMatchObject({ contentType: "application/rss+xml" });
    expect(server.requests).toHaveLength(1);
  });

  test("gzip as a transfer coding", async () => {
    const packed = gzipSync(DOC);
    const head = `${ok}${type}Transfer-Encoding: gzip, chunked\r\n\r\n${packed.length.toString(16)}\r\n`;
    const server = await serve(() =>
      Buffer.concat([Buffer.from(head), packed, Buffer.from("\r\n0\r\n\r\n")]),
    );

    expect(textOf(await get(server.url))).toBe(DOC);
  });

  test("gzip under the length of what it unpacks to", async () => {
    const head = `${ok}${type}Content-Encoding: gzip\r\n${length}\r\n`;
    const server = await serve(() => Buffer.concat([Buffer.from(head), gzipSync(DOC)]));

    expect(textOf(await get(server.url))).toBe(DOC);
  });

  test("contradicting lengths from a server that keeps the connection open", async () => {
    const server = await serve(() => (socket: Socket) => {
      socket.write(`${ok}${type}${length}Content-Length: 99999\r\n\r\n${DOC}`);
    });

    expect(textOf(await get(server.url))).toBe(DOC);
  });
});

describe("what is no answer, or no whole one, is named; and none costs more than its share", () => {
  const refused = async (answer: string | ((socket: Socket) => void), deadlineMs = HANGS_MS) => {
    const server = await serve(() => (typeof answer === "string" ? Buffer.from(answer) : answer));
    const outcome = await get(server.url, { deadlineMs });
    await expect.poll(() => server.sockets.size, { timeout: HANGS_MS }).toBe(0);
    return outcome.kind === "failed" ? outcome.reason : outcome.kind;
  };
  const head = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n";

  test.each([
    ["no HTTP at all", "SSH-2.0-x\r\n\r\n", "network"],
    ["nothing", "", "network"],
    ["headers cut short", head, "network"],
    ["a body shorter than its length", `${head}Content-Length: 5000\r\n\r\n${LEFT}`, "truncated"],
    [
      "a body shorter than both its lengths",
      `${head}Content-Length: 5000\r\nContent-Length: 6000\r\n\r\n${LEFT}`,
      "truncated",
    ],
    ["a chunk cut short", `${head}Transfer-Encoding: chunked\r\n\r\nfff0\r\n${LEFT}`, "truncated"],
    [
      "a second chunk without its size",
      `${head}Transfer-Encoding: chunked\r\n\r\n${chunk(LEFT)}zz\r\n`,
      "truncated",
    ],
    ["no body", `${head}Content-Length: 0\r\n\r\n`, "empty"],
    ["an upgrade that nobody asked for", "HTTP/1.1 101 Switching Protocols\r\n\r\n", "http-error"],
  ])("%s", async (_how, answer, reason) => {
    expect(await refused(answer)).toBe(reason);
  });

  /** Sends the same again, as fast as it is taken. */
  const endless = (start: string, again: string) => (socket: Socket) => {
    const bytes = Buffer.from(again.repeat(Math.ceil(65_536 / again.length)));
    const write = (): void => {
      while (!socket.destroyed && socket.write(bytes)) {
        // as much as it takes
      }
    };
    socket.on("drain", write);
    socket.write(start);
    write();
  };

  test.each([
    ["headers without end", endless(head, "X-More: and more\r\n"), "network"],
    ["a header without end", endless(`${head}X-More: `, "x"), "network"],
    ["interim answers without end", endless("", "HTTP/1.1 103 Early Hints\r\n\r\n"), "network"],
    ["blank lines without end", endless("", "\r\n"), "network"],
    ["a body without end", endless(`${head}\r\n`, "<item/>"), "too-large"],
    [
      "chunks of one byte without end",
      endless(`${head}Transfer-Encoding: chunked\r\n\r\n`, "1\r\nx\r\n"),
      "network",
    ],
  ])("%s", async (_how, answer, reason) => {
    const memory = process.memoryUsage().rss;

    expect(await refused(answer)).toBe(reason);
    expect(process.memoryUsage().rss - memory).toBeLessThan(150e6);
  });

  test.each([
    ["headers", "HTTP/1.1 200 OK\r\n", "X"],
    ["chunk sizes", `${head}Transfer-Encoding: chunked\r\n\r\n`, "0"],
    [
      "the lesser of two lengths reached, the rest",
      `${head}Content-Length: 5000\r\nContent-Length: 6\r\n\r\n<rss/>`,
      "x",
    ],
  ])("that drip are left at the deadline: %s", async (_how, start, drip) => {
    const answer = (socket: Socket): void => {
      socket.write(start);
      const timer = setInterval(() => socket.write(drip), 20);
      socket.once("close", () => clearInterval(timer));
    };

    expect(await refused(answer, 400)).toBe("timeout");
  });
});

describe("redirects as browsers follow them", () => {
  const to = (location: string | Buffer, more = ""): Buffer =>
    Buffer.concat([
      Buffer.from(`HTTP/1.1 302 Found\r\n${more}Location: `),
      Buffer.from(location),
      Buffer.from("\r\nContent-Length: 0\r\n\r\n"),
    ]);
  const feed = `HTTP/1.1 200 OK\r\nContent-Length: ${SIZE}\r\n\r\n${DOC}`;

  test.each<[string, string | Buffer, string]>([
    ["UTF-8", "/actualités/flux", "/actualit%C3%A9s/flux"],
    ["UTF-8 and escapes mixed", "/actualités/fl%C3%BBx", "/actualit%C3%A9s/fl%C3%BBx"],
    ["Latin-1, as the server's own bytes", Buffer.from("/actualités", "latin1"), "/actualit%E9s"],
    ["UTF-8 in the query", "/f?q=chiffré", "/f?q=chiffr%C3%A9"],
    ["spaces", "  /all news/the feed ", "/all%20news/the%20feed"],
    ["a relative path", "feed.xml", "/feed.xml"],
    ["a fragment", "/feed.xml#top", "/feed.xml"],
  ])("Location in %s", async (_how, location, path) => {
    const server = await serve((asked) => (asked === "/" ? to(location) : feed));

    expect(textOf(await get(`${server.url}/`))).toBe(DOC);
    expect(server.requests[1]).toContain(`GET ${path} HTTP/1.1\r\n`);
  });

  test("a host in UTF-8 is looked up by its IDN name", async () => {
    const looked: string[] = [];
    const server = await serve((asked) =>
      asked === "/" ? to(`http://münchen.example:${port}/feed`) : feed,
    );
    const { port } = new URL(server.url);
    const lookup = async (hostname: string) => {
      looked.push(hostname);
      return [{ address: "127.0.0.1", family: 4 }];
    };

    expect(textOf(await get(`${server.url}/`, { lookup }))).toBe(DOC);
    expect(looked).toEqual(["xn--mnchen-3ya.example"]);
  });

  const cookieOf = (request: string | undefined): string | null =>
    /^cookie: (.*)\r$/im.exec(request ?? "")?.[1] ?? null;

  test("a circle that ends once its cookie comes back is left", async () => {
    const server = await serve((path, request) => {
      if (path === "/check") return to("/feed", "Set-Cookie: seen=1; Path=/\r\n");
      return cookieOf(request)?.includes("seen=1") === true ? feed : to("/check");
    });

    expect(textOf(await get(`${server.url}/feed`))).toBe(DOC);
    expect(server.requests.map(cookieOf)).toEqual([null, null, "seen=1"]);
  });

  test("of several cookies those go along that are meant for the address, and the newest of a name", async () => {
    const set = [
      "a=1; path=/; HttpOnly; SameSite=Lax",
      "b=2; Path=/other",
      "c=3; Secure",
      "d=4; Path=/in; Domain=elsewhere.example",
      "a=5; Path=/; Max-Age=3600; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
      "e=6=7",
      "gone=1",
      "gone=1; expires=Thu, 01-Jan-1970 00:00:00 GMT",
      "zero=1; Max-Age=0",
      "nonsense",
      `big=${"x".repeat(5_000)}`,
    ];
    const server = await serve((path) =>
      path === "/start"
        ? to("/in/feed", set.map((cookie) => `Set-Cookie: ${cookie}\r\n`).join(""))
        : feed,
    );

    await get(`${server.url}/start`);

    expect(server.requests.map(cookieOf)).toEqual([null, "d=4; a=5; e=6=7"]);
  });

  test("a cookie goes to no other host and into no other fetch, whatever its domain", async () => {
    const other = await serve((path) => (path === "/back" ? to(`${server.url}/feed`) : feed));
    const set = "Set-Cookie: a=1; Path=/; Domain=127.0.0.1\r\n";
    const server: RawServer = await serve((path) =>
      path === "/start" ? to(`${other.url}/back`, set) : feed,
    );

    await get(`${server.url}/start`);
    await get(`${server.url}/feed`);

    expect(other.requests.map(cookieOf)).toEqual([null]);
    expect(server.requests.map(cookieOf)).toEqual([null, "a=1", null]);
  });

  test("a circle that no cookie ends takes six requests, as ever", async () => {
    const server = await serve(() => to("/feed", "Set-Cookie: a=1; Path=/\r\n"));

    expect(await get(`${server.url}/feed`)).toMatchObject({ reason: "too-many-redirects" });
    expect(server.requests).toHaveLength(6);
  });

  test("a redirect found by the lax reader is guarded like any other", async () => {
    const inner = await serve(() => feed);
    const server = await serve(() => `HTTP/1.1 302\nLocation : ${inner.url}/secret\n\n`);
    const lookup = async () => [{ address: "127.0.0.1", family: 4 }];

    const direct = await get(`${server.url}/`, { allowPrivateNetwork: false });
    const named = await get(`http://rebound.example:${new URL(server.url).port}/`, {
      allowPrivateNetwork: false,
      lookup,
    });
    await get(`${server.url}/`);

    expect([direct, named]).toMatchObject([
      { reason: "address-refused" },
      { reason: "address-refused" },
    ]);
    expect([server.requests.length, inner.requests.length]).toEqual([1, 1]);
  });
});

describe("a server that answers 406", () => {
  const refusal = "HTTP/1.1 406 Not Acceptable\r\nContent-Length: 0\r\n\r\n";
  const feed = `HTTP/1.1 200 OK\r\nContent-Length: ${SIZE}\r\n\r\n${DOC}`;

  test("is asked once more, a second later, with text/html among what is accepted", async () => {
    const pauses: number[] = [];
    const server = await serve((_path, request) =>
      request.includes("text/html") ? feed : refusal,
    );

    const outcome = await get(server.url, { pause: async (ms) => void pauses.push(ms) });

    expect(textOf(outcome)).toBe(DOC);
    expect(server.requests).toHaveLength(2);
    expect(pauses).toEqual([1000]);
  });

  test("whatever is accepted is not asked a third time", async () => {
    const server = await serve(() => refusal);

    expect(await get(server.url)).toMatchObject({ reason: "http-error", status: 406 });
    expect(server.requests).toHaveLength(2);
  });

  test.each([401, 403])("%i is taken for an answer, not worked around", async (code) => {
    const server = await serve((_path, request) =>
      request.includes("text/html") ? feed : `HTTP/1.1 ${code} No\r\n\r\n`,
    );

    expect(await get(server.url)).toMatchObject({ reason: "blocked" });
    expect(server.requests).toHaveLength(1);
  });
});

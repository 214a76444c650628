import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { FetchOutcome } from "../../shared/domain/fetch.ts";
import { createFetcher, type Fetcher, type FetcherOptions } from "../../shared/feeds/fetch-feed.ts";
import { faultsOf } from "../servers/feed-faults.ts";
import {
  type FeedServer,
  honest,
  plain,
  rssOf,
  sampleItems,
  startFeedServer,
  status,
} from "../servers/feed-server.ts";

const NOW = new Date("2026-03-01T12:00:00Z");
/** For what never comes. */
const HANGS = { timeout: 120_000 };
const fetchers: Fetcher[] = [];
let server: FeedServer;

function fetcher(options: Partial<FetcherOptions> = {}): Fetcher {
  const made = createFetcher({
    allowPrivateNetwork: true,
    contactUrl: "https://watch.example/about",
    version: "9.9",
    // Only where a test waits for it is it short: a busy machine is slow at everything.
    deadlineMs: 120_000,
    pause: async () => {},
    ...options,
  });
  fetchers.push(made);
  return made;
}

const get = (url: string, options: Partial<FetcherOptions> = {}): Promise<FetchOutcome> =>
  fetcher(options).fetchFeed({ url, validators: null, now: NOW });

beforeAll(async () => {
  server = await startFeedServer();
});
afterEach(async () => {
  await Promise.all(fetchers.splice(0).map((made) => made.close()));
});
afterAll(() => server.close());

describe("what a hostile server sends is named, and costs neither time nor memory", () => {
  const FETCHED = new Set(["challenge", "html", "json-error", "noise", "truncated"]);
  for (const [name, fault] of Object.entries(faultsOf(7))) {
    const reason = FETCHED.has(name) ? null : fault.reason;
    test(`${name} is ${reason ?? "read"}`, async () => {
      const url = server.serve(`/${name}`, fault.behaviour);
      const memory = process.memoryUsage().rss;

      const outcome = await get(url, reason === "timeout" ? { deadlineMs: 1_000 } : {});

      expect(outcome.kind === "failed" ? outcome.reason : null).toBe(reason);
      expect(process.memoryUsage().rss - memory).toBeLessThan(120e6);
    });
  }

  test("a server that drips is left at the deadline, and sees its connection closed", async () => {
    const url = server.serve("/drip", faultsOf(1)["dripping"]?.behaviour ?? plain(""));

    const outcome = await get(url, { deadlineMs: 500 });

    const [request] = server.to("/drip");
    // It would go on for ever: whoever closed it was not the server.
    await expect.poll(() => request?.closedAt ?? 0, HANGS).toBeGreaterThan(0);
    expect(outcome).toMatchObject({ kind: "failed", reason: "timeout" });
  });

  test("slow redirects share one deadline, and none is followed after it", async () => {
    for (const path of ["/slow", "/slowx", "/slowxx", "/slowxxx"])
      server.serve(path, status(302, { location: `${server.url}${path}x` }));
    const deadlines: AbortSignal[] = [];
    // Before the third request the deadline passes, however fast or slow the machine is.
    const pause = async (_milliseconds: number, deadline: AbortSignal) => {
      deadlines.push(deadline);
      if (deadlines.length === 2 && !deadline.aborted) await once(deadline, "abort");
    };

    const outcome = await get(`${server.url}/slow`, { deadlineMs: 1_500, pause });

    expect(outcome).toMatchObject({ reason: "timeout" });
    expect(new Set(deadlines).size).toBeLessThanOrEqual(1);
    expect(
      server.requests.filter(({ path }) => path.startsWith("/slow")).length,
    ).toBeLessThanOrEqual(2);
  });

  test("a peer that takes the connection and never speaks HTTP is left at the deadline", async () => {
    const mute: Server = createServer(() => undefined);
    await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
    const { port } = mute.address() as { port: number };

    const outcome = await get(`http://127.0.0.1:${port}/`, { deadlineMs: 300 });

    expect(outcome).toMatchObject({ reason: "timeout" });
    await fetchers.at(-1)?.close();
    mute.close();
  });

  test("a refused connection, an unknown name and a broken reply have reasons of their own", async () => {
    const talk: Server = createServer((socket) => socket.end("SSH-2.0-x\r\n"));
    await new Promise<void>((resolve) => talk.listen(0, "127.0.0.1", resolve));
    const { port } = talk.address() as { port: number };
    const unknown = async () =>
      Promise.reject(Object.assign(new Error("x"), { code: "ENOTFOUND" }));

    expect(await get("http://127.0.0.1:1/")).toMatchObject({ reason: "connect-failed" });
    expect(await get("http://nowhere.example/", { lookup: unknown })).toMatchObject({
      reason: "dns-failed",
    });
    expect(await get(`http://127.0.0.1:${port}/`)).toMatchObject({ reason: "network" });
    expect(await get(`https://127.0.0.1:${port}/`)).toMatchObject({ reason: "tls-failed" });
    talk.close();
  });
});

describe("no feed can make the poller speak to the inside", () => {
  const hosts = [
    "127.0.0.1",
    "2130706433",
    "0x7f.1",
    "127.1",
    "0",
    "0177.0.0.1",
    "[::1]",
    "[::ffff:7f00:1]",
    "localhost",
  ];

  test.each(hosts)("%s is refused before a connection is made", async (host) => {
    const before = server.requests.length;
    const open = server.sockets.size;

    const outcome = await get(`http://${host}:${server.port}/`, { allowPrivateNetwork: false });

    expect(outcome).toMatchObject({ kind: "failed", reason: "address-refused" });
    expect(server.requests.length).toBe(before);
    expect(server.sockets.size).toBe(open);
  });

  test("a name that answers public first and private later is dialled only where it was checked", async () => {
    let asked = 0;
    const rebinding = async () => {
      asked += 1;
      return asked % 2 === 1
        ? [{ address: "192.0.2.1", family: 4 }]
        : [{ address: "127.0.0.1", family: 4 }];
    };
    const open = server.sockets.size;
    const one = fetcher({ allowPrivateNetwork: false, lookup: rebinding, deadlineMs: 1_000 });

    const outcomes = await Promise.all(
      Array.from({ length: 100 }, () =>
        one.fetchFeed({ url: `http://rebind.example:${server.port}/`, validators: null, now: NOW }),
      ),
    );

    expect(outcomes.every(({ kind }) => kind === "failed")).toBe(true);
    expect(server.sockets.size).toBe(open);
  });

  test("one private address among public ones refuses the name", async () => {
    const mixed = async () => [
      { address: "8.8.8.8", family: 4 },
      { address: "10.0.0.1", family: 4 },
    ];

    expect(
      await get("http://mixed.example/", { allowPrivateNetwork: false, lookup: mixed }),
    ).toMatchObject({
      reason: "address-refused",
    });
  });

  test("a redirect to the metadata service is refused like any other way there", async () => {
    const url = server.serve("/meta", (_request, response) => {
      response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data/" }).end();
    });
    const one = fetcher({
      allowPrivateNetwork: false,
      lookup: async () => [{ address: "169.254.169.254", family: 4 }],
    });

    expect(
      await one.fetchFeed({
        url: url.replace("127.0.0.1", "inside.example"),
        validators: null,
        now: NOW,
      }),
    ).toMatchObject({
      reason: "address-refused",
    });
  });
});

describe("redirects", () => {
  const chain = (name: string, hops: number, code: number): string => {
    for (let hop = 0; hop < hops; hop += 1)
      server.serve(`/${name}/${hop}`, (_request, response) => {
        response.writeHead(code, { location: `/${name}/${hop + 1}` }).end();
      });
    server.serve(`/${name}/${hops}`, plain(rssOf(sampleItems(1))));
    return `${server.url}/${name}/0`;
  };

  test("five hops are followed and six are not", async () => {
    expect((await get(chain("five", 5, 302))).kind).toBe("fetched");
    expect(await get(chain("six", 6, 302))).toMatchObject({ reason: "too-many-redirects" });
    expect(server.to("/six/6")).toHaveLength(0);
  });

  test("a redirect within a host waits a second like any other request there, one to another host does not", async () => {
    const pauses: number[] = [];
    const pause = async (ms: number) => void pauses.push(ms);
    const elsewhere = await startFeedServer();
    const there = elsewhere.serve("/feed", plain(rssOf(sampleItems(1))));
    server.serve("/leaves", (_request, response) => {
      response.writeHead(302, { location: there }).end();
    });

    await get(chain("within", 2, 302), { pause });
    await get(`${server.url}/leaves`, { pause });
    await elsewhere.close();

    expect(pauses).toEqual([1000, 1000]);
  });

  test("only a chain of permanent redirects says that a feed has moved", async () => {
    expect(await get(chain("moved", 2, 301))).toMatchObject({ movedTo: `${server.url}/moved/2` });
    expect(await get(chain("moved8", 1, 308))).toMatchObject({ movedTo: `${server.url}/moved8/1` });
    expect(await get(chain("found", 1, 302))).toMatchObject({ movedTo: null });
    expect(await get(chain("other", 1, 307))).toMatchObject({ movedTo: null });
  });

  test("no cookie, referrer or added parameter goes along", async () => {
    await get(chain("bare", 2, 302));

    for (const { headers, path } of server.requests.filter((logged) =>
      logged.path.startsWith("/bare"),
    )) {
      expect(Object.keys(headers).sort()).toEqual([
        "accept",
        "accept-encoding",
        "connection",
        "host",
        "user-agent",
      ]);
      expect(path).not.toContain("?");
    }
  });
});

describe("conditional requests", () => {
  test("validators go back exactly as they came, and the answer's newest pair is kept", async () => {
    const document = {
      body: rssOf(sampleItems(2)),
      etag: 'W/"odd, ünïcode é"',
      lastModified: "yesterday, or so",
    };
    document.etag = 'W/"odd, quoted"';
    const url = server.serve("/cond", honest(document));

    const first = await get(url);
    if (first.kind !== "fetched") throw new Error(first.kind);
    const again = await fetcher().fetchFeed({ url, validators: first.validators, now: NOW });

    expect(server.to("/cond")[1]?.headers).toMatchObject({
      "if-none-match": document.etag,
      "if-modified-since": "yesterday, or so",
    });
    expect(again).toMatchObject({ kind: "not-modified", validators: { etag: document.etag } });
  });

  test("a 304 with a new ETag replaces the old one and keeps the date", async () => {
    const url = server.serve("/newtag", status(304, { etag: '"two"' }));
    const validators = {
      etag: '"one"',
      lastModified: "Sun, 01 Mar 2026 00:00:00 GMT",
      at: NOW.toISOString(),
    };

    const outcome = await fetcher().fetchFeed({ url, validators, now: NOW });

    expect(outcome).toMatchObject({
      kind: "not-modified",
      validators: { etag: '"two"', lastModified: "Sun, 01 Mar 2026 00:00:00 GMT" },
    });
  });

  test("a 304 that nobody asked for is a failure, not an empty feed", async () => {
    expect(await get(server.serve("/odd304", status(304)))).toMatchObject({ reason: "http-error" });
  });

  test("a validator that HTTP cannot carry is left out instead of failing the poll", async () => {
    const url = server.serve("/evil", plain(rssOf([])));
    const validators = { etag: '"a"\r\nx-evil: 1', lastModified: null, at: NOW.toISOString() };

    expect((await fetcher().fetchFeed({ url, validators, now: NOW })).kind).toBe("fetched");
    expect(server.to("/evil")[0]?.headers["if-none-match"]).toBeUndefined();
  });
});

test("the server can see who asks, and what is wanted", async () => {
  await get(server.serve("/who", plain(rssOf([]))));

  const headers = server.to("/who")[0]?.headers ?? ({} as Record<string, string>);
  expect(headers["user-agent"]).toBe("backdoor-watch/9.9 (+https://watch.example/about)");
  for (const type of ["rss+xml", "atom+xml", "rdf+xml", "feed+json", "application/xml"])
    expect(headers["accept"]).toContain(type);
  expect(headers["accept-encoding"]).toContain("gzip");
});

test("an honest feed of nearly ten megabytes is read", async () => {
  const body = rssOf(sampleItems(2)).replace("<link>", `<!--${"x".repeat(9.9e6)}--><link>`);

  const outcome = await get(server.serve("/large", plain(body)));

  expect(outcome).toMatchObject({ kind: "fetched" });
});

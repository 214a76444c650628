// Test kit: the hostile half of the feed server: every way in which feeds were seen to misbehave, each with its named reason.
import { constants, deflateRawSync, gzipSync } from "node:zlib";
import type { FailureReason } from "../../shared/domain/feed.ts";
import {
  type Behaviour,
  plain,
  rssOf,
  type SampleItem,
  sampleItems,
  seeded,
  status,
} from "./feed-server.ts";

export interface Fault {
  readonly behaviour: Behaviour;
  /** What a poll must call it; null where the feed is to be read in spite of it. */
  readonly reason: FailureReason | null;
}

const HEAD = '<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>';

/** Chunks for ever, as fast as they are taken. */
const endless: Behaviour = (_request, response) => {
  response.writeHead(200, { "content-type": "application/xml" });
  const chunk = Buffer.alloc(64 * 1024, "<item><title>more</title></item>");
  const write = (): void => {
    while (!response.destroyed && response.write(chunk)) {
      // as much as the socket takes
    }
  };
  response.on("drain", write);
  write();
};

/** A byte now and then, for ever. */
const dripping: Behaviour = (_request, response) => {
  response.writeHead(200, { "content-type": "application/xml" });
  response.write(HEAD);
  const timer = setInterval(() => response.write(" "), 100);
  response.on("close", () => clearInterval(timer));
};

/** Takes the request and says nothing. */
const silent: Behaviour = () => undefined;

/** Promises more than it sends, then closes. */
const halfClosed: Behaviour = (_request, response) => {
  response.writeHead(200, { "content-type": "application/xml", "content-length": "100000" });
  response.write(HEAD, () => response.socket?.destroy());
};

/** 200 MiB of zeros in 200 KB: one gzip member, whose blocks are made once and repeated. */
function bomb(): Buffer {
  const finishFlush = constants.Z_FULL_FLUSH;
  const block = deflateRawSync(Buffer.alloc(1024 * 1024), { finishFlush });
  const header = gzipSync("").subarray(0, 10);
  return Buffer.concat([header, ...Array.from({ length: 200 }, () => block), END_BLOCK]);
}
const END_BLOCK = Buffer.from([3, 0]);

function redirectTo(location: (path: string) => string, code = 302): Behaviour {
  return (request, response) => {
    response.writeHead(code, { location: location(request.url ?? "/") }).end();
  };
}

/** Each hop leads on to the next, for ever. */
const maze: Behaviour = (request, response) => {
  const url = new URL(request.url ?? "/", "http://x");
  const hop = Number(url.searchParams.get("hop") ?? 0) + 1;
  response.writeHead(302, { location: `${url.pathname}?hop=${hop}` }).end();
};

const CHALLENGE =
  "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><script src='/cdn-cgi/challenge-platform/x'></script></body></html>";

const nested = (depth: number): string =>
  `${HEAD}${"<a>".repeat(depth)}${"</a>".repeat(depth)}<item><guid>deep</guid><title>Below</title></item></channel></rss>`;

const flood = (count: number): string => rssOf(sampleItems(count, "flood"));

/** The same items under new guids each time. */
function guidChurn(items: readonly SampleItem[]): Behaviour {
  return (_request, response, nth) => {
    const renamed = items.map((item) => ({ ...item, guid: `${item.guid}-${nth}` }));
    response.writeHead(200, { "content-type": "application/rss+xml" }).end(rssOf(renamed));
  };
}

const laughs = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item><guid>l</guid><title>&c;&d;</title></item></channel></rss>`;

/** A permanent redirect at every other request. */
function flapping(): Behaviour {
  const good = plain(rssOf(sampleItems(3, "flap")));
  return (request, response, nth) => {
    const isMoved = request.url?.endsWith("?moved") === true;
    if (nth % 2 === 0 && !isMoved)
      response.writeHead(301, { location: `${request.url}?moved` }).end();
    else good(request, response, nth);
  };
}

const latin = Buffer.from(
  rssOf([{ guid: "l", title: "Débat à l’Assemblée" }]).replace("’", "'"),
  "latin1",
);

/** All faults by name; a seed makes those with chance in them repeatable. */
export function faultsOf(seed: number): Readonly<Record<string, Fault>> {
  const random = seeded(seed);
  const noise = Buffer.from(Array.from({ length: 4096 }, () => Math.floor(random() * 256)));
  return {
    endless: { behaviour: endless, reason: "too-large" },
    dripping: { behaviour: dripping, reason: "timeout" },
    silent: { behaviour: silent, reason: "timeout" },
    "half-closed": { behaviour: halfClosed, reason: "truncated" },
    "gzip-bomb": {
      behaviour: plain(bomb(), "application/xml", { "content-encoding": "gzip" }),
      reason: "too-large",
    },
    "six-codings": {
      behaviour: plain("x", "text/xml", {
        "content-encoding": "gzip, gzip, gzip, gzip, gzip, gzip",
      }),
      reason: "bad-encoding",
    },
    "unknown-coding": {
      behaviour: plain("x", "text/xml", { "content-encoding": "snappy" }),
      reason: "bad-encoding",
    },
    "gzip-unasked": { behaviour: plain(gzipSync(flood(3))), reason: null },
    "gzip-lie": {
      behaviour: plain(flood(3), "text/xml", { "content-encoding": "gzip" }),
      reason: null,
    },
    "gzip-cut": {
      behaviour: plain(gzipSync(flood(300)).subarray(0, 400), "text/xml", {
        "content-encoding": "gzip",
      }),
      reason: "truncated",
    },
    "redirect-loop": { behaviour: redirectTo((path) => path), reason: "too-many-redirects" },
    "redirect-maze": { behaviour: maze, reason: "too-many-redirects" },
    "redirect-file": {
      behaviour: redirectTo(() => "file:///etc/passwd"),
      reason: "redirect-refused",
    },
    "redirect-ftp": {
      behaviour: redirectTo(() => "ftp://feeds.example/x"),
      reason: "redirect-refused",
    },
    "redirect-gopher": {
      behaviour: redirectTo(() => "gopher://127.0.0.1/x"),
      reason: "redirect-refused",
    },
    "redirect-nowhere": { behaviour: redirectTo(() => "http://"), reason: "redirect-refused" },
    "flapping-301": { behaviour: flapping(), reason: null },
    "lying-charset": {
      behaviour: plain(latin, "application/rss+xml; charset=utf-8"),
      reason: null,
    },
    challenge: { behaviour: plain(CHALLENGE, "text/html"), reason: "challenge" },
    "challenge-403": {
      behaviour: status(
        403,
        { "cf-mitigated": "challenge", "content-type": "text/html" },
        CHALLENGE,
      ),
      reason: "challenge",
    },
    "waf-202": {
      behaviour: status(202, { "x-amzn-waf-action": "challenge" }),
      reason: "challenge",
    },
    "empty-202": { behaviour: status(202), reason: "empty" },
    "empty-200": { behaviour: status(200, { "content-type": "application/xml" }), reason: "empty" },
    "no-content": { behaviour: status(204), reason: "empty" },
    html: {
      behaviour: plain("<html><head><title>Sign in</title></head></html>", "text/html"),
      reason: "html",
    },
    "json-error": {
      behaviour: plain('{"error":"no such feed"}', "application/json"),
      reason: "not-a-feed",
    },
    noise: { behaviour: plain(noise), reason: "not-a-feed" },
    truncated: { behaviour: plain(flood(50).slice(0, 5_000)), reason: "truncated" },
    forbidden: { behaviour: status(403), reason: "blocked" },
    missing: { behaviour: status(404), reason: "http-error" },
    broken: { behaviour: status(500), reason: "http-error" },
    gone: { behaviour: status(410), reason: "gone" },
    "429-seconds": { behaviour: status(429, { "retry-after": "3600" }), reason: "rate-limited" },
    "429-date": {
      behaviour: (_request, response) => {
        response
          .writeHead(429, { "retry-after": new Date(Date.now() + 7_200_000).toUTCString() })
          .end();
      },
      reason: "rate-limited",
    },
    "429-bare": { behaviour: status(429), reason: "rate-limited" },
    "503-seconds": { behaviour: status(503, { "retry-after": "120" }), reason: "rate-limited" },
    "503-bare": { behaviour: status(503), reason: "http-error" },
    "deep-nesting": { behaviour: plain(nested(20_000)), reason: null },
    "item-flood": { behaviour: plain(flood(5_000)), reason: null },
    "guid-churn": { behaviour: guidChurn(sampleItems(50, "churn")), reason: null },
    "billion-laughs": { behaviour: plain(laughs), reason: null },
  };
}

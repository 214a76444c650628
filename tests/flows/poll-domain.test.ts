import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Domain } from "../../shared/domain/ids.ts";
import { itemIdOf } from "../../shared/domain/ids.ts";
import { healthOf } from "../../shared/feeds/feed-health.ts";
import { normalizeItem } from "../../shared/feeds/normalize-item.ts";
import { addressOf } from "../../shared/feeds/poll-schedule.ts";
import { planPolls } from "../../shared/flows/plan-polls.ts";
import { pollDomain } from "../../shared/flows/poll-domain.ts";
import { settleItem } from "../../shared/flows/settle-item.ts";
import { type DynamoServer, flowServer } from "../servers/dynamo.ts";
import { faultsOf } from "../servers/feed-faults.ts";
import {
  type FeedServer,
  honest,
  plain,
  rssOf,
  type SampleItem,
  sampleItems,
  startFeedServer,
  status,
} from "../servers/feed-server.ts";
import { openRig, type Rig } from "./poll-rig.ts";

let server: FeedServer;
let dynamo: DynamoServer;
let rig: Rig;

beforeAll(async () => {
  [server, dynamo] = await Promise.all([startFeedServer(), flowServer()]);
});
afterAll(() => Promise.all([server.close(), dynamo.close()]));
beforeEach(async () => {
  server.requests.length = 0;
  rig = await openRig(dynamo.endpoint);
});
afterEach(() => rig.close());

/** A document that the test changes under way. */
function serveDocument(path: string, items: readonly SampleItem[]) {
  const document = {
    body: rssOf(items),
    etag: '"1"',
    lastModified: "Sun, 01 Mar 2026 12:00:00 GMT",
  };
  const url = server.serve(path, honest(document));
  return {
    url,
    show(next: readonly SampleItem[]): void {
      document.body = rssOf(next);
      document.etag = `"${Number(document.etag.slice(1, -1)) + 1}"`;
    },
  };
}

const itemOf = async (feed: Awaited<ReturnType<Rig["follow"]>>, guid: string) =>
  rig.ports.store.loadItem(itemIdOf(feed, `guid:${guid}`));

describe("from a feed to the store", () => {
  test("a first poll files everything as backfill, a second finds only what is new", async () => {
    const { url, show } = serveDocument("/a", sampleItems(4, "a"));
    const feed = await rig.follow("aa", url);

    const first = await rig.pollDue();
    rig.advance(60);
    show(sampleItems(5, "a"));
    const second = await rig.pollDue();
    rig.advance(600);
    const third = await rig.pollDue();

    expect([first, second, third].flat()).toMatchObject([
      { outcome: "fetched", read: 4, fresh: 4, revised: 0 },
      { outcome: "fetched", read: 5, fresh: 1, revised: 0 },
      { outcome: "not-modified", read: 0, fresh: 0 },
    ]);
    expect((await itemOf(feed, "a-4"))?.backfill).toBe(true);
    expect(await itemOf(feed, "a-5")).toMatchObject({ backfill: false, state: "settled" });
  });

  test("the same bytes again are read once, and their new validators are kept", async () => {
    let tag = 0;
    const url = server.serve("/touch", (_request, response) => {
      tag += 1;
      response.writeHead(200, { etag: `"t${tag}"` }).end(rssOf(sampleItems(2, "touch")));
    });
    const feed = await rig.follow("touch", url);

    await rig.pollDue();
    rig.advance(60);
    const [again] = await rig.pollDue();

    expect(again).toMatchObject({ outcome: "unchanged", read: 0 });
    expect((await rig.feed(feed)).validators?.etag).toBe('"t2"');
  });

  test("a stage on an old guid makes a revision, dated when it was seen; a new headline makes none", async () => {
    const bill = {
      guid: "bill",
      link: "https://x.example/bill",
      title: "Online Messages Bill",
      description: "A Bill to make provision about the regulation of messages.",
      pubDate: "Thu, 01 Jan 2026 00:00:00 GMT",
    };
    const { url, show } = serveDocument("/bills", [{ ...bill, stage: "2nd reading" }]);
    const feed = await rig.follow("bills", url, "parliament");

    await rig.pollDue();
    rig.advance(60);
    show([{ ...bill, stage: "2nd reading", title: "Online Messages Bill [HL]" }]);
    const [headline] = await rig.pollDue();
    rig.advance(60);
    show([{ ...bill, stage: "Report stage", title: "Online Messages Bill [HL]" }]);
    const [stage] = await rig.pollDue();

    expect(headline).toMatchObject({ fresh: 0, revised: 0 });
    expect(stage).toMatchObject({ fresh: 0, revised: 1 });
    const item = await itemOf(feed, "bill");
    expect(item).toMatchObject({
      revision: 2,
      stageHint: "Report stage",
      effectiveAt: rig.now().toISOString(),
    });
  });

  test("a bill's next stage is not lost where its entry gets a new guid and keeps its link", async () => {
    const entry = (guid: string, stage: string, pubDate: string) => ({
      guid,
      link: "https://x.example/bill",
      title: `Bill to compel backdoors in end-to-end encryption: ${stage} reading`,
      description: "A bill requiring providers of encrypted messaging to give access.",
      pubDate,
    });
    const { url, show } = serveDocument("/steps", [
      entry("1", "first", "Thu, 01 Jan 2026 09:10:00 GMT"),
    ]);
    const feed = await rig.follow("steps", url, "parliament");

    await rig.pollDue();
    rig.advance(60);
    show([entry("2", "third", "Sun, 01 Mar 2026 12:30:00 GMT")]);
    const [report] = await rig.pollDue();

    expect(report).toMatchObject({ fresh: 0, revised: 1 });
    expect(await itemOf(feed, "1")).toMatchObject({
      revision: 2,
      guid: "2",
      effectiveAt: "2026-03-01T12:30:00.000Z",
    });
  });

  describe("a page that is edited after hundreds of others is not told as a new one", () => {
    const page = (edited: string): SampleItem => ({
      guid: `https://gov.example/notices#${edited}`,
      link: "https://gov.example/notices",
      title: "Notices to providers",
      description: "Guidance on the notices that are served on providers.",
      pubDate: "Thu, 01 Jan 2026 09:10:00 GMT",
    });
    const others = sampleItems(260, "others");
    const first = page("2026-01-01T09:10:00+00:00");
    const edited = page("2026-03-01T12:30:00+00:00");

    test("where its feed writes the time of the edit into its id", async () => {
      const { url, show } = serveDocument("/edited", [first]);
      await rig.follow("edited", url, "government");
      const fresh: number[] = [];
      for (const next of [others, [edited, ...others], [first, ...others], []]) {
        const [report] = await rig.pollDue();
        fresh.push(report?.fresh ?? -1);
        rig.advance(60);
        show(next);
      }

      expect(fresh).toEqual([1, 260, 0, 0]);
    });

    test("where it was stored by its whole id, before the time in it was read as one", async () => {
      const { url, show } = serveDocument("/stored", [first]);
      const feed = await rig.follow("stored", url, "government");
      const { title, guid = "", link } = first;
      const parsed = {
        title,
        guid,
        url: link ?? null,
        summary: first.description ?? "",
        published: null,
      };
      const whole = { ...parsed, stage: null, updated: null, categories: [] };
      await settleItem(
        rig.ports,
        normalizeItem(whole, `guid:${guid}`, await rig.feed(feed), rig.now()),
      );
      const [again] = await rig.pollDue();
      rig.advance(60);
      show([{ ...edited, description: "Guidance on notices served on providers." }]);
      const [after] = await rig.pollDue();

      expect([again, after]).toMatchObject([{ fresh: 0 }, { fresh: 0 }]);
      expect((await itemOf(feed, first.guid ?? ""))?.url).toBe(link);
    });
  });

  test("two items under one guid are both kept", async () => {
    const { url } = serveDocument("/twins", [
      { guid: "same", title: "Second paper", pubDate: "Fri, 02 Jan 2026 00:00:00 GMT" },
      { guid: "same", title: "First paper", pubDate: "Thu, 01 Jan 2026 00:00:00 GMT" },
    ]);
    await rig.follow("twins", url);

    expect(await rig.pollDue()).toMatchObject([{ read: 2, fresh: 2 }]);
  });

  test("when all guids change overnight nothing is new, and the feed's health says so", async () => {
    const { url, show } = serveDocument("/churn", sampleItems(50, "c"));
    const feed = await rig.follow("churn", url);

    await rig.pollDue();
    rig.advance(60);
    show(sampleItems(50, "c").map((item) => ({ ...item, guid: `v2-${item.guid}` })));
    const [after] = await rig.pollDue();

    expect(after).toMatchObject({ read: 50, fresh: 0, revised: 0 });
    expect(rig.log).toContainEqual({ step: "guid-churn", feed, matched: 50, held: 0 });
    expect(healthOf(await rig.feed(feed), rig.now()).status).toBe("quarantined");
  });

  test("a back-dated item counts from when it was seen, and is filed under its own date", async () => {
    const { url, show } = serveDocument("/late", sampleItems(1, "l"));
    const feed = await rig.follow("late", url);
    await rig.pollDue();
    rig.advance(60);
    show([
      { guid: "old", title: "Minutes, published late", pubDate: "Mon, 05 Jan 2026 09:00:00 GMT" },
      ...sampleItems(1, "l"),
    ]);
    await rig.pollDue();

    expect(await itemOf(feed, "old")).toMatchObject({
      firstSeenAt: rig.now().toISOString(),
      effectiveAt: "2026-01-05T09:00:00.000Z",
      backfill: false,
    });
  });
});

describe("nothing is lost", () => {
  test("an item that the store refuses comes again, and a first poll stays one until all is stored", async () => {
    const { url } = serveDocument("/refuse", sampleItems(5, "r"));
    const feed = await rig.follow("refuse", url);
    const victim = itemIdOf(feed, "guid:r-3");

    rig.breakStore(
      (method, argument) => method === "putPending" && (argument as { id: string }).id === victim,
    );
    const [first] = await rig.pollDue();
    rig.breakStore(null);
    rig.advance(60);
    const [second] = await rig.pollDue();

    expect(first).toMatchObject({ read: 5, fresh: 4 });
    expect(server.to("/refuse")[1]?.headers["if-none-match"]).toBeUndefined();
    expect(second).toMatchObject({ read: 5, fresh: 1 });
    expect((await itemOf(feed, "r-3"))?.backfill).toBe(true);
  });

  test("validators are saved only after the items are", async () => {
    const { url } = serveDocument("/order", sampleItems(2, "o"));
    await rig.follow("order", url);
    const order: string[] = [];
    rig.breakStore((method) => {
      if (["settleItem", "saveFeed"].includes(method)) order.push(method);
      return false;
    });

    await rig.pollDue();

    expect(order).toEqual(["settleItem", "settleItem", "saveFeed"]);
  });

  test("a store that dies while a feed is polled costs the next feed nothing", async () => {
    const one = await rig.follow("one", serveDocument("/one", sampleItems(1, "x")).url);
    await rig.follow("two", serveDocument("/two", sampleItems(1, "y")).url);
    rig.breakStore(
      (method, argument) => method === "saveFeed" && (argument as { id: string }).id === one,
    );

    await expect(rig.pollDue()).rejects.toThrow("the store is gone");
    rig.breakStore(null);

    expect(rig.log).toContainEqual(
      expect.objectContaining({ step: "poll", feed: "two", fresh: 1 }),
    );
    rig.advance(1);
    expect(await rig.pollDue()).toMatchObject([{ feedId: "one", read: 1 }]);
  });

  test.each([
    "html",
    "challenge",
    "json-error",
    "empty-200",
    "waf-202",
    "truncated",
    "gzip-cut",
    "missing",
  ])("%s in the place of a feed changes nothing stored, and shows on its health", async (fault) => {
    const { url, show } = serveDocument(`/good-${fault}`, sampleItems(3, "g"));
    const feed = await rig.follow("good", url);
    await rig.pollDue();
    const before = await rig.feed(feed);
    const { behaviour, reason } = faultsOf(3)[fault] ?? { behaviour: status(500), reason: null };
    server.serve(`/good-${fault}`, behaviour);
    rig.advance(60);

    const [bad] = await rig.pollDue();

    expect(bad).toMatchObject({ outcome: "failed", reason, fresh: 0 });
    const after = await rig.feed(feed);
    expect(after).toMatchObject({
      validators: before.validators,
      bodyFingerprint: before.bodyFingerprint,
      lastSuccessAt: before.lastSuccessAt,
    });
    expect(healthOf(after, rig.now())).toMatchObject({ status: "degraded", reason });
    expect(show).toBeDefined();
  });
});

describe("manners", () => {
  test("48 polls with 3 restarts: one unconditional request, none out of sequence, none under the interval", async () => {
    const document = {
      body: rssOf(sampleItems(3, "m")),
      etag: '"v0"',
      lastModified: "Sun, 01 Mar 2026 12:00:00 GMT",
    };
    const sent: { etag: string; lastModified: string }[] = [];
    const good = honest(document, { "set-cookie": "id=1", "cache-control": "max-age=600" });
    const url = server.serve("/score", (request, response, nth) => {
      if (nth % 5 === 4) {
        document.body = rssOf(sampleItems(3 + nth, "m"));
        document.etag = `"v${nth}"`;
        document.lastModified = rig.now().toUTCString();
      }
      sent.push({ etag: document.etag, lastModified: document.lastModified });
      good(request, response, nth);
    });
    const feed = await rig.follow("score", url);
    const at: number[] = [];
    while (at.length < 48) {
      const polled = (await rig.pollDue()).length > 0;
      if (polled) at.push(rig.now().getTime());
      if (polled && at.length % 12 === 0) await rig.restart();
      // A scheduler that wakes every ten minutes, in a process that dies three times.
      rig.advance(10);
    }

    const requests = server.to("/score");
    const unconditional = requests.filter(({ headers }) => headers["if-none-match"] === undefined);
    const bogus = requests
      .slice(1)
      .filter(
        ({ headers }, index) =>
          headers["if-none-match"] !== sent[index]?.etag ||
          headers["if-modified-since"] !== sent[index]?.lastModified,
      );
    const gaps = at.slice(1).map((time, index) => (time - (at[index] ?? 0)) / 60_000);
    expect(requests).toHaveLength(48);
    expect(unconditional).toHaveLength(1);
    expect(bogus).toEqual([]);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(60);
    expect(
      requests.filter(
        ({ headers, path }) =>
          headers.cookie !== undefined || headers.referer !== undefined || path !== "/score",
      ),
    ).toEqual([]);
    expect((await rig.feed(feed)).failures).toBe(0);
  });

  test("a host is asked one thing at a time, a second apart, also by two functions at once", async () => {
    for (let number = 0; number < 12; number += 1)
      await rig.follow(
        `host-${number}`,
        serveDocument(`/host/${number}`, sampleItems(1, `h${number}`)).url,
      );
    const jobs: Parameters<typeof pollDomain>[1][] = [];
    await planPolls({ ...rig.ports, enqueuePoll: async (job) => void jobs.push(job) });
    const [job] = jobs;
    if (job === undefined) throw new Error("nothing is due");

    const [one, two] = await Promise.all([pollDomain(rig.ports, job), pollDomain(rig.ports, job)]);

    expect([one.length, two.length].sort((a, b) => a - b)).toEqual([0, 12]);
    expect(Math.max(...server.requests.map(({ inFlight }) => inFlight))).toBe(1);
    expect(rig.slept).toEqual(Array.from({ length: 11 }, () => 1_000));
    expect(
      await rig.ports.store.acquireDomain(job.domain, new Date(rig.now().getTime() + 500), 60),
    ).toBeNull();
  });

  test("Retry-After on one feed leaves every feed of its domain alone until then", async () => {
    await rig.follow("limit-a", server.serve("/limit/a", status(429, { "retry-after": "7200" })));
    await rig.follow("limit-b", serveDocument("/limit/b", sampleItems(1, "b")).url);

    const first = await rig.pollDue();
    const asked = server.requests.length;
    for (let minutes = 0; minutes < 119; minutes += 7) {
      await rig.pollDue();
      rig.advance(7);
    }
    const during = server.requests.length - asked;
    rig.advance(10);
    await rig.pollDue();

    expect(first.some(({ reason }) => reason === "rate-limited")).toBe(true);
    expect(during).toBe(0);
    expect(server.requests.length).toBeGreaterThan(asked);
  });

  test("a gone feed is asked no more", async () => {
    await rig.follow("gone", server.serve("/gone", status(410)));

    await rig.pollDue();
    rig.advance(60 * 24 * 400);
    await rig.pollDue();

    expect(server.to("/gone")).toHaveLength(1);
  });

  test("a feed that moved for good is asked at its new place, after three polls", async () => {
    const { url } = serveDocument("/new-place", sampleItems(2, "n"));
    const feed = await rig.follow(
      "moving",
      server.serve("/old-place", status(301, { location: url })),
    );
    for (let poll = 0; poll < 5; poll += 1) {
      await rig.pollDue();
      rig.advance(1440);
    }

    expect(addressOf(await rig.feed(feed))).toBe(url);
    expect(server.to("/old-place")).toHaveLength(3);
    expect(server.to("/new-place")).toHaveLength(5);
    expect((await rig.feed(feed)).itemsNew).toBe(2);
  });

  test("no feed is begun after the deadline of the function that polls", async () => {
    await rig.follow("dead-a", serveDocument("/dead/a", sampleItems(1)).url);

    expect(await rig.pollDue({ deadlineAt: rig.now() })).toEqual([]);
    expect(await rig.pollDue()).toHaveLength(1);
  });
});

test("due feeds are planned by domain, at most 25 a job", async () => {
  for (let number = 0; number < 30; number += 1)
    await rig.follow(`many-${number}`, `https://feeds${number}.ministry.example/x`);
  await rig.follow("alone", "https://parliament.example/x");
  const jobs: { domain: Domain; feedIds: readonly string[] }[] = [];

  const planned = await planPolls({
    ...rig.ports,
    enqueuePoll: async (job) => void jobs.push(job),
  });

  expect(planned).toEqual({ domains: 2, feeds: 31 });
  expect(jobs.map(({ domain, feedIds }) => [domain, feedIds.length]).sort()).toEqual([
    ["ministry.example", 25],
    ["ministry.example", 5],
    ["parliament.example", 1],
  ]);
});

test("one bad document among good ones is only its own failure", async () => {
  await rig.follow("noise", server.serve("/mixed/noise", plain("\u0000\u0001 nothing")));
  await rig.follow("fine", serveDocument("/mixed/fine", sampleItems(2, "f")).url);

  const reports = await rig.pollDue();

  expect(reports.map(({ outcome }) => outcome).sort()).toEqual(["failed", "fetched"]);
});

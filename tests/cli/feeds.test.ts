// Commands: `feeds` over a real store and feeds on loopback: what an operator sees, and what each command's exit code says.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { runFeeds } from "../../functions/cli/feeds.ts";
import { openRig, type Rig } from "../flows/poll-rig.ts";
import { type DynamoServer, flowServer } from "../servers/dynamo.ts";
import { faultsOf } from "../servers/feed-faults.ts";
import {
  type FeedServer,
  plain,
  rssOf,
  sampleItems,
  startFeedServer,
} from "../servers/feed-server.ts";

let dynamo: DynamoServer;
let feeds: FeedServer;
let rig: Rig;
let directory: string;

beforeAll(async () => {
  dynamo = await flowServer();
  feeds = await startFeedServer();
  directory = await mkdtemp(join(tmpdir(), "feeds-"));
});
afterAll(async () => {
  await feeds.close();
  await dynamo.close();
  await rm(directory, { recursive: true });
});
beforeEach(async () => {
  rig = await openRig(dynamo.endpoint);
});
afterEach(() => rig.close());

async function run(argv: string[], input = "") {
  let out = "";
  let err = "";
  const io = {
    stdin: Readable.from([input]),
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: (text: string) => (err += text) },
  };
  const code = await runFeeds(argv, io, rig.ports);
  return { code, out, err };
}

const goodFeed = (path: string) => feeds.serve(path, plain(rssOf(sampleItems(3, path))));
const challenge = faultsOf(1)["challenge"]?.behaviour ?? plain("");

describe("feeds list and check", () => {
  it("list names why a feed fails, and when another last worked", async () => {
    await rig.follow("fine", goodFeed("/fine"));
    await rig.follow("walled", feeds.serve("/walled", challenge));
    await rig.pollDue();

    const { code, out } = await run(["list"]);

    expect(code).toBe(0);
    expect(out).toMatch(/^fine +ok +- +last 2026-03-01T12:/m);
    expect(out).toMatch(/^walled +degraded +challenge +last never/m);
  });

  it("list tells a feed's usual interval once it has a habit", async () => {
    let count = 3;
    const url = feeds.serve("/habit", (request, response, nth) =>
      plain(rssOf(sampleItems(count, "habit")))(request, response, nth),
    );
    await rig.follow("habit", url);
    for (let day = 0; day < 5; day += 1) {
      await rig.pollDue();
      rig.advance(25 * 60);
      count += 1;
    }

    expect((await run(["list"])).out).toMatch(/^habit .*news every 2\d h/m);
    const [line = ""] = (await run(["list", "--json"])).out.split("\n");
    expect(JSON.parse(line)).toMatchObject({ id: "habit", url, health: { status: "ok" } });
  });

  it("check exits with 1 and the named reason where a feed fails, and stores nothing", async () => {
    const id = await rig.follow("fine", goodFeed("/checked"));
    await rig.follow("walled", feeds.serve("/walled", challenge));

    expect(await run(["check", "fine"])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^fine +ok, 3 items/),
    });
    expect(await run(["check", "walled"])).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^walled +challenge: /),
    });
    expect((await rig.feed(id)).itemsRead).toBe(0);
  });
});

describe("feeds add and remove", () => {
  it("a feed that is added is polled, and one that is removed is listed no more", async () => {
    const url = goodFeed("/added");

    const added = await run(["add", url, "--title", "Chambre", "--kind", "parliament"]);
    expect(added).toMatchObject({ code: 0, out: "chambre\n" });
    expect(await rig.pollDue()).toMatchObject([{ feedId: "chambre", read: 3 }]);
    expect(await run(["remove", "chambre"])).toMatchObject({ code: 0 });
    expect((await run(["list"])).out).toBe("");
  });

  it("an address that is followed already is not followed twice", async () => {
    const url = goodFeed("/twice");
    await run(["add", url, "--title", "Once", "--kind", "press"]);

    const again = await run(["add", url, "--title", "Twice", "--kind", "press"]);

    expect(again).toMatchObject({ code: 2, err: expect.stringContaining("as once") });
  });

  it.each([
    ["a command that is none", ["nope"], "nope"],
    ["an unknown option", ["list", "--nope"], "--nope"],
    ["an address that is none", ["add", "nope", "--title", "t", "--kind", "press"], "url"],
    [
      "a kind that is none",
      ["add", "https://x.example/", "--title", "t", "--kind", "blog"],
      "kind",
    ],
    ["a feed to check that is not there", ["check", "nobody"], "nobody"],
    ["a feed to remove that is not there", ["remove", "nobody"], "nobody"],
    ["no file to import", ["import"], "OPML"],
    ["a file that is not there", ["import", "/nowhere/feeds.opml"], "/nowhere/feeds.opml"],
  ] as const)("%s is named and exits with 2", async (_name, argv, named) => {
    const result = await run([...argv]);

    expect(result.code).toBe(2);
    expect(result.err).toContain(named);
  });
});

describe("feeds import and export", () => {
  it("what is exported comes back with the same addresses, titles, languages, kinds and countries", async () => {
    const file = join(directory, "round.opml");
    await run([
      "add",
      goodFeed("/a"),
      "--title",
      "Débats & votes",
      "--kind",
      "press",
      "--language",
      "fr",
      "--jurisdiction",
      "BE",
    ]);
    await run(["add", goodFeed("/b"), "--title", 'The "Lords"', "--kind", "parliament"]);
    const before = (await run(["list", "--json"])).out;
    expect((await run(["export", file])).code).toBe(0);
    await rig.close();
    rig = await openRig(dynamo.endpoint);

    expect(await run(["import", file])).toMatchObject({ code: 0, out: "added 2, known 0\n" });

    const facts = (text: string) =>
      text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
        .map(({ url, title, language, kind, jurisdiction }) => {
          return { url, title, language, kind, jurisdiction };
        })
        .sort((a, b) => a.url.localeCompare(b.url));
    expect(facts((await run(["list", "--json"])).out)).toEqual(facts(before));
    expect((await run(["import", "-"], await readFile(file, "utf8"))).out).toBe(
      "added 0, known 2\n",
    );
  });

  it("an outline with a bad address is named, and the others are added", async () => {
    const opml = `<opml version="2.0"><body><outline text="Good" xmlUrl="${goodFeed("/g")}"/><outline text="Broken one" xmlUrl="ftp://x"/></body></opml>`;

    const { code, out, err } = await run(["import", "-"], opml);

    expect(code).toBe(2);
    expect(out).toBe("added 1, known 0\n");
    expect(err).toContain("Broken one");
  });

  it("a file that is no OPML is named and exits with 2", async () => {
    const file = join(directory, "page.html");
    await writeFile(file, "<html></html>");

    const { code, err } = await run(["import", file]);

    expect(code).toBe(2);
    expect(err).toContain(file);
  });
});

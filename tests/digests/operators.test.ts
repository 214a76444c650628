import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { runDigest } from "../../functions/cli/digest.ts";
import { runSubscribers } from "../../functions/cli/subscribers.ts";
import {
  enrol,
  flowServer,
  type MailWorld,
  mailWorld,
  publish,
  resurface,
  takeBack,
  wait,
} from "../flows/mail-world.ts";
import type { DynamoServer } from "../servers/dynamo.ts";

let server: DynamoServer;
let world: MailWorld;
let folder: string;

beforeAll(async () => {
  server = await flowServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  world = await mailWorld(server);
  folder = await mkdtemp(join(tmpdir(), "backdoor-watch-operators-"));
});
afterEach(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

async function run(
  command: typeof runSubscribers,
  ...argv: string[]
): Promise<{ code: number; out: string; err: string }> {
  let out = "";
  let err = "";
  const code = await command(
    argv,
    {
      stdin: Readable.from([]),
      stdout: { write: (text) => (out += text) },
      stderr: { write: (text) => (err += text) },
    },
    world.ports,
  );
  return { code, out, err };
}

describe("subscribers", () => {
  it("what is exported can be imported elsewhere, and gives the same people", async () => {
    await enrol(world, "a@example.org", {
      cadence: "daily",
      language: "de",
      timezone: "Europe/Berlin",
    });
    await enrol(world, "b@example.org", { themes: ["french-politics"] });
    await enrol(world, "waiting@example.org", {}, { state: "pending" });
    const exported = await run(runSubscribers, "export");
    const path = join(folder, "people.jsonl");
    await writeFile(path, exported.out);
    const elsewhere = await mailWorld(server);
    const here = world;
    world = elsewhere;
    const imported = await run(runSubscribers, "import", path);
    const again = await run(runSubscribers, "export");
    await here.close();

    const people = (text: string) =>
      text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
        .map(({ confirmedAt: _at, ...rest }) => rest)
        .sort((x, y) => (x.email < y.email ? -1 : 1));
    expect(JSON.parse(imported.out)).toEqual({ added: 2, known: 0, suppressed: 0, wrong: 0 });
    expect(people(again.out)).toEqual(people(exported.out));
  });

  it("an import names each wrong line, takes the rest, and never brings back who must be left alone", async () => {
    const { id } = await enrol(
      world,
      "gone@example.org",
      {},
      { state: "suppressed", sealedAddress: "" },
    );
    await world.store.suppress(id, "complaint", world.now);
    const path = join(folder, "people.jsonl");
    await writeFile(
      path,
      '{"email":"new@example.org"}\nnot json\n{"email":"gone@example.org"}\n{"email":"a@x.org, b@x.org"}\n',
    );

    const { code, out, err } = await run(runSubscribers, "import", path);

    expect(code).toBe(2);
    expect(JSON.parse(out)).toEqual({ added: 1, known: 0, suppressed: 1, wrong: 2 });
    expect(err).toContain("people.jsonl:2: is no JSON");
    expect(err).toContain("people.jsonl:4: email: is not one plain mail address");
  });

  it("an older list brings nobody back who unsubscribed since, and starts no mail to who had paused", async () => {
    await enrol(world, "left@example.org", {}, { state: "unsubscribed", sealedAddress: "" });
    const path = join(folder, "older.jsonl");
    await writeFile(
      path,
      '{"email":"left@example.org"}\n{"email":"paused@example.org","state":"paused"}\n',
    );

    const { out } = await run(runSubscribers, "import", path);
    const states = (await run(runSubscribers, "list")).out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).state);

    expect(JSON.parse(out)).toEqual({ added: 1, known: 0, suppressed: 1, wrong: 0 });
    expect(states.sort()).toEqual(["paused", "unsubscribed"]);
  });

  it("a list names nobody, and removal leaves a mark", async () => {
    const { id } = await enrol(world, "reader@example.org");

    const listed = await run(runSubscribers, "list");
    const removed = await run(runSubscribers, "remove", "Reader@Example.org");

    expect(listed.out).not.toContain("reader");
    expect(JSON.parse(removed.out)).toEqual({ id, removed: true });
    expect(await world.store.loadSubscriber(id)).toBeNull();
    expect(await world.store.suppressionOf(id)).toBe("deleted");
  });

  it.each([[[]], [["drop"]], [["remove"]], [["list", "x"]]])(
    "%j is no command: exit 2",
    async (argv) => {
      expect((await run(runSubscribers, ...argv)).code).toBe(2);
    },
  );
});

describe("digest", () => {
  it("a preview shows what a reader with these choices would get, and sends and claims nothing", async () => {
    await publish(world, "item");
    wait(world, 3_600);
    const path = join(folder, "preview.eml");

    const shown = await run(runDigest, "preview", "--language", "fr");
    const written = await run(runDigest, "preview", "--to", path);

    expect(shown.out).toContain("Votre semaine\u00a0: 1 nouvel article");
    expect(written.code).toBe(0);
    expect(await readFile(path, "utf8")).toContain("Subject: Your week: 1 new item");
    expect(world.outbox).toEqual([]);
  });

  it("a dry run counts what is due, and leaves it due", async () => {
    await enrol(world, "reader@example.org", { cadence: "daily" });
    await publish(world, "item");
    wait(world, 86_400);

    const first = await run(runDigest, "send", "--dry-run");
    const second = await run(runDigest, "send", "--dry-run");

    expect(JSON.parse(first.out)).toMatchObject({ periodic: 1, mails: 1 });
    expect(second.out).toBe(first.out);
    expect(world.outbox).toEqual([]);
  });

  it("a dry run counts what was taken back and is to be told", async () => {
    await enrol(world, "reader@example.org");
    const event = await resurface(world, "comeback");
    const waiting = await run(runDigest, "send", "--dry-run");
    await takeBack(world, event);
    wait(world, 600);

    const { out } = await run(runDigest, "send", "--dry-run");

    expect(JSON.parse(waiting.out)).toMatchObject({ corrections: 0, immediate: 0 });
    expect(JSON.parse(out)).toMatchObject({ events: 0, corrections: 1, immediate: 1 });
  });

  it.each([
    [["preview", "--cadence", "hourly"]],
    [["preview", "--days", "0"]],
    [["preview", "--frob"]],
    [["send"]],
    [[]],
  ])("%j says what is wrong: exit 2", async (argv) => {
    const { code, err } = await run(runDigest, ...argv);

    expect(code).toBe(2);
    expect(err).not.toBe("");
  });
});

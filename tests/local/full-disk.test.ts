import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, rm, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { composeLocal } from "../../functions/local/compose.ts";
import { emptyDatabase, openDatabaseFile } from "../../functions/local/database-file.ts";
import { diskWatch, type Room } from "../../functions/local/disk-watch.ts";
import { openMailbox } from "../../functions/local/mailbox.ts";
import { openSqlite } from "../../functions/local/sqlite-database.ts";
import { healthOf } from "../../shared/archive/health.ts";
import { FeedDefinition } from "../../shared/domain/feed.ts";
import type { LogRecord } from "../../shared/flows/ports.ts";
import { LocalSettings, readSettings } from "../../shared/settings.ts";
import { DiskFull } from "../../shared/store/database.ts";
import { simpleFeed } from "../servers/simple-feed.ts";

const MB = 1_048_576;
const MAIL = {
  to: "reader@example.org",
  subject: "s",
  text: "t",
  html: "<p>t</p>",
  messageId: "<a@example.org>",
  headers: {},
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "backdoor-watch-full-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("room on the disk", () => {
  const watch = (rooms: Room[], tryWrite: () => Promise<void> = async () => {}) => {
    const records: LogRecord[] = [];
    const room = async () => rooms.shift() ?? { freeBytes: 0, totalBytes: 1 };
    return { records, ...diskWatch({ room, tryWrite, log: (record) => records.push(record) }) };
  };

  it("is said to be out once, and to be back once", async () => {
    const big = { totalBytes: 1_000 * MB };
    const disk = watch([5, 5, 3, 900].map((mb) => ({ ...big, freeBytes: mb * MB })));

    const looks = [];
    for (let n = 0; n < 4; n += 1) looks.push([await disk.look(), disk.state().ok]);

    expect(looks).toEqual([...Array(3).fill([false, false]), [true, true]]);
    expect(disk.records.map(({ failed }) => failed)).toEqual([
      expect.stringContaining("the disk is full"),
      undefined,
    ]);
  });

  it("is judged by its size: a small disk may be used nearly to its end", async () => {
    const disk = watch([{ freeBytes: 2 * MB, totalBytes: 20 * MB }]);

    expect(await disk.look()).toBe(true);
  });

  it("is out where a quota is, which only a write shows, until a write succeeds", async () => {
    const plenty = { freeBytes: 900 * MB, totalBytes: 1_000 * MB };
    let quota = true;
    const disk = watch([plenty, plenty], async () => {
      if (quota) throw new Error("EDQUOT");
    });
    disk.noteFull();

    const during = await disk.look();
    quota = false;

    expect([during, await disk.look()]).toEqual([false, true]);
  });
});

describe("a database without room", () => {
  it("says that the disk is full, keeps what was written, half writes nothing, and goes on when there is room", async () => {
    const path = await emptyDatabase(join(folder, "d"));
    let told = 0;
    const full = openSqlite(path, { mostPages: 40, onFull: () => (told += 1) });
    const rows = (name: string) =>
      Array.from({ length: 5 }, (_, n) => ({ pk: name, sk: `s${n}`, text: "x".repeat(2_000) }));
    let written = 0;
    const fill = async () => {
      for (; ; written += 1) await full.putMany(rows(`p${written}`));
    };

    await expect(fill()).rejects.toThrow(/the disk is full/);
    await expect(full.putMany(rows("more"))).rejects.toThrow(DiskFull);

    const countOf = async (pk: string) =>
      (
        await full.query({
          KeyConditionExpression: "pk = :p",
          ExpressionAttributeValues: { ":p": pk },
        })
      ).rows.length;
    expect(written).toBeGreaterThan(0);
    expect(await countOf(`p${written - 1}`)).toBe(5);
    expect(await countOf(`p${written}`)).toBe(0);
    expect(told).toBeGreaterThanOrEqual(2);
    for (const { pk, sk } of rows("p0")) await full.remove({ pk, sk });
    await full.putMany(rows("more"));
    expect(await countOf("more")).toBe(5);
    full.close();
  });
});

describe("a mailbox without room", () => {
  it.each(["ENOSPC", "EDQUOT"])(
    "puts a mail off (%s), and takes it when there is room",
    async (code) => {
      let full = true;
      const kept: string[] = [];
      const mailbox = openMailbox({
        directory: folder,
        from: "digest@example.org",
        write: async (path) => {
          if (full) throw Object.assign(new Error(code), { code });
          kept.push(path);
          return true;
        },
      });

      const during = await mailbox.sendMail(MAIL);
      full = false;
      const after = await mailbox.sendMail(MAIL);

      expect([during.kind, after.kind]).toEqual(["deferred", "sent"]);
      expect(kept).toHaveLength(1);
    },
  );
});

describe("an installation without room", () => {
  it("polls and mails nothing, says so in /healthz, and goes on by itself when there is room", async () => {
    const feed = await simpleFeed();
    let freeBytes = 0;
    const definition = FeedDefinition.parse({
      id: "a-feed",
      url: feed.url,
      title: "A",
      kind: "press",
      jurisdiction: "FR",
      language: "fr",
    });
    const world = await composeLocal(
      readSettings(LocalSettings, { DATA_DIR: folder, ALLOW_PRIVATE_NETWORK: "1" }),
      {
        feeds: [definition],
        log: () => {},
        room: async () => ({ freeBytes, totalBytes: 1_000 * MB }),
      },
    );
    const job = {
      domain: "127.0.0.1",
      feedIds: [definition.id],
      enqueuedAt: new Date().toISOString(),
    } as Parameters<typeof world.polls.add>[0];
    const turn = async () => {
      const works = await world.hasRoom();
      await world.polls.add(job);
      await world.polls.drain();
      const mail = await world.ports.sendMail(MAIL, "immediate");
      const health = await healthOf(world.ports);
      return { works, requests: feed.requests(), mail: mail.kind, disk: health.parts["disk"]?.ok };
    };
    await world.ports.store.seedFeeds([definition], new Date(0));

    const during = await turn();
    freeBytes = 900 * MB;
    const after = await turn();
    await world.close();
    await feed.close();

    expect(during).toEqual({ works: false, requests: 0, mail: "deferred", disk: false });
    expect(after).toEqual({ works: true, requests: 1, mail: "sent", disk: true });
  });
});

/** A disk of its own, where this user may mount one. */
function tinyDisk(path: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", path], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe("a real disk that is full", () => {
  it("loses no mail and no row, and leaves nothing half written", async (context) => {
    if (!tinyDisk(folder)) return context.skip();
    const filler = join(folder, "filler");
    try {
      let told = 0;
      const database = await openDatabaseFile(folder, () => (told += 1));
      const mailbox = openMailbox({ directory: join(folder, "mailbox"), from: "d@example.org" });
      await database.put({ pk: "before", sk: "s" });
      await mailbox.sendMail({ ...MAIL, messageId: "<before@example.org>" });
      await writeFile(filler, Buffer.alloc(3 * MB)).catch(() => {});

      const big = { pk: "during", sk: "s", text: "x".repeat(500_000) };
      const failure = await database.put(big).catch((cause: unknown) => cause);
      const during = await mailbox.sendMail({ ...MAIL, text: "x".repeat(50_000) });
      const left = (await readdir(join(folder, "mailbox"))).filter((name) => name.endsWith(".tmp"));
      await unlink(filler);
      await database.put(big);
      const after = await mailbox.sendMail(MAIL);

      expect(failure).toBeInstanceOf(DiskFull);
      expect(told).toBe(1);
      expect([during.kind, after.kind, left]).toEqual(["deferred", "sent", []]);
      expect(await database.get({ pk: "before", sk: "s" })).not.toBeNull();
      expect(await database.get({ pk: "during", sk: "s" })).not.toBeNull();
      expect(await mailbox.list()).toHaveLength(2);
      database.close();
    } finally {
      execFileSync("umount", ["-l", folder], { stdio: "ignore" });
    }
  });
});

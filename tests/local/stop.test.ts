import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listenForEnd, PATIENCE_MS } from "../../functions/local/stopping.ts";
import { type FeedServer, startFeedServer } from "../servers/feed-server.ts";

const COMMAND = resolve(import.meta.dirname, "../../functions/cli/backdoor-watch.mjs");

describe("npm start, told to end while feeds do not answer", () => {
  let site: FeedServer;
  let directory: string;
  let child: ChildProcess | null = null;
  beforeEach(async () => {
    site = await startFeedServer();
    directory = await mkdtemp(join(tmpdir(), "stop-"));
  });
  afterEach(async () => {
    child?.kill("SIGKILL");
    await site.close();
    await rm(directory, { recursive: true, force: true });
  });

  // Each feed alone would keep it for the twenty seconds of a fetch.
  it.each(["SIGTERM", "SIGINT"] as const)(
    "ends on %s without waiting for any of them",
    async (signal) => {
      const asked = new Promise<void>((begin) => {
        site.serve("/hangs", () => begin());
      });
      const feeds = Array.from({ length: 8 }, (_, n) =>
        JSON.stringify({
          id: `feed-${n}`,
          url: `${site.url}/hangs?${n}`,
          title: "A",
          kind: "press",
        }),
      );
      await writeFile(join(directory, "feeds.jsonl"), feeds.join("\n"));
      child = spawn(process.execPath, [COMMAND, "start"], {
        env: {
          ...process.env,
          PORT: "0",
          DATA_DIR: join(directory, "data"),
          FEEDS: join(directory, "feeds.jsonl"),
          ALLOW_PRIVATE_NETWORK: "1",
          OPERATOR_EMAIL: "",
        },
        stdio: ["ignore", "ignore", "pipe"],
      });
      let said = "";
      child.stderr?.on("data", (text) => {
        said += text;
      });
      await asked;
      child.kill(signal);
      const [code] = await once(child, "exit");

      expect({ code, forced: said.includes("Stopped:") }).toEqual({ code: 0, forced: false });
      expect(site.requests).toHaveLength(1);
    },
  );
});

describe("a process that does not end by itself", () => {
  function run() {
    const listeners: (() => void)[] = [];
    const exits: number[] = [];
    const timers: { milliseconds: number; done: () => void }[] = [];
    const host = {
      on: (_signal: string, listener: () => void) => listeners.push(listener),
      exit: (code: number) => void exits.push(code),
    };
    listenForEnd(
      host,
      (milliseconds, done) => timers.push({ milliseconds, done }),
      () => {},
    );
    return { signal: () => listeners[0]?.(), exits, timers };
  }

  it("is ended when its patience is over, well before a service manager's", () => {
    const { signal, exits, timers } = run();
    signal();
    timers[0]?.done();

    expect({ exits, waited: timers.map(({ milliseconds }) => milliseconds) }).toEqual({
      exits: [0],
      waited: [PATIENCE_MS],
    });
    expect(PATIENCE_MS).toBeLessThan(10_000);
  });

  it("is ended at once by a second signal", () => {
    const { signal, exits } = run();
    signal();
    const before = [...exits];
    signal();

    expect([before, exits]).toEqual([[], [1]]);
  });
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { crawl } from "./servers/crawl.ts";

const DOOR = resolve(import.meta.dirname, "../functions/cli/backdoor-watch.mjs");

/** Runs the demo until it says that it stays open, and hands over what it said. */
async function runDemo(look: (url: string, said: string) => Promise<void>): Promise<number | null> {
  const child = spawn(process.execPath, [DOOR, "demo"], {
    env: { ...process.env, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  for await (const part of child.stdout) {
    said += String(part);
    if (said.includes("Both stay open")) break;
  }
  try {
    await look(/Archive: +(\S+)/.exec(said)?.[1] ?? "", said);
  } finally {
    child.kill("SIGTERM");
  }
  if (child.exitCode === null) await once(child, "exit");
  return child.exitCode;
}

it("shows a newcomer a bill that comes back, mails it, and leaves archive and mailbox open", async () => {
  const code = await runDemo(async (url, said) => {
    expect(said).toMatch(/RESURFACED +fr-messageries: back from rejected after 20\d days/);

    const front = await (await fetch(url)).text();
    expect(front).toContain("Back from rejected after 20");
    const mailbox = await (await fetch(`${url}/mailbox`)).text();
    expect(mailbox).toMatch(/Back from rejected after 20\d quiet days: France/);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const { events } = (await (await fetch(`${url}/api/events`)).json()) as {
      events: { dossier: string; from: string }[];
    };
    expect(events[0]).toMatchObject({ dossier: "fr-messageries", from: "rejected" });
    const { read, dead } = await crawl(url);
    expect(dead).toEqual([]);
    expect(read.size).toBeGreaterThan(100);
  });

  expect(code).toBe(0);
});

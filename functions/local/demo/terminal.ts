// What the demo shows in the terminal: a line of progress, each event as it comes, and what it came to.
import type { LogRecord } from "../../../shared/flows/ports.ts";
import type { Output } from "../../cli/io.ts";
import type { LocalWorld } from "../compose.ts";
import { READER } from "./reader.ts";

export interface Teller {
  begin(feeds: number): void;
  /** Takes the system's log. */
  readonly hear: (record: LogRecord) => void;
  show(now: Date): void;
  end(world: LocalWorld, url: string): Promise<void>;
}

const BAR = 24;

interface Tally {
  polls: number;
  failed: number;
  items: number;
  resurfaced: number;
  mails: number;
}

function count(tally: Tally, record: LogRecord): void {
  if (record["step"] === "poll" && typeof record["feed"] === "string") {
    tally.polls += 1;
    if (record["outcome"] === "failed") tally.failed += 1;
    tally.items += Number(record["fresh"] ?? 0) + Number(record["revised"] ?? 0);
  }
  if (record["step"] === "send-digests") tally.mails += Number(record["sent"] ?? 0);
}

const isNews = (record: LogRecord): boolean =>
  record["step"] === "event" &&
  record["isNew"] === true &&
  record["event"] === "resurfaced" &&
  record["state"] === "standing";

function newsLine(record: LogRecord, day: string): string {
  const quiet = record["quietDays"];
  const days = typeof quiet === "number" ? ` after ${quiet} days` : "";
  return `  ${day}  RESURFACED  ${record["dossier"]}: back from ${record["from"]}${days}`;
}

async function summary(world: LocalWorld, url: string, say: (line: string) => void): Promise<void> {
  const { store } = world.ports;
  say("");
  say("  Feed                    polls' last outcome        items");
  for (const feed of await store.listFeeds()) {
    const outcome =
      feed.lastFailure !== null && feed.failures > 0
        ? `failed: ${feed.lastFailure.reason}`
        : "read";
    say(`  ${feed.id.padEnd(22)}  ${outcome.padEnd(25)}  ${String(feed.itemsNew).padStart(4)}`);
  }
  const events = await store.listEvents(20, null, null);
  const standing = events.rows.filter(
    ({ event }) => event.event === "resurfaced" && event.state === "standing",
  );
  say("");
  say(`  What came back (${standing.length}):`);
  for (const { event } of [...standing].reverse())
    say(`  ${event.at.slice(0, 10)}  ${event.dossier}: ${event.reason}`);
  const mails = (await world.mailbox?.list()) ?? [];
  say("");
  say(`  Archive:  ${url}`);
  say(`  Mailbox:  ${url}/mailbox  (${mails.length} mails for ${READER}, sent to nobody)`);
  say("");
  say("  Both stay open. Ctrl-C ends the demo.");
}

/** Repaints one line on a terminal; elsewhere, prints one now and then. */
export function tellStory(
  out: Output & { readonly isTTY?: boolean },
  story: { from: string; to: string; seconds: number },
): Teller {
  const tally: Tally = { polls: 0, failed: 0, items: 0, resurfaced: 0, mails: 0 };
  const news: string[] = [];
  let day = story.from.slice(0, 10);
  let lastTenth = -1;
  const span = Date.parse(story.to) - Date.parse(story.from);
  const say = (line: string) => out.write(`${out.isTTY ? "\r\u001b[K" : ""}${line}\n`);
  const progress = (share: number) =>
    `  ${day}  ${"█".repeat(Math.round(share * BAR)).padEnd(BAR, "░")}  ${tally.polls} polls, ${tally.failed} failed, ${tally.items} items stored and classified, ${tally.resurfaced} resurfaced, ${tally.mails} digests`;
  return {
    begin(feeds) {
      say("backdoor-watch demo: sample feeds, a fast clock, the real system.");
      say(
        `A French clause on encrypted messages is adopted, struck out, and goes quiet. ${feeds} feeds are watched.`,
      );
      say("");
    },
    hear(record) {
      count(tally, record);
      if (!isNews(record)) return;
      tally.resurfaced += 1;
      news.push(newsLine(record, day));
    },
    show(now) {
      day = now.toISOString().slice(0, 10);
      const share = Math.min(1, (now.getTime() - Date.parse(story.from)) / span);
      for (const line of news.splice(0)) say(line);
      if (out.isTTY) out.write(`\r\u001b[K${progress(share)}`);
      else if (Math.floor(share * 10) > lastTenth) {
        lastTenth = Math.floor(share * 10);
        say(progress(share));
      }
    },
    async end(world, url) {
      for (const line of news.splice(0)) say(line);
      if (out.isTTY) out.write(`${progress(1)}\n`);
      await summary(world, url, say);
    },
  };
}

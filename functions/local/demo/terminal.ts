// What the demo shows in the terminal: a line of progress, each event as it comes, and what it came to.
import type { LogRecord } from "../../../shared/flows/ports.ts";
import type { Output } from "../../cli/io.ts";
import type { LocalWorld } from "../compose.ts";
import { type FailedPoll, failureInWords, failuresInWords } from "../failures-in-words.ts";
import { comebacks } from "./comebacks.ts";
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
  items: number;
  mails: number;
  readonly failed: FailedPoll[];
  /** Feeds whose last poll failed. */
  readonly failing: Set<string>;
}

function count(tally: Tally, record: LogRecord): void {
  if (record["step"] === "poll" && typeof record["feed"] === "string") {
    tally.polls += 1;
    tally.items += Number(record["fresh"] ?? 0) + Number(record["revised"] ?? 0);
  }
  if (record["step"] === "send-digests") tally.mails += Number(record["sent"] ?? 0);
}

function newsLine(record: LogRecord, day: string): string {
  const quiet = record["quietDays"];
  const days = typeof quiet === "number" ? ` after ${quiet} days` : "";
  return `  ${day}  RESURFACED  ${record["dossier"]}: back from ${record["from"]}${days}`;
}

/** @returns a line where a feed begins to fail, or is read again */
function countFailure(tally: Tally, record: LogRecord, day: string): string | null {
  const { step, feed, outcome, reason } = record;
  if (step !== "poll" || typeof feed !== "string") return null;
  if (outcome !== "failed")
    return tally.failing.delete(feed) ? `  ${day}  ${feed} is read again` : null;
  tally.failed.push({ feed, reason: String(reason) });
  if (tally.failing.has(feed)) return null;
  tally.failing.add(feed);
  return `  ${day}  ${feed} fails: ${failureInWords(String(reason))}; it is asked again and again, ever more slowly`;
}

function sayFailures({ failed }: Tally, url: string, say: (line: string) => void): void {
  if (failed.length === 0) return;
  say("");
  say(
    `  ${failed.length} polls failed; the samples do so on purpose, as real sites do. Feed by feed: ${url}/feeds`,
  );
  for (const line of failuresInWords(failed)) say(`  ${line}`);
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
}

/** Last, where the eye comes to rest. */
function sayEnd(say: (line: string) => void): void {
  say("");
  say("  Both stay open. Ctrl-C ends the demo.");
}

/** Repaints one line on a terminal; elsewhere, prints one now and then. */
export function tellStory(
  out: Output & { readonly isTTY?: boolean },
  story: { from: string; to: string; seconds: number },
): Teller {
  const tally: Tally = { polls: 0, items: 0, mails: 0, failed: [], failing: new Set() };
  const back = comebacks();
  const news: string[] = [];
  let day = story.from.slice(0, 10);
  let lastTenth = -1;
  const span = Date.parse(story.to) - Date.parse(story.from);
  const say = (line: string) => out.write(`${out.isTTY ? "\r\u001b[K" : ""}${line}\n`);
  const progress = (share: number) =>
    `  ${day}  ${"█".repeat(Math.round(share * BAR)).padEnd(BAR, "░")}  ${tally.polls} polls, ${tally.failed.length} failed, ${tally.items} items stored and classified, ${back.standing()} resurfaced, ${tally.mails} digests`;
  const tellNews = () => {
    for (const event of back.fresh()) news.push(newsLine(event.record, event.day));
    for (const line of news.splice(0).sort()) say(line);
  };
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
      back.hear(record, day);
      const turn = countFailure(tally, record, day);
      if (turn !== null) news.push(turn);
    },
    show(now) {
      day = now.toISOString().slice(0, 10);
      const share = Math.min(1, (now.getTime() - Date.parse(story.from)) / span);
      tellNews();
      if (out.isTTY) out.write(`\r\u001b[K${progress(share)}`);
      else if (Math.floor(share * 10) > lastTenth) {
        lastTenth = Math.floor(share * 10);
        say(progress(share));
      }
    },
    async end(world, url) {
      tellNews();
      if (out.isTTY) out.write(`${progress(1)}\n`);
      await summary(world, url, say);
      sayFailures(tally, url, say);
      sayEnd(say);
    },
  };
}

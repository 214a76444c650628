import { expect, it } from "vitest";
import type { Mail, SendOutcome } from "../../shared/domain/mail.ts";
import type { LogRecord } from "../../shared/flows/ports.ts";
import { mailFailingAt, watchMail } from "../../shared/flows/watch-mail.ts";

const MAIL: Mail = {
  to: "reader@example.org",
  subject: "s",
  text: "t",
  html: "h",
  messageId: "<1@example.org>",
  headers: {},
};
const START = Date.parse("2026-03-02T10:00:00Z");
const sent: SendOutcome = { kind: "sent" };
const unreached: SendOutcome = { kind: "deferred", detail: "ESOCKET CONN" };
const full: SendOutcome = { kind: "deferred", detail: "EENVELOPE 452 RCPT TO" };
const unknownMailbox: SendOutcome = { kind: "refused", detail: "EENVELOPE 550 RCPT TO" };

/** Sends so many mails, two minutes apart, with these outcomes. */
async function after(outcomes: readonly SendOutcome[], broken = false) {
  const beats: Record<string, { at: string; facts: Readonly<Record<string, number>> }> = {};
  const logs: LogRecord[] = [];
  let now = new Date(START);
  let notes = 0;
  const left = [...outcomes];
  const send = watchMail(async () => left.shift() ?? sent, {
    now: () => now,
    log: (record) => void logs.push(record),
    store: {
      async beat(part, at, facts) {
        if (broken) throw new Error("no store");
        notes += Number(!part.startsWith("mail/"));
        beats[part] = { at: at.toISOString(), facts };
      },
      countAttempt: async () => 1,
    },
  });
  const seen: SendOutcome[] = [];
  for (const _ of outcomes) {
    seen.push(await send(MAIL, "immediate"));
    now = new Date(now.getTime() + 120_000);
  }
  return { failing: mailFailingAt(beats, now) !== null, logs, notes, seen, beats };
}

it.each([
  ["no mail at all", [], false],
  ["a mail that was taken", [sent], false],
  ["a server that cannot be reached", [sent, unreached], true],
  ["one that is there again", [unreached, unreached, sent], false],
  ["one mailbox that is full", [sent, full], false],
  ["one mailbox that does not exist", [unknownMailbox], false],
  ["three mails in a row that were not taken", [sent, full, full, full], true],
] as const)("%s", async (_name, outcomes, failing) => {
  expect((await after(outcomes)).failing).toBe(failing);
});

it("writes no address down, whatever was said of the mail", async () => {
  const { logs, beats } = await after([unreached, full, full, sent]);

  expect(JSON.stringify([logs, beats])).not.toContain("@");
  expect(logs).toContainEqual({ step: "mail-failing", outcome: "deferred", failed: 1 });
});

it("changes nothing of a mail whose outcome cannot be noted", async () => {
  expect((await after([sent, unreached], true)).seen).toEqual([sent, unreached]);
});

it("does not trust a mail that was taken by a clock of years to come", () => {
  const beats = {
    "mail-sent": { at: "2036-01-01T00:00:00.000Z", facts: {} },
    "mail-failed": { at: "2026-03-02T10:00:00.000Z", facts: { failed: 1, all: 1 } },
  };

  expect(mailFailingAt(beats, new Date("2026-03-02T10:05:00Z"))).not.toBeNull();
});

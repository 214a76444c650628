// Whether mail goes out: what the mail server last took, and what it last did not, without a word of whom it was for.

import { minutesSince } from "../domain/instants.ts";
import type { Mail, SendOutcome } from "../domain/mail.ts";
import { countMail, type MailKind } from "./mail-figures.ts";
import type { LogRecord, Store } from "./ports.ts";

/** When the mail server last took a mail. */
export const MAIL_SENT = "mail-sent";
/** When it last did not; how many in a row, and whether that was said of this installation or of one mailbox. */
export const MAIL_FAILED = "mail-failed";
/** What log lines say of it: infra/alarms.ts counts these words. */
export const MAIL_FAILING = "mail-failing";

/** A single mailbox that is full or grey-lists says nothing of the server; so many different mails in a row do. */
const MANY = 3;
/** A thousand mails that go out well are not a thousand notes. */
const NOTE_SECONDS = 60;

export interface MailWatch {
  readonly store: Pick<Store, "beat" | "countAttempt">;
  readonly now: () => Date;
  readonly log: (record: LogRecord) => void;
}

/** Said of one mailbox or one message (smtp-mail.ts): where the server was reached and took the sender. */
const isOfOneMail = (detail: string): boolean => /RCPT TO|DATA/.test(detail);

/** The same mailer, whose outcomes are noted. A note that cannot be written changes nothing of the mail. */
export function watchMail(
  sendMail: (mail: Mail) => Promise<SendOutcome>,
  { store, now, log }: MailWatch,
): (mail: Mail, kind: MailKind) => Promise<SendOutcome> {
  let failed = 0;
  let notedAt: string | null = null;
  const note = async (outcome: SendOutcome): Promise<void> => {
    const at = now();
    if (outcome.kind === "sent") {
      const isFresh = notedAt !== null && minutesSince(notedAt, at) * 60 < NOTE_SECONDS;
      if (failed === 0 && isFresh) return;
      failed = 0;
      notedAt = at.toISOString();
      return store.beat(MAIL_SENT, at, {});
    }
    failed += 1;
    const all = Number(!isOfOneMail(outcome.detail));
    if (all === 1 || failed >= MANY) log({ step: MAIL_FAILING, outcome: outcome.kind, failed });
    return store.beat(MAIL_FAILED, at, { failed, all });
  };
  return async (mail, kind) => {
    const outcome = await sendMail(mail);
    const noted = Promise.all([note(outcome), countMail(store, kind, outcome.kind, now())]);
    await noted.catch((cause: unknown) =>
      log({ step: "watch-mail", failed: String(cause).slice(0, 200) }),
    );
    return outcome;
  };
}

type Beats = Awaited<ReturnType<Store["heartbeats"]>>;

/** @returns since when nothing was taken, where the last attempts speak of the server and not of one mailbox; else null */
export function mailFailingAt(beats: Beats, now: Date): string | null {
  const failed = beats[MAIL_FAILED];
  const sent = beats[MAIL_SENT];
  if (failed === undefined) return null;
  const isOver = sent !== undefined && minutesSince(sent.at, now) <= minutesSince(failed.at, now);
  const { all = 0, failed: inRow = 0 } = failed.facts;
  return isOver || (all === 0 && inRow < MANY) ? null : failed.at;
}

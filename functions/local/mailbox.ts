// The built-in mailbox: where no mail server is named, each mail is a file, for its owner to read at /mailbox.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { type AddressObject, type ParsedMail, simpleParser } from "mailparser";
import { createTransport } from "nodemailer";
import type {
  MailboxMessage,
  Mailbox as ShownMailbox,
} from "../../shared/archive/mailbox-routes.ts";
import { composeMail } from "../../shared/digests/compose-mail.ts";
import type { Mail, SendOutcome } from "../../shared/domain/mail.ts";
import { writeNew } from "./whole-file.ts";

/** What the archive shows of it (newest first, MOST_LISTED at most), and the way in. */
export interface Mailbox extends ShownMailbox {
  readonly sendMail: (mail: Mail) => Promise<SendOutcome>;
}

/** Nothing was kept: to be tried again when there is room. */
const NO_ROOM: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT"]);
const MOST_LISTED = 200;
const ID = /^[A-Za-z0-9_-]{32}$/;

const idOf = (messageId: string): string =>
  createHash("sha256").update(messageId).digest("base64url").slice(0, 32);

/**
 * @param directory made at the first mail; its owner alone may read it
 * @param write keeps a file, whole or not at all; false where it is there already
 */
export function openMailbox(options: {
  readonly directory: string;
  readonly from: string;
  readonly write?: typeof writeNew;
}): Mailbox {
  const { directory, from, write = writeNew } = options;
  const composer = createTransport({ streamTransport: true, buffer: true, newline: "unix" });

  async function sendMail(mail: Mail): Promise<SendOutcome> {
    const composed = await composer.sendMail(composeMail(mail, from));
    await mkdir(directory, { recursive: true, mode: 0o700 });
    try {
      // Whole or not at all, and a message that is there already stays as it is.
      await write(join(directory, `${idOf(mail.messageId)}.eml`), composed.message as Buffer);
    } catch (cause) {
      if (!NO_ROOM.has((cause as NodeJS.ErrnoException).code ?? "")) throw cause;
      return { kind: "deferred", detail: "the disk is full" };
    }
    return { kind: "sent" };
  }

  async function load(id: string): Promise<MailboxMessage | null> {
    if (!ID.test(id)) return null;
    const path = join(directory, `${id}.eml`);
    try {
      const [bytes, { mtime }] = await Promise.all([readFile(path), stat(path)]);
      const parsed = await simpleParser(bytes, { skipTextToHtml: true, skipImageLinks: true });
      return messageOf(id, mtime, parsed);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw cause;
    }
  }

  return {
    sendMail,
    read: load,
    async list() {
      const ids = await newestIds(directory);
      const mails = await Promise.all(ids.slice(0, MOST_LISTED).map(load));
      return mails.flatMap((mail) => {
        if (mail === null) return [];
        const { text: _text, html: _html, headers: _headers, ...entry } = mail;
        return [entry];
      });
    },
  };
}

async function newestIds(directory: string): Promise<string[]> {
  let names: string[];
  try {
    names = (await readdir(directory)).filter((name) => name.endsWith(".eml"));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw cause;
  }
  const dated = await Promise.all(
    names.map(async (name) => {
      const { mtimeNs } = await stat(join(directory, name), { bigint: true });
      return { id: name.slice(0, -".eml".length), mtimeNs };
    }),
  );
  return dated.sort((a, b) => (a.mtimeNs < b.mtimeNs ? 1 : -1)).map(({ id }) => id);
}

const firstOf = (to: ParsedMail["to"]): AddressObject | undefined =>
  Array.isArray(to) ? to[0] : to;

function messageOf(id: string, at: Date, parsed: ParsedMail): MailboxMessage {
  const headers: Record<string, string> = {};
  for (const { key, line } of parsed.headerLines)
    headers[key] = line
      .slice(line.indexOf(":") + 1)
      .replace(/\r?\n[ \t]+/g, " ")
      .trim();
  return {
    id,
    to: firstOf(parsed.to)?.value[0]?.address ?? "",
    subject: parsed.subject ?? "",
    at: at.toISOString(),
    messageId: parsed.messageId ?? "",
    text: parsed.text ?? "",
    html: parsed.html || "",
    headers,
  };
}

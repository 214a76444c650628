// Mail by SES: the same message as by SMTP, as raw bytes under the configuration set.
import { createTransport } from "nodemailer";
import { composeMail } from "../../shared/digests/compose-mail.ts";
import type { Mail, SendOutcome } from "../../shared/domain/mail.ts";

/** One raw message handed to SES; throws what SES says. */
export type SendRaw = (raw: Uint8Array, from: string, to: string) => Promise<void>;

/** Errors by which SES says that it did not take the message. All others may have come after it did. */
const NOT_TAKEN = new Set([
  "TooManyRequestsException",
  "LimitExceededException",
  "SendingPausedException",
  "AccountSuspendedException",
  "MailFromDomainNotVerifiedException",
  "MessageRejected",
  "BadRequestException",
  "NotFoundException",
  "ThrottlingException",
]);

/**
 * A fault of ours or of the account is never held against the reader: it defers. Whether an address is dead is told by
 * bounces, later (mail-events).
 */
export function sesMailer(options: { readonly from: string; readonly sendRaw: SendRaw }) {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  return async function sendMail(mail: Mail): Promise<SendOutcome> {
    const composed = await composer.sendMail(composeMail(mail, options.from));
    try {
      await options.sendRaw(composed.message as Buffer, options.from, mail.to);
      return { kind: "sent" };
    } catch (cause) {
      // The message of an error may quote the address; its name does not.
      const name = cause instanceof Error ? cause.name : "unknown";
      return { kind: NOT_TAKEN.has(name) ? "deferred" : "unknown", detail: name };
    }
  };
}

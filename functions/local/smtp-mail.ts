// Mail by SMTP: what the server's answer, or its silence, means for the ledger.
import { createTransport } from "nodemailer";
import { composeMail } from "../../shared/digests/compose-mail.ts";
import type { Mail, SendOutcome } from "../../shared/domain/mail.ts";

export interface SmtpMailer {
  readonly sendMail: (mail: Mail) => Promise<SendOutcome>;
  close(): Promise<void>;
}

/** What is read of nodemailer's errors. */
interface SmtpError {
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
  readonly syscall?: string;
  readonly response?: string;
  /** Which timer ran out: CONNECT_TIMEOUT, GREETING_TIMEOUT, SOCKET_TIMEOUT, … */
  readonly timeoutType?: string;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * @param url `smtp://user:pass@host:port` or `smtps://…`; a password never goes over a line that is not encrypted,
 * except to this machine itself
 */
export function smtpMailer(options: { readonly url: string; readonly from: string }): SmtpMailer {
  const { url, from } = options;
  const { hostname, username } = new URL(url);
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 5,
    maxMessages: 500,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 60_000,
    requireTLS: username !== "" && !LOOPBACK.test(hostname),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async sendMail(mail) {
      const composed = composeMail(mail, from);
      try {
        await transport.sendMail(composed);
        return { kind: "sent" };
      } catch (cause) {
        return outcomeOf(cause as SmtpError);
      }
    },
    async close() {
      transport.close();
    },
  };
}

/** Of this whole installation, not of one mail: nobody is struck off for them. */
const OURS = new Set(["EAUTH", "ETLS", "EDNS", "EPROXY", "EREQUIRETLS", "ECONFIG"]);

/** RFC 3463 class 7, policy: the server minds the sender, not the mailbox. */
const POLICY = /^5\d\d[ -]5\.7\./;

/**
 * The detail is a code and a step, never the server's words: those quote the address.
 * Where the line breaks without an answer, the mail may have gone out.
 */
export function outcomeOf(error: SmtpError): SendOutcome {
  const { code = "", responseCode, command = "", response = "" } = error;
  const detail = [code, responseCode, command].filter(Boolean).join(" ");
  if (OURS.has(code)) return { kind: "deferred", detail };
  if (responseCode !== undefined) {
    const ofThisMail = command === "RCPT TO" || (command === "DATA" && code === "EMESSAGE");
    const permanent = responseCode >= 500 && ofThisMail && !POLICY.test(response);
    return { kind: permanent ? "refused" : "deferred", detail };
  }
  const neverConnected =
    error.syscall === "connect" || !["", "SOCKET_TIMEOUT"].includes(error.timeoutType ?? "");
  const lineBroke = code === "ECONNECTION" || code === "ESOCKET" || code === "ETIMEDOUT";
  return { kind: lineBroke && !neverConnected ? "unknown" : "deferred", detail };
}

// A mail as nodemailer takes it: every address an object, so that no string is ever read as a list.
import type { SendMailOptions } from "nodemailer";
import type { Mail } from "../domain/mail.ts";
import { normalizeAddress } from "./address.ts";

/**
 * @param from the installation's sender
 * @throws Error (which names nobody) where the address is not exactly one
 */
export function composeMail(mail: Mail, from: string): SendMailOptions {
  const to = normalizeAddress(mail.to);
  if (to === null || to !== mail.to) throw new Error(`mail ${mail.messageId}: not one address`);
  return {
    from: { name: "backdoor-watch", address: from },
    to: { name: "", address: to },
    envelope: { from, to: [to] },
    // A subject is one line whatever it was made of; nodemailer encodes the rest.
    subject: mail.subject.replace(/[\r\n]+/g, " "),
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    headers: mail.headers,
    textEncoding: "quoted-printable",
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

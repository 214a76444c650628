// Headers that every mail of the list carries.
import { fingerprintOf } from "../domain/ids.ts";
import type { MailLinks } from "./digest.ts";

/**
 * One-click unsubscription (RFC 8058), the list's name (RFC 2919), and the sign that a machine wrote this, so that no
 * autoresponder answers it (RFC 3834).
 */
export function listHeaders(links: MailLinks): Readonly<Record<string, string>> {
  return {
    "List-Id": `backdoor-watch <digest.${links.listHost}>`,
    "List-Unsubscribe": `<${links.unsubscribe}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "Auto-Submitted": "auto-generated",
    Precedence: "list",
  };
}

/** The same subscriber and digest give the same Message-ID for ever, so that a repeat is known for one. */
export function messageIdOf(subscriber: string, digest: string, links: MailLinks): string {
  return `<${fingerprintOf(32, subscriber, digest)}@${links.listHost}>`;
}

// What a mail service reports of mail that it took: bounces and complaints, proven by a link that only the mail held.
import { z } from "zod";

/** One reader's mailbox, and what it did. */
export interface BounceNotice {
  readonly kind: "permanent" | "transient" | "complaint";
  readonly address: string;
  /** The service's own name for the mail: a report that comes three times is one. */
  readonly reportId: string;
  /** The List-Unsubscribe header of the mail that bounced, or null where the report left headers out. */
  readonly unsubscribe: string | null;
}

const Recipient = z.object({ emailAddress: z.string() });
const Header = z.object({ name: z.string(), value: z.string() });

/** SES's event, as an event destination sends it (`eventType`) or a notification (`notificationType`). */
const SesEvent = z.object({
  eventType: z.string().optional(),
  notificationType: z.string().optional(),
  mail: z.object({ messageId: z.string(), headers: z.array(Header).optional() }),
  bounce: z.object({ bounceType: z.string(), bouncedRecipients: z.array(Recipient) }).optional(),
  complaint: z.object({ complainedRecipients: z.array(Recipient) }).optional(),
});
type SesEvent = z.infer<typeof SesEvent>;

/** The event itself, or inside SNS's `Message`, or EventBridge's `detail`. */
const Envelope = z.union([
  z.object({ Message: z.string() }).transform(({ Message }) => JSON.parse(Message) as unknown),
  z.object({ detail: z.unknown() }).transform(({ detail }) => detail),
]);

/**
 * Reads one report. Deliveries and other kinds hold no notice.
 * @param body a queue's message
 * @throws SyntaxError or ZodError where it is no report of SES
 */
export function readSesEvent(body: string): BounceNotice[] {
  const given: unknown = JSON.parse(body);
  const wrapped = Envelope.safeParse(given);
  const event = SesEvent.parse(
    wrapped.success && wrapped.data !== undefined ? wrapped.data : given,
  );
  const type = event.eventType ?? event.notificationType;
  if (type === "Bounce" && event.bounce !== undefined) {
    // "Undetermined" may be a full mailbox as well as a wrong one: it backs off.
    const kind = event.bounce.bounceType === "Permanent" ? "permanent" : "transient";
    return noticesOf(event, kind, event.bounce.bouncedRecipients);
  }
  if (type === "Complaint" && event.complaint !== undefined)
    return noticesOf(event, "complaint", event.complaint.complainedRecipients);
  return [];
}

function noticesOf(
  { mail }: SesEvent,
  kind: BounceNotice["kind"],
  recipients: readonly z.infer<typeof Recipient>[],
): BounceNotice[] {
  const header = mail.headers?.find(({ name }) => name.toLowerCase() === "list-unsubscribe");
  return recipients.map(({ emailAddress }) => ({
    kind,
    // SES gives the address as the failing server wrote it, at times with a name or brackets.
    address: /<([^<>]*)>\s*$/.exec(emailAddress)?.[1] ?? emailAddress,
    reportId: mail.messageId,
    unsubscribe: header?.value ?? null,
  }));
}

/** The token in `<https://…/unsubscribe?token=…>`. */
export function tokenOf(header: string): string {
  return /[?&]token=([\w.-]+)/.exec(header.replace(/\r?\n[ \t]+/g, ""))?.[1] ?? "";
}

// Events below the bar: the operator is asked by mail, once each, and answers by a signed link.
import {
  type OperatorToken,
  type OperatorVerdict,
  QUESTION_DAYS,
  readOperatorToken,
  writeOperatorToken,
} from "../digests/operator-token.ts";
import { renderOperatorMail } from "../digests/render-operator-mail.ts";
import { shortTitleOf } from "../domain/dossier.ts";
import type { ItemId } from "../domain/ids.ts";
import type { StoredItem } from "../domain/item.ts";
import type { Mail } from "../domain/mail.ts";
import { operatorId } from "./alarms.ts";
import { judgeEvent } from "./correct-dossier.ts";
import { factsOf } from "./digest-facts.ts";
import type { Ports, StoredEvent } from "./ports.ts";
import { wasTold } from "./resume.ts";
import { LEASE_SECONDS } from "./send-once.ts";

const DAY_MS = 86_400_000;
/** What could not be mailed for so long waits in `events list --possible`. */
const ASKED_DAYS = 7;

const isOpen = ({ event }: StoredEvent): boolean =>
  event.event === "possible" && event.state === "standing";

/** Possible comebacks of the last days that nobody has judged; nothing is mailed of an opening, confirmed or not. */
async function openQuestions(ports: Ports): Promise<StoredEvent[]> {
  const now = ports.now();
  const raised = await ports.store.eventsRaised(new Date(now.getTime() - ASKED_DAYS * DAY_MS), now);
  return raised.filter(
    (stored) =>
      isOpen(stored) &&
      stored.event.from !== null &&
      !stored.event.backfill &&
      !wasTold(ports, stored.raisedAt),
  );
}

/** Where something is to be asked, a job to those who may mail; the ledger knows what was asked already. */
export async function planQuestions(ports: Ports): Promise<number> {
  if (ports.settings.operatorEmail === undefined) return 0;
  const open = await openQuestions(ports);
  if (open.length > 0)
    await ports.enqueueDigest({ kind: "questions", enqueuedAt: ports.now().toISOString() });
  return open.length;
}

/**
 * Mails each possible event of the last days to the operator, once: the ledger remembers. Without an operator's address
 * nothing is done.
 * @returns how many were mailed
 */
export async function askOperator(ports: Ports): Promise<number> {
  const { operatorEmail } = ports.settings;
  if (operatorEmail === undefined) return 0;
  const now = ports.now();
  const id = operatorId(ports, operatorEmail);
  let asked = 0;
  for (const stored of await openQuestions(ports)) {
    const name = `possible:${stored.event.id}`;
    const claim = await ports.store.claimSend(id, name, now, LEASE_SECONDS);
    if (claim !== "claimed" && claim !== "unknown") continue;
    const { kind } = await ports.sendMail(
      await questionOf(ports, stored, name, operatorEmail, now),
      "operator",
    );
    await ports.store.recordSend(id, name, kind, ports.now());
    ports.log({ step: "ask-operator", event: stored.event.id, mail: kind });
    if (kind === "sent") asked += 1;
  }
  return asked;
}

async function questionOf(
  ports: Ports,
  { event }: StoredEvent,
  name: string,
  to: string,
  now: Date,
): Promise<Mail> {
  const { publicUrl, mailFrom } = ports.settings;
  const dossier = await factsOf(ports, event.dossier);
  const item = await ports.store.loadItem(event.item as ItemId);
  const words = [...new Set(event.evidence.map(({ term }) => `“${term}”`))];
  const { previous } = event;
  const linkOf = (verdict: OperatorVerdict): string => {
    const expiresAt = new Date(now.getTime() + QUESTION_DAYS * DAY_MS);
    const token = writeOperatorToken(ports.secrets.tokenKeys, {
      event: event.id,
      verdict,
      expiresAt,
    });
    return `${publicUrl}/operator?token=${token}`;
  };
  const sure = Math.round(event.confidence * 100);
  return renderOperatorMail({
    to,
    listHost: mailFrom.slice(mailFrom.lastIndexOf("@") + 1),
    name,
    subject: `Possibly back: ${shortTitleOf(dossier.title)}`,
    paragraphs: [
      `${dossier.title} (${dossier.jurisdiction}) may have come back: ${sure} % sure, reported by ${event.reportedBy}. Nobody is mailed it as news before you, or a further report, confirm it; digests may show it as reported, not confirmed.`,
      ...(item === null ? [] : quoteOf(item)),
      `Because: ${event.reason}.${words.length === 0 ? "" : ` Words: ${words.join(", ")}.`}`,
      ...(previous === null
        ? []
        : [`Before, on ${previous.at.slice(0, 10)}: ${previous.stage}. ${previous.what}`]),
    ],
    links: [
      ...(item?.url == null ? [] : [{ text: "The item at its source", href: item.url }]),
      { text: "All that is known of it", href: `${publicUrl}/events/${event.id}` },
      { text: "Confirm: it is news", href: linkOf("confirm") },
      { text: "Reject: it is none", href: linkOf("reject") },
    ],
    closing: `The last two links lead to a button, and work for ${QUESTION_DAYS} days. Who has this mail can answer: do not forward it.`,
  });
}

const quoteOf = (item: StoredItem): string[] => [
  `“${item.title}” (${item.feed.id}, ${item.effectiveAt.slice(0, 10)})`,
  ...(item.summary === "" ? [] : [item.summary]),
];

/** What a link asks, before anything is done. */
export type Question =
  | { readonly kind: "bad" | "expired" }
  /** `open` is false where the event was judged, upgraded or unmade since. */
  | {
      readonly kind: "good";
      readonly token: OperatorToken;
      readonly stored: StoredEvent;
      readonly open: boolean;
    };

/** Reads a link; changes nothing. */
export async function readQuestion(ports: Ports, text: string): Promise<Question> {
  const reading = readOperatorToken(ports.secrets.tokenKeys, text, ports.now());
  if (reading.kind !== "good") return { kind: reading.kind };
  const stored = await ports.store.loadEvent(reading.token.event);
  if (stored === null) return { kind: "bad" };
  return { kind: "good", token: reading.token, stored, open: isOpen(stored) };
}

/**
 * Does what the link says. An event that no longer waits is left alone: a link that is used again, or after the other one,
 * changes nothing.
 */
export async function answerQuestion(ports: Ports, text: string): Promise<Question> {
  const question = await readQuestion(ports, text);
  if (question.kind !== "good" || !question.open) return question;
  const { event, verdict } = question.token;
  const [kind, reason] =
    verdict === "confirm"
      ? (["confirm", "confirmed by mail"] as const)
      : (["retract", "no resurfacing"] as const);
  await judgeEvent(ports, event, kind, reason);
  ports.log({ step: "answer-operator", event, verdict });
  return readQuestion(ports, text);
}

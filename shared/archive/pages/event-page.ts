// One event with its reasons, for who wants to check or quote it.
import { html } from "hono/html";
import { shortTitleOf } from "../../domain/dossier.ts";
import type { StoredItem } from "../../domain/item.ts";
import type { StoredEvent } from "../../flows/ports.ts";
import { type CardDossier, comebackLine, eventCard } from "./event-card.ts";
import { type Html, page } from "./layout.ts";
import { stageName } from "./names.ts";
import { foreign, time } from "./parts.ts";
import { alternatesOf, type Rows, sameAs } from "./same-as.ts";

export function eventPage(
  stored: StoredEvent,
  dossier: CardDossier,
  item: StoredItem | null,
): Html {
  const { event, raisedAt, announcedAt, correctedAt = null } = stored;
  const told = event.backfill
    ? "Not mailed: it came with a feed's first poll, or when newer steps were known."
    : announcedAt === null
      ? "Not mailed so far."
      : `Mailed from ${announcedAt.slice(0, 16).replace("T", " ")} UTC.`;
  const words = [...new Set(event.evidence.map((mark) => mark.term))];
  const ofDossier: Rows = {
    of: "events",
    parameters: new URLSearchParams({ dossier: event.dossier }),
  };
  return page({
    alternates: alternatesOf(ofDossier, `${shortTitleOf(dossier.title)}: comebacks`),
    title: `${shortTitleOf(dossier.title)}: ${comebackLine(event).toLowerCase()}`,
    body: html`<h1>Why we say so</h1>
${eventCard(stored, dossier, item)}
<p>Because: ${foreign(event.reason)}.</p>
<div class="scroll"><table><tbody>
<tr><th scope="row">Before</th><td>${event.previous === null ? "–" : html`${time(event.previous.at)}: ${stageName(event.previous.stage)}. ${foreign(event.previous.what)}`}</td></tr>
<tr><th scope="row">Confidence</th><td>${Math.round(event.confidence * 100)} %</td></tr>
<tr><th scope="row">Reported by</th><td>${event.reportedBy}</td></tr>
<tr><th scope="row">Words</th><td>${words.length === 0 ? "–" : foreign(words.join(", "))}</td></tr>
<tr><th scope="row">Noticed</th><td>${raisedAt.slice(0, 16).replace("T", " ")} UTC. ${told}</td></tr>
<tr><th scope="row">State</th><td>${event.state}${correctedAt === null ? "" : html`, taken back on ${time(correctedAt)}: whoever was mailed it is told so once`}</td></tr>
</tbody></table></div>
<p class="meta">The same as <a href="/api/events/${event.id}">JSON</a></p>
${sameAs(ofDossier, "events")}`,
  });
}

// One comeback at a glance: what, from which state, after how long, in whose words, and why we think so.
import { html } from "hono/html";
import { type Dossier, type DossierEvent, shortTitleOf } from "../../domain/dossier.ts";
import type { StoredItem } from "../../domain/item.ts";
import type { StoredEvent } from "../../flows/ports.ts";
import type { Html } from "./layout.ts";
import { fromName, localeOf, placeName, stageName } from "./names.ts";
import { badge, foreign, marked, safeHref, sourceLine, time } from "./parts.ts";

/** "Back from rejected after 208 quiet days". */
export function comebackLine(event: DossierEvent): string {
  if (event.event === "opened") return "A move on a bill that the registry does not hold";
  if (event.event === "possible" && event.from === null)
    return "Possibly a move on a bill that the registry does not hold";
  const start = event.event === "possible" ? "Possibly back" : "Back";
  const from = event.from === null || event.from === "quiet" ? "" : ` from ${fromName(event.from)}`;
  const after =
    event.quietDays === null
      ? ""
      : event.quietDays === 0
        ? " on the same day"
        : ` after ${event.quietDays} quiet ${event.quietDays === 1 ? "day" : "days"}`;
  return `${start}${from}${after}`;
}

const stateBadge = (event: DossierEvent): Html => {
  if (event.state === "superseded") return badge("superseded by a later item", "warn");
  if (event.state === "retracted") return badge("retracted", "bad");
  return event.event === "possible" ? badge("not confirmed", "warn") : html``;
};

function quote(event: DossierEvent, item: StoredItem): Html {
  const words = [...event.evidence, ...(item.decision?.evidence ?? [])];
  const href = safeHref(item.url);
  return html`<blockquote${localeOf(item.decision?.language)}><p><a href="/items/${item.id}">${marked(item.title, words, "title")}</a></p>
${item.summary === "" ? "" : html`<p>${marked(shorten(item.summary), words, "summary")}</p>`}</blockquote>
<p class="meta">${href === null ? sourceLine(item) : html`<a rel="noreferrer" href="${href}">Read the source</a> (${item.feed.id})`} · <a href="/events/${event.id}">Why we say so</a></p>`;
}

const LONGEST_QUOTE = 420;

/** Cut at a word; spans beyond the cut are not marked. */
const shorten = (text: string): string =>
  text.length <= LONGEST_QUOTE ? text : `${text.slice(0, text.lastIndexOf(" ", LONGEST_QUOTE))} …`;

/** What the dossier was before, and what it is now: the whole news in two lines. */
function beforeAndNow(event: DossierEvent): Html {
  const { previous } = event;
  return html`<dl class="steps">${
    previous === null
      ? ""
      : html`<dt>Before</dt><dd>${time(previous.at)} · ${stageName(previous.stage)}. ${foreign(shorten(previous.what))}</dd>`
  }<dt>Now</dt><dd>${time(event.at)} · <strong>${stageName(event.stage)}</strong></dd></dl>`;
}

/** Of a dossier, what a card says; a self-opened one carries its jurisdiction in its id. */
export type CardDossier = Pick<Dossier, "title" | "jurisdiction">;

const REPORTERS: Readonly<Record<DossierEvent["reportedBy"], string>> = {
  record: "from an official record",
  institution: "an institution's own item",
  press: "reported by the press",
};

export function eventCard(
  { event }: StoredEvent,
  { title, jurisdiction }: CardDossier,
  item: StoredItem | null,
): Html {
  const kind = event.state === "standing" ? (event.event === "possible" ? "possible" : "") : "gone";
  return html`<article class="event ${kind}">
<p class="meta"><strong class="place">${placeName(jurisdiction)}</strong> · ${REPORTERS[event.reportedBy]} ${stateBadge(event)}</p>
<h3><a href="/dossiers/${event.dossier}">${foreign(shortTitleOf(title))}</a></h3>
<p class="back">${comebackLine(event)}</p>
${beforeAndNow(event)}
${item === null ? html`<p class="meta"><a href="/events/${event.id}">Why we say so</a></p>` : quote(event, item)}
</article>`;
}

// One comeback at a glance: what, from which state, after how long, in whose words, and why we think so.
import { html } from "hono/html";
import type { DossierEvent } from "../../domain/dossier.ts";
import type { StoredItem } from "../../domain/item.ts";
import type { StoredEvent } from "../../flows/ports.ts";
import type { Html } from "./layout.ts";
import { days, fromName, localeOf, stageName } from "./names.ts";
import { badge, marked, sourceLine, time } from "./parts.ts";

/** "Back from rejected after 208 quiet days". */
export function comebackLine(event: DossierEvent): string {
  if (event.event === "opened") return "A move on a bill that the registry does not hold";
  const start = event.event === "possible" ? "Possibly back" : "Back";
  const from = event.from === null ? "" : ` from ${fromName(event.from)}`;
  const after = event.quietDays === null ? "" : ` after ${days(event.quietDays)}`;
  return `${start}${from}${after}`;
}

const stateBadge = (event: DossierEvent): Html => {
  if (event.state === "superseded") return badge("superseded by a later item", "warn");
  if (event.state === "retracted") return badge("retracted", "bad");
  return event.event === "possible" ? badge("not confirmed", "warn") : html``;
};

function quote(event: DossierEvent, item: StoredItem): Html {
  const words = [...event.evidence, ...(item.decision?.evidence ?? [])];
  return html`<blockquote${localeOf(item.decision?.language)}><p><a href="/items/${item.id}">${marked(item.title, words, "title")}</a></p>
${item.summary === "" ? "" : html`<p>${marked(shorten(item.summary), words, "summary")}</p>`}</blockquote>
<p class="meta">${sourceLine(item)} · ${time(item.effectiveAt)}</p>`;
}

const LONGEST_QUOTE = 420;

/** Cut at a word; spans beyond the cut are not marked. */
const shorten = (text: string): string =>
  text.length <= LONGEST_QUOTE ? text : `${text.slice(0, text.lastIndexOf(" ", LONGEST_QUOTE))} …`;

export function eventCard({ event }: StoredEvent, title: string, item: StoredItem | null): Html {
  const kind = event.state === "standing" ? (event.event === "possible" ? "possible" : "") : "gone";
  const reporter =
    event.reportedBy === "institution" ? "an institution's own item" : "reported by the press";
  return html`<article class="event ${kind}">
<p class="meta">${time(event.at)} · ${reporter} ${stateBadge(event)}</p>
<h3><a href="/dossiers/${event.dossier}">${title}</a></h3>
<p class="back">${comebackLine(event)}: now ${stageName(event.stage)}</p>
${item === null ? "" : quote(event, item)}
<p class="meta"><a href="/events/${event.id}">Why we say so</a></p>
</article>`;
}

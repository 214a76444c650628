// The first page: what resurfaced, from what state, and why.
import { html } from "hono/html";
import { shortTitleOf } from "../../domain/dossier.ts";
import type { FeedFigures } from "../../domain/feed-summary.ts";
import type { StoredItem } from "../../domain/item.ts";
import { CADENCES } from "../../domain/vocabulary.ts";
import type { StoredEvent } from "../../flows/ports.ts";
import { type CardDossier, eventCard } from "./event-card.ts";
import { type Html, page } from "./layout.ts";
import { foreign, itemRow, time } from "./parts.ts";
import { alternatesOf, type Rows, sameAs } from "./same-as.ts";

export interface FrontPage {
  readonly resurfaced: readonly StoredEvent[];
  readonly possible: readonly StoredEvent[];
  /** Shown as news once, and taken back. */
  readonly corrections: readonly StoredEvent[];
  readonly dossiers: ReadonlyMap<string, CardDossier>;
  readonly items: ReadonlyMap<string, StoredItem>;
  readonly latest: readonly StoredItem[];
  readonly figures: FeedFigures;
  readonly hasMailbox: boolean;
  readonly now: Date;
}

function coverage({ figures, now }: FrontPage): Html {
  const { feeds, inTrouble, itemsRead } = figures;
  return html`<p class="meta coverage">${feeds} ${feeds === 1 ? "feed" : "feeds"} watched, ${inTrouble} in trouble, ${itemsRead} entries read · ${now.toISOString().slice(0, 16).replace("T", " ")} UTC · <a href="/feeds">every feed's health</a></p>`;
}

const cards = (events: readonly StoredEvent[], { dossiers, items }: FrontPage): Html =>
  html`${events.map((stored) => eventCard(stored, dossiers.get(stored.event.dossier) ?? { title: stored.event.dossier, jurisdiction: "INT" }, items.get(stored.event.item) ?? null))}`;

function correctionsOf({ corrections, dossiers }: FrontPage): Html {
  if (corrections.length === 0) return html``;
  return html`<h2>Corrections</h2><p class="meta">We said that these had come back. They had not.</p><ul class="items">${corrections.map(
    ({ event, announcedAt }) =>
      html`<li class="item"><a class="title" href="/events/${event.id}">${foreign(shortTitleOf(dossiers.get(event.dossier)?.title ?? event.dossier))}</a>
<p class="meta">${time(event.at)} · ${foreign(event.reason)}${announcedAt === null ? "" : html` · had been mailed on ${time(announcedAt)}`}</p></li>`,
  )}</ul>`;
}

const EVENTS: Rows = { of: "events", parameters: new URLSearchParams() };
const ITEMS: Rows = { of: "items", parameters: new URLSearchParams() };

export function frontPage(content: FrontPage): Html {
  const { resurfaced, possible, latest, hasMailbox } = content;
  const none = html`<p class="empty">Nothing has come back yet. ${content.figures.feeds === 0 ? "No feed is being watched." : "The dossiers being watched are listed under Dossiers."}</p>`;
  return page({
    title: "backdoor-watch",
    here: "/",
    alternates: [...alternatesOf(EVENTS, "What came back"), ...alternatesOf(ITEMS, "All items")],
    description:
      "Which demands for access to encrypted messages came back, from which state, and why we say so.",
    body: html`<h1>What came back</h1>
<p class="lede">Bills and demands for access to encrypted messages that were rejected, withdrawn, postponed or quiet, and have made a new official move.</p>
${coverage(content)}
${resurfaced.length === 0 ? none : cards(resurfaced, content)}
${possible.length === 0 ? "" : html`<h2>Possibly back, not confirmed</h2>${cards(possible, content)}`}
${correctionsOf(content)}
${sameAs(EVENTS)}
<form class="signup" method="post" action="/subscribe">
<label>Be told by mail, once, when something comes back<input type="email" name="email" required autocomplete="email" placeholder="you@example.org"></label>
<label>How often<select name="cadence">${CADENCES.map((cadence) => html`<option value="${cadence}">${cadence === "immediate" ? "at once" : cadence}</option>`)}</select></label>
<div><button type="submit">Send me a link</button></div></form>
<p class="meta"><a href="/subscribe">Choose themes, countries and language</a>.${hasMailbox ? html` Mail of this installation stays in its <a href="/mailbox">mailbox</a>.` : ""}</p>
<h2>Newest items</h2>
${latest.length === 0 ? html`<p class="empty">No item on access to encrypted messages has come in yet.</p>` : html`<ul class="items">${latest.map(itemRow)}</ul>`}
<p><a href="/items">Search and filter all items</a></p>`,
  });
}

// Dossiers: where each stands, and its whole story.
import { html } from "hono/html";
import type { Move } from "../../domain/dossier.ts";
import type { StoredItem } from "../../domain/item.ts";
import type { MailLanguage } from "../../domain/vocabulary.ts";
import { QUIET_DAYS } from "../../dossiers/wake.ts";
import type { StoredEvent } from "../../flows/ports.ts";
import type { KnownDossier } from "../look-up.ts";
import { FROM_MEMORY, presentDossier } from "../present.ts";
import { comebackLine } from "./event-card.ts";
import { type Html, page } from "./layout.ts";
import { days, localeOf, placeName, stageName } from "./names.ts";
import { badge, foreign, safeHref, time } from "./parts.ts";

const DAY = 86_400_000;

function standing({ dossier, record }: KnownDossier, now: Date) {
  const { state } = presentDossier(dossier, record);
  const silent =
    state.lastMoveAt === null
      ? null
      : Math.floor((now.getTime() - Date.parse(state.lastMoveAt)) / DAY);
  const quiet = silent !== null && silent >= (dossier.quietDays ?? QUIET_DAYS);
  return { ...state, silent, dormant: state.ended !== null || quiet };
}

function row(known: KnownDossier, now: Date): Html {
  const state = standing(known, now);
  return html`<tr><td><a href="/dossiers/${known.dossier.id}">${foreign(known.dossier.title)}</a></td><td>${placeName(known.dossier.jurisdiction)}</td>
<td>${state.ended ?? stageName(state.stage)}</td><td>${state.lastMoveAt === null ? "–" : time(state.lastMoveAt)}</td>
<td>${state.dormant ? badge("dormant", "warn") : badge("active", "ok")}</td></tr>`;
}

/** @param next the address of the page that follows, or null */
export function dossierListPage(
  dossiers: readonly KnownDossier[],
  next: string | null,
  now: Date,
): Html {
  const sorted = [...dossiers].sort((a, b) => (a.dossier.title < b.dossier.title ? -1 : 1));
  return page({
    title: "Dossiers",
    here: "/dossiers",
    body: html`<h1>Dossiers</h1>
<p class="lede">Each bill, proposal or demand, followed over the years. A dormant one that makes an official move has come back.</p>
<div class="scroll"><table><thead><tr><th>Dossier</th><th>Where</th><th>Stands at</th><th>Last move</th><th></th></tr></thead>
<tbody>${sorted.map((known) => row(known, now))}</tbody></table></div>
${next === null ? "" : html`<p><a rel="next" href="${next}">More dossiers</a></p>`}
${sorted.length > 0 || next !== null ? "" : html`<p class="empty">No dossier is at home there. <a href="/dossiers">All dossiers</a></p>`}`,
  });
}

interface Entry {
  readonly at: string;
  readonly body: Html;
  readonly cameBack: boolean;
}

/** All that items have added to a dossier. */
export interface Story {
  readonly moves: readonly Move[];
  readonly events: readonly StoredEvent[];
  /** Of the newest moves and events, by id. */
  readonly items: ReadonlyMap<string, StoredItem>;
}

/** The item's own title, else the reason of what it did. */
function nameOf(id: string, items: Story["items"], otherwise: string): Html {
  const item = items.get(id);
  return html`<span${localeOf(item?.decision?.language)}>${foreign(item?.title ?? otherwise)}</span>`;
}

/** Says that nobody wrote down where a fact is from. */
const fromMemory = (language: MailLanguage): Html =>
  html` <span class="meta"${localeOf(language)}>(${FROM_MEMORY[language]})</span>`;

function entriesOf(
  { dossier }: KnownDossier,
  { moves, events, items }: Story,
  language: MailLanguage,
): Entry[] {
  const raised = new Set(
    events.filter(({ event }) => event.state === "standing").map(({ event }) => event.item),
  );
  const history = dossier.history.map((entry) => {
    const href = safeHref(entry.source ?? null);
    return {
      at: `${entry.date}T00:00:00.000Z`,
      cameBack: false,
      body: html`<strong>${stageName(entry.stage)}</strong> · ${foreign(entry.what)}${href === null ? fromMemory(language) : html` <a rel="noreferrer" href="${href}">source</a>`}`,
    };
  });
  const moved = moves
    .filter((move) => move.counts && !raised.has(move.item))
    .map((move) => ({
      at: move.at,
      cameBack: false,
      body: html`<strong>${stageName(move.stage)}</strong> · <a href="/items/${move.item}">${nameOf(move.item, items, move.reason)}</a>`,
    }));
  const came = events.map(({ event }) => ({
    at: event.at,
    cameBack: event.state === "standing",
    body: html`<strong>${comebackLine(event)}</strong> · <a href="/events/${event.id}">${nameOf(event.item, items, event.reason)}</a>${event.state === "standing" ? "" : html` ${badge(event.state, "warn")}`}`,
  }));
  return [...history, ...moved, ...came].sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** @param language the reader's, for what a fact without a source says of itself */
export function dossierPage(
  known: KnownDossier,
  story: Story,
  now: Date,
  language: MailLanguage,
): Html {
  const { dossier } = known;
  const state = standing(known, now);
  const since = state.silent === null ? "" : ` ${days(state.silent)} since its last official move.`;
  return page({
    title: dossier.title,
    body: html`<p class="meta"><strong class="place">${placeName(dossier.jurisdiction)}</strong> · opened ${dossier.opened}</p>
<h1>${foreign(dossier.title)}</h1>
<p>${state.dormant ? badge("dormant", "warn") : badge("active", "ok")} Stands at <strong>${state.ended ?? stageName(state.stage)}</strong>.${since}</p>
<p class="meta">${dossier.references.length === 0 ? "" : html`References: ${foreign(dossier.references.join(", "))}. `}Also known as: ${foreign(dossier.aliases.slice(0, 12).join(", "))}${dossier.aliases.length > 12 ? " …" : ""}</p>
<p><a href="/items?dossier=${encodeURIComponent(dossier.id)}">Its items</a> · <a href="/api/dossiers/${dossier.id}">JSON</a></p>
<h2>Its story, newest first</h2>
<ol class="timeline">${entriesOf(known, story, language).map((entry) => html`<li${entry.cameBack ? html` class="came-back"` : ""}>${time(entry.at)} · ${entry.body}</li>`)}</ol>`,
  });
}

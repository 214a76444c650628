// Archive, forms: items and events as entries of a feed, each with the words that made it.
import { html } from "hono/html";
import { type Dossier, shortTitleOf } from "../../domain/dossier.ts";
import type { Evidence, StoredItem } from "../../domain/item.ts";
import type { StoredEvent } from "../../flows/ports.ts";
import { comebackLine } from "../pages/event-card.ts";
import type { Html } from "../pages/layout.ts";
import { localeOf, placeName, stageName, themeName } from "../pages/names.ts";
import { excerpt, foreign, marked, safeHref } from "../pages/parts.ts";
import type { OutgoingEntry } from "./outgoing-feed.ts";

const wordsOf = (evidence: readonly Evidence[]): string =>
  [...new Set(evidence.map(({ term }) => term))].join(", ");

const evidenceOf = ({ decision }: StoredItem): Evidence[] =>
  decision === null
    ? []
    : [...decision.evidence, ...decision.themes.flatMap(({ evidence }) => evidence)];

function quote(item: StoredItem, words: readonly Evidence[]): Html {
  return html`<blockquote${localeOf(item.decision?.language)}><p>${marked(item.title, words, "title")}</p>${item.summary === "" ? "" : html`<p>${excerpt(item.summary, words)}</p>`}</blockquote>`;
}

const because = (evidence: readonly Evidence[]): Html =>
  evidence.length === 0 ? html`` : html`<p>Words: ${foreign(wordsOf(evidence))}.</p>`;

/** @param root PUBLIC_URL; @param dossier that the item belongs to, where it is known */
export async function itemEntry(
  item: StoredItem,
  dossier: Dossier | null,
  root: string,
): Promise<OutgoingEntry> {
  const { decision } = item;
  const words = evidenceOf(item);
  const page = `${root}/items/${item.id}`;
  const stage = decision === null || decision.stage === "none" ? [] : [stageName(decision.stage)];
  const themes = decision?.themes.map(({ id }) => themeName(id)) ?? [];
  const body = html`${quote(item, words)}${because(words)}<p>${[placeName(decision?.jurisdiction ?? null), ...stage, ...themes].join(" · ")}</p>${
    dossier === null
      ? ""
      : html`<p>Dossier: <a href="${root}/dossiers/${dossier.id}">${foreign(dossier.title)}</a></p>`
  }<p><a href="${page}">Why it is here</a></p>`;
  return {
    id: `urn:backdoor-watch:item:${item.id}`,
    title: item.title,
    link: safeHref(item.url) ?? page,
    page,
    html: String(await body),
    published: item.effectiveAt,
    updated: item.effectiveAt,
    tags: [...themes, ...stage],
    language: decision?.language ?? null,
  };
}

const STATES = { standing: "", superseded: "Superseded: ", retracted: "Retracted: " } as const;

/** @param root PUBLIC_URL; @param item that raised it, where it is still there */
export async function eventEntry(
  { event, raisedAt, announcedAt, correctedAt }: StoredEvent,
  dossier: Dossier | null,
  item: StoredItem | null,
  root: string,
): Promise<OutgoingEntry> {
  const page = `${root}/events/${event.id}`;
  const came = comebackLine(event);
  const title = shortTitleOf(dossier?.title ?? event.dossier);
  const words = [...event.evidence, ...(item === null ? [] : evidenceOf(item))];
  const href = safeHref(item?.url ?? null);
  const body = html`<p><strong>${STATES[event.state]}${came}</strong> (${stageName(event.stage)}${dossier === null ? "" : `, ${placeName(dossier.jurisdiction)}`})</p>
<p>Because: ${foreign(event.reason)}.</p>${item === null ? "" : quote(item, words)}${because(words)}
<p>${href === null ? "" : html`<a href="${href}">Read the source</a> · `}<a href="${page}">Why we say so</a> · <a href="${root}/dossiers/${event.dossier}">Its dossier</a></p>`;
  return {
    id: `urn:backdoor-watch:event:${event.id}`,
    title: `${STATES[event.state]}${title}: ${came.charAt(0).toLowerCase()}${came.slice(1)}`,
    link: page,
    page,
    html: String(await body),
    published: raisedAt,
    updated: correctedAt ?? announcedAt ?? raisedAt,
    tags: [event.event, stageName(event.stage)],
    language: "en",
  };
}

// What a page shows, in its other forms: as links in its head for programs, and as a line for people.
import { html } from "hono/html";
import { type Dossier, shortTitleOf } from "../../domain/dossier.ts";
import type { MailLanguage } from "../../domain/vocabulary.ts";
import { FEED_TYPES } from "../forms/outgoing-feed.ts";
import type { Html } from "./layout.ts";

/** Another form of a page, for its head. */
export interface Alternate {
  readonly type: string;
  readonly title: string;
  readonly href: string;
}

/** Of what: the page itself, or the items or comebacks of the dossier that it shows. */
type What = "same" | "items" | "events";

const WORDS: Readonly<Record<MailLanguage, Readonly<Record<What, string>>>> = {
  en: { same: "The same as", items: "Its items as", events: "Its comebacks as" },
  fr: { same: "La même chose en", items: "Ses articles en", events: "Ses retours en" },
  de: { same: "Dasselbe als", items: "Seine Meldungen als", events: "Seine Rückkehr als" },
};

/** Of whose rows, and by which filters. */
export interface Rows {
  readonly of: "items" | "events";
  readonly parameters: URLSearchParams;
}

/** A page's own place in a list, and fields that were left empty, are no filters. */
function filtersOf(parameters: URLSearchParams): string {
  const filters = [...parameters].filter(
    ([name, value]) => value !== "" && name !== "cursor" && name !== "limit",
  );
  return filters.length === 0 ? "" : `?${new URLSearchParams(filters)}`;
}

function formsOf({ of, parameters }: Rows) {
  const query = filtersOf(parameters);
  const feed = of === "items" ? "/feed" : "/events";
  return [
    { name: "JSON", type: "application/json", href: `/api/${of}${query}` },
    { name: "CSV", type: "text/csv", href: `/api/${of}.csv${query}` },
    { name: "JSON Lines", type: "application/jsonl", href: `/api/${of}.jsonl${query}` },
    { name: "RSS", type: FEED_TYPES.rss, href: `${feed}.rss${query}` },
    { name: "Atom", type: FEED_TYPES.atom, href: `${feed}.atom${query}` },
    { name: "JSON Feed", type: FEED_TYPES.json, href: `${feed}.json${query}` },
  ];
}

/** @param title what the rows are, for a feed reader that finds the page */
export const alternatesOf = (rows: Rows, title: string): Alternate[] =>
  formsOf(rows)
    .filter(({ name }) => name !== "JSON Lines")
    .map(({ name, type, href }) => ({ type, href, title: `${title} (${name})` }));

/** The line for people: a link to each form. */
export const sameAs = (rows: Rows, what: What = "same", language: MailLanguage = "en"): Html =>
  html`<p class="meta forms">${WORDS[language][what]} ${formsOf(rows).map(
    ({ name, type, href }, turn) =>
      html`${turn === 0 ? "" : ", "}<a type="${type}" href="${href}">${name}</a>`,
  )}</p>`;

/** A dossier in its other forms: itself, its comebacks and its items. */
export function formsOfDossier({ id, title }: Dossier, language: MailLanguage) {
  const parameters = new URLSearchParams({ dossier: id });
  const events: Rows = { of: "events", parameters };
  const items: Rows = { of: "items", parameters };
  const name = shortTitleOf(title);
  return {
    alternates: [
      ...alternatesOf(events, `${name}: ${NAMES[language].events}`),
      ...alternatesOf(items, `${name}: ${NAMES[language].items}`),
    ],
    lines: html`<p class="meta forms">${WORDS[language].same} <a type="application/json" href="/api/dossiers/${id}">JSON</a></p>
${sameAs(events, "events", language)}
${sameAs(items, "items", language)}`,
  };
}

const NAMES: Readonly<Record<MailLanguage, Readonly<Record<Rows["of"], string>>>> = {
  en: { events: "comebacks", items: "items" },
  fr: { events: "retours", items: "articles" },
  de: { events: "Rückkehr", items: "Meldungen" },
};

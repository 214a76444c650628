// Small pieces that several pages share.
import { html } from "hono/html";
import type { Evidence, StoredItem } from "../../domain/item.ts";
import type { Html } from "./layout.ts";
import { localeOf, stageName } from "./names.ts";

/** Only http(s) leads anywhere; other spellings are shown as text by whoever calls. */
export function safeHref(url: string | null): string | null {
  if (url === null) return null;
  try {
    const parsed = new URL(url);
    return parsed.protocol === "https:" || parsed.protocol === "http:" ? parsed.href : null;
  } catch {
    return null;
  }
}

/**
 * Text that others wrote, beside words of ours: whatever marks of direction are in it, or missing, they end with it
 * (UAX #9, isolates).
 */
export const foreign = (text: string | Html): Html => html`<bdi>${text}</bdi>`;

export const dayOf = (instant: string): string => instant.slice(0, 10);

export const time = (instant: string): Html =>
  html`<time datetime="${instant}">${dayOf(instant)}</time>`;

/** The marked spans of a text, overlaps joined. */
function spansOf(evidence: readonly Evidence[], field: Evidence["field"], length: number) {
  const spans = evidence
    .filter((mark) => mark.field === field && mark.end <= length)
    .map(({ start, end }) => ({ start, end }))
    .sort((a, b) => a.start - b.start);
  const joined: { start: number; end: number }[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last !== undefined && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else joined.push({ ...span });
  }
  return joined;
}

/** A text with the words that counted marked. */
export function marked(
  text: string,
  evidence: readonly Evidence[],
  field: Evidence["field"],
): Html {
  const parts: Html[] = [];
  let at = 0;
  for (const { start, end } of spansOf(evidence, field, text.length)) {
    parts.push(html`${text.slice(at, start)}<mark>${text.slice(start, end)}</mark>`);
    at = end;
  }
  return foreign(html`${parts}${text.slice(at)}`);
}

/** What is quoted of others' texts at most. */
const LONGEST_EXCERPT = 300;

/** The beginning of a text, cut at a word, with the words that counted marked; spans beyond the cut are not. */
export function excerpt(text: string, evidence: readonly Evidence[]): Html {
  if (text.length <= LONGEST_EXCERPT) return marked(text, evidence, "summary");
  const space = text.lastIndexOf(" ", LONGEST_EXCERPT - 2);
  const cut = space > 0 ? space : LONGEST_EXCERPT - 2;
  return marked(
    `${text.slice(0, cut)} …`,
    evidence.filter(({ end }) => end <= cut),
    "summary",
  );
}

/** A link to where an item was published, by its publisher's name where one is known. */
export function outletOf(item: StoredItem, otherwise: string): Html {
  const href = safeHref(item.url);
  const name = hostOf(href) ?? otherwise;
  return href === null ? html`${name}` : html`<a rel="noreferrer" href="${href}">${name}</a>`;
}

const hostOf = (href: string | null): string | null =>
  href === null ? null : new URL(href).hostname.replace(/^www\./, "");

export const badge = (text: string, kind = ""): Html =>
  html`<span class="badge ${kind}">${text}</span>`;

/** Where an item came from, and its link, as its publisher gave it. */
export function sourceLine(item: StoredItem): Html {
  const href = safeHref(item.url);
  const name = item.feed.id;
  return html`${href === null ? name : html`<a rel="noreferrer" href="${href}">${name}</a>`}`;
}

export function itemRow(item: StoredItem): Html {
  const { decision } = item;
  const also =
    item.sources.length > 1
      ? html` · also in ${item.sources.length - 1} ${item.sources.length === 2 ? "source" : "sources"}`
      : "";
  return html`<li class="item"><a class="title" href="/items/${item.id}"${localeOf(decision?.language)}>${foreign(item.title)}</a>
<p class="meta">${time(item.effectiveAt)} · ${sourceLine(item)} · ${decision?.jurisdiction ?? "–"}${decision !== null && decision.stage !== "none" ? html` · ${stageName(decision.stage)}` : ""}${also}</p></li>`;
}

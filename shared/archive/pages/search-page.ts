// All relevant items, by words and filters; a plain form, no script.
import { html } from "hono/html";
import type { StoredItem } from "../../domain/item.ts";
import { KINDS, STAGES, THEMES } from "../../domain/vocabulary.ts";
import type { ItemQuery, Page } from "../../flows/ports.ts";
import { type Html, page } from "./layout.ts";
import { stageName, themeName } from "./names.ts";
import { itemRow } from "./parts.ts";
import { alternatesOf, type Rows, sameAs } from "./same-as.ts";

function choice(
  name: string,
  label: string,
  chosen: string | undefined,
  options: readonly (readonly [string, string])[],
): Html {
  return html`<label>${label}<select name="${name}"><option value="">any</option>${options.map(
    ([value, text]) =>
      html`<option value="${value}"${value === chosen ? html` selected` : ""}>${text}</option>`,
  )}</select></label>`;
}

function filters(query: ItemQuery): Html {
  return html`<form class="filters" method="get" action="/items">
${(query.q.length === 0 ? [""] : query.q).map((q, turn) => html`<label class="wide">${turn === 0 ? "Words (“a phrase”, -without)" : "or"}<input type="search" name="q" value="${q}"></label>`)}
${choice(
  "theme",
  "Theme",
  query.theme[0],
  THEMES.map((id) => [id, themeName(id)]),
)}
${choice(
  "stage",
  "Stage",
  query.stage[0],
  STAGES.map((stage) => [stage, stageName(stage)]),
)}
${choice(
  "kind",
  "Published by",
  query.kind[0],
  KINDS.map((kind) => [kind, kind]),
)}
<label>Jurisdiction<input name="jurisdiction" value="${query.jurisdiction[0] ?? ""}" placeholder="FR, EU, GB …" pattern="[A-Z]{2}|INT"></label>
<label>From<input type="date" name="from" value="${query.from?.slice(0, 10) ?? ""}"></label>
<label>Before<input type="date" name="to" value="${query.to?.slice(0, 10) ?? ""}"></label>
<div><button type="submit">Search</button></div></form>`;
}

export function searchPage(
  query: ItemQuery,
  parameters: URLSearchParams,
  found: Page<StoredItem>,
): Html {
  const next = new URLSearchParams(parameters);
  if (found.next !== null) next.set("cursor", found.next);
  const rows: Rows = { of: "items", parameters };
  return page({
    title: "Items",
    here: "/items",
    alternates: alternatesOf(rows, "These items"),
    body: html`<h1>Items</h1>
${filters(query)}
${found.rows.length === 0 ? html`<p class="empty">No item matches. Fewer words or filters find more.</p>` : html`<ul class="items">${found.rows.map(itemRow)}</ul>`}
${found.next === null ? "" : html`<p><a rel="next" href="/items?${next.toString()}">Older items</a></p>`}
${sameAs(rows)}`,
  });
}

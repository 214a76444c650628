// The list of dossiers: what each is about, where it is at home and where it stands.
import { html } from "hono/html";
import type { KnownDossier } from "../look-up.ts";
import { standingOf } from "./dossier-state.ts";
import { type Html, page } from "./layout.ts";
import { badge, foreign } from "./parts.ts";
import { daysIn, placeIn, type Reader, timeIn } from "./reader.ts";

function row(known: KnownDossier, now: Date, reader: Reader): Html {
  const { say } = reader;
  const standing = standingOf(known, now, reader);
  const { lastMoveAt, silent } = standing;
  return html`<tr><th scope="row"><a href="/dossiers/${known.dossier.id}">${foreign(known.dossier.title)}</a></th><td>${placeIn(reader, known.dossier.jurisdiction)}</td>
<td>${standing.stage} ${standing.dormant ? badge(say.dossier.dormant, "warn") : badge(say.dossier.active, "ok")}</td>
<td>${lastMoveAt === null || silent === null ? "–" : html`${timeIn(reader, lastMoveAt)}<br><span class="meta">${daysIn(reader, silent)}</span>`}</td></tr>`;
}

/** @param next the address of the page that follows, or null */
export function dossierListPage(
  dossiers: readonly KnownDossier[],
  next: string | null,
  now: Date,
  reader: Reader,
): Html {
  const { dossiers: say } = reader.say;
  const { columns } = say;
  const sorted = [...dossiers].sort((a, b) => (a.dossier.title < b.dossier.title ? -1 : 1));
  const none = html`<p class="empty">${say.none} <a href="/dossiers">${say.all}</a></p>`;
  const table = html`<div class="scroll" tabindex="0" role="region" aria-label="${say.title}"><table class="stacked"><thead><tr><th scope="col">${columns.dossier}</th><th scope="col">${columns.where}</th><th scope="col">${columns.stage}</th><th scope="col">${columns.last}</th></tr></thead>
<tbody>${sorted.map((known) => row(known, now, reader))}</tbody></table></div>`;
  return page({
    title: say.title,
    language: reader.language,
    here: "/dossiers",
    body: html`<h1>${say.title}</h1>
<p class="lede">${say.lede}</p>
${sorted.length === 0 ? "" : table}
${next === null ? "" : html`<p><a rel="next" href="${next}">${say.more}</a></p>`}
${sorted.length > 0 || next !== null ? "" : none}`,
  });
}

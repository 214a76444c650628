// One item and everything that was decided of it, with the words that made each decision.
import { html } from "hono/html";
import type { Dossier } from "../../domain/dossier.ts";
import type { Decision, Evidence, StoredItem } from "../../domain/item.ts";
import { sayDossier, sayMeans } from "../../flows/say-explained.ts";
import { outcomeOf, readingOf, type Why } from "./item-reading.ts";
import { type Html, page } from "./layout.ts";
import { argumentName, localeOf, stageName, themeName } from "./names.ts";
import { badge, foreign, marked, safeHref, time } from "./parts.ts";

const percent = (score: number): string => `${Math.round(score * 100)} %`;

const wordsOf = (evidence: readonly Evidence[]): string =>
  [...new Set(evidence.map((mark) => mark.term))].join(", ");

function scoreRow(name: string, score: number, evidence: readonly Evidence[]): Html {
  return html`<tr><th scope="row">${name}</th><td>${percent(score)}</td><td>${foreign(wordsOf(evidence))}</td></tr>`;
}

function decided(decision: Decision, dossier: Dossier | null, why: Why): Html {
  const rows = [
    scoreRow(decision.relevant ? "Relevant" : "Not relevant", decision.score, decision.evidence),
    ...decision.themes.map((theme) => scoreRow(themeName(theme.id), theme.score, theme.evidence)),
    ...decision.arguments.map((argument) =>
      scoreRow(
        `${argumentName(argument.id)}${argument.side === null ? "" : ` (${argument.side} access)`}`,
        argument.score,
        argument.evidence,
      ),
    ),
  ];
  return html`<h2>Why</h2>
<p>${badge(decision.legislation ? "legislation" : "no legislative step")}${badge(stageName(decision.stage))}${badge(decision.jurisdiction ?? "no jurisdiction")}${badge(decision.language ?? "unknown language")}</p>
${why.read === null ? "" : readingOf(why.read)}
<h3>Dossier</h3>
${dossierOf(decision, dossier, why.read)}
${why.outcome === null ? "" : outcomeOf(why.outcome)}
<h3>Scores</h3>
<div class="scroll"><table><thead><tr><th>Decision</th><th>Score</th><th>Words that made it</th></tr></thead><tbody>${rows}</tbody></table></div>
<p class="meta">Decided by models ${decision.model}.</p>`;
}

function dossierOf(decision: Decision, dossier: Dossier | null, read: Why["read"]): Html {
  const link =
    dossier === null
      ? html``
      : html`<a href="/dossiers/${dossier.id}">${foreign(dossier.title)}</a>`;
  if (read === null)
    return html`<p>${dossier === null ? "It belongs to no dossier." : link}</p>${becauseOf(decision)}`;
  const own = read.dossier;
  if (own?.given && own.dossier === dossier?.id)
    return html`<p>${link}, ${foreign(sayMeans(own, read.relevance))}</p>`;
  const today = sayDossier(own, read.relevance);
  return dossier === null
    ? html`<p>${foreign(today)}</p>`
    : html`<p>${link}</p><p>So it was when it came in. Read today: ${foreign(today)}</p>`;
}

/** What was noted when the item was decided by models that are gone. */
function becauseOf({ because }: Decision): Html {
  return because.length === 0
    ? html``
    : html`<ul>${because.map((reason) => html`<li>${foreign(reason)}</li>`)}</ul>`;
}

export function itemPage(item: StoredItem, dossier: Dossier | null, why: Why): Html {
  const { decision } = item;
  const words = [
    ...(decision?.evidence ?? []),
    ...(decision?.themes.flatMap((theme) => theme.evidence) ?? []),
    ...(decision?.arguments.flatMap((argument) => argument.evidence) ?? []),
  ];
  const href = safeHref(item.url);
  const late = item.firstSeenAt.slice(0, 10) > item.effectiveAt.slice(0, 10);
  return page({
    title: item.title,
    body: html`<p class="meta">${item.feed.kind ?? "unknown"} · ${item.feed.id} · ${time(item.effectiveAt)}${late ? html` · first seen ${time(item.firstSeenAt)}` : ""}${item.revision > 1 ? html` · revision ${item.revision}` : ""}</p>
<h1${localeOf(decision?.language)}>${marked(item.title, words, "title")}</h1>
<div${localeOf(decision?.language)}><p>${marked(item.summary, words, "summary")}</p></div>
${href === null ? html`<p class="meta">Its feed gives no link${item.url === null ? "" : html` that leads anywhere: ${foreign(item.url)}`}.</p>` : html`<p><a rel="noreferrer" href="${href}">Read it at its source</a></p>`}
${item.sources.length < 2 ? "" : html`<p class="meta">Also in: ${item.sources.slice(1).map((source) => html`${source.feed} `)}</p>`}
${item.story == null ? "" : html`<p class="meta">Another feed told this story first: <a href="/items/${item.story}">listed there</a>.</p>`}
${decision === null ? "" : decided(decision, dossier, why)}`,
  });
}

// One issue as a page: the words of the mail, without anybody's links.
import { html } from "hono/html";
import type { CorrectionWords, ItemWords, ResurfacedWords } from "../../digests/digest-words.ts";
import type { Locale } from "../../digests/locales/locale.ts";
import { dayOf, filtersOf, localeOf } from "../../digests/words.ts";
import type { IssueSnapshot } from "../../domain/issue.ts";
import type { Preferences } from "../../domain/subscriber.ts";
import { type Html, page } from "./layout.ts";

/** @param corrected events that were taken back since the issue went out */
export function issuePage(
  issue: IssueSnapshot,
  preferences: Preferences,
  titleOf: (dossier: string) => string,
  corrected: ReadonlySet<string>,
): Html {
  const locale = localeOf(preferences.language);
  const zone = preferences.timezone;
  const days = `${dayOf(locale, issue.from, zone)} – ${dayOf(locale, issue.to, zone)}`;
  return page({
    title: days,
    language: preferences.language,
    description: issue.title,
    body: html`<h1>${issue.title}</h1>
<p>${days} · ${filtersOf(locale, preferences, titleOf)}</p>
${issue.resurfaced.map(({ event, words }) => resurfacedBlock(words, locale, corrected.has(event)))}
${possibleBlocks(issue.possible ?? [], locale, corrected)}
${correctionBlocks(issue.corrections ?? [], locale)}
${issue.items.length === 0 ? "" : html`<h2>${locale.digest.alsoNew}</h2>`}
${issue.items.map(itemBlock)}
${issue.left > 0 ? html`<p>${locale.moreItems(issue.left)}</p>` : ""}`,
  });
}

function resurfacedBlock(entry: ResurfacedWords, locale: Locale, isCorrected: boolean): Html {
  const { digest: say } = locale;
  return html`<article class="event">
<p><strong>${entry.back}</strong></p>
${isCorrected ? html`<p><strong>${say.corrected}</strong></p>` : ""}
<h2><a href="${entry.dossierUrl}">${entry.dossier}</a></h2>
<p class="meta">${[entry.place, entry.reportedBy, ...entry.notes].join(" · ")}</p>
${entry.before === null ? "" : html`<p class="meta">${entry.before}</p>`}
<p class="meta">${entry.now}</p>
<p><a href="${entry.source}">${entry.title}</a></p>
${entry.summary === "" ? "" : html`<p>${entry.summary}</p>`}
<p class="meta">${say.words}${locale.colon} ${entry.words}</p>
</article>`;
}

function possibleBlocks(
  entries: NonNullable<IssueSnapshot["possible"]>,
  locale: Locale,
  corrected: ReadonlySet<string>,
): Html {
  if (entries.length === 0) return html``;
  return html`<h2>${locale.digest.possible}</h2>
${entries.map(({ event, words }) => resurfacedBlock(words, locale, corrected.has(event)))}`;
}

function correctionBlocks(entries: readonly CorrectionWords[], { correction: say }: Locale): Html {
  if (entries.length === 0) return html``;
  return html`<h2>${say.heading}</h2>
${entries.map(
  (entry) => html`<article class="event">
<h3><a href="${entry.eventUrl}">${entry.dossier}</a></h3>
<p class="meta">${entry.place}</p>
<p>${entry.told}</p>
<p>${entry.reason}</p>
${entry.late === null ? "" : html`<p><a href="${entry.late.source}">${entry.late.title}</a></p>`}
</article>`,
)}`;
}

const itemBlock = (entry: ItemWords): Html => html`<article>
<h3><a href="${entry.source}">${entry.title}</a></h3>
<p class="meta">${entry.facts}</p>
${entry.summary === "" ? "" : html`<p>${entry.summary}</p>`}
</article>`;

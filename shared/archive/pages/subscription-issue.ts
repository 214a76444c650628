// One issue as a page: the words of the mail, without anybody's links.
import { html } from "hono/html";
import type { Digest, MailLinks } from "../../digests/digest.ts";
import {
  type ItemWords,
  itemWords,
  type ResurfacedWords,
  resurfacedWords,
} from "../../digests/digest-words.ts";
import type { Locale } from "../../digests/locales/locale.ts";
import { dayOf, filtersOf, localeOf } from "../../digests/words.ts";
import type { Preferences } from "../../domain/subscriber.ts";
import { type Html, page } from "./layout.ts";

const MOST_ENTRIES = 500;

export function issuePage(
  digest: Digest,
  preferences: Preferences,
  links: MailLinks,
  titleOf: (dossier: string) => string,
): Html {
  const locale = localeOf(preferences.language);
  const zone = preferences.timezone;
  const { period } = digest;
  const title = locale.subject.periodic(
    digest.cadence,
    digest.resurfaced.length,
    digest.items.length,
  );
  const days =
    period === null
      ? ""
      : `${dayOf(locale, period.from, zone)} – ${dayOf(locale, period.to, zone)}`;
  const resurfaced = digest.resurfaced.slice(0, MOST_ENTRIES);
  const items = digest.items.slice(0, MOST_ENTRIES);
  const left = digest.resurfaced.length + digest.items.length - resurfaced.length - items.length;
  return page({
    title: days,
    language: preferences.language,
    description: title,
    body: html`<h1>${title}</h1>
<p>${days} · ${filtersOf(locale, preferences, titleOf)}</p>
${resurfaced.map((entry) => resurfacedBlock(resurfacedWords(entry, locale, links, zone), locale))}
${items.length === 0 ? "" : html`<h2>${locale.digest.alsoNew}</h2>`}
${items.map((entry) => itemBlock(itemWords(entry, locale, links, zone)))}
${left > 0 ? html`<p>${locale.moreItems(left)}</p>` : ""}`,
  });
}

function resurfacedBlock(entry: ResurfacedWords, locale: Locale): Html {
  const { digest: say } = locale;
  return html`<article class="event">
<p><strong>${entry.back}</strong></p>
<h2><a href="${entry.dossierUrl}">${entry.dossier}</a></h2>
<p class="meta">${[entry.place, entry.reportedBy, ...entry.notes].join(" · ")}</p>
${entry.before === null ? "" : html`<p class="meta">${entry.before}</p>`}
<p class="meta">${entry.now}</p>
<p><a href="${entry.source}">${entry.title}</a></p>
${entry.summary === "" ? "" : html`<p>${entry.summary}</p>`}
<p class="meta">${say.words}${locale.colon} ${entry.words}</p>
</article>`;
}

const itemBlock = (entry: ItemWords): Html => html`<article>
<h3><a href="${entry.source}">${entry.title}</a></h3>
<p class="meta">${entry.facts}</p>
${entry.summary === "" ? "" : html`<p>${entry.summary}</p>`}
</article>`;

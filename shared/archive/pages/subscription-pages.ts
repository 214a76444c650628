// Pages behind a mail's links: plain forms, no script. Looking at one changes nothing; its button does.
import { html } from "hono/html";
import type { Problem } from "../../digests/subscribe-request.ts";
import { jurisdictionName, localeOf } from "../../digests/words.ts";
import type { Dossier } from "../../domain/dossier.ts";
import type { Preferences, Subscriber } from "../../domain/subscriber.ts";
import { CADENCES, MAIL_LANGUAGES, type MailLanguage, THEMES } from "../../domain/vocabulary.ts";
import type { PreferenceAction } from "../../flows/preferences.ts";
import { type Html, page } from "./layout.ts";
import { foreign } from "./parts.ts";
import { subscriptionWords } from "./subscription-words.ts";

/** A form that posts back to where its page came from, token and all. */
const buttonForm = (path: string, token: string, label: string): Html =>
  html`<form method="post" action="${path}?token=${token}"><button type="submit">${label}</button></form>`;

const note = (language: MailLanguage, title: string, ...paragraphs: readonly string[]): Html =>
  page({
    title,
    language,
    body: html`<h1>${title}</h1>${paragraphs.map((text) => html`<p>${text}</p>`)}
<p><a href="/privacy">${subscriptionWords(language).privacy}</a></p>`,
  });

export function confirmPage(token: string, language: MailLanguage): Html {
  const say = subscriptionWords(language);
  return page({
    title: say.confirmTitle,
    language,
    body: html`<h1>${say.confirmTitle}</h1><p>${say.confirmAsk}</p>${buttonForm("/confirm", token, say.confirmButton)}`,
  });
}

export function confirmedPage(language: MailLanguage): Html {
  const say = subscriptionWords(language);
  return note(language, say.confirmed, say.confirmedBody);
}

export function unsubscribePage(token: string, language: MailLanguage): Html {
  const say = subscriptionWords(language);
  return page({
    title: say.unsubscribeTitle,
    language,
    body: html`<h1>${say.unsubscribeTitle}</h1><p>${say.unsubscribeAsk}</p>${buttonForm("/unsubscribe", token, say.unsubscribeButton)}`,
  });
}

export function unsubscribedPage(language: MailLanguage): Html {
  const say = subscriptionWords(language);
  return note(language, say.unsubscribed, say.unsubscribedBody);
}

/** One page for every link that does not work: it tells nobody which addresses are known. */
export function badLinkPage(kind: "bad" | "expired", language: MailLanguage): Html {
  const say = subscriptionWords(language);
  return note(language, say.badTitle, kind === "bad" ? say.badBody : say.expiredBody);
}

/** What was asked for cannot be done this minute; nothing was changed. */
export function laterPage(language: MailLanguage): Html {
  const say = subscriptionWords(language);
  return note(language, say.later, say.laterBody);
}

export function acceptedPage(language: MailLanguage): Html {
  const say = subscriptionWords(language);
  return note(language, say.accepted, say.acceptedBody);
}

export function problemsPage(problems: readonly Problem[], language: MailLanguage): Html {
  const say = subscriptionWords(language);
  const list = problems.map(
    ({ field, message }) => html`<li><code>${field}</code>: ${foreign(message)}</li>`,
  );
  return page({
    title: say.problems,
    language,
    body: html`<h1>${say.problems}</h1><ul>${list}</ul>`,
  });
}

export function donePage(action: PreferenceAction, language: MailLanguage): Html {
  const say = subscriptionWords(language);
  return note(language, say.preferencesTitle, say.done[action]);
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

const options = (choices: readonly Choice[], chosen: string): Html[] =>
  choices.map(
    ({ value, label }) =>
      html`<option value="${value}" ${value === chosen ? "selected" : ""}>${label}</option>`,
  );

const boxes = (
  name: string,
  legend: string,
  choices: readonly Choice[],
  chosen: readonly string[],
): Html =>
  html`<fieldset><legend>${legend}</legend>${choices.map(
    ({ value, label }) =>
      html`<label><input type="checkbox" name="${name}" value="${value}" ${chosen.includes(value) ? "checked" : ""}> ${foreign(label)}</label> `,
  )}</fieldset>`;

const action = (path: string, name: PreferenceAction, label: string): Html =>
  html`<form method="post" action="${path}"><input type="hidden" name="action" value="${name}"><button type="submit">${label}</button></form>`;

/** No address on it: who holds a leaked link learns nothing of whose it is. */
export function preferencesPage(
  token: string,
  { preferences, state }: Subscriber,
  registry: readonly Dossier[],
): Html {
  const say = subscriptionWords(preferences.language);
  const path = `/preferences?token=${token}`;
  const paused = state === "paused";
  return page({
    title: say.preferencesTitle,
    language: preferences.language,
    body: html`<h1>${say.preferencesTitle}</h1>
${paused ? html`<p><strong>${say.paused}</strong></p>` : ""}
${choicesForm(path, preferences, registry)}
<hr>
${paused ? action(path, "resume", say.resume) : action(path, "pause", say.pause)}<p><small>${say.pauseNote}</small></p>
${action(path, "export", say.exportButton)}<p><small>${say.exportNote}</small></p>
${action(path, "delete", say.deleteButton)}<p><small>${say.deleteNote}</small></p>`,
  });
}

function choicesForm(path: string, preferences: Preferences, registry: readonly Dossier[]): Html {
  const say = subscriptionWords(preferences.language);
  const locale = localeOf(preferences.language);
  const places = [
    ...new Set([...registry.map(({ jurisdiction }) => jurisdiction), ...preferences.jurisdictions]),
  ].map((value) => ({ value, label: jurisdictionName(locale, value) }));
  const dossiers = registry.map(({ id, title }) => ({ value: id, label: title }));
  const own = preferences.dossiers.filter((id) => !registry.some((dossier) => dossier.id === id));
  return html`<form method="post" action="${path}">
<input type="hidden" name="action" value="save">
<p><label>${say.cadence} <select name="cadence">${options(
    CADENCES.map((value) => ({ value, label: locale.cadences[value] })),
    preferences.cadence,
  )}</select></label></p>
<p><label>${say.language} <select name="language">${options(
    MAIL_LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
    preferences.language,
  )}</select></label></p>
<p><label>${say.timezone} <input name="timezone" value="${preferences.timezone}" autocomplete="off"></label></p>
<p><label><input type="checkbox" name="quietNote" value="1" ${preferences.quietNote === true ? "checked" : ""}> ${say.quietNote}</label></p>
<p><small>${say.noneMeansAll}</small></p>
${boxes(
  "themes",
  say.themes,
  THEMES.map((value) => ({ value, label: locale.themes[value] })),
  preferences.themes,
)}
${boxes(
  "jurisdictions",
  say.jurisdictions,
  places.sort((a, b) => a.label.localeCompare(b.label, locale.tag)),
  preferences.jurisdictions,
)}
${boxes("dossiers", say.dossiers, [...dossiers, ...own.map((id) => ({ value: id, label: id }))], preferences.dossiers)}
<p><button type="submit">${say.save}</button></p>
</form>`;
}

const LANGUAGE_NAMES: Readonly<Record<MailLanguage, string>> = {
  en: "English",
  fr: "Français",
  de: "Deutsch",
};

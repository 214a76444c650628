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

/** What a page asks about, and the one button that answers it. */
const question = (
  language: MailLanguage,
  { title, ask, address }: { title: string; ask: string; address: string | null },
  form: Html,
): Html =>
  page({
    title,
    language,
    body: html`<h1>${title}</h1>${addressLine(language, address)}<p>${ask}</p>${form}`,
  });

/** Text of whoever it is: its direction says nothing of the page's. */
const addressLine = (language: MailLanguage, address: string | null): Html =>
  address === null
    ? html``
    : html`<p>${subscriptionWords(language).address} <strong>${foreign(address)}</strong></p>`;

/** @param address as much of it as its owner knows it again by, or null */
export function confirmPage(token: string, address: string | null, language: MailLanguage): Html {
  const say = subscriptionWords(language);
  const form = buttonForm("/confirm", token, say.confirmButton);
  return question(language, { title: say.confirmTitle, ask: say.confirmAsk, address }, form);
}

export function confirmedPage(language: MailLanguage): Html {
  const say = subscriptionWords(language);
  return note(language, say.confirmed, say.confirmedBody);
}

/** @param address as much of it as its owner knows it again by, or null */
export function unsubscribePage(
  token: string,
  address: string | null,
  language: MailLanguage,
): Html {
  const say = subscriptionWords(language);
  const form = buttonForm("/unsubscribe", token, say.unsubscribeButton);
  const { unsubscribeTitle: title, unsubscribeAsk: ask } = say;
  return question(language, { title, ask, address }, form);
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

/**
 * The same for every address, whether its mail goes now, later or not at all.
 * @param mailboxHere true for whoever is at a machine whose mail stays there
 */
export function acceptedPage(language: MailLanguage, mailboxHere: boolean): Html {
  const say = subscriptionWords(language);
  return page({
    title: say.accepted,
    language,
    body: html`<h1>${say.accepted}</h1><p>${say.acceptedBody}</p><p>${say.acceptedWait}</p>
${mailboxHere ? html`<p>${say.mailboxHere} <a href="/mailbox">${say.mailboxLink}</a></p>` : ""}
<p><a href="/privacy">${say.privacy}</a></p>`,
  });
}

/** Of counts alone: it says nothing of the address. */
export function refusedPage(cause: "client" | "everybody", language: MailLanguage): Html {
  const say = subscriptionWords(language);
  return note(language, say.refused, say.refusedBody[cause]);
}

export function tooSoonPage(language: MailLanguage): Html {
  const say = subscriptionWords(language);
  return note(language, say.preferencesTitle, say.exportTooSoon);
}

/** In words where the page has them for the field; a program's message where it has none. */
export function problemsPage(problems: readonly Problem[], language: MailLanguage): Html {
  const say = subscriptionWords(language);
  const wrong: Readonly<Record<string, string>> = say.wrong;
  const { colon } = localeOf(language);
  const list = problems.map(({ field, message, value }) => {
    const words = wrong[field] ?? html`<code>${field}</code>: ${foreign(message)}`;
    const given = value === undefined ? "" : html`<code>${foreign(value)}</code>${colon} `;
    return html`<li>${given}${words}</li>`;
  });
  return page({
    title: say.problems,
    language,
    body: html`<h1>${say.problems}</h1><ul>${list}</ul><p>${say.problemsBack}</p>`,
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

/** Beside Save, which is what most come for. */
const action = (path: string, name: PreferenceAction, label: string): Html =>
  html`<form method="post" action="${path}"><input type="hidden" name="action" value="${name}"><button class="quiet" type="submit">${label}</button></form>`;

/** Whoever holds the link, which can change and delete everything. */
export interface Reader {
  readonly token: string;
  readonly subscriber: Subscriber;
  /** Null where it cannot be opened. */
  readonly address: string | null;
}

export function preferencesPage(reader: Reader, registry: readonly Dossier[]): Html {
  const { preferences, state } = reader.subscriber;
  const say = subscriptionWords(preferences.language);
  const path = `/preferences?token=${reader.token}`;
  const paused = state === "paused";
  return page({
    title: say.preferencesTitle,
    language: preferences.language,
    body: html`<h1>${say.preferencesTitle}</h1>
${addressLine(preferences.language, reader.address)}
${paused ? html`<p><strong>${say.paused}</strong></p>` : ""}
${choicesForm(path, preferences, registry)}
<hr>
${paused ? action(path, "resume", say.resume) : action(path, "pause", say.pause)}<p><small>${say.pauseNote}</small></p>
${action(path, "export", say.exportButton)}<p><small>${say.exportNote}</small></p>
<section class="danger"><p><a class="danger" href="${`${path}&step=delete`}">${say.deleteButton}…</a></p><p><small>${say.deleteNote}</small></p></section>`,
  });
}

/** Asks once more: what is deleted cannot be brought back. */
export function deletePage({ token, subscriber, address }: Reader): Html {
  const { language } = subscriber.preferences;
  const say = subscriptionWords(language);
  const path = `/preferences?token=${token}`;
  return question(
    language,
    { title: say.deleteTitle, ask: say.deleteAsk, address },
    html`<form method="post" action="${path}"><input type="hidden" name="action" value="delete"><button class="danger" type="submit">${say.deleteConfirm}</button></form>
<p><a href="${path}">${say.deleteBack}</a></p><p><small>${say.deleteNote}</small></p>`,
  );
}

/** Ticked unless told; the hidden "0" is what a form says that leaves it unticked. */
const possibleBox = ({ possible }: Partial<Preferences>, label: string): Html =>
  html`<p><input type="hidden" name="possible" value="0"><label><input type="checkbox" name="possible" value="1" ${possible === false ? "" : "checked"}> ${label}</label></p>`;

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
${possibleBox(preferences, say.possible)}
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

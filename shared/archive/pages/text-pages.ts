// Pages of words: sign-up, about, privacy, and what is not there.
import { html } from "hono/html";
import { type Dossier, shortTitleOf } from "../../domain/dossier.ts";
import { CADENCES, MAIL_LANGUAGES, THEMES } from "../../domain/vocabulary.ts";
import { type Html, page } from "./layout.ts";
import { placeName, themeName } from "./names.ts";
import { foreign, safeHref } from "./parts.ts";

const CADENCE_NAMES = {
  immediate: "at once",
  daily: "daily, if there is news",
  weekly: "weekly, if there is news",
} as const;
const LANGUAGE_NAMES = { en: "English", fr: "Français", de: "Deutsch" } as const;

export function subscribePage(dossiers: readonly Dossier[]): Html {
  const places = [...new Set(dossiers.map((dossier) => dossier.jurisdiction))].sort();
  return page({
    title: "Subscribe",
    here: "/subscribe",
    body: html`<h1>Be told when something comes back</h1>
<p class="lede">You confirm by a link in a mail, and stop with one click. Your address is kept encrypted; nothing in our mails tracks you. Tick nothing to be told of everything.</p>
<form class="signup" method="post" action="/subscribe">
<label class="wide">Mail address<input type="email" name="email" required autocomplete="email"></label>
<label>How often<select name="cadence">${CADENCES.map((cadence) => html`<option value="${cadence}">${CADENCE_NAMES[cadence]}</option>`)}</select></label>
<label>Language of the mail<select name="language">${MAIL_LANGUAGES.map((language) => html`<option value="${language}">${LANGUAGE_NAMES[language]}</option>`)}</select></label>
<label>Time zone<input name="timezone" value="Europe/Paris"></label>
<fieldset><legend>Themes</legend>${THEMES.map((theme) => html`<label><input type="checkbox" name="themes[]" value="${theme}"> ${themeName(theme)}</label>`)}</fieldset>
<fieldset><legend>Jurisdictions</legend>${places.map((place) => html`<label><input type="checkbox" name="jurisdictions[]" value="${place}"> ${placeName(place)}</label>`)}</fieldset>
<details class="wide"><summary>Only certain dossiers</summary><fieldset><legend>Dossiers</legend>${[...dossiers].sort((a, b) => (a.title < b.title ? -1 : 1)).map((dossier) => html`<label><input type="checkbox" name="dossiers[]" value="${dossier.id}"> ${foreign(shortTitleOf(dossier.title))}</label>`)}</fieldset></details>
<input type="hidden" name="possible" value="0"><label class="wide"><input type="checkbox" name="possible" value="1" checked> In daily and weekly mail, also what is reported and not confirmed</label>
<div class="wide"><button type="submit">Send me the link to confirm</button></div>
</form>`,
  });
}

function contact(url: string): Html {
  const href = safeHref(url);
  return href === null ? html`${url}` : html`<a rel="noreferrer" href="${href}">${url}</a>`;
}

export function aboutPage(contactUrl: string, version: string): Html {
  return page({
    title: "About",
    body: html`<h1>About</h1>
<p>Governments that lose a vote on access to encrypted messages come back: another bill, another chamber, another country. backdoor-watch reads the feeds of parliaments, governments, NGOs and the press, follows each bill or demand as a dossier over the years, and says when one that was rejected, withdrawn, postponed or quiet makes a new official move.</p>
<p>Every decision is made by keyword models that anybody can read, and shows the words that made it. It is sometimes wrong: a false alarm is retracted in the open.</p>
<p>The archive may be quoted and reused; <a href="/api/events">its data</a> comes as JSON.</p>
<p class="meta">Version ${version}. Who runs this: ${contact(contactUrl)}</p>`,
  });
}

export function privacyPage(contactUrl: string): Html {
  return page({
    title: "Privacy",
    body: html`<h1>Privacy</h1>
<ul>
<li>Reading needs no account. No page loads anything from elsewhere, sets a cookie or runs a script.</li>
<li>Your mail address is kept encrypted, found again only by a keyed hash, and never written to a log, a link or an error.</li>
<li>Mails hold no pixel and no counted link: every link leads where it says.</li>
<li>A sign-up that is not confirmed is forgotten after seven days. When you leave, your address and your choices are deleted. What stays is the keyed hash, with a count of sign-up mails, so that strangers cannot flood you; and after a bounce, a complaint or a deletion a mark that keeps mail away.</li>
<li>Which mails went to that hash, and which comebacks they told of, is noted for 400 days, so that nothing comes twice and a correction reaches whoever was told. Deleting everything deletes it at once.</li>
<li>The address of your connection is used to hold back floods of sign-ups, as a keyed hash that expires within two days.</li>
</ul>
<p class="meta">Who runs this: ${contact(contactUrl)}</p>`,
  });
}

export const notFoundPage = (): Html =>
  page({
    title: "Not found",
    body: html`<h1>There is nothing here</h1><p>It may have had its time: items that turned out irrelevant are kept for 90 days. <a href="/">What came back</a></p>`,
  });

export const errorPage = (status: number, detail: string): Html =>
  page({
    title: status === 400 ? "Not understood" : "Something went wrong",
    body: html`<h1>${status === 400 ? "Not understood" : "Something went wrong"}</h1><p>${foreign(detail)}</p><p><a href="/">What came back</a>${status === 400 ? html` · <a href="/items">Search all items</a>` : ""}</p>`,
  });

// Sign-up: a plain form in the reader's language, filled in with what the page before was about.
import { html } from "hono/html";
import { type Dossier, shortTitleOf } from "../../domain/dossier.ts";
import { CADENCES, MAIL_LANGUAGES, THEMES } from "../../domain/vocabulary.ts";
import { type Html, page } from "./layout.ts";
import { foreign } from "./parts.ts";
import { placeIn, type Reader } from "./reader.ts";
import { subscriptionWords } from "./subscription-words.ts";

const LANGUAGE_NAMES = { en: "English", fr: "Français", de: "Deutsch" } as const;

/** What the sign-up page is asked to tick already. */
export interface Wanted {
  readonly dossiers: readonly string[];
  readonly jurisdictions: readonly string[];
  readonly themes: readonly string[];
}

interface Box {
  readonly value: string;
  readonly label: string;
}

const boxes = (name: string, legend: string, choices: readonly Box[], wanted: readonly string[]) =>
  html`<fieldset><legend>${legend}</legend>${choices.map(
    ({ value, label }) =>
      html`<label><input type="checkbox" name="${name}" value="${value}"${wanted.includes(value) ? html` checked` : ""}> ${foreign(label)}</label>`,
  )}</fieldset>`;

const options = (choices: readonly Box[], chosen: string) =>
  choices.map(
    ({ value, label }) =>
      html`<option value="${value}"${value === chosen ? html` selected` : ""}>${label}</option>`,
  );

export function subscribePage(dossiers: readonly Dossier[], wanted: Wanted, reader: Reader): Html {
  const { mail, language } = reader;
  const { subscribe: say } = reader.say;
  const words = subscriptionWords(language);
  const codes = new Set([
    ...dossiers.map(({ jurisdiction }) => jurisdiction),
    ...wanted.jurisdictions,
  ]);
  const places = [...codes]
    .map((value) => ({ value, label: placeIn(reader, value) }))
    .sort((a, b) => a.label.localeCompare(b.label, mail.tag));
  const named = dossiers
    .map(({ id, title }) => ({ value: id as string, label: shortTitleOf(title) }))
    .sort((a, b) => a.label.localeCompare(b.label, mail.tag));
  return page({
    title: say.title,
    language,
    here: "/subscribe",
    body: html`<h1>${say.heading}</h1>
<p class="lede">${say.lede}</p>
<form class="signup" method="post" action="/subscribe">
<label class="wide">${say.address}<input type="email" name="email" required autocomplete="email"></label>
<label>${words.cadence}<select name="cadence">${options(
      CADENCES.map((value) => ({ value, label: say.cadences[value] })),
      "immediate",
    )}</select></label>
<label>${words.language}<select name="language">${options(
      MAIL_LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
      language,
    )}</select></label>
<label>${words.timezone}<input name="timezone" value="Europe/Paris"></label>
${boxes(
  "themes[]",
  words.themes,
  THEMES.map((value) => ({ value, label: mail.themes[value] })),
  wanted.themes,
)}
${boxes("jurisdictions[]", words.jurisdictions, places, wanted.jurisdictions)}
<details class="wide"${wanted.dossiers.length > 0 ? html` open` : ""}><summary>${say.certain}</summary>${boxes("dossiers[]", words.dossiers, named, wanted.dossiers)}</details>
<input type="hidden" name="possible" value="0"><label class="wide"><input type="checkbox" name="possible" value="1" checked> ${words.possible}</label>
<div class="wide"><button type="submit">${say.button}</button></div>
</form>`,
  });
}

// In whose language a page is written: the words of the mail, those of the pages, and days and places as that language writes them.
import { html } from "hono/html";
import type { Locale } from "../../digests/locales/locale.ts";
import { pluralOf } from "../../digests/locales/plural.ts";
import { dayOf, jurisdictionName, localeOf } from "../../digests/words.ts";
import type { DossierEvent } from "../../domain/dossier.ts";
import type { MailLanguage } from "../../domain/vocabulary.ts";
import type { Html } from "./layout.ts";
import { de } from "./page-locales/de.ts";
import { en, type PageWords } from "./page-locales/en.ts";
import { fr } from "./page-locales/fr.ts";

const WORDS: Readonly<Record<MailLanguage, PageWords>> = { en, fr, de };

/** What a page needs to know of who reads it. */
export interface Reader {
  readonly language: MailLanguage;
  /** Stages, themes, arguments and comebacks in the words of the mail. */
  readonly mail: Locale;
  readonly say: PageWords;
}

const READERS: Readonly<Record<MailLanguage, Reader>> = {
  en: { language: "en", mail: localeOf("en"), say: en },
  fr: { language: "fr", mail: localeOf("fr"), say: fr },
  de: { language: "de", mail: localeOf("de"), say: de },
};

export const readerOf = (language: MailLanguage): Reader => READERS[language];

export const pageWords = (language: MailLanguage): PageWords => WORDS[language];

/** A page is the same for everybody, so its days are those of Greenwich. */
export const dayIn = ({ mail }: Reader, instant: string | Date): string =>
  dayOf(mail, instant, "UTC");

/** "20 March 2025", and the instant for machines. */
export const timeIn = (reader: Reader, instant: string): Html =>
  html`<time datetime="${instant}">${dayIn(reader, instant)}</time>`;

/** "France", "Union européenne"; a dash for what is at home nowhere. */
export const placeIn = ({ mail }: Reader, code: string | null): string =>
  code === null ? "–" : jurisdictionName(mail, code);

/** "207 jours", with the number as the language writes it. */
export const daysIn = ({ mail, say }: Reader, count: number): string =>
  pluralOf(mail.tag)(count, say.days);

/** One or many of something, by the language's own rule. */
export const countIn = (
  { mail }: Reader,
  count: number,
  forms: { readonly one: string; readonly other: string },
): string => pluralOf(mail.tag)(count, forms);

/** A sentence's first letter. */
export const capitalised = ({ mail }: Reader, text: string): string =>
  text.slice(0, 1).toLocaleUpperCase(mail.tag) + text.slice(1);

/** The mail's own words for a comeback, after what the pages add of its certainty. */
export function comebackIn({ mail, say }: Reader, event: DossierEvent): string {
  if (event.event === "opened") return say.event.opened;
  if (event.event === "possible" && event.from === null) return say.event.possiblyOpened;
  const back = mail.backFrom(event.from, event.quietDays);
  return event.event === "possible" ? `${mail.digest.notConfirmed}${mail.colon} ${back}` : back;
}

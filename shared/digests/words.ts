// From facts to words in the reader's language: dates in their zone, filters, evidence.
import type { Evidence } from "../domain/item.ts";
import type { Preferences } from "../domain/subscriber.ts";
import type { MailLanguage } from "../domain/vocabulary.ts";
import { de } from "./locales/de.ts";
import { en } from "./locales/en.ts";
import { fr } from "./locales/fr.ts";
import type { Locale } from "./locales/locale.ts";
import { oneLine } from "./plain-text.ts";

const LOCALES: Readonly<Record<MailLanguage, Locale>> = { en, fr, de };

export const localeOf = (language: MailLanguage): Locale => LOCALES[language];

/** Making one costs more than formatting with it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** A date without a time, as registries and many feeds give it. */
const DATE_ALONE = /T00:00:00(?:\.0+)?Z$/;

/** A day as the language writes it, in the reader's time zone: "12 March 2026". A date without a time is that day everywhere. */
export function dayOf(locale: Locale, instant: string | Date, zone: string): string {
  const timeZone = typeof instant === "string" && DATE_ALONE.test(instant) ? "UTC" : zone;
  const key = `${locale.tag} ${timeZone}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale.tag, { dateStyle: "long", timeZone });
    // As many as there are zones and languages, and no more whatever comes in.
    if (formats.size < 2_000) formats.set(key, format);
  }
  return format.format(typeof instant === "string" ? new Date(instant) : instant);
}

const regions = new Map<string, Intl.DisplayNames>();

/** "France", "European Union": a jurisdiction in the reader's language. */
export function jurisdictionName(locale: Locale, code: string): string {
  if (code === "EU" || code === "INT") return locale.jurisdictions[code];
  let names = regions.get(locale.tag);
  if (names === undefined) {
    names = new Intl.DisplayNames(locale.tag, { type: "region", fallback: "code" });
    regions.set(locale.tag, names);
  }
  return names.of(code) ?? code;
}

/** What someone chose, in words; `all` where nothing narrows it. */
export function filtersOf(
  locale: Locale,
  preferences: Preferences,
  titleOf: (dossier: string) => string,
): string {
  const parts = [
    preferences.themes.map((theme) => locale.themes[theme]),
    preferences.jurisdictions.map((code) => jurisdictionName(locale, code)),
    preferences.dossiers.map((dossier) => oneLine(titleOf(dossier), 80)),
  ]
    .filter((chosen) => chosen.length > 0)
    .map((chosen) =>
      chosen.length > 6
        ? `${chosen.slice(0, 6).join(", ")} +${chosen.length - 6}`
        : chosen.join(", "),
    );
  return parts.length === 0 ? locale.footer.all : parts.join(" · ");
}

/** The words that matched, as the text has them, each once, in their order. */
export function matchedWords(
  text: { readonly title: string; readonly summary: string },
  evidence: readonly Evidence[],
  most: number,
): string[] {
  const words = new Map<string, string>();
  for (const { field, start, end, weight } of evidence) {
    // A word that spoke against is no reason for the match.
    if (weight !== null && weight < 0) continue;
    const quoted = oneLine(text[field].slice(start, Math.min(end, start + 200)), 60);
    if (quoted !== "") words.set(quoted.toLowerCase(), words.get(quoted.toLowerCase()) ?? quoted);
  }
  return [...words.values()].slice(0, most);
}

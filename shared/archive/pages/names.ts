// Ids as people read them.
import { html } from "hono/html";
import type { FromState } from "../../domain/dossier.ts";
import type { ArgumentId, Stage, ThemeId } from "../../domain/vocabulary.ts";
import type { Html } from "./layout.ts";

const THEME_NAMES: Readonly<Record<ThemeId, string>> = {
  "french-politics": "French politics",
  "technical-debate": "Technical debate",
  "government-intent": "Government intent",
  "crime-effectiveness": "Crime and effectiveness",
  "democracy-privacy-culture": "Democracy and privacy",
  "eu-international": "EU and international",
  "alternatives-providers-risks": "Alternatives, providers, risks",
};

export const themeName = (id: ThemeId): string => THEME_NAMES[id];

/** `inevitable-leak` → `inevitable leak`. */
export const argumentName = (id: ArgumentId): string => id.replaceAll("-", " ");

const STAGE_NAMES: Partial<Record<Stage, string>> = {
  committee: "in committee",
  vote: "put to a vote",
  "in-force": "in force",
  order: "order served",
  court: "in court",
  leak: "leaked",
  none: "no stage",
};

export const stageName = (stage: Stage): string => STAGE_NAMES[stage] ?? stage;

const FROM_NAMES: Readonly<Record<FromState, string>> = {
  rejected: "rejected",
  withdrawn: "withdrawn",
  postponed: "postponed",
  lapsed: "lapsed",
  adopted: "adopted and quiet",
  quiet: "quiet",
};

export const fromName = (from: FromState): string => FROM_NAMES[from];

export const days = (count: number): string => `${count} ${count === 1 ? "day" : "days"}`;

const REGIONS = new Intl.DisplayNames("en", { type: "region", fallback: "code" });

/** "France", "European Union": where a dossier or an item is at home. */
export function placeName(code: string | null): string {
  if (code === null) return "–";
  if (code === "INT") return "International";
  return code === "EU" ? "European Union" : (REGIONS.of(code) ?? code);
}

/** A `lang` attribute for text that is not English, so that it is read aloud and hyphenated right. */
export const localeOf = (language: string | null | undefined): Html =>
  language === null || language === undefined || language.startsWith("en")
    ? html``
    : html` lang="${language}"`;

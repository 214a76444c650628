// What a sign-up may ask for, read once where it comes in.
import { z } from "zod";
import { DossierId } from "../domain/ids.ts";
import { isJurisdiction } from "../domain/jurisdiction.ts";
import { Preferences } from "../domain/subscriber.ts";
import {
  CADENCES,
  Cadence,
  Jurisdiction,
  MAIL_LANGUAGES,
  MailLanguage,
  THEMES,
  ThemeId,
} from "../domain/vocabulary.ts";
import { normalizeAddress } from "./address.ts";
import { isTimeZone } from "./cadence.ts";

const MOST_CHOICES = 60;

/** A form sends one value as a string, several as a list; the two mean the same, and "" means none. */
const several = <T extends z.ZodType>(schema: T) =>
  z.preprocess(listOf, z.array(schema).max(MOST_CHOICES));

function listOf(given: unknown): unknown[] {
  const list = given === undefined || given === null ? [] : Array.isArray(given) ? given : [given];
  return [...new Set(list.filter((value) => value !== ""))];
}

const orElse = <T extends z.ZodType>(schema: T, otherwise: string) =>
  z.preprocess(
    (given) => (given === undefined || given === null || given === "" ? otherwise : given),
    schema,
  );

const isYes = (given: unknown): boolean =>
  given === true || given === "1" || given === "on" || given === "true";

/** A checkbox: sent when ticked, absent when not. */
const ticked = z.preprocess((given) => {
  if (given === undefined || given === null || given === "") return undefined;
  return isYes(given);
}, z.boolean().optional());

/** One that is ticked unless told: its form sends "0" before it, so that leaving it unticked says no. */
const tickedUnlessTold = z.preprocess((given) => {
  const list = listOf(given);
  return list.length === 0 || list.some(isYes) ? undefined : false;
}, z.boolean().optional());

/** The choices, with what holds where nothing is said: a weekly mail on everything, in English. */
export const PreferencesRequest = z.object({
  cadence: orElse(Cadence, "weekly"),
  themes: several(ThemeId),
  jurisdictions: several(Jurisdiction.refine(isJurisdiction)),
  dossiers: several(DossierId),
  language: orElse(MailLanguage, "en"),
  timezone: orElse(
    z.string().refine(isTimeZone, "is no IANA time zone, such as Europe/Paris"),
    "UTC",
  ),
  quietNote: ticked,
  possible: tickedUnlessTold,
});

export const SubscribeRequest = PreferencesRequest.extend({
  email: z.string().transform((raw, context) => {
    const address = normalizeAddress(raw);
    if (address !== null) return address;
    context.addIssue({ code: "custom", message: "is not one plain mail address" });
    return z.NEVER;
  }),
});
export type SubscribeRequest = z.infer<typeof SubscribeRequest>;

/** Everything that a reader can be told is wrong; the pages have words for each in every language. */
export const WRONG_FIELDS = [
  "email",
  "cadence",
  "themes",
  "jurisdictions",
  "dossiers",
  "language",
  "timezone",
] as const;
export type WrongField = (typeof WRONG_FIELDS)[number];

/** What each takes, for a program that got it wrong. */
const TAKES: Readonly<Record<WrongField, string>> = {
  email: "is not one plain mail address",
  cadence: `is none of ${CADENCES.join(", ")}`,
  themes: `is none of ${THEMES.join(", ")}`,
  jurisdictions:
    "is no jurisdiction: an ISO 3166 alpha-2 code in capitals such as GB, or EU, or INT",
  dossiers: "is no dossier that is followed here: /api/dossiers lists them",
  language: `is none of ${MAIL_LANGUAGES.join(", ")}`,
  timezone: "is no IANA time zone, such as Europe/Paris",
};

export interface Problem {
  readonly field: string;
  readonly message: string;
  /** What was given and is wrong, shortened; absent where it is, or may be, an address. */
  readonly value?: string;
}

type Read<T> =
  | { readonly kind: "read"; readonly value: T }
  | { readonly kind: "invalid"; readonly problems: readonly Problem[] };

/** Reads a body against one of the schemas above; every field that is wrong is named once. */
export function readRequest<T extends z.ZodType>(schema: T, given: unknown): Read<z.infer<T>> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return { kind: "read", value: parsed.data };
  const issues = new Map<string, z.core.$ZodIssue>();
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0] ?? "body");
    if (!issues.has(field)) issues.set(field, issue);
  }
  return {
    kind: "invalid",
    problems: [...issues].map(([field, issue]) => problemOf(field, issue, given)),
  };
}

const isWrongField = (field: string): field is WrongField =>
  (WRONG_FIELDS as readonly string[]).includes(field);

function problemOf(field: string, issue: z.core.$ZodIssue, given: unknown): Problem {
  // A list that is too long, or no list at all: no value of it is wrong.
  if (!isWrongField(field) || issue.code === "too_big") return { field, message: issue.message };
  return wrongValue(field, field === "email" ? undefined : valueAt(given, issue.path));
}

/** @param value what is wrong; it is left out of the answer where it may be an address */
export function wrongValue(field: WrongField, value: unknown): Problem {
  const shown = typeof value === "string" && !value.includes("@") ? value.slice(0, 60) : undefined;
  if (shown === undefined) return { field, message: TAKES[field] };
  return { field, message: `“${shown}” ${TAKES[field]}`, value: shown };
}

/** The value that an issue is about: of a list that was cleaned before it was read, whatever stands there. */
function valueAt(given: unknown, [field, index]: readonly PropertyKey[]): unknown {
  const whole = (given as Record<PropertyKey, unknown>)[field ?? ""];
  if (typeof index !== "number") return whole;
  return listOf(whole)[index];
}

/** @returns the choices alone */
export function preferencesOf(request: z.infer<typeof PreferencesRequest>): Preferences {
  return Preferences.parse(request);
}

// What a sign-up may ask for, read once where it comes in.
import { z } from "zod";
import { DossierId } from "../domain/ids.ts";
import { Preferences } from "../domain/subscriber.ts";
import { Cadence, Jurisdiction, MailLanguage, ThemeId } from "../domain/vocabulary.ts";
import { normalizeAddress } from "./address.ts";
import { isTimeZone } from "./cadence.ts";

const MOST_CHOICES = 60;

/** A form sends one value as a string, several as a list; the two mean the same, and "" means none. */
const several = <T extends z.ZodType>(schema: T) =>
  z.preprocess((given) => {
    const list =
      given === undefined || given === null ? [] : Array.isArray(given) ? given : [given];
    return [...new Set(list.filter((value) => value !== ""))];
  }, z.array(schema).max(MOST_CHOICES));

const orElse = <T extends z.ZodType>(schema: T, otherwise: string) =>
  z.preprocess(
    (given) => (given === undefined || given === null || given === "" ? otherwise : given),
    schema,
  );

/** A checkbox: sent when ticked, absent when not. */
const ticked = z.preprocess((given) => {
  if (given === undefined || given === null || given === "") return undefined;
  return given === true || given === "1" || given === "on" || given === "true";
}, z.boolean().optional());

/** The choices, with what holds where nothing is said: a weekly mail on everything, in English. */
export const PreferencesRequest = z.object({
  cadence: orElse(Cadence, "weekly"),
  themes: several(ThemeId),
  jurisdictions: several(Jurisdiction),
  dossiers: several(DossierId),
  language: orElse(MailLanguage, "en"),
  timezone: orElse(
    z.string().refine(isTimeZone, "is no IANA time zone, such as Europe/Paris"),
    "UTC",
  ),
  quietNote: ticked,
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

export interface Problem {
  readonly field: string;
  /** Never quotes what was given: it may be an address. */
  readonly message: string;
}

type Read<T> =
  | { readonly kind: "read"; readonly value: T }
  | { readonly kind: "invalid"; readonly problems: readonly Problem[] };

/** Reads a body against one of the schemas above; every field that is wrong is named once. */
export function readRequest<T extends z.ZodType>(schema: T, given: unknown): Read<z.infer<T>> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return { kind: "read", value: parsed.data };
  const problems = new Map<string, string>();
  for (const { path, message } of parsed.error.issues) {
    const field = String(path[0] ?? "body");
    if (!problems.has(field)) problems.set(field, message);
  }
  return {
    kind: "invalid",
    problems: [...problems].map(([field, message]) => ({ field, message })),
  };
}

/** @returns the choices alone */
export function preferencesOf(request: z.infer<typeof PreferencesRequest>): Preferences {
  return Preferences.parse(request);
}

// The closed word lists of the product: themes, arguments, stages, kinds, cadences.
import { z } from "zod";

/** The seven themes of the design document, in its order. */
export const THEMES = [
  "french-politics",
  "technical-debate",
  "government-intent",
  "crime-effectiveness",
  "democracy-privacy-culture",
  "eu-international",
  "alternatives-providers-risks",
] as const;
export const ThemeId = z.enum(THEMES);
export type ThemeId = z.infer<typeof ThemeId>;

/** The 22 points that the design document makes, each under its theme, in its order. */
export const ARGUMENTS_OF = {
  "french-politics": ["assembly-versus-government", "cheap-vote", "reversal-after-attack"],
  "technical-debate": [
    "inevitable-leak",
    "managed-risk",
    "whose-threat-model",
    "master-key-custody",
  ],
  "government-intent": ["ignorance", "deliberate-power", "pretext-rhetoric"],
  "crime-effectiveness": ["criminals-move-on", "war-on-drugs-pretext", "surveillance-works-or-not"],
  "democracy-privacy-culture": ["opinion-framing", "privacy-institutions", "active-defence"],
  "eu-international": ["eu-mandate-alive", "us-dependence", "covert-capabilities"],
  "alternatives-providers-risks": [
    "device-exploits-metadata",
    "provider-resistance",
    "ai-mass-surveillance",
  ],
} as const satisfies Record<ThemeId, readonly string[]>;
export type ArgumentId = (typeof ARGUMENTS_OF)[ThemeId][number];
export const ARGUMENTS: readonly ArgumentId[] = THEMES.flatMap((theme) => [...ARGUMENTS_OF[theme]]);
export const ArgumentId = z.enum(ARGUMENTS as [ArgumentId, ...ArgumentId[]]);

/** Which side of the question of access an argument takes; null where it takes none. */
export const Side = z.enum(["for", "against"]);
export type Side = z.infer<typeof Side>;

/** What happened to a bill or demand. */
export const STAGES = [
  "proposed",
  "committee",
  "amended",
  "vote",
  "adopted",
  "rejected",
  "withdrawn",
  "postponed",
  "lapsed",
  "in-force",
  "order",
  "court",
  "leak",
  "statement",
  "none",
] as const;
export const Stage = z.enum(STAGES);
export type Stage = z.infer<typeof Stage>;

/**
 * What an item reports, as it bears on its dossier (corpus guide 1 to 12): a run begins or begins again (`open`), an
 * official demands in words (`demand`), the next step of what is under way, an adoption or entry into force, an end, a
 * limit to the demand, or nothing that any official did.
 */
export const ACTS = ["open", "demand", "step", "adopt", "end", "limit", "none"] as const;
export const Act = z.enum(ACTS);
export type Act = z.infer<typeof Act>;

/** True for an act that starts or resumes something. */
export const isAwakening = (act: unknown): boolean => act === "open" || act === "demand";

export const KINDS = [
  "parliament",
  "government",
  "regulator",
  "press",
  "ngo",
  "community",
] as const;
export const Kind = z.enum(KINDS);
export type Kind = z.infer<typeof Kind>;

/** ISO 3166 alpha-2, `EU` or `INT`. */
export const Jurisdiction = z
  .string()
  .regex(/^(?:[A-Z]{2}|INT)$/, { error: "an ISO 3166 alpha-2 code in capitals, EU or INT" });
export type Jurisdiction = z.infer<typeof Jurisdiction>;

/** A BCP 47 tag. */
export const LanguageTag = z.string().regex(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/);

export const CADENCES = ["immediate", "daily", "weekly"] as const;
export const Cadence = z.enum(CADENCES);
export type Cadence = z.infer<typeof Cadence>;

export const MAIL_LANGUAGES = ["en", "fr", "de"] as const;
export const MailLanguage = z.enum(MAIL_LANGUAGES);
export type MailLanguage = z.infer<typeof MailLanguage>;

/** An instant in UTC, ISO 8601. */
export const Instant = z.iso.datetime({ offset: true });

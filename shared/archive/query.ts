// A query string as an ItemQuery: every parameter checked, and what is wrong with one said in a sentence.
import { z } from "zod";
import { DossierId } from "../domain/ids.ts";
import {
  ARGUMENTS,
  ArgumentId,
  Instant,
  Jurisdiction,
  KINDS,
  Kind,
  LanguageTag,
  STAGES,
  Stage,
  THEMES,
  ThemeId,
} from "../domain/vocabulary.ts";
import type { ItemQuery } from "../flows/ports.ts";
import { quoted, refuseOthers } from "./parameters.ts";
import { BadRequest } from "./problem.ts";

/** Any letters joined by hyphens look like a tag; ICU knows the grammar of RFC 5646. */
function isWellFormed(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

export const FACETS = {
  theme: ThemeId,
  argument: ArgumentId,
  dossier: DossierId,
  jurisdiction: Jurisdiction,
  stage: Stage,
  // BCP 47 tags know no case; ours are kept in small letters.
  language: LanguageTag.refine(isWellFormed).toLowerCase(),
  kind: Kind,
} as const;

const FACET_NAMES = Object.keys(FACETS) as (keyof typeof FACETS)[];
const ITEM_PARAMETERS: readonly string[] = [
  "q",
  ...FACET_NAMES,
  "from",
  "to",
  "relevant",
  "limit",
  "cursor",
];

const MOST_QUERY_CHARACTERS = 500;
const MOST_WORDS = 20;
/** Each is a search of its own. */
const MOST_SEARCHES = 10;
/** Values of one filter: each is a list of its own to read. */
const MOST_VALUES = 30;

/** Digits alone: what JavaScript also takes for a number (`1e1`, `0x10`) is no limit. */
const Limit = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform(Number)
  .pipe(z.number().min(1).max(100));
const When = z.union([Instant, z.iso.date().transform((day) => `${day}T00:00:00Z`)]);
export const Relevant = z.enum(["true", "false", "any"]);

const noSuch = (what: string, known: readonly string[]) => (value: string) =>
  `There is no ${what} ${quoted(value)}. There are ${known.join(", ")}.`;
const noTime = (name: string) => (value: string) =>
  `${quoted(value)} is no time for ${quoted(name)}: a day such as 2026-03-01, or an instant such as 2026-03-01T06:00:00Z.`;

/** What to say to whom has just typed the value. */
const REFUSALS = {
  theme: noSuch("theme", THEMES),
  argument: noSuch("argument", ARGUMENTS),
  dossier: (value) => `${quoted(value)} is no id of a dossier, such as eu-csar.`,
  jurisdiction: (value) =>
    `${quoted(value)} is no jurisdiction: two capital letters of a country such as FR, or EU, or INT.`,
  stage: noSuch("stage", STAGES),
  language: (value) => `${quoted(value)} is no tag of a language, such as fr or pt-BR.`,
  kind: noSuch("kind of publisher", KINDS),
  from: noTime("from"),
  to: noTime("to"),
  relevant: (value) =>
    `${quoted(value)} is no answer to ${quoted("relevant")}: true, false or any.`,
  limit: (value) => `${quoted(value)} is no limit: a whole number from 1 to 100.`,
} as const satisfies Record<string, (value: string) => string>;

function check<T extends z.ZodType>(
  name: keyof typeof REFUSALS,
  schema: T,
  value: string,
): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new BadRequest(name, REFUSALS[name](value));
}

/** An empty value counts as absent, so that a form's unused fields filter nothing. */
function valuesOf(parameters: URLSearchParams, name: string, most = MOST_VALUES): string[] {
  const values = parameters.getAll(name).filter((value) => value !== "");
  if (values.length > most)
    throw new BadRequest(name, `${quoted(name)} may be given ${most} times at most.`);
  return values;
}

/** @returns undefined where it is absent; two answers to how long a page is, or where it begins, have no meaning together */
function oneOf(parameters: URLSearchParams, name: string): string | undefined {
  const values = valuesOf(parameters, name);
  if (values.length > 1) throw new BadRequest(name, `${quoted(name)} may be given once.`);
  return values[0];
}

function searchesOf(parameters: URLSearchParams): string[] {
  return valuesOf(parameters, "q", MOST_SEARCHES).map((q) => {
    if (q.length > MOST_QUERY_CHARACTERS)
      throw new BadRequest(
        "q",
        `${quoted("q")} is longer than ${MOST_QUERY_CHARACTERS} characters.`,
      );
    if (q.split(/\s+/).length > MOST_WORDS)
      throw new BadRequest("q", `${quoted("q")} has more than ${MOST_WORDS} words.`);
    return q;
  });
}

/** Stored instants carry milliseconds and `Z`; a bound in the same spelling compares as text. */
const instantsOf = (parameters: URLSearchParams, name: "from" | "to"): string[] =>
  valuesOf(parameters, name)
    .map((value) => new Date(check(name, When, value)).toISOString())
    .sort();

/** Any of them: true and false together are all. */
function relevantOf(parameters: URLSearchParams): ItemQuery["relevant"] {
  const answers = valuesOf(parameters, "relevant").map((value) =>
    check("relevant", Relevant, value),
  );
  const [first = "true"] = answers;
  return answers.every((answer) => answer === first) ? first : "any";
}

/** @throws BadRequest naming the parameter */
export function readQuery(parameters: URLSearchParams): ItemQuery {
  refuseOthers(parameters, ITEM_PARAMETERS);
  const facets = Object.fromEntries(
    FACET_NAMES.map((name) => [
      name,
      valuesOf(parameters, name).map((value) => check(name, FACETS[name], value) as string),
    ]),
  ) as Record<keyof typeof FACETS, string[]>;
  return {
    ...facets,
    q: searchesOf(parameters),
    // Any of several beginnings is the earliest, any of several ends the latest.
    from: instantsOf(parameters, "from")[0] ?? null,
    to: instantsOf(parameters, "to").at(-1) ?? null,
    relevant: relevantOf(parameters),
    ...pageOf(parameters),
  };
}

const ListLimit = z
  .string()
  .regex(/^\d{1,4}$/, "is no whole number from 1 to 1000")
  .transform(Number)
  .pipe(z.number().min(1).max(1_000));

export interface PageQuery {
  readonly limit: number;
  readonly cursor: string | null;
}

function pageOf(parameters: URLSearchParams): PageQuery {
  const limit = check("limit", Limit, oneOf(parameters, "limit") ?? "25");
  return { limit, cursor: oneOf(parameters, "cursor") ?? null };
}

/** Whose events, and how many of them. */
export interface EventQuery extends PageQuery {
  /** Of any of these; all events where there is none. */
  readonly dossier: readonly DossierId[];
}

/** @throws BadRequest naming the parameter */
export function readEventQuery(parameters: URLSearchParams): EventQuery {
  refuseOthers(parameters, ["dossier", "limit", "cursor"]);
  const dossier = valuesOf(parameters, "dossier").map((id) => check("dossier", DossierId, id));
  return { dossier, ...pageOf(parameters) };
}

/** Whether it was said how many rows to give: a file holds all of them unless it was. */
export const saysLimit = (parameters: URLSearchParams): boolean =>
  oneOf(parameters, "limit") !== undefined;

/** Of lists that were given whole while they were short. */
const LIST_LIMIT = 1_000;

/** `limit` up to a thousand, and that many unless told, and `cursor`. @throws BadRequest naming the parameter */
export function readListQuery(parameters: URLSearchParams): PageQuery {
  const limit = check("limit", ListLimit, oneOf(parameters, "limit") ?? String(LIST_LIMIT));
  return { limit, cursor: oneOf(parameters, "cursor") ?? null };
}

/** Whether something's home is among those asked for; all are where none is. @throws BadRequest naming the parameter */
export function readJurisdictions(parameters: URLSearchParams): (home: string) => boolean {
  const asked = valuesOf(parameters, "jurisdiction").map((value) =>
    check("jurisdiction", Jurisdiction, value),
  );
  return (home) => asked.length === 0 || asked.includes(home);
}

// A query string as an ItemQuery: every parameter checked, an unknown one named.
import { z } from "zod";
import { DossierId } from "../domain/ids.ts";
import {
  ArgumentId,
  Instant,
  Jurisdiction,
  Kind,
  LanguageTag,
  Stage,
  ThemeId,
} from "../domain/vocabulary.ts";
import type { ItemQuery } from "../flows/ports.ts";
import { BadRequest } from "./problem.ts";

const FACETS = {
  theme: ThemeId,
  argument: ArgumentId,
  dossier: DossierId,
  jurisdiction: Jurisdiction,
  stage: Stage,
  // BCP 47 tags know no case; ours are kept in small letters.
  language: LanguageTag.toLowerCase(),
  kind: Kind,
} as const;

const SINGLES = ["q", "from", "to", "relevant", "limit", "cursor"] as const;
const FACET_NAMES = Object.keys(FACETS) as (keyof typeof FACETS)[];
const KNOWN: ReadonlySet<string> = new Set([...FACET_NAMES, ...SINGLES]);

const MOST_QUERY_CHARACTERS = 500;
const MOST_WORDS = 20;
/** Values of one filter: each is a list of its own to read. */
const MOST_VALUES = 30;

/** Digits alone: what JavaScript also takes for a number (`1e1`, `0x10`) is no limit. */
const Limit = z
  .string()
  .regex(/^\d{1,3}$/, "is no whole number from 1 to 100")
  .transform(Number)
  .pipe(z.number().min(1).max(100));
const When = z.union([Instant, z.iso.date().transform((day) => `${day}T00:00:00Z`)]);

function check<T extends z.ZodType>(name: string, schema: T, value: unknown): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const message = parsed.error.issues[0]?.message ?? "not understood";
  throw new BadRequest(name, `${name}: ${message}`);
}

/** Stored instants carry milliseconds and `Z`; a bound in the same spelling compares as text. */
const instantOf = (name: string, value: string | undefined): string | null =>
  value === undefined ? null : new Date(check(name, When, value)).toISOString();

function singlesOf(parameters: URLSearchParams): Partial<Record<(typeof SINGLES)[number], string>> {
  const singles: Partial<Record<(typeof SINGLES)[number], string>> = {};
  for (const name of SINGLES) {
    const values = parameters.getAll(name);
    if (values.length > 1) throw new BadRequest(name, `${name}: given more than once`);
    if (values[0] !== undefined && values[0] !== "") singles[name] = values[0];
  }
  return singles;
}

function searchOf(q: string): string {
  if (q.length > MOST_QUERY_CHARACTERS)
    throw new BadRequest("q", `q: more than ${MOST_QUERY_CHARACTERS} characters`);
  if (q.split(/\s+/).length > MOST_WORDS)
    throw new BadRequest("q", `q: more than ${MOST_WORDS} words`);
  return q;
}

/**
 * @param parameters an empty value counts as absent, so that a form's unused fields filter nothing
 * @throws BadRequest naming the parameter
 */
export function readQuery(parameters: URLSearchParams): ItemQuery {
  for (const name of parameters.keys())
    if (!KNOWN.has(name)) throw new BadRequest(name, `${name}: no such parameter`);
  const facets = Object.fromEntries(
    FACET_NAMES.map((name) => {
      const values = parameters.getAll(name).filter((value) => value !== "");
      if (values.length > MOST_VALUES)
        throw new BadRequest(name, `${name}: more than ${MOST_VALUES} values`);
      return [name, values.map((value) => check(name, FACETS[name], value) as string)];
    }),
  ) as Record<keyof typeof FACETS, string[]>;
  const { q, from, to, relevant, limit, cursor } = singlesOf(parameters);
  return {
    ...facets,
    q: searchOf(q ?? ""),
    from: instantOf("from", from),
    to: instantOf("to", to),
    relevant: check("relevant", z.enum(["true", "false", "any"]), relevant ?? "true"),
    limit: check("limit", Limit, limit ?? "25"),
    cursor: cursor ?? null,
  };
}

export interface PageQuery {
  readonly limit: number;
  readonly cursor: string | null;
}

/** `limit` and `cursor` of a plain list. @throws BadRequest naming the parameter */
export function readPageQuery(parameters: URLSearchParams): PageQuery {
  for (const name of parameters.keys())
    if (name !== "limit" && name !== "cursor")
      throw new BadRequest(name, `${name}: no such parameter`);
  const { limit, cursor } = singlesOf(parameters);
  return { limit: check("limit", Limit, limit ?? "25"), cursor: cursor ?? null };
}

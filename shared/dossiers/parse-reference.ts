// Dossiers: the numbers that parliaments, courts and gazettes give their texts, in one form whoever writes them (shared/catalog/references.json).
import { z } from "zod";
import file from "../catalog/references.json" with { type: "json" };

/** A text's number: it names one text only together with its parliament and session. */
export interface Reference {
  /** Whose number it is: a jurisdiction. */
  readonly parliament: string;
  /** Which of the parliament's series. */
  readonly kind: string;
  readonly number: string;
  /** The session, term or year in which the number is unique; null where the series runs on, or nothing tells. */
  readonly session: string | null;
  /** `full` names one text anywhere; `bare` had its session left out; `short` reads like other things outside its country. */
  readonly form: "full" | "bare" | "short";
  /** False where several bodies number alike (fifty states): the subject must stand beside it. */
  readonly alone: boolean;
  /** Whether it numbers bills and plans, rather than single papers, cases or acts in force. */
  readonly bill: boolean;
  /** Place in the text, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

const Forms = z.strictObject({
  about: z.string(),
  forms: z.array(
    z.strictObject({
      parliament: z.string(),
      kind: z.string(),
      pattern: z.string(),
      bill: z.boolean().default(false),
      bare: z.boolean().default(false),
      home: z.boolean().default(false),
      alone: z.boolean().default(true),
    }),
  ),
  sessions: z.record(z.string(), z.record(z.iso.date(), z.string())),
});

interface Form extends Omit<z.infer<typeof Forms>["forms"][number], "pattern"> {
  readonly pattern: RegExp;
}

interface Known {
  readonly forms: readonly Form[];
  readonly sessions: ReadonlyMap<string, readonly (readonly [string, string])[]>;
}

let built: Known | undefined;

function known(): Known {
  if (built !== undefined) return built;
  const { forms, sessions } = Forms.parse(file);
  built = {
    forms: forms.map((form) => ({ ...form, pattern: new RegExp(form.pattern, "dgu") })),
    sessions: new Map(
      Object.entries(sessions).map(([parliament, list]) => [
        parliament,
        Object.entries(list).sort(([a], [b]) => (a < b ? 1 : -1)),
      ]),
    ),
  };
  return built;
}

/** A text longer than this is an article: its numbers are those of many matters. */
const LONGEST = 4000;
const DIGIT = /\d/;

/**
 * All numbers of texts in a text, in order of where they stand; of two that overlap the longer.
 * @param date when it was written (ISO): it tells the session that a bare number leaves out
 */
export function referencesIn(text: string, date: string | null): Reference[] {
  const read = text.slice(0, LONGEST);
  if (!DIGIT.test(read)) return [];
  const found: Reference[] = [];
  for (const form of known().forms)
    for (const match of read.matchAll(form.pattern)) found.push(referenceOf(form, match, date));
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  let reach = -1;
  let parliament = "";
  return found.filter((one) => {
    // What two parliaments write alike is kept for both: the place decides.
    if (one.start < reach && (one.parliament === parliament || one.form === "short")) return false;
    if (one.start >= reach) parliament = one.parliament;
    reach = Math.max(reach, one.end);
    return true;
  });
}

function referenceOf(form: Form, match: RegExpExecArray, date: string | null): Reference {
  const groups = match.groups ?? {};
  const digits = (groups["n"] ?? groups["m"] ?? "").replaceAll(/\s|\.(?=\d{3}$)/g, "");
  const document = groups["d"] === undefined ? "" : `-${groups["d"]}`;
  const number = digits.replace(/^0+/, "") + document;
  const written = groups["t"] ?? (groups["s"] === undefined ? undefined : yearsOf(groups["s"]));
  const bare = form.bare && written === undefined;
  return {
    parliament: form.parliament,
    kind: groups["k"] === undefined ? form.kind : `${form.kind}-${groups["k"].toUpperCase()}`,
    number,
    session: written !== undefined ? written : bare ? sessionAt(form, date) : null,
    form: bare ? "bare" : form.home ? "short" : "full",
    alone: form.alone,
    bill: form.bill,
    start: match.index,
    end: match.index + match[0].length,
  };
}

/** `2015–2016` → `2015-2016`; `24` → `2024`. */
const yearsOf = (written: string): string => written.replace("–", "-").replace(/^(?=\d\d$)/, "20");

/** The session of a parliament on a day; of what has no list of sessions the year. */
function sessionAt({ parliament, alone }: Form, date: string | null): string | null {
  if (date === null) return null;
  if (!alone) return date.slice(0, 4);
  const sessions = known().sessions.get(parliament);
  return sessions?.find(([from]) => from <= date)?.[1] ?? null;
}

/** `US 116 S 3398`: one text, one name. */
export const canonicalOf = ({ parliament, session, kind, number }: Reference): string =>
  [parliament, session, kind, number].filter((part) => part !== null).join(" ");

/** Whether the second is a number of the first's text, or of a document of its file: of two sessions that are told, the same. */
export const isSameText = (one: Reference, other: Reference): boolean =>
  one.parliament === other.parliament &&
  one.kind === other.kind &&
  (one.number === other.number || other.number.startsWith(`${one.number}-`)) &&
  (one.session === other.session || one.session === null || other.session === null);

// Dossiers: an item clause by clause, for people: who is named, what is said to be done, of which text, and how it is told.
import type { Evidence } from "../domain/item.ts";
import type { Act } from "../domain/vocabulary.ts";
import type { Category, Cue, ReadText } from "./read-text.ts";

/** Words of the item, as they stand in it. */
export type Said = Pick<Evidence, "term" | "field" | "start" | "end">;

/** Towards access to messages, against it, ending a demand for it, or neither. */
export type Direction = "towards" | "against" | "ends" | "none";

/** Who acts; `powerless` for those who speak without power over a text: firms, groups, experts. */
export type Body = "court" | "committee" | "agency" | "government" | "official" | "powerless";

export interface Clause extends Pick<Evidence, "field" | "start" | "end"> {
  readonly text: string;
  readonly who: readonly (Said & { readonly body: Body })[];
  readonly did: readonly (Said & { readonly what: string; readonly direction: Direction })[];
  /** Words for the text that it is done to. */
  readonly texts: readonly Said[];
  /** Words of the subject. */
  readonly subject: readonly Said[];
  /** What says that it reports no act of today: an opinion, an explanation, a look back. */
  readonly told: readonly (Said & { readonly as: string })[];
  readonly direction: Direction;
}

const BODIES: Partial<Record<Category, Body>> = {
  "who-court": "court",
  "who-panel": "committee",
  "who-agency": "agency",
  "who-cabinet": "government",
  "who-state": "government",
  "who-official": "official",
  "who-weak": "powerless",
};

const ACTS: Partial<Record<Category, readonly [what: string, direction: Direction]>> = {
  "act-revive": ["takes up again", "towards"],
  "act-propose": ["puts forward", "towards"],
  "act-demand": ["demands", "towards"],
  "act-order": ["orders", "towards"],
  "act-study": ["looks into it", "towards"],
  "act-extend": ["extends", "towards"],
  "act-uphold": ["upholds or enforces", "towards"],
  "act-adopt": ["adopts", "towards"],
  "act-enact": ["makes it law", "towards"],
  "act-step": ["takes a next step", "towards"],
  "act-rebuff": ["turns objections down", "towards"],
  "act-amend": ["amends", "none"],
  "act-leak": ["is known before it is public", "none"],
  "act-regret": ["deplores", "none"],
  "act-reject": ["rejects", "ends"],
  "act-withdraw": ["withdraws", "ends"],
  "act-postpone": ["puts off", "ends"],
  "act-lapse": ["lapses", "ends"],
  "act-refusal": ["refuses a comeback", "against"],
  "act-strike": ["strikes down", "against"],
  "act-curb": ["curbs the power", "against"],
  "act-limit": ["sets limits", "against"],
};

const TOLD: Partial<Record<Category, string>> = {
  "noise-opinion": "an opinion",
  "noise-past": "a look back",
  "noise-explain": "an explanation",
  "noise-gather": "a meeting or a talk",
  "noise-media": "a study, a book or a poll",
  "noise-react": "a reaction or a call",
  "noise-nonews": "says itself that nothing was decided",
};

const DIRECTIONS: Readonly<Record<Act, Direction>> = {
  open: "towards",
  demand: "towards",
  step: "towards",
  adopt: "towards",
  end: "ends",
  limit: "against",
  none: "none",
};

/** Where the act that an item reports leads. */
export const directionOf = (act: Act): Direction => DIRECTIONS[act];

/**
 * The clauses in which anything of a move stands, in their order; a colon ends one as a full stop does.
 * @param act what the whole item reports: it decides where a clause says two things ("brings back what was rejected")
 */
export function clausesOf(text: ReadText, act: Act): Clause[] {
  return (["title", "summary"] as const).flatMap((field) => {
    const clauses: Clause[] = [];
    let from = 0;
    for (const [at, stops] of text.stops[field].entries()) {
      if (!stops && at < text[field].length - 1) continue;
      const cues = text.cues[field].filter(({ first, last }) => first >= from && last <= at);
      if (cues.length > 0) clauses.push(clauseOf(text, act, { field, from, to: at, cues }));
      from = at + 1;
    }
    return clauses;
  });
}

interface Spot {
  readonly field: Evidence["field"];
  /** First and last token, inclusive. */
  readonly from: number;
  readonly to: number;
  readonly cues: readonly Cue[];
}

function clauseOf(text: ReadText, act: Act, { field, from, to, cues }: Spot): Clause {
  const placeOf = (first: number, last: number) => {
    const start = text[field][first]?.start ?? 0;
    const end = text[field][last]?.end ?? start;
    return { field, start, end };
  };
  const said = ({ first, last }: Cue): Said => {
    const place = placeOf(first, last);
    return { term: text.quote(field, place.start, place.end), ...place };
  };
  const each = <Meaning, Made>(
    meanings: Partial<Record<Category, Meaning>>,
    make: (words: Said, meaning: Meaning) => Made,
  ): Made[] =>
    cues.flatMap((cue) => {
      const meaning = meanings[cue.category];
      return meaning === undefined ? [] : [make(said(cue), meaning)];
    });
  const place = placeOf(from, to);
  const did = each(ACTS, (words, [what, direction]) => ({ ...words, what, direction }));
  return {
    ...place,
    text: text.quote(field, place.start, place.end),
    who: each(BODIES, (words, body) => ({ ...words, body })),
    did,
    texts: each({ "what-text": true }, (words) => words),
    subject: each({ "what-topic": true }, (words) => words),
    told: each(TOLD, (words, as) => ({ ...words, as })),
    direction:
      [directionOf(act), ...ORDER].find((one) => did.some(({ direction }) => direction === one)) ??
      "none",
  };
}

/** An end says most, and what is against access more than what is for it. */
const ORDER: readonly Direction[] = ["ends", "against", "towards"];

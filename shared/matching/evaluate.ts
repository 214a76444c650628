// Matching: how right the models are on labelled items: precision, recall, F1 and counts, as published.
import { z } from "zod";
import { type Classification, ItemInput } from "../domain/item.ts";
import {
  ARGUMENTS,
  ArgumentId,
  Jurisdiction,
  STAGES,
  Stage,
  THEMES,
  ThemeId,
} from "../domain/vocabulary.ts";

/** What an item reports of its bill, seen from the demand for access; it decides what wakes a dossier. */
export const LABELLED_ACTS = [
  "open",
  "step",
  "amend",
  "adopt",
  "end-rejected",
  "end-withdrawn",
  "end-lapsed",
  "end-postponed",
  "in-force",
  "court-for",
  "court-against",
  "counter",
  "statement",
  "none",
] as const;
export const LabelledAct = z.enum(LABELLED_ACTS);
export type LabelledAct = z.infer<typeof LabelledAct>;

/** What a reader says of an item; see the contract. */
export const Labels = z.object({
  relevant: z.boolean(),
  themes: z.array(ThemeId).default([]),
  arguments: z.array(ArgumentId).default([]),
  legislation: z.boolean().default(false),
  stage: Stage.default("none"),
  act: LabelledAct.optional(),
  /** Whether it reports an act of an institution with power over the matter, whichever outlet says so. */
  official: z.boolean().optional(),
  jurisdiction: Jurisdiction.nullish().transform((value) => value ?? null),
});
export type Labels = z.infer<typeof Labels>;
export const LabelledItem = ItemInput.extend({
  labels: Labels,
  /** How much it counts in learning; written examples may be harder than what feeds bring. */
  weight: z.number().positive().max(1).default(1),
});
export type LabelledItem = z.infer<typeof LabelledItem>;

/** One item as labelled and as classified. */
export interface Judged {
  readonly labels: Labels;
  readonly found: Classification;
  /** The feed's language where it is known, else the one detected. */
  readonly language: string | null;
}

/** A figure that nothing stands behind is null: neither good nor bad, and in no mean. */
export interface Counts {
  /** Null where nothing was labelled and nothing found. */
  readonly precision: number | null;
  /** Null where nothing was labelled. */
  readonly recall: number | null;
  /** Null where nothing was labelled and nothing found. */
  readonly f1: number | null;
  /** Items labelled so, found so, and both. */
  readonly labelled: number;
  readonly found: number;
  readonly both: number;
}

export interface Accuracy {
  /** Null where there is nothing to be right about. */
  readonly accuracy: number | null;
  readonly right: number;
  readonly of: number;
}

export interface Evaluation {
  readonly items: number;
  readonly relevant: Counts;
  readonly relevantByLanguage: Readonly<Record<string, Counts>>;
  readonly themes: {
    readonly micro: Counts;
    /** Mean of the themes' F1 where there is one; `macroButIntent` leaves government-intent out, on which readers differ. */
    readonly macro: number | null;
    readonly macroButIntent: number | null;
    readonly each: Readonly<Record<string, Counts>>;
    readonly byLanguage: Readonly<Record<string, Counts>>;
  };
  readonly arguments: { readonly micro: Counts; readonly each: Readonly<Record<string, Counts>> };
  readonly legislation: Counts;
  /** On items labelled as legislation; and on all that are labelled relevant. */
  readonly stage: {
    readonly onLegislation: Accuracy;
    readonly onRelevant: Accuracy;
    readonly each: Readonly<Record<string, Counts>>;
  };
  /** On items labelled relevant. */
  readonly jurisdiction: Accuracy;
}

/** Scores classifications against labels. */
export function evaluate(judged: readonly Judged[]): Evaluation {
  const themes = setScores(THEMES, judged, themesOf);
  const found = setScores(ARGUMENTS, judged, argumentsOf);
  const each = THEMES.map((id) => themes.each[id]?.f1 ?? null);
  const butIntent = THEMES.flatMap((id) =>
    id === "government-intent" ? [] : [themes.each[id]?.f1 ?? null],
  );
  const relevant = judged.filter((one) => one.labels.relevant);
  const stageRight = (one: Judged) => one.labels.stage === one.found.stage;
  return {
    items: judged.length,
    relevant: countsOf(judged.map((one) => [one.labels.relevant, one.found.relevant])),
    relevantByLanguage: byLanguage(judged, (some) =>
      countsOf(some.map((one) => [one.labels.relevant, one.found.relevant])),
    ),
    themes: {
      micro: themes.micro,
      macro: meanOf(each),
      macroButIntent: meanOf(butIntent),
      each: themes.each,
      byLanguage: byLanguage(judged, (some) => setScores(THEMES, some, themesOf).micro),
    },
    arguments: { micro: found.micro, each: found.each },
    legislation: countsOf(judged.map((one) => [one.labels.legislation, one.found.legislation])),
    stage: {
      onLegislation: accuracyOf(
        relevant.filter((one) => one.labels.legislation),
        stageRight,
      ),
      onRelevant: accuracyOf(relevant, stageRight),
      each: setScores(STAGES, relevant, (one) => [[one.labels.stage], [one.found.stage]]).each,
    },
    jurisdiction: accuracyOf(relevant, (one) => one.labels.jurisdiction === one.found.jurisdiction),
  };
}

type Sets = (one: Judged) => readonly [readonly string[], readonly string[]];
const themesOf: Sets = (one) => [one.labels.themes, one.found.themes.map((theme) => theme.id)];
const argumentsOf: Sets = (one) => [one.labels.arguments, one.found.arguments.map(({ id }) => id)];

function setScores(ids: readonly string[], judged: readonly Judged[], sets: Sets) {
  const pairsOf = (id: string) =>
    judged.map((one): [boolean, boolean] => {
      const [labelled, found] = sets(one);
      return [labelled.includes(id), found.includes(id)];
    });
  return {
    micro: countsOf(ids.flatMap(pairsOf)),
    each: Object.fromEntries(ids.map((id) => [id, countsOf(pairsOf(id))])),
  };
}

/** Groups that are told apart in the bars: English; French and German; the rest. Each language besides. */
function byLanguage(
  judged: readonly Judged[],
  score: (some: readonly Judged[]) => Counts,
): Record<string, Counts> {
  const tagOf = (one: Judged) => one.language?.split("-")[0] ?? "und";
  const tags = [...new Set(judged.map(tagOf))].sort();
  const rows = tags.map((tag) => [tag, score(judged.filter((one) => tagOf(one) === tag))]);
  const frDe = judged.filter((one) => ["fr", "de"].includes(tagOf(one)));
  const others = judged.filter((one) => !["en", "fr", "de"].includes(tagOf(one)));
  return Object.fromEntries([...rows, ["fr+de", score(frDe)], ["others", score(others)]]);
}

/** @param pairs labelled, found */
export function countsOf(pairs: readonly (readonly [boolean, boolean])[]): Counts {
  const labelled = pairs.filter(([is]) => is).length;
  const found = pairs.filter(([, is]) => is).length;
  const both = pairs.filter(([a, b]) => a && b).length;
  const isEmpty = labelled === 0 && found === 0;
  const precision = isEmpty ? null : found === 0 ? 0 : both / found;
  const recall = labelled === 0 ? null : both / labelled;
  const f1 = isEmpty ? null : (2 * both) / (labelled + found);
  return { precision, recall, f1, labelled, found, both };
}

function accuracyOf(judged: readonly Judged[], right: (one: Judged) => boolean): Accuracy {
  const count = judged.filter(right).length;
  return {
    accuracy: judged.length === 0 ? null : count / judged.length,
    right: count,
    of: judged.length,
  };
}

/** Of the values that there are. */
function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
